"""Services by need and by card."""

import re

import pytest

from chains.compose.person import NOTHING, known_of
from chains.learn.support import dialed, find_services, for_you, needs, services_of
from tests.support.builders import card, fact, marker

PHONE = re.compile(r"988|1-8\d\d-\d{3}-\d{4}")


@pytest.fixture
def chosen(lexicon, tables):
    def choose(*facts, subject="self"):
        about = card(*facts, subject=subject)
        return for_you(about, known_of(about, lexicon), tables.services)

    return choose


def test_every_service_stands_under_a_need(tables):
    shown = {row.name for need in needs() for row in services_of(need, tables.services)}
    assert shown == {row.name for row in tables.services}


def test_every_need_has_services_and_an_article(tables, services):
    for need in needs():
        assert services_of(need, tables.services), need.title
        assert need.article in services.index.library.articles


def test_whom_one_can_call_for_a_voice_has_a_number(tables):
    lines = [need for need in needs() if need.by_phone]
    assert lines
    for row in services_of(lines[0], tables.services):
        assert PHONE.fullmatch(row.phone), row.name


def test_every_number_is_one_that_can_be_dialed(tables):
    with_phone = [row for row in tables.services if row.phone]
    assert all(PHONE.fullmatch(row.phone) for row in with_phone)
    assert dialed("1-800-422-6237") == "tel:18004226237"


def test_name_of_a_service_is_there_once(tables):
    names = [row.name for row in tables.services]
    assert len(names) == len(set(names))


def test_service_for_you_names_the_fact_that_chose_it(chosen):
    found = chosen(marker("BRCA2", "positive"), fact("symptom", "depression"))
    reasons = {one.because for one in found}
    assert reasons == {"because a change in BRCA2 was found", "because you have depression"}
    assert all("genetics" in one.row.topics for one in found if one.because.endswith("was found"))


def test_service_is_chosen_once_with_its_first_reason(chosen):
    found = chosen(fact("extent", "metastatic"), *(marker(m, "negative") for m in ("ER", "HER2")))
    names = [one.row.name for one in found]
    assert len(names) == len(set(names)) > 2


def test_nothing_is_chosen_for_somebody_unknown(chosen):
    assert chosen() == []
    assert chosen(marker("BRCA1", "negative"), fact("symptom", "cough")) == []


def test_reason_for_somebody_cared_for_is_not_told_as_your_own(chosen):
    found = chosen(fact("diagnosis", "male breast cancer"), subject="father")
    assert [one.because for one in found] == ["because of what you told me about your father"]


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("my insurance refuses to pay", "money"),
        ("I want to have a baby one day", "fertility"),
        ("a counselor for gene tests", "genetics"),
    ],
)
def test_search_finds_services_for_a_need_in_ones_own_words(services, words, topic):
    found = find_services(words, NOTHING, services)
    assert any(topic in row.topics for row in found[:3])


@pytest.mark.parametrize("words", ["  ", "zxqv wplk", "lawn mower carburetor"])
def test_search_for_what_nobody_offers_finds_nothing(services, words):
    assert find_services(words, NOTHING, services) == []

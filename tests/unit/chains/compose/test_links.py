"""Where an answer points, and what those links may carry."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chains.compose.links import further_reading, preview, services_for, trial_search
from chains.compose.person import known_of
from tests.support.builders import article, card, fact, line, marker, section

PAGE = article("page", "A page", [section("in_short", line("A."))], topics=("clinical_trials",))


@pytest.fixture
def query(lexicon):
    """What the trial link asks for, with a card of these facts."""

    def read(*facts):
        parts = urlsplit(trial_search(known_of(card(*facts), lexicon)).url)
        assert (parts.scheme, parts.netloc) == ("https", "clinicaltrials.gov")
        return {key: values[0] for key, values in parse_qs(parts.query).items()}

    return read


def test_link_is_filled_in_with_markers_and_spread(query):
    found = query(marker("ER", "positive"), marker("HER2", "low"), fact("extent", "metastatic"))
    assert found["cond"] == "Metastatic Breast Cancer"
    assert found["aggFilters"] == "status:rec"
    assert "ER positive" in found["term"] and "HER2 low" in found["term"]


def test_link_of_an_empty_card_asks_for_breast_cancer_alone(query):
    assert query() == {"cond": "Breast Cancer", "aggFilters": "status:rec"}


def test_link_carries_nothing_else_of_the_person(query):
    personal = [
        fact("age", "47"),
        fact("medication", "ribociclib", dose="400 mg"),
        fact("symptom", "neutropenia"),
        fact("comorbidity", "diabetes"),
        fact("family_history", "ovarian cancer"),
        fact("menopausal_status", "premenopausal"),
        fact("lab", "CA 15-3", value="88"),
        fact("preference", "integrative"),
        fact("allergy", "penicillin"),
        fact("procedure", "mastectomy", status="past"),
    ]
    assert query(*personal) == query()


def test_figures_of_a_marker_stay_at_home(query):
    percent = fact("biomarker", "ER", value="positive", percent="95%")
    assert "95" not in str(query(percent))


def test_words_typed_as_a_result_stay_at_home(query):
    """A result that the person wrote over with free text on the card is not sent anywhere."""
    assert "Maria" not in str(query(marker("ER", "see the letter of Maria Smith, 12 May")))


def test_contradicting_marker_is_left_out(query):
    assert "ER" not in str(query(marker("ER", "positive"), marker("ER", "negative")))


def test_reading_follows_the_card(lexicon, tables):
    spread = known_of(card(fact("extent", "metastatic")), lexicon)
    early = known_of(card(fact("stage", "II")), lexicon)
    pages = [article("p", "P", [section("in_short", line("A."))], topics=("metastatic", "early"))]
    titles = [[link.title for link in further_reading(pages, k, tables)] for k in (spread, early)]
    assert any("Metastatic" in title for title in titles[0])
    assert not any("Metastatic" in title for title in titles[1])


def test_no_link_stands_twice(lexicon, tables):
    links = further_reading([PAGE, PAGE], known_of(card(), lexicon), tables)
    assert len({link.url for link in links}) == len(links)


def test_services_fit_the_topic_and_say_for_whom(lexicon, tables):
    found = services_for([PAGE], known_of(card(), lexicon), tables)
    assert 1 <= len(found) <= 3
    assert all(
        "clinical_trials" in _topics(tables, service.name) and whom for service, whom in found
    )


def test_topic_without_services_gives_none(lexicon, tables):
    odd = article("odd", "Odd", [section("in_short", line("A."))], topics=("no_such_topic",))
    assert services_for([odd], known_of(card(), lexicon), tables) == []


def test_preview_is_short_and_marked_as_cut():
    assert preview("a few words") == "a few words"
    assert preview("word " * 60).endswith(" ...")
    assert len(preview("word " * 60).split()) < 30


def _topics(tables, name):
    return next(row.topics for row in tables.services if row.name == name)

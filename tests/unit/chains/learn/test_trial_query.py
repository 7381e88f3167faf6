"""The search of ClinicalTrials.gov: what it carries, and what it does not."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chains.compose.person import known_of
from chains.learn.trial_query import MOST_CHARS, TrialQuery, start_from
from tests.support.builders import card, fact, marker


def asked(url):
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "clinicaltrials.gov", "/search")
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


@pytest.fixture
def start(lexicon):
    def begin(*facts):
        return start_from(known_of(card(*facts), lexicon), lexicon)

    return begin


def test_each_box_goes_into_the_field_that_the_site_has_for_it():
    query = TrialQuery("Breast Cancer", "HER2 low", "elacestrant", "Lyon, France")
    assert asked(query.url) == {
        "cond": "Breast Cancer",
        "term": "HER2 low",
        "intr": "elacestrant",
        "locStr": "Lyon, France",
        "aggFilters": "status:rec",
    }


def test_status_stands_in_the_address_as_the_site_writes_it():
    assert TrialQuery().url.endswith("cond=Breast%20Cancer&aggFilters=status:rec")


@pytest.mark.parametrize("text", ["T-DXd & more", "a=b#c?d", "São Paulo", "50% off +1", "a\nb\tc"])
def test_no_text_breaks_out_of_its_field(text):
    found = asked(TrialQuery(terms=text, place=text).url)
    assert found["term"] == found["locStr"] == " ".join(text.split())
    assert set(found) == {"cond", "term", "locStr", "aggFilters"}


def test_empty_box_is_left_out():
    assert asked(TrialQuery("", " ", "", "", is_recruiting=False).url) == {}
    assert asked(TrialQuery("", "", "x", "", is_recruiting=False).url) == {"intr": "x"}


def test_text_longer_than_a_search_is_cut():
    assert len(asked(TrialQuery(terms="x" * 5000).url)["term"]) == MOST_CHARS


def test_card_fills_condition_markers_and_cancer_medicines(start):
    found = start(
        fact("extent", "metastatic"),
        marker("ER", "positive"),
        marker("HER2", "low"),
        marker("ESR1", "positive"),
        fact("medication", "fulvestrant"),
        fact("medication", "abemaciclib", status="planned"),
    )
    assert found.is_from_card
    assert found.query == TrialQuery(
        "Metastatic Breast Cancer",
        "ER positive AND HER2 low AND ESR1 mutation",
        "abemaciclib OR fulvestrant",
    )


def test_triple_negative_is_said_as_one(start):
    markers = [marker(name, "negative") for name in ("ER", "PR", "HER2")]
    assert start(*markers, marker("BRCA2", "positive")).query.terms == (
        "triple negative AND BRCA2 mutation"
    )


def test_words_a_person_typed_and_other_facts_are_not_filled_in(start):
    found = start(
        marker("HER2", "whatever Dr Ahmed wrote"),
        marker("BRCA1", "negative"),
        fact("medication", "my blue pill"),
        fact("medication", "ibuprofen"),
        fact("medication", "denosumab"),
        fact("medication", "tamoxifen", status="past"),
        fact("age", "47"),
        fact("comorbidity", "diabetes"),
    )
    assert found.query == TrialQuery()
    assert not found.is_from_card


def test_man_is_offered_trials_for_men(start):
    assert start(fact("diagnosis", "male breast cancer")).query.condition == "Male Breast Cancer"

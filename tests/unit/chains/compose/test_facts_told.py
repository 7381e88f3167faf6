"""The facts an answer has in mind."""

import pytest

from chains.compose.facts_told import fact_line, facts_in_mind, told
from tests.support.builders import card, fact, marker


def test_disease_comes_first_then_cancer_medicines_then_what_was_used(lexicon):
    fatigue, ribociclib = fact("symptom", "fatigue"), fact("medication", "ribociclib")
    er, extent = marker("ER", "positive"), fact("extent", "metastatic")
    known = card(fatigue, ribociclib, er, extent)
    assert facts_in_mind(known, [fatigue.fact_id], lexicon) == (er, extent, ribociclib, fatigue)


def test_everyday_medicine_is_in_mind_only_when_it_was_used(lexicon):
    metformin = fact("medication", "metformin")
    assert facts_in_mind(card(metformin), [], lexicon) == ()
    assert facts_in_mind(card(metformin), [metformin.fact_id], lexicon) == (metformin,)


@pytest.mark.parametrize("status", ["past", "planned"])
def test_medicine_not_taken_now_is_not_in_mind(lexicon, status):
    assert facts_in_mind(card(fact("medication", "letrozole", status=status)), [], lexicon) == ()


@pytest.mark.parametrize(
    ("facts", "phrase"),
    [
        (
            [marker("ER", "positive"), fact("extent", "oligometastatic")],
            "ER-positive, oligometastatic breast cancer",
        ),
        ([fact("stage", "II")], "stage II breast cancer"),
        ([fact("medication", "ribociclib", dose="400 mg")], "ribociclib 400 mg"),
        ([fact("medication", "letrozole", status="on_hold")], "letrozole (on hold)"),
        (
            [marker("HER2", "low"), fact("metastasis", "bone"), fact("metastasis", "liver")],
            "HER2-low breast cancer and spread to the bone and liver",
        ),
        (
            [fact("diagnosis", "invasive lobular carcinoma"), marker("ER", "positive")],
            "ER-positive invasive lobular carcinoma",
        ),
        ([fact("symptom", "fatigue"), fact("age", "52")], "fatigue and age 52"),
    ],
)
def test_facts_are_told_as_a_phrase(facts, phrase):
    assert told(facts) == phrase


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            fact(
                "medication",
                "ribociclib",
                dose="400 mg",
                duration="14 months",
                change="reduced",
                reason="neutropenia",
            ),
            "ribociclib, 400 mg, for 14 months, dose reduced (neutropenia)",
        ),
        (marker("HER2", "low"), "HER2 low"),
        (fact("stage", "IIIB"), "stage IIIB"),
        (fact("metastasis", "bone"), "spread to the bone"),
        (fact("medication", "tamoxifen", status="past"), "tamoxifen, past"),
        (fact("medication", "tamoxifen", status="on_hold"), "tamoxifen, on hold"),
        (fact("symptom", "nausea", negated=True), "no nausea"),
        (fact("allergy", "penicillin"), "allergy: penicillin"),
        (fact("lab", "ANC", value="0.8"), "ANC 0.8"),
    ],
)
def test_fact_is_one_line_in_plain_words(one, words):
    assert fact_line(one) == words


def test_wish_is_told_in_words_not_as_a_key():
    assert "_" not in fact_line(fact("preference", "beyond_guidelines"))

"""A telling that begs for an answer, and one that does not."""

import pytest

from chains.pleas import begs
from tests.support.builders import fact


@pytest.mark.parametrize(
    "text",
    [
        "dentist wants to pull a tooth and i am on xgeva",
        "hands bright red and peeling on capecitabine",
        "surgeon says lumpectomy, oncologist says mastectomy",
        "flying to spain on letrozole",
    ],
)
def test_trouble_urging_and_events_beg(text):
    assert begs(text, [fact("medication", "letrozole")])


@pytest.mark.parametrize(
    "text",
    ["i'm on letrozole since may", "had fatigue in 2021", "just to let you know i am sore on it"],
)
def test_what_is_told_for_the_record_or_is_over_does_not_beg(text):
    facts = [fact("medication", "letrozole"), fact("symptom", "fatigue")]
    assert not begs(text, facts if "fatigue" in text else facts[:1])


def test_symptom_of_now_begs():
    assert begs("hot flashes day and night", [fact("symptom", "hot flashes")])


@pytest.mark.parametrize(
    "text", ["i want a full body pet to be sure", "i want both off so it never comes back"]
)
def test_wish_for_a_test_or_an_operation_begs(text):
    assert begs(text, [])


@pytest.mark.parametrize("text", ["i want to add that i had a scan", "i want my old life back"])
def test_wish_of_another_kind_does_not(text):
    assert not begs(text, [])

"""Two halves read as one message."""

import pytest

from chains.halves import joined, starts_anew
from chains.stages import Completeness

WORDS = {"neutropenia", "letrozole", "melatonin"}


def cut(fragment, reason="mid_word"):
    return Completeness(label="truncated", reason=reason, fragment=fragment)


@pytest.mark.parametrize(
    ("first", "where", "reply", "whole"),
    [
        ("for example neutr", cut("neutr"), "neutropenia", "for example neutropenia"),
        ("for example neutr", cut("neutr"), "Neutropenia please", "for example Neutropenia please"),
        ("for example neutr", cut("neutr"), "openia", "for example neutropenia"),
        ("should I take mel", cut("mel"), "vitamin D", "should I take vitamin D"),
        ("the dose was", cut("the dose was", "dangling"), "lowered", "the dose was lowered"),
        ("the dose was  ", cut("the dose was", "dangling"), "  lowered ", "the dose was lowered"),
        (
            "I take (letrozole",
            cut("(letrozole", "open_bracket"),
            "daily)",
            "I take (letrozole daily)",
        ),
    ],
)
def test_halves_are_joined_and_a_broken_word_is_mended(first, where, reply, whole):
    assert joined(first, where, reply, WORDS.__contains__) == whole


def test_reply_without_a_word_takes_the_place_of_the_broken_one():
    assert joined("my counts neutr", cut("neutr"), "?", WORDS.__contains__) == "my counts ?"


@pytest.mark.parametrize(
    "reply",
    [
        "What helps against fatigue?",
        "never mind, can you tell me about tamoxifen instead",
        "How long does radiation take?",
    ],
)
def test_another_question_starts_anew(reply):
    assert starts_anew(reply)


@pytest.mark.parametrize(
    "reply", ["lowered to 400", "neutropenia", "stopped because of my liver", "is lowered", "400"]
)
def test_missing_half_does_not_start_anew(reply):
    assert not starts_anew(reply)

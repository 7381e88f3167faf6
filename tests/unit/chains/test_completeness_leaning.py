"""Short follow-ups are whole where the turn before gives them their sense, and only there."""

import pytest

from chains.completeness import completeness
from chains.stages import LastTurn
from memory.records import Card

ASKED = "Is letrozole bad for my bones?"
SPOKEN = LastTurn(message=ASKED, kind="answer", question=ASKED)
GREETED = LastTurn(message="good morning", kind="memory", question="good morning")
NOBODY = Card()


@pytest.mark.parametrize(
    "message",
    [
        *("do they", "does it?", "is it", "but can i", "ok but does it", "why do they", "if i do"),
        *("and mine?", "mine", "and hers", "or his", "when can i", "how do they?"),
        *("do i take another", "which is the worst", "would an aspirin mess with either"),
        *("can I have it", "which one does it", "can i put calamine on", "my hip aches is it that"),
    ],
)
def test_a_short_question_on_the_turn_before_is_whole(message: str) -> None:
    assert not completeness(message, SPOKEN, NOBODY).is_cut_off


@pytest.mark.parametrize(
    "message", ["do they", "can i", "does it", "is it", "should i", "and mine"]
)
@pytest.mark.parametrize("last_turn", [None, GREETED])
def test_without_a_turn_to_lean_on_the_same_words_are_cut_off(
    message: str, last_turn: LastTurn | None
) -> None:
    assert completeness(message, last_turn, NOBODY).is_cut_off


@pytest.mark.parametrize(
    "message",
    [
        *("is it the", "can i take", "are the", "what about my", "how can i", "is it safe with"),
        *("i have a rash. should i", "my dose was", "can i put the", "what about the"),
        *("because of", "do they make my", "and would it be my"),
    ],
)
def test_what_stops_in_the_middle_is_cut_off_after_a_turn_too(message: str) -> None:
    assert completeness(message, SPOKEN, NOBODY).is_cut_off


def test_a_question_with_what_at_its_head_may_end_in_its_preposition() -> None:
    assert not completeness("whats it given with", None, NOBODY).is_cut_off
    assert completeness("whats the risk of", None, NOBODY).is_cut_off

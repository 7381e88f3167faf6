"""What becomes of a message before it is read."""

import pytest

from chains.accept import accept, cleaned
from chains.errors import MessageRefusedError

CUT = "I take ribociclib and because of my low neutrophils the dose was"


def _thread(person):
    return person.services.store.ensure_thread(person.person_id, person.thread_id)


def test_message_is_stored_before_it_is_read(person):
    turn = accept("I take letrozole", _thread(person), person.services)
    kept = person.services.store.turn(person.person_id, turn.turn_id)
    assert (kept.typed, kept.message, kept.status) == ("I take letrozole",) * 2 + ("running",)


@pytest.mark.parametrize("empty", ["", "   ", "\n\t \n", "\x00\x07", "\u200b\u200b", "\u200d"])
def test_message_without_a_character_is_refused_and_not_stored(person, empty):
    thread = _thread(person)
    with pytest.raises(MessageRefusedError):
        accept(empty, thread, person.services)
    assert person.services.store.turns(person.person_id, person.thread_id) == []


def test_too_long_message_is_refused_with_both_figures_and_not_stored(person):
    limit = person.services.settings.max_message_chars
    with pytest.raises(MessageRefusedError, match=rf"{limit + 1}.*{limit}"):
        accept("a" * (limit + 1), _thread(person), person.services)
    assert person.services.store.turns(person.person_id, person.thread_id) == []


def test_message_of_the_longest_length_is_kept(person):
    limit = person.services.settings.max_message_chars
    assert len(accept("a" * limit, _thread(person), person.services).message) == limit


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("stage\x00 2\x1b[31m", "stage 2[31m"),
        ("one  \ntwo", "one\ntwo"),
        ("a\tb\nc", "a\tb\nc"),
        ("\u202ereversed", "reversed"),
        ("\U0001f469\u200d\U0001f469", "\U0001f469\u200d\U0001f469"),
        ("can't - “won’t”", "can't - “won’t”"),
    ],
)
def test_control_characters_go_and_everything_else_stays(typed, kept):
    assert cleaned(typed) == kept


def test_second_half_is_joined_and_both_are_stored(person):
    person.says(CUT)
    turn = accept("lowered to 400 mg", _thread(person), person.services)
    kept = person.services.store.turn(person.person_id, turn.turn_id)
    assert kept.message == turn.message == f"{CUT} lowered to 400 mg"
    assert kept.typed == "lowered to 400 mg"


def test_another_question_after_a_clarification_is_not_joined(person):
    person.says(CUT)
    question = "What helps against tiredness?"
    assert accept(question, _thread(person), person.services).message == question


def test_answer_anyway_reads_the_first_half_alone(person):
    person.says(CUT)
    anyway = person.services.replies.cut_off["answer_anyway"]
    assert accept(anyway, _thread(person), person.services).message == CUT


def test_whole_message_is_not_joined_to_the_one_before(person):
    person.says("I take letrozole.")
    assert accept("lowered to 400", _thread(person), person.services).message == "lowered to 400"


def test_clarification_of_another_thread_does_not_matter(person):
    person.says(CUT)
    other = person.starts_another_thread()
    turn = accept("lowered to 400", _thread(other), other.services)
    assert turn.message == "lowered to 400"

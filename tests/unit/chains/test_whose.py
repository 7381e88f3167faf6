"""Whose card a message is read with."""

import pytest

from chains.whose import spoken_of, spoken_to
from tests.support.builders import card, fact, thread


def cards(*subjects):
    return {s: card(fact("age", "60", subject=s), subject=s) for s in subjects}


@pytest.mark.parametrize(
    ("message", "known", "about"),
    [
        ("what should she eat", ["mother"], "mother"),
        ("what can my mum eat", ["self", "mother"], "mother"),
        ("what can I eat", ["self", "mother"], "self"),
        ("what should he do", ["mother"], "self"),
        ("what should she eat", ["mother", "sister"], "self"),
        ("my sister asks the same", ["mother"], "self"),
        ("what should she eat", [], "self"),
    ],
)
def test_message_is_read_with_the_card_of_whom_it_speaks(message, known, about):
    assert spoken_to(message, thread(), cards(*known)) == about


def test_thread_about_somebody_stays_with_them():
    mine = thread(about="mother")
    assert spoken_to("my sister has it too", mine, cards("sister")) == "mother"


def test_answer_goes_to_the_one_person_the_facts_speak_of():
    wife, me = fact("age", "60", subject="wife"), fact("age", "61")
    assert spoken_of([wife], "self") == "wife"
    assert spoken_of([wife, me], "self") == "self"
    assert spoken_of([], "mother") == "mother"

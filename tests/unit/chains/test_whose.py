"""Whose card a message is read with."""

import pytest

from chains.whose import late_naming, of_both, spoken_of, spoken_to
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


@pytest.mark.parametrize(
    ("message", "before", "about"),
    [
        ("she has joint pain", ["my mum is on letrozole", "my sister is well"], "sister"),
        ("41 years old", ["my wife is on olaparib"], "wife"),
        ("I am 41", ["my wife is on olaparib"], "self"),
        ("her daughter is well", ["my sister has DCIS"], "sister"),
        ("stage 2", ["a woman in my group takes Verzenio"], "self"),
    ],
)
def test_message_goes_on_about_whom_the_last_ones_spoke_of(message, before, about):
    assert spoken_to(message, thread(), cards("self"), before) == about


def test_person_may_be_named_after_what_was_told():
    assert late_naming("sorry, my mother I mean", ["she is on Kisqali"]) == "mother"
    assert late_naming("my mother is well", ["I am on Kisqali"]) is None


def test_what_two_relatives_have_is_on_both_cards():
    message = "both my mother and my sister have BRCA2"
    told = fact("biomarker", "BRCA2", subject="sister", evidence="BRCA2")
    assert [copy.subject for copy in of_both(message, [told])] == ["mother"]

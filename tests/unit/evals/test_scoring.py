"""How a whole answer is scored."""

import pytest

from chains.lexicon import load_lexicon
from evals.answers.scoring import grade_of, read_case, sentences_of

ROW = {
    "id": "one",
    "turns": [],
    "message": "can I eat grapefruit",
    "must_hold": [{"point": "raises the level", "any": [["grapefruit", "raise|higher"]]}],
    "must_not": [{"point": "fine", "any": [["grapefruit is (fine|safe)"]]}],
}


def test_patterns_of_one_way_must_stand_in_one_sentence():
    point = read_case(ROW).must_hold[0]
    assert point.is_in(["Grapefruit can raise the level."])
    assert not point.is_in(["Grapefruit is a fruit.", "Some foods raise the level."])


def test_marks_and_links_are_not_read_as_words():
    markdown = "### What helps\n- Rest **well** [1][2] *(because you are tired)*\n\nDrink. Sleep."
    assert sentences_of(markdown) == [
        "What helps",
        "Rest well  (because you are tired)",
        "Drink.",
        "Sleep.",
    ]


def test_name_of_a_medicine_does_not_make_an_answer_harder():
    lexicon = load_lexicon()
    plain = grade_of(["Tablet can make you feel sick."], lexicon)
    assert grade_of(["Ribociclib can make you feel sick."], lexicon) == pytest.approx(plain)


def test_nothing_claimed_has_no_grade():
    assert grade_of([], load_lexicon()) == 0.0

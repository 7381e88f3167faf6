"""Like beside like."""

import pytest

from chains.compose.comparison import compare, is_choice
from tests.support.builders import article, claim, line, section

LEFT = article(
    "left", "Left", [section("how_it_works", line("L.")), section("evidence", line("E."))]
)
RIGHT = article("right", "Right", [section("how_it_works", line("R."), heading="Its way")])


def first_of(side, kind):
    found = side.section(kind)
    return claim(found.lines[0].text) if found else None


def test_sections_that_both_sides_have_stand_side_by_side():
    found = compare([LEFT, RIGHT], ["how_it_works"], first_of)
    ((name, cells),) = found.rows
    assert name == "How it works"
    assert [cell.text for cell in cells] == ["L.", "R."]
    assert found.sides == ("Left", "Right")


def test_what_only_one_side_has_is_not_compared():
    assert compare([LEFT, RIGHT], ["evidence", "status"], first_of).rows == ()


def test_rows_keep_the_order_of_the_kinds():
    twice = [LEFT, LEFT]
    rows = compare(twice, ["evidence", "how_it_works"], first_of).rows
    assert [name for name, _ in rows] == ["Evidence", "How it works"]


@pytest.mark.parametrize(
    "asked", ["should it be tamoxifen or an AI for me", "letrozole vs anastrozole?"]
)
def test_one_medicine_held_against_another_is_a_choice(asked, lexicon):
    assert is_choice(asked, lexicon)


@pytest.mark.parametrize(
    "asked",
    ["can I take tamoxifen and letrozole", "letrozole, or should I rather stop anastrozole"],
)
def test_two_medicines_beside_each_other_are_not(asked, lexicon):
    assert not is_choice(asked, lexicon)

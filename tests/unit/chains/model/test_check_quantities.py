"""Figures are read by what they are, not by how they are written."""

import pytest

from chains.model.check_quantities import quantities
from chains.model.check_same import stands_in


def _told(text):
    return {(round(q.value, 4), q.unit) for q in quantities(text)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one in eight women", {(0.125, "share")}),
        ("12 percent, 12 out of 100 or 12 of 100 people", {(0.12, "share")}),
        ("for three to four weeks", {(3, "week"), (4, "week")}),
        ("400 micrograms", {(400, "mcg")}),
        ("twice a day", {(2, "per day")}),
        ("born in the 1970s, published in 2004", {(1970, "decade"), (2004, "date")}),
        ("two years instead of five", {(2, "year"), (5, "year")}),
        ("MONALEESA-2, HER2, CDK4/6 and T-DM1", set()),
        ("a day or two", {(1, "day"), (2, "day")}),
        ("two and a half hours", {(2.5, "hour")}),
        ("half an hour, then a quarter of an hour", {(30, "minute"), (15, "minute")}),
        ("19.5 months with it and 23 without it", {(19.5, "month"), (23, "month")}),
        ("in the third or fourth week", {(3, "in week"), (4, "in week")}),
        ("every second week", {(2, "week")}),
        ("from the first day", {(1, "day")}),
        ("stage 1, 2 or 3", set()),
        ("halves the risk", {(0.5, "share")}),
        ("a third of women aged 60 or older", {(0.3333, "share"), (60, "")}),
        ("90% against 70", {(0.9, "share"), (0.7, "share")}),
        ("for 14 days, and the count is 150,000", {(14, "day"), (150000, "")}),
    ],
)
def test_a_figure_is_read_with_its_unit(text, told):
    assert _told(text) == told


@pytest.mark.parametrize(
    ("said", "told", "is_there"),
    [
        ("1 in 4", "25%", True),
        ("half", "50%", True),
        ("12 months", "one year", True),
        ("about nine in ten", "90.4%", True),
        ("nine in ten", "90.4%", False),
        ("about six in ten", "37%", False),
        ("400 mg", "400 micrograms", False),
        ("28 weeks", "28 days", False),
        ("less than 10%", "more than 10%", False),
    ],
)
def test_a_figure_stands_in_another_only_where_it_is_the_same(said, told, is_there):
    figure, *_ = quantities(said)

    assert stands_in(figure, quantities(told), is_loose=figure.is_about) is is_there

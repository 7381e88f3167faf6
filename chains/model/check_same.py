"""A figure with its unit, and when two figures are the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

CLOSE = 1e-6
"""What two figures that are the same may differ by, in reckoning."""
_WHOLE_PERCENT = 0.005
_IN_SMALLER = {
    "week": ("day", 7.0),
    "year": ("month", 12.0),
    "hour": ("minute", 60.0),
    "g": ("mcg", 1_000_000.0),
    "mg": ("mcg", 1000.0),
    "cm": ("mm", 10.0),
    "litre": ("ml", 1000.0),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at its place in a text."""

    start: int
    end: int
    """Characters of the text, end exclusive."""
    value: float
    """A share is in 0 .. 1; a date is its year."""
    unit: str
    """share, date, decade, per day, mg ...; empty when none stands beside it."""
    step: float = 0.0
    """How finely the figure is told: "nine in ten" by tenths; 0 when exactly."""
    is_about: bool = False
    """Whether it is marked as rounded."""
    bound: str = ""
    """"more", "less" or empty."""
    is_odd: bool = False
    """Whether it is a share of a number such as three or eight, which percents cannot tell."""


def stands_in(said: Quantity, told: Iterable[Quantity], *, is_loose: bool) -> bool:
    """Whether a figure is one of others, rounded only where it is marked.

    Args:
        said: A figure of the sentence.
        told: Figures of the passages.
        is_loose: Whether the sentence marks its figures as rounded ("about").
    """
    return any(same(said, other, is_loose=is_loose) for other in told)


def same(said: Quantity, other: Quantity, *, is_loose: bool) -> bool:
    """Whether two figures are one; see `stands_in`."""
    if {said.bound, other.bound} == {"more", "less"}:
        return False
    said, other = _in_one_unit(said, other)
    if not _same_unit(said.unit, other.unit):
        return False
    gap = abs(said.value - other.value)
    if gap <= CLOSE * max(1.0, said.value):
        return True
    if said.unit == "date":
        return False
    may_round = is_loose or said.is_about or _is_of_a_hundred(said)
    if said.unit == "share" and said.is_odd != other.is_odd and gap <= _WHOLE_PERCENT:
        return True  # "one in three" is 33%
    return may_round and other.step < said.step and gap <= said.step / 2 + CLOSE


def _in_one_unit(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Both as they are, or in the smaller unit where they differ."""
    if one.unit == other.unit:
        return one, other
    return _smaller(one), _smaller(other)


def _smaller(quantity: Quantity) -> Quantity:
    unit, times = _IN_SMALLER.get(quantity.unit, (quantity.unit, 1.0))
    if unit == quantity.unit:
        return quantity
    return replace(quantity, value=quantity.value * times, unit=unit, step=quantity.step * times)


def _is_of_a_hundred(said: Quantity) -> bool:
    """Whether a share is told in whole people of a hundred, which cannot tell tenths."""
    return said.unit == "share" and abs(said.step - 0.01) <= CLOSE and said.end - said.start > 6


def _same_unit(one: str, other: str) -> bool:
    loose = {"", "person", "point", "trial", "times", "tablet"}
    return one == other or (one == "" and other in loose) or (other == "" and one in loose)

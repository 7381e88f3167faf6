"""Dates as people say them, held against the day on which they said it. Pure functions.

Only what is told is made: "March 2024" is a month, "2019" a year. What is not understood is no
date; a numeric day and month ("3/4/2024") is not, since its order differs from land to land.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)(?:-(?P<day>[0-3]\d))?\b",
        rf"\b{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}",
        rf"\b{_MONTH}\s{_DAY},?\s{_YEAR}",
        rf"\b{_MONTH}(?:\sof)?,?\s{_YEAR}",
        rf"(?<![\d.,/-])\b{_YEAR}(?![.,/]\d)",
        rf"\b(?:in|since|last|until|till|from|of|by)\s(?:(?:early|mid|late|about|around)[\s-])?{_MONTH}(?!\s\d)",
        rf"^\s*(?:(?:early|mid|late|about|around)[\s-])?{_MONTH}\s*$",
    )
)
_SMALL: Final = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
}
_SPAN = (
    rf"(?P<count>\d{{1,3}}|{'|'.join(_SMALL)})[\s-]?(?P<unit>day|week|wk|month|mth|mo|year|yr)s?\b"
)
_AGO = re.compile(rf"\b{_SPAN}\s(?:ago|back)\b", re.IGNORECASE)
_DURATION = re.compile(_SPAN, re.IGNORECASE)
_LAST = re.compile(r"\blast\s(?P<unit>week|month|year)\b", re.IGNORECASE)
_DAYS_BACK: Final = ((r"\byesterday\b", 1), (r"\b(?:today|this morning|tonight)\b", 0))
_UNITS: Final = {"wk": "week", "mth": "month", "mo": "month", "yr": "year"}
_DAYS: Final = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date with as much of it as was said."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """As FHIR and ISO 8601 write it: 2024, 2024-03 or 2024-03-05."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def first_day(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)


def date_of(words: str, told_on: date) -> SaidDate | None:
    """The date that words name.

    Args:
        words: a few words of a message: "since March 2024", "two weeks ago".
        told_on: the day the message was written.

    Returns:
        The date, in as much detail as the words have; None when they name none.
    """
    for pattern in _NAMED:
        found = pattern.search(words)
        if found is not None:
            return _named(found.groupdict(), told_on)
    ago = _AGO.search(words)
    if ago is not None:
        return _back(_count(ago["count"]), ago["unit"].lower(), told_on)
    last = _LAST.search(words)
    if last is not None:
        return _back(1, last["unit"].lower(), told_on)
    days = next((n for pattern, n in _DAYS_BACK if re.search(pattern, words, re.IGNORECASE)), None)
    return None if days is None else _back(days, "day", told_on)


def start_of(duration: str, told_on: date) -> SaidDate | None:
    """When something began that has lasted so long: "14 months", said on a day."""
    found = _DURATION.search(duration)
    if found is None:
        return None
    return _back(_count(found["count"]), found["unit"].lower(), told_on)


def _named(parts: dict[str, str | None], told_on: date) -> SaidDate | None:
    month = int(parts.get("number") or 0) or _month(parts.get("month"))
    if month is not None and not 1 <= month <= len(_MONTHS):
        return None
    year = int(parts.get("year") or 0)
    if not year and month is not None:
        # "in June" is the June that was last.
        year = told_on.year if month <= told_on.month else told_on.year - 1
    day = int(parts.get("day") or 0) or None
    if day is not None and (month is None or not 1 <= day <= monthrange(year, month)[1]):
        return None
    return SaidDate(year, month, day)


def _month(name: str | None) -> int | None:
    return _MONTHS.index(name[:3].lower()) + 1 if name else None


def _count(written: str) -> int:
    return _SMALL.get(written.lower()) or int(written)


def _back(count: int, unit: str, told_on: date) -> SaidDate | None:
    """So many units before a day, no more exact than the unit."""
    unit = _UNITS.get(unit, unit)
    if unit in _DAYS:
        then = told_on - timedelta(days=count * _DAYS[unit])
        return SaidDate(then.year, then.month, then.day)
    if unit == "year":
        return SaidDate(told_on.year - count) if count < told_on.year else None
    months = told_on.year * 12 + told_on.month - 1 - count
    return SaidDate(months // 12, months % 12 + 1)

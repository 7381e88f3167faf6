"""Which line speaks of a result's figure: ranges told in words, held against the figure asked."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_N = r"(\d[\d,]*(?:\.\d+)?)\s?%?"
_RANGES = re.compile(
    rf"\b(?:between (?:about )?{_N} and {_N}"
    rf"|(?:from )?(?<![\w.]){_N} ?(?:to|-|–) ?(?P<under>under |less than )?{_N}"
    rf"|(?P<above>above|over|more than|higher than|greater than) {_N}"
    rf"|(?P<below>under|below|less than|lower than|fewer than) {_N}"
    rf"|up to {_N}|at least {_N}"
    rf"|{_N} (?P<more>or (?:more|higher|above|over)|and (?:above|over|higher))"
    rf"|{_N} (?P<less>or (?:less|lower|below|under|fewer)))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<![\w./-])(\d[\d,]*(?:\.\d+)?)(?![\w/-]|\.\d)"
    r"(?! ?(?:months?|weeks?|days?|years?|yrs?|hours?|minutes?|times|cycles?|rounds?|doses?"
    r"|cm|mm)\b)"
)
"""A figure that is no length of time, count of treatments or size."""
_YEAR = range(1950, 2100)
_SMALLEST_GAP = 1e-9


class Range(NamedTuple):
    """Figures from low to high, both inclusive."""

    low: float
    high: float


def figure_asked(question: str) -> float | None:
    """The one figure of a question, its unit aside; None when it holds none or several."""
    found = {_number(n) for n in _ASKED.findall(question)}
    found = {n for n in found if n not in _YEAR}
    return found.pop() if len(found) == 1 else None


def ranges_told(line: str) -> list[Range]:
    """The ranges a line tells of, such as "30% or more" or "12 to 25"; may be empty."""
    return list(_ranges(line))


def covers(line: str, figure: float) -> bool | None:
    """Whether a line tells of a range that holds the figure; None when it tells of none."""
    told = ranges_told(line)
    if not told:
        return None
    return any(low <= figure <= high for low, high in told)


def _ranges(line: str) -> Iterator[Range]:
    for match in _RANGES.finditer(line):
        low, *rest = (_number(n) for n in match.groups() if n and n[0].isdigit())
        high = rest[0] if rest else low
        if match["above"]:
            yield Range(low + _SMALLEST_GAP, float("inf"))
        elif match["more"] or match[0].lower().startswith("at least"):
            yield Range(low, float("inf"))
        elif match["below"]:
            yield Range(0, low - _SMALLEST_GAP)
        elif match["less"] or match[0].lower().startswith("up to"):
            yield Range(0, low)
        else:
            yield Range(low, high - _SMALLEST_GAP if match["under"] else high)


def _number(text: str) -> float:
    return float(text.replace(",", ""))

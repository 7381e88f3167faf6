"""What a text limits itself to: before or after the menopause, women or men, early or spread ..."""

import csv
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

Contrasts = Mapping[str, frozenset[str]]
"""Values by dimension, such as {"menopause": {"post"}}."""

BIOMARKERS = frozenset({"her2", "hormone"})
STAGES = frozenset({"extent", "spread"})


class _Row(NamedTuple):
    dimension: str
    value: str
    pattern: re.Pattern[str]


def contrasts(text: str) -> Contrasts:
    """The values a text names in each dimension of `rules/check_contrasts.csv`; may be empty."""
    found: dict[str, set[str]] = {}
    for row in _rows():
        if row.pattern.search(text):
            found.setdefault(row.dimension, set()).add(row.value)
    return {dimension: frozenset(values) for dimension, values in found.items()}


@functools.cache
def _rows() -> tuple[_Row, ...]:
    path = Path(__file__).parents[1] / "rules" / "check_contrasts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            _Row(row["dimension"], row["value"], re.compile(row["pattern"], re.IGNORECASE))
            for row in csv.DictReader(file)
        )


def without(text: str, dimension: str) -> str:
    """A text less the words that name a value of a dimension."""
    for row in _rows():
        if row.dimension == dimension:
            text = row.pattern.sub(" ", text)
    return text


def agreement(one: Contrasts, other: Contrasts) -> int:
    """In how many dimensions two texts say the same, less those where they differ."""
    return sum(1 if one[key] & other[key] else -1 for key in one.keys() & other.keys())


def spans(text: str) -> list[tuple[int, int]]:
    """Where a text names a value of any dimension: characters, end exclusive."""
    return [match.span() for row in _rows() for match in row.pattern.finditer(text)]

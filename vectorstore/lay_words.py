"""Everyday words for what published pages call by another name, for search alone."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "lay_words.csv"
"""Words and phrases as people say them at home, British ones among them, and what American pages
for patients write; none that mostly means something else."""


def as_published(text: str) -> str:
    """The text with each everyday word of the table as pages write it; the rest as it is."""
    return _pattern().sub(lambda match: _meant()[match[0].lower().replace("\u2019", "'")], text)


@cache
def _meant() -> Mapping[str, str]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["lay"]: row["meant"] for row in csv.DictReader(file)}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_meant(), key=lambda lay: (-len(lay), lay))
    either = "|".join(re.escape(lay).replace("'", "['\u2019]") for lay in longest_first)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)

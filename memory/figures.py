"""Figures with their units as people write results: "10.2 g/dL", "1,045", "<0.5 ng/mL"."""

import re
from dataclasses import dataclass
from typing import Final

_FIGURE: Final = re.compile(
    r"(?P<sign><=|>=|<|>)?\s?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"\s?(?P<unit>[x×]\s?10\S*|(?!(?:of|in|to|on|and|or)\b)[^\W\d_]\S*|%|/[^\W\d_]\S*|°\S+)?",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value."""

    value: float
    unit: str = ""
    """As written; empty where none was."""
    sign: str = ""
    """<, >, <= or >= where the value is only a bound."""


def read_figure(words: str) -> Figure | None:
    """The figure that words are; None when they are anything else, such as a pair "120/80"."""
    found = _FIGURE.fullmatch(words.strip())
    if found is None:
        return None
    written = found["figure"]
    plain = written.replace(",", "" if _THOUSANDS.fullmatch(written) else ".")
    return Figure(float(plain), (found["unit"] or "").strip(), found["sign"] or "")

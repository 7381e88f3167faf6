"""Ages that a text sets a limit at: "over 50", "50 or older", "younger than 35"."""

import re
from typing import NamedTuple, Self

_NO_AGE = (
    r"(?!\d|\.\d|,\d|\s?%|\s?(?:per|mg|m|in|out|of|days?|weeks?|months?|hours?|minutes?|points?)\b)"
)
_AGE = rf"(?P<age>[1-9]\d){_NO_AGE}"
_LIMITS = (
    (True, rf"\b(?:over|older than|above|past|beyond) (?:the age of |age )?{_AGE}"),
    (True, rf"\b{_AGE} (?:years )?(?:or|and) (?:older|over|above|up)\b"),
    (False, rf"\b(?:under|younger than|below) (?:the age of |age )?{_AGE}"),
    (False, rf"\b{_AGE} (?:years )?(?:or|and) (?:younger|under|below)\b"),
)


class AgeLimit(NamedTuple):
    """A limit of a group's age."""

    age: int
    """In years, 10 .. 99."""
    is_from: bool
    """Whether the group is older, not younger."""

    @property
    def turned(self) -> Self:
        """The group on the other side."""
        return self._replace(is_from=not self.is_from)


def age_limits(text: str) -> frozenset[AgeLimit]:
    """The limits a text sets; may be empty."""
    return frozenset(
        AgeLimit(int(match["age"]), is_from)
        for is_from, pattern in _LIMITS
        for match in re.finditer(pattern, text, re.IGNORECASE)
    )

"""Where a name in capitals may stand in small letters: "3 rounds of tc", "alt 140", "tchp"."""

import re

from chains.english import english

_COURSES_OF = re.compile(
    r"\b(?:rounds?|cycles?|doses?|courses?|sessions?|infusions?|treatments?|lots)\sof\s"
    r"(?:(?:dose[\s-]dense|dd|neoadjuvant|adjuvant)\s)?$"
    r"|\b(?:had|did|done|finished|completed)\s(?:\d+\s?x?\s)?$|\b\d+\s?x\s$",
    re.IGNORECASE,
)
"""Before a regimen that is then one in small letters too: "3 rounds of tc"."""
_FIGURE_BEHIND = re.compile(r"\s(?:is\s|was\s|of\s|at\s)?\d{2,4}\b(?!\s?(?:mg|years|days))")
"""Behind a test, which may then be in small letters: "alt 140"."""
_SHORTEST_UNMISTAKABLE = 3
"""Characters."""


def may_be_small(kind: str, written: str, text: str, start: int, end: int) -> bool:
    """Whether the words around say that this is the name, whatever its letters.

    Args:
        kind: of the form: regimen, lab ...
        written: the form with its capitals.
        text: the message.
        start: first character of the name in it.
        end: behind its last character.
    """
    if kind == "regimen":
        return _COURSES_OF.search(text[:start]) is not None or _is_no_word(written)
    return kind == "lab" and _FIGURE_BEHIND.match(text, end) is not None


def _is_no_word(acronym: str) -> bool:
    """Whether a name of letters is unmistakable in small letters too: "tchp", "cmf"."""
    return len(acronym) >= _SHORTEST_UNMISTAKABLE and acronym.lower() not in english()

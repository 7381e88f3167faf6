"""Slips of the keys in words that are known, put right for one look at a message."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from chains.lexicon import Lexicon

_LETTERS = re.compile(r"[^\W\d_]+")
_SLIP_FROM = 5
"""Letters from which a word may hold a slip."""
_TWO_SLIPS_FROM = 8


def without_slips(text: str, known: Sequence[str], lexicon: Lexicon) -> str:
    """The text with near misses of the known words put right.

    Args:
        text: In lower case.
        known: Words that may be meant, lower case.
        lexicon: Tells English words, which are left as they are.
    """

    def repaired(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _SLIP_FROM or word in known or lexicon.is_english(word):
            return word
        limit = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        near = [w for w in known if OSA.distance(word, w, score_cutoff=limit) <= limit]
        return near[0] if near else word

    return _LETTERS.sub(repaired, text)

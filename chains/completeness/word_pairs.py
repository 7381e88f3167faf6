"""Which word follows which in health texts: tells "my should" from "my shoulder".

The counts come from `evals/completeness/count_pairs.py`; `word_pairs.md` says of what.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORD_PAIRS = Path(__file__).with_name("word_pairs.txt")
START = "^"
"""Stands before a word counted by itself."""
_INFLECTIONS = ("s", "es", "d", "ed", "ing", "ly")


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """How a word, and the longer words it begins, were seen after the word before it."""

    itself: int
    """Times the word stood there."""
    longer: int
    """Times a longer word stood there that is not merely another form of it."""
    uses: int
    """Times the word stood anywhere."""
    longer_uses: int
    """Times those longer words stood anywhere."""
    expected: float
    """Times the word would have stood there by chance."""


class WordPairs:
    """Counted pairs of words."""

    def __init__(self, followers: dict[str, tuple[tuple[str, int], ...]]) -> None:
        """Keep the followers of each word, sorted by spelling."""
        self._followers = followers
        self._total = sum(times for _, times in followers.get(START, ()))
        self._all = {word: sum(t for _, t in rows) for word, rows in followers.items()}

    def count(self, before: str, word: str) -> int:
        """Times `word` was seen after `before`, both lower case; 0 when seldom or never."""
        rows = self._followers.get(_key(before), ())
        at = bisect_left(rows, (word, 0))
        return rows[at][1] if at < len(rows) and rows[at][0] == word else 0

    def evidence(self, before: str, word: str) -> PairEvidence:
        """What is known of `word` (lower case), whole or broken, after `before`."""
        before = _key(before)
        uses = self.count(START, word)
        chance = self._all.get(before, 0) * uses / max(self._total, 1)
        return PairEvidence(
            itself=self.count(before, word),
            longer=self._longer(before, word),
            uses=uses,
            longer_uses=self._longer(START, word),
            expected=chance,
        )

    def pooled(self, befores: tuple[str, ...], word: str) -> PairEvidence:
        """What is known of `word` after any of these words."""
        each = [self.evidence(before, word) for before in befores]
        return PairEvidence(
            itself=sum(seen.itself for seen in each),
            longer=sum(seen.longer for seen in each),
            uses=each[0].uses,
            longer_uses=each[0].longer_uses,
            expected=sum(seen.expected for seen in each),
        )

    def _longer(self, before: str, beginning: str) -> int:
        rows = self._followers.get(before, ())
        forms = {beginning, *(beginning + end for end in _INFLECTIONS)}
        total = 0
        at = bisect_left(rows, (beginning, 0))
        while at < len(rows) and rows[at][0].startswith(beginning):
            word, times = rows[at]
            total += times if word not in forms else 0
            at += 1
        return total


def _key(before: str) -> str:
    return "#" if before[:1].isdigit() else before.replace("'", "")


@cache
def load_word_pairs() -> WordPairs:
    """Read `word_pairs.txt`: a word, then what followed it with its count, a line."""
    followers = {}
    for line in WORD_PAIRS.read_text(encoding="utf-8").splitlines():
        before, *rows = line.split(" ")
        pairs = (row.rsplit(":", 1) for row in rows)
        followers[before] = tuple((word, int(times)) for word, times in pairs)
    return WordPairs(followers)

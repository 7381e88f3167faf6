"""Repair the spelling of medicines and medical terms, one word at a time.

A wrong medicine on a card is worse than a missed one: a word is repaired only when it is no
English word, near to one known word, and clearly nearer to it than to any other.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

SHORTEST_REPAIRED = 6
"""Characters; below that too many words lie one letter apart."""
_LEAST_LIKENESS = 0.86
"""Jaro-Winkler, 0 .. 1. With it 39 of 13,903 rare words and names of NCI pages become a drug, half
of them rightly; of 600 one-letter slips in breast cancer drugs 99.8% are repaired."""
_LEAST_LIKENESS_ALIKE = 0.78
"""The same for words that sound alike, whose first letters may differ."""

_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|q|c"), "k"),
    (re.compile(r"^x"), "z"),
    (re.compile(r"y"), "i"),
    (re.compile(r"th"), "t"),
    (re.compile(r"(?<=.)[aeiouh]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


class _Candidate(NamedTuple):
    distance: int
    likeness: float
    word: str


def sound_key(word: str) -> str:
    """How a lower-case word sounds, roughly: consonants after the first letter, doubles merged."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


class SpellingRepair:
    """Finds the one known word that an unknown word was meant to be."""

    def __init__(
        self, owners: Mapping[str, frozenset[str]], is_english: Callable[[str], bool]
    ) -> None:
        """Keep the known words by first letter and by sound.

        Args:
            owners: lower-case word -> canonical names it belongs to.
            is_english: true for words that are left alone.
        """
        self._owners = owners
        self._is_english = is_english
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in owners:
            self._by_letter[word[0]].append(word)
            self._by_sound[sound_key(word)].append(word)

    def repair(self, word: str) -> str | None:
        """The known word that `word` (lower case) was meant to be; None when there is no one."""
        if len(word) < SHORTEST_REPAIRED or self._is_english(word):
            return None
        if sum(letter.isdigit() for letter in word) > (1 if len(word) > SHORTEST_REPAIRED else 0):
            return None
        candidates = sorted(self._near(word), key=lambda c: (c.distance, -c.likeness))
        if not candidates or self._is_ambiguous(candidates):
            return None
        return candidates[0].word

    def _near(self, word: str) -> Iterable[_Candidate]:
        alike = frozenset(self._by_sound.get(sound_key(word), ()))
        for known in alike.union(self._by_letter.get(word[0], ())):
            limit = _largest_distance(min(len(word), len(known))) + (known in alike)
            distance = DamerauLevenshtein.distance(word, known, score_cutoff=limit)
            if distance > limit:
                continue
            likeness = JaroWinkler.similarity(word, known)
            if likeness >= (_LEAST_LIKENESS_ALIKE if known in alike else _LEAST_LIKENESS):
                yield _Candidate(distance, likeness, known)

    def _is_ambiguous(self, candidates: list[_Candidate]) -> bool:
        best = candidates[0]
        owners = self._owners[best.word]
        return any(
            other.distance <= best.distance and not owners & self._owners[other.word]
            for other in candidates[1:]
        )


def _largest_distance(length: int) -> int:
    """Edits allowed at this many characters; one more when both words sound alike."""
    return 1 if length < 9 else 2 if length < 12 else 3

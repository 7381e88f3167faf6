"""Repair the spelling of medicines and medical terms, one word at a time.

A wrong medicine on a card is worse than a missed one: a word is repaired only when it is no
English word, near to one known word, and clearly nearer to it than to any other. A short word, or
one that slipped at its beginning, must also stand where a medicine is expected, or be long and far
from every common English word.
"""

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

SHORTEST_REPAIRED = 6
"""Characters; below that too many words lie one letter apart."""
_LEAST_LIKENESS = 0.86
"""Jaro-Winkler, 0 .. 1. With it 39 of 13,903 rare words and names of NCI pages become a drug, half
of them rightly; of 600 one-letter slips in breast cancer drugs 99.8% are repaired."""
_LEAST_LIKENESS_ALIKE = 0.78
"""The same for words that sound alike, whose first letters may differ."""

_SHORTEST_EXPECTED = 4
"""Characters of a word that may be a slip of a medicine where one is expected."""
_SHORTEST_UNEXPECTED = 7
"""The same where nothing speaks for a medicine, and one letter only is wrong."""
_LONG_ENOUGH_FOR_TWO = 8
"""Characters; a shorter word two slips away is another word, unless a medicine is expected."""
_COMMON = 1_000_000
"""Count in the English dictionary from which a word may have been meant."""
_TAKEN_BEFORE = frozenset({
    "taking",
    "take",
    "takes",
    "took",
    "taken",
    "prescribed",
    "prescribe",
    "swallow",
    "swallowed",
})
_MAY_BE_BEFORE = frozenset({
    *("on", "started", "start", "starting", "starts", "began", "stopped", "stop", "stopping"),
    *("finished", "my", "her", "his", "onto", "to", "of", "off", "given", "had", "having", "get"),
    *("getting", "gets", "got", "added", "add", "restarted", "try", "trying", "tried", "paused"),
    *("hold", "holding", "held", "and", "plus", "with", "for", "from", "the", "a", "first", "used"),
    *("using", "needs", "need", "daily", "monthly", "weekly", "me", "him", "generic", "brand"),
})
_AMOUNT = re.compile(r"\d+(?:mg|mcg|g|ml|iu)?")
_UNITS = frozenset({"mg", "mgs", "mcg", "milligram", "milligrams", "ml", "iu"})
_FORMS = frozenset({
    *("tablet", "tablets", "tabs", "pill", "pills", "capsule", "capsules", "infusion", "infusions"),
    *("injection", "injections", "jab", "jabs", "shot", "shots", "chemo", "dose", "drip"),
    *("medication", "prescription", "meds", "treatment", "cycle", "cycles", "round", "rounds"),
})

_SOUNDS = (
    (re.compile(r"^ks"), "z"),
    (re.compile(r"(?<=.)x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|q|c"), "k"),
    (re.compile(r"^x"), "z"),
    (re.compile(r"y"), "i"),
    (re.compile(r"th"), "t"),
    (re.compile(r"(?<=.)[aeiouh]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Expectation(IntEnum):
    """How far the words beside a word say that a medicine stands there."""

    NONE = 0
    POSSIBLE = 1
    """ "on", "my", "started" before it, or another medicine's joint."""
    CERTAIN = 2
    """ "taking" before it, or its dose or form behind it."""


def expectation(words: Sequence[str], at: int) -> Expectation:
    """What the neighbours of `words[at]`, all lower case, say of it."""
    before = words[at - 1] if at else ""
    behind, second = (*words[at + 1 : at + 3], "", "")[:2]
    has_amount = _AMOUNT.fullmatch(behind) is not None
    is_dosed = has_amount and (second in _UNITS or not behind.isdigit())
    if before in _TAKEN_BEFORE or behind in _FORMS or is_dosed:
        return Expectation.CERTAIN
    return Expectation.POSSIBLE if before in _MAY_BE_BEFORE else Expectation.NONE


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
        self,
        owners: Mapping[str, frozenset[str]],
        medicines: Mapping[str, frozenset[str]],
        *,
        is_english: Callable[[str], bool],
        frequency: Callable[[str], int],
    ) -> None:
        """Keep the known words by first letter and by sound, medicines by what a slip leaves.

        Args:
            owners: lower-case word -> canonical names it belongs to.
            medicines: the same for words of medicines alone, the short ones too.
            is_english: true for words that are left alone.
            frequency: count of an English word; 0 for others.
        """
        self._owners = owners
        self._medicines = medicines
        self._is_english = is_english
        self._frequency = frequency
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        for word in owners:
            self._by_letter[word[0]].append(word)
            self._by_sound[sound_key(word)].append(word)
        for word in medicines:
            for rest in _rests(word):
                self._by_rest[rest].append(word)

    def repair(self, word: str, expected: Expectation = Expectation.NONE) -> str | None:
        """The known word that `word` (lower case) was meant to be; None when there is no one."""
        if len(word) < _SHORTEST_EXPECTED or self._is_english(word):
            return None
        if sum(letter.isdigit() for letter in word) > (1 if expected or len(word) > 6 else 0):
            return None
        if len(word) >= SHORTEST_REPAIRED:
            candidates = sorted(self._near(word), key=lambda c: (c.distance, -c.likeness))
            if candidates and self._is_too_far(candidates[0], word, expected):
                return None
            if candidates:
                return None if self._is_ambiguous(candidates) else candidates[0].word
        return self._slipped_medicine(word, expected)

    def _is_too_far(self, best: _Candidate, word: str, expected: Expectation) -> bool:
        """Whether a short word that nothing makes a medicine lies two slips from one: "bitcoin"."""
        is_short = min(len(word), len(best.word)) < _LONG_ENOUGH_FOR_TWO
        return (
            best.distance > 1
            and is_short
            and sound_key(best.word) != sound_key(word)
            and best.word in self._medicines
            and expected is Expectation.NONE
        )

    def _slipped_medicine(self, word: str, expected: Expectation) -> str | None:
        """The one medicine that a single slip, wherever it is, makes into `word`."""
        if expected is Expectation.NONE and len(word) < _SHORTEST_UNEXPECTED:
            return None
        found = {
            known
            for rest in _rests(word)
            for known in self._by_rest.get(rest, ())
            if DamerauLevenshtein.distance(word, known, score_cutoff=1) <= 1
        }
        names = frozenset[str]().union(*(self._medicines[known] for known in found))
        if len(names) != 1 or (expected < Expectation.CERTAIN and self._is_common_slip(word)):
            return None
        return min(found)

    def _is_common_slip(self, word: str) -> bool:
        """Whether a single slip in a common English word gives `word` too."""
        return any(self._frequency(near) >= _COMMON for near in _one_letter_off(word))

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


def _rests(word: str) -> frozenset[str]:
    """The word, and what is left of it without each of its letters."""
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def _one_letter_off(word: str) -> Iterator[str]:
    """All words that one dropped, added, changed or swapped letter makes of `word`."""
    for at in range(len(word) + 1):
        start, end = word[:at], word[at:]
        yield start + end[1:]
        yield start + end[1:2] + end[:1] + end[2:]
        for letter in string.ascii_lowercase:
            yield start + letter + end
            yield start + letter + end[1:]


def _largest_distance(length: int) -> int:
    """Edits allowed at this many characters; one more when both words sound alike."""
    return 1 if length < 9 else 2 if length < 12 else 3

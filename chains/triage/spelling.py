"""Phone typing repaired towards the words the red flags are made of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from itertools import groupby

from rapidfuzz.distance import OSA

_SHORTEST = 4
_TWO_SLIPS_FROM = 9
"""Letters a word needs before two slips are repaired; in shorter words they make other words."""
_LONGEST = 24
_SILENT = frozenset({"pf", "wr", "kn"})
"""First letters, as spelt and as heard: phone, wrong, knee."""
_PARTS = frozenset(
    {"arm", "leg", "calf", "ankle", "foot", "hand", "chest", "heart", "back", "throat", "tongue"}
    | {"face", "mouth", "eye", "skin", "scar", "wound", "breast", "belly", "head", "neck", "port"}
    | {"poo", "pee", "wee", "urine", "nose", "cough", "rash", "pulse", "vision", "speech", "pain"}
)
_SHORTEST_SOUND = 3
"""Letters of a sound that tells words apart."""
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("[ao]ugh", "af"), ("ph", "f"), ("mb$", "m"), ("wh", "w"), ("kn", "n"), ("wr", "r"),
        ("tch", "ch"), ("gh", ""), ("c(?=[eiy])", "s"), ("c(?!h)|q", "k"), ("z", "s"),
        ("(?<=[aeiou])r(?![aeiouy])", ""), (r"(?<=[a-z])[aeiouy]+", "a"), (r"(.)\1+", r"\1"),
        ("a$", ""),
    )
)  # fmt: skip
"""From letters to sound, in order; all vowels sound the same."""


class Speller:
    """Repairs a word that is no word and stands next to exactly one we know."""

    def __init__(
        self,
        known: Iterable[str],
        ordinary: frozenset[str],
        meant: Mapping[str, str] | None = None,
    ) -> None:
        """Take the rules' own words, ordinary words left alone, and slips known by heart."""
        self._meant = meant or {}
        self._known = frozenset(known) - self._meant.keys()
        self._ordinary = ordinary
        self._near: dict[str, set[str]] = {}
        self._sounds: dict[str, set[str]] = {}
        for word in self._known:
            if len(word) >= _SHORTEST:
                for key in _keys(word):
                    self._near.setdefault(key, set()).add(word)
                self._sounds.setdefault(_sound(word), set()).add(word)

    def stem(self, word: str) -> str:
        """A word written with an apostrophe and `s`: without the `s` when only that is known.

        Of a part of the body always: `my arm's hot` is one arm.
        """
        if word[:-1] in _PARTS:
            return word[:-1]
        return word[:-1] if word not in self._known and word[:-1] in self._known else word

    def repair(self, word: str) -> str:
        """The word meant, or `word` itself; a known or ordinary word is seldom changed."""
        if word in self._meant:
            return self._meant[word]
        if word in self._known or word in self._ordinary or not self._ordinary:
            return word
        if not _SHORTEST <= len(word) <= _LONGEST:
            return word
        near = {other for key in _keys(word) for other in self._near.get(key, ())}
        ranked = sorted((*self._distance(word, other), other) for other in near)
        best = [each for each in ranked if each[0] <= _slips(word)]
        if not best or (len(best) > 1 and best[0][:2] == best[1][:2]):
            return self._by_sound(word)
        return best[0][2]

    def _by_sound(self, word: str) -> str:
        """The one known word that sounds the same, or `word` itself."""
        sound = _sound(word)
        alike = self._sounds.get(sound, set()) if len(sound) >= _SHORTEST_SOUND else set()
        alike = {other for other in alike if other[0] == word[0] or other[0] + word[0] in _SILENT}
        ranked = sorted((OSA.distance(word, other), other) for other in alike)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return word
        return ranked[0][1]

    @staticmethod
    def _distance(word: str, other: str) -> tuple[int, bool]:
        """Slips between two words; of equals, a doubled letter is the likelier slip."""
        short = len(word) == _SHORTEST or len(other) == _SHORTEST
        if word[0] != other[0] or (short and sorted(word) != sorted(other)):
            return _LONGEST, True
        return OSA.distance(word, other), _single(word) != _single(other)


def ordinary_words() -> frozenset[str]:
    """English words of the spelling dictionary; empty, so that nothing is repaired, without it."""
    try:
        source = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except (ModuleNotFoundError, OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line.split(" ", 1)[0].replace("'", "") for line in lines)


def _single(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _slips(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS_FROM else 1


def _keys(word: str) -> Iterator[str]:
    """The word, and the word with one letter left out, or two when it is long."""
    layer = {word}
    yield word
    for _ in range(_slips(word)):
        layer = {short[:i] + short[i + 1 :] for short in layer for i in range(len(short))}
        yield from layer

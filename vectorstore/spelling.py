"""Repair of misspelt words in a query, for search alone: what a person wrote stays as written."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from vectorstore.package_files import package_file

_WORD = re.compile(r"[A-Za-z0-9]+(?:['\u2019][A-Za-z]+)?")
_TEXT_SPEAK = Path(__file__).parent / "text_speak.csv"
_SHORTEST = 4
# One slip in short words, two from six letters on, three from nine.
_MOST_SLIPS = ((9, 3), (6, 2), (_SHORTEST, 1))
_LEAST_ALIKE = 0.85
_STRANGE_WORDS = 2
_LONGEST_ABBREVIATION = 5
# A third of the 82,765: of two words as near, the common one was meant rather than a name that
# stands once in a list of references.
_COMMON = 1_000_000
_RARE = 300_000
# What is typed without its apostrophe is no slip: "dont" is not "donate".
_CONTRACTIONS = frozenset([
    "aint",
    "arent",
    "cant",
    "couldnt",
    "didnt",
    "doesnt",
    "dont",
    "hadnt",
    "hasnt",
    "havent",
    "hes",
    "hows",
    "isnt",
    "itll",
    "ive",
    "lets",
    "mightnt",
    "mustnt",
    "neednt",
    "shes",
    "shouldnt",
    "thats",
    "theres",
    "theyll",
    "theyre",
    "theyve",
    "wasnt",
    "werent",
    "weve",
    "whats",
    "wheres",
    "whos",
    "whys",
    "wont",
    "wouldnt",
    "yall",
    "youd",
    "youll",
    "youre",
    "youve",
])

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# Letters that begin the same sound.
_SOUNDS = ("ck", "cs", "fp", "gj", "sz", "ie", "xz", "kq")


class Vocabulary:
    """Words a query may be repaired to; immutable, safe to share."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words in lower case; those with anything but letters are only known, no target."""
        self._words = frozenset(words)
        self._english = _english()
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if word.isalpha():
                by_length[len(word)].append(word)
        self._by_length = dict(by_length)

    def __contains__(self, word: str) -> bool:
        """Whether the word is one of ours or plain English."""
        return word in self._words or word in self._english

    def is_name(self, word: str) -> bool:
        """Whether one of our words is rare in plain English: a medicine, a gene, a term."""
        is_long = len(word) >= _SHORTEST and not word.isdecimal()
        return is_long and word in self._words and self._english.get(word, 0) < _RARE

    def nearest(self, word: str) -> str | None:
        """Our word that a misspelt one most likely means; None when none is near enough."""
        slips = next((most for length, most in _MOST_SLIPS if len(word) >= length), 0)
        candidates = [
            other
            for length in range(len(word) - slips, len(word) + slips + 1)
            for other in self._by_length.get(length, ())
        ]
        found = process.extract(
            word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None
        )
        near = [
            # Letters in another order are the likelier slip: "tierd" is "tired", not "tied".
            (
                distance,
                sorted(word) != sorted(other),
                word[0] != other[0],
                distance == 1 and self._english.get(other, 0) < _COMMON,
                -JaroWinkler.similarity(word, other),
                other,
            )
            for other, distance, _ in found
            if _may_begin(word, other)
        ]
        likely = [entry for entry in near if entry[0] == 1 or -entry[4] >= _LEAST_ALIKE]
        return min(likely)[-1] if likely else None


def repair(query: str, vocabulary: Vocabulary) -> str:
    """The query with each word that is in no dictionary replaced by the nearest of ours, if near.

    What people type for a word on purpose ("shud", "tx") is that word. Numbers, units,
    abbreviations and words under four letters stay. So does a query in which words that are near
    to nothing outnumber the misspelt ones: it is of another language, or full of names.
    """
    repaired = {word: _repaired(word, vocabulary) for word in _WORD.findall(query)}
    strange = sum(new is None for new in repaired.values())
    changed = sum(new not in (None, word) for word, new in repaired.items())
    if strange >= _STRANGE_WORDS and strange > changed:
        return query
    return _WORD.sub(lambda match: repaired[match[0]] or match[0], query)


def _repaired(word: str, vocabulary: Vocabulary) -> str | None:
    """The word, or what it most likely means; None when it is near to nothing."""
    lower = word.lower()
    if (meant := _text_speak().get(lower)) is not None and not word.isupper():
        return meant
    if len(word) < _SHORTEST or lower in vocabulary or lower in _CONTRACTIONS:
        return word
    if sum(letter.isdigit() for letter in word) == 1:
        others = [other for other in _digit_replaced(lower) if other in vocabulary]
        return max(others, key=lambda other: _english().get(other, 0), default=word)
    if not word.isalpha() or (word.isupper() and len(word) <= _LONGEST_ABBREVIATION):
        return word
    return vocabulary.nearest(lower)


def _digit_replaced(word: str) -> Iterable[str]:
    """The word with its digit as each of the letters below it on the keyboard."""
    place = next(i for i, letter in enumerate(word) if letter.isdigit())
    column = _ROWS[0].index(word[place])
    for letter in _ROWS[1][max(0, column - 1) : column + 1]:
        yield word[:place] + letter + word[place + 1 :]


def _may_begin(word: str, other: str) -> bool:
    """Whether a slip of the finger or the ear may lead from one beginning to the other."""
    first, meant = word[0], other[0]
    return (
        first == meant
        or word[:2] == other[1::-1]
        or meant in _keyboard_neighbors()[first]
        or any(first in pair and meant in pair for pair in _SOUNDS)
        or other[1:] == word
        or word[1:] == other
    )


@cache
def _keyboard_neighbors() -> dict[str, frozenset[str]]:
    neighbors: dict[str, set[str]] = defaultdict(set)
    for above, row in zip(("", *_ROWS), _ROWS, strict=False):
        for column, letter in enumerate(row):
            beside = row[max(0, column - 1) : column + 2] + above[column : column + 2]
            for other in beside:
                neighbors[letter].add(other)
                neighbors[other].add(letter)
    return {letter: frozenset(others - {letter}) for letter, others in neighbors.items()}


@cache
def _text_speak() -> Mapping[str, str]:
    with _TEXT_SPEAK.open(encoding="utf-8", newline="") as file:
        return {row["typed"]: row["meant"] for row in csv.DictReader(file)}


@cache
def _english() -> dict[str, int]:
    """English words with their frequency, as symspellpy ships them (82,765; MIT)."""
    path = package_file("symspellpy", "frequency_dictionary_en_82_765.txt")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, count in (line.split(" ") for line in lines)}

"""Who finds the medicine in a text: our own reading, and the two libraries alone.

Each library is given the same names, reads the words of a text one by one and leaves words of
fewer letters than `SHORTEST` alone. rapidfuzz takes the nearest name from `LIKENESS` on; symspellpy
takes the best suggestion of its own English dictionary with the names added, as its pages advise.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib import resources

from rapidfuzz import fuzz, process
from symspellpy import SymSpell, Verbosity

from chains.extraction import extract
from chains.lexicon import load_lexicon
from memory.records import Card

SHORTEST = 5
LIKENESS = 85.0
"""0 .. 100 of `fuzz.ratio`. Tried from 75 to 92.5: right on the misspellings and false hits per
10,000 words are 99% and 113 at 80, 95% and 38 at 82.5, 88% and 19 at 85, 61% and 1.4 at 90."""
EDITS = 2
"""Damerau-Levenshtein, symspellpy's own default."""
_NAME_COUNT = 100_000
"""Weight of a name in the dictionary; English words there have 12,711 to 2.3e10."""
WORD = re.compile(r"[^\W_]+")

Finder = Callable[[str], frozenset[str]]
"""Canonical names of the medicines that a text is taken to name."""


def extracted(text: str) -> frozenset[str]:
    """The medicines on the card after the message."""
    facts = extract(text, Card())
    return frozenset(fact.name for fact in facts if fact.kind == "medication")


def by_rapidfuzz(text: str) -> frozenset[str]:
    """The nearest name to each word."""
    return frozenset(filter(None, map(nearest_by_rapidfuzz, _words(text))))


def by_symspell(text: str) -> frozenset[str]:
    """The names that symspellpy repairs words to."""
    return frozenset(filter(None, map(repaired_by_symspell, _words(text))))


def repaired_by_us(text: str) -> int:
    """How many places of a text the lexicon's spelling repair takes for a medicine."""
    found = load_lexicon().mentions(text)
    return sum(one.kind in ("drug", "regimen") and one.corrected for one in found)


def words_repaired(text: str, finder: Callable[[str], str | None]) -> int:
    """How many words of a text a library takes for a medicine."""
    return sum(finder(word) is not None for word in _words(text))


@cache
def drug_words() -> dict[str, str]:
    """Names, brands and synonyms of one word, lower case, to the canonical name."""
    lexicon, words = load_lexicon(), dict[str, str]()
    for name in lexicon.names("drug"):
        drug = lexicon.drug(name)
        for form in (name, *(drug.brands if drug else ()), *(drug.synonyms if drug else ())):
            if form.isalpha() and len(form) >= SHORTEST:
                words.setdefault(form.lower(), name)
    return words


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if len(word) >= SHORTEST]


@cache
def nearest_by_rapidfuzz(word: str, likeness: float = LIKENESS) -> str | None:
    """The medicine whose name is nearest to a word; None below `likeness`."""
    found = process.extractOne(word, drug_words().keys(), scorer=fuzz.ratio, score_cutoff=likeness)
    return None if found is None else drug_words()[found[0]]


@cache
def repaired_by_symspell(word: str) -> str | None:
    """The medicine that symspellpy repairs a word to; None when it is another word."""
    found = _symspell().lookup(word, Verbosity.TOP, max_edit_distance=EDITS)
    return drug_words().get(found[0].term) if found else None


@cache
def _symspell() -> SymSpell:
    speller = SymSpell(max_dictionary_edit_distance=EDITS)
    path = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    speller.load_dictionary(str(path), term_index=0, count_index=1, encoding="utf-8-sig")
    for word in drug_words():
        speller.create_dictionary_entry(word, _NAME_COUNT)
    return speller

"""Words of a text as what they mean: stems, and the field's words that stand for each other."""

import csv
import functools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import Stemmer

from vectorstore.lexical import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|%")
_LIGHT = frozenset([
    "also",
    "another",
    "any",
    "anyone",
    "around",
    "available",
    "become",
    "call",
    "certain",
    "come",
    "comes",
    "do",
    "does",
    "done",
    "each",
    "either",
    "else",
    "even",
    "ever",
    "every",
    "everyone",
    "far",
    "find",
    "found",
    "get",
    "gets",
    "getting",
    "give",
    "given",
    "go",
    "goes",
    "going",
    "happen",
    "happens",
    "help",
    "here",
    "however",
    "in",
    "instead",
    "its",
    "itself",
    "just",
    "keep",
    "kept",
    "know",
    "known",
    "let",
    "like",
    "look",
    "looked",
    "made",
    "make",
    "makes",
    "making",
    "many",
    "may",
    "might",
    "much",
    "must",
    "need",
    "needs",
    "new",
    "nobody",
    "now",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "other",
    "others",
    "own",
    "people",
    "per",
    "person",
    "possible",
    "put",
    "quite",
    "rather",
    "really",
    "said",
    "same",
    "say",
    "says",
    "see",
    "seen",
    "several",
    "should",
    "side",
    "since",
    "small",
    "so",
    "some",
    "someone",
    "something",
    "sometimes",
    "still",
    "such",
    "take",
    "taken",
    "takes",
    "taking",
    "than",
    "that",
    "thing",
    "things",
    "though",
    "through",
    "thus",
    "together",
    "too",
    "took",
    "try",
    "turn",
    "under",
    "until",
    "up",
    "upon",
    "use",
    "used",
    "using",
    "usually",
    "very",
    "want",
    "way",
    "well",
    "whether",
    "while",
    "who",
    "whole",
    "whose",
    "will",
    "within",
    "without",
    "work",
    "works",
    "would",
    "yet",
    "you",
    "your",
    "yours",
    "today",
    "gave",
    "took",
    "went",
    "got",
    "usual",
    "always",
    "behind",
    "back",
    "forth",
    "left",
    "bit",
    "big",
    "case",
    "cases",
    "describe",
    "described",
    "describes",
    "out",
    "over",
    "least",
    "enough",
    "almost",
    "nearly",
    "close",
    "about",
    "roughly",
    "mostly",
    "mainly",
    "particular",
    "different",
    "able",
    "cannot",
    "can",
    "could",
])
"""Words that carry no claim of their own."""


class Token(NamedTuple):
    """A word or phrase at its place."""

    start: int
    end: int
    """Characters of the text, end exclusive."""
    written: str
    stem: str
    """Stem of the word as it stands."""
    means: frozenset[str]
    """Concepts of `rules/check_words.csv` and its own stem."""
    is_light: bool
    """Whether it says little by itself."""


def stemmed(words: Sequence[str]) -> list[str]:
    """Stems of words, in order."""
    # A stemmer keeps the word it works on: one a call, for threads.
    return list(Stemmer.Stemmer("english").stemWords(list(words)))


def tokens(text: str) -> tuple[Token, ...]:
    """Words of a text in order with what they mean; stop words left out but in phrases."""
    words = [(m.start(), m.end(), m[0].lower().replace("’", "'")) for m in _words(text)]
    stems = stemmed([word for _, _, word in words])
    made: list[Token] = []
    for at, (start, end, word) in enumerate(words):
        means = _concepts(stems, at)
        if word in STOP_WORDS and not means:
            continue
        is_light = word in STOP_WORDS or (
            (word in _LIGHT or stems[at] in _light_stems()) and not _is_in_phrase(stems, at)
        )
        made.append(Token(start, end, word, stems[at], means | {stems[at]}, is_light))
    return tuple(made)


def _words(text: str) -> Sequence[re.Match[str]]:
    return [m for m in _WORD.finditer(text.replace("-", " "))]


def _concepts(stems: Sequence[str], at: int) -> frozenset[str]:
    """Concepts whose phrase covers the word at a place."""
    found = set()
    for before, phrase, concept in _forms().get(stems[at], ()):
        first = at - before
        if first >= 0 and tuple(stems[first : first + len(phrase)]) == phrase:
            found.add(f"={concept}")
    return frozenset(found)


def _is_in_phrase(stems: Sequence[str], at: int) -> bool:
    """Whether a word is part of a phrase of its own meaning, such as "come back"."""
    return any(
        len(phrase) > 1
        and at >= before
        and tuple(stems[at - before : at - before + len(phrase)]) == phrase
        for before, phrase, _ in _forms().get(stems[at], ())
    )


@functools.cache
def _forms() -> Mapping[str, Sequence[tuple[int, tuple[str, ...], str]]]:
    """Stem -> (words before it, phrase, concept) of every form that holds it."""
    forms: dict[str, list[tuple[int, tuple[str, ...], str]]] = defaultdict(list)
    path = Path(__file__).parents[1] / "rules" / "check_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in row["forms"].split("|"):
                phrase = tuple(stemmed(form.lower().replace("-", " ").split()))
                for before, word in enumerate(phrase):
                    forms[word].append((before, phrase, row["concept"]))
    return forms


@functools.cache
def _light_stems() -> frozenset[str]:
    return frozenset(stemmed(sorted(_LIGHT)))

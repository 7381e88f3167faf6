"""One claim held against the captured pages that it names."""

import heapq
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chains.compose.word_weights import stems
from chains.lexicon import Lexicon
from evals.library.pages import Page

Kind = Literal["number", "unit", "drug", "biomarker", "stage"]
KINDS: tuple[Kind, ...] = ("number", "unit", "drug", "biomarker", "stage")

Likeness = Callable[[str, str], float]

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w/-]|\.\d)")
_UNIT = re.compile(
    r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?)[ -]?(%|percent|mg|mcg|g|ml|cm|mm|hours?|days?|weeks?|months?"
    r"|years?)(?!\w)",
    re.IGNORECASE,
)
_STAGE = re.compile(r"\bstages? (0|IV|I{1,3}|[1-4])[ABC]?\b", re.IGNORECASE)
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_NOT = re.compile(r"\b(?:not|no|never|none|nor|without|cannot|neither)\b|n[’']t\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(?:not|no|never|none|nor|without|cannot|neither|avoid|unless|only|unclear|unknown|un\w+|rather"
    r"|instead|lack\w*|less|few\w*|rare\w*|stop\w*|insufficient|limited|little|fail\w*|inconsistent|weak"
    r"|absence|free of|contraindicated|before|mixed|similar|equal)\b|n[’']t\b",
    re.IGNORECASE,
)
_FEVER = "38.0 C (100.4 F)"
"""Written so everywhere, by rule: a page may print another threshold."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|\s\|\s")
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_LOOSE_UNIT = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)[ \-–]{0,3}(?:to|and|or)? ?(?:\d[\d,.]*)?[ \-–]{0,2}"
    r"(%|per ?cent|mg|mcg|g|ml|cm|mm|hours?|days?|weeks?|months?|years?|mo|yr|wk|h)(?!\w)"
    r"|(\d[\d,.]*) ?%",
    re.IGNORECASE,
)
_UNIT_NAMES = {"percent": "%", "h": "hour", "mo": "month", "yr": "year", "wk": "week"}
_NEAREST = 3
SUPPORTED = 0.45
"""Nearness of a claim and the best passage of its pages from which it is taken for said there. Read
off 121 claims: 93 in 100 reach it with their own pages, 10 in 100 with those of another article,
some of which say it too."""
_PASSAGE = 4
"""Sentences of a page that are read together."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one claim's pages say of it."""

    missing: frozenset[tuple[Kind, str]]
    """What the claim names and no captured page of its sources does."""
    named: frozenset[tuple[Kind, str]]
    """All that it names."""
    is_decided: bool
    """False where a source is notes only, or was not captured: what is missing may stand there."""
    nearest: float
    """Mean of the share of the claim's words in a passage and of their cosine, for the best one."""
    negation_agrees: bool

    @property
    def is_supported(self) -> bool:
        """Nothing of it is missing, and a passage says it."""
        return not self.missing and self.nearest >= SUPPORTED and self.negation_agrees


def check(
    text: str, pages: Sequence[Page | None], lexicon: Lexicon, likeness: Likeness
) -> Finding | None:
    """Hold a claim against the pages of its sources.

    Args:
        text: The claim.
        pages: The page of each source; None for one that was not captured.
        lexicon: Finds medicines and markers under any of their names.
        likeness: Cosine of a claim and a passage.

    Returns:
        None when no page of it was captured.
    """
    held = [page for page in pages if page is not None]
    if not held:
        return None
    text = text.replace(_FEVER, "fever")
    named = _named(text, lexicon)
    missing = named.difference(*(_named_on_page(page.text, lexicon) for page in held))
    passages = sorted(
        (found for page in held for found in _nearest_passages(text, page.text)), reverse=True
    )[:_NEAREST]
    has_limits = any(_LIMITS.search(passage) for _, passage in passages)
    return Finding(
        frozenset(missing),
        frozenset(named),
        all(page is not None and page.is_whole for page in pages),
        max(((share + likeness(text, said)) / 2 for share, said in passages), default=0.0),
        bool(passages) and (has_limits or not _NOT.search(text)),
    )


def _named(text: str, lexicon: Lexicon) -> set[tuple[Kind, str]]:
    figures = _NUMBER.findall(_STAGE.sub("stage", text))
    found: set[tuple[Kind, str]] = {("number", _plain(n)) for n in figures}
    found |= {("unit", f"{_plain(n)} {_unit(unit)}") for n, unit in _UNIT.findall(text)}
    found |= {("stage", _ROMAN.get(s.lower(), s.lower())) for s in _STAGE.findall(text)}
    for mention in lexicon.mentions(text):
        if mention.kind in ("drug", "biomarker") and not mention.corrected:
            kind: Kind = "drug" if mention.kind == "drug" else "biomarker"
            found.add((kind, mention.name))
    return found


@cache
def _named_on_page(text: str, lexicon: Lexicon) -> frozenset[tuple[Kind, str]]:
    """All that a page names, figures in words too."""
    digits = re.sub(r"[\u202f\xa0\u2009]", " ", text)
    digits = _WORD.sub(lambda match: f"{match[0]} {_WORDS.index(match[0].lower())}", digits)
    found: set[tuple[Kind, str]] = {
        ("number", _plain(n)) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", digits)
    }
    for number, unit, percent in _LOOSE_UNIT.findall(digits):
        told = f"{_plain(percent)} %" if percent else f"{_plain(number)} {_unit(unit)}"
        found.add(("unit", told))
    # Line by line: the lexicon reads a message, not a book.
    return frozenset(found.union(*(_named(line, lexicon) for line in digits.splitlines())))


def _nearest_passages(claim: str, page: str) -> list[tuple[float, str]]:
    """The passages that hold most of a claim's words, best first, each with its share of them."""
    wanted = stems(claim)
    read = [(words & wanted, sentence) for sentence, words in _read_sentences(page)]
    scored = [
        (len(frozenset().union(*(held for held, _ in read[at : at + _PASSAGE]))), at)
        for at, (own, _) in enumerate(read)
        if own
    ]
    return [
        (held / len(wanted), " ".join(sentence for _, sentence in read[at : at + _PASSAGE]))
        for held, at in heapq.nlargest(_NEAREST, scored)
    ]


@cache
def _read_sentences(page: str) -> tuple[tuple[str, frozenset[str]], ...]:
    sentences = (part.strip() for part in _SENTENCE.split(page))
    return tuple((sentence, _stems(sentence)) for sentence in sentences if sentence)


def _stems(sentence: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", sentence.lower().replace("'", ""))
    return frozenset().union(*map(_stems_of_word, words))


@cache
def _stems_of_word(word: str) -> frozenset[str]:
    return stems(word)


def _plain(number: str) -> str:
    digits = number.replace(",", "").rstrip(".")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _unit(unit: str) -> str:
    name = unit.lower().replace(" ", "").rstrip("s") if len(unit) > 2 else unit.lower()
    return _UNIT_NAMES.get(name, name)

"""Symptoms told in more words than their name: "my hands and feet have started to tingle".

Rows of `rules/symptom_pairs.csv` join a part of the body, or a blood count, with what is felt or
seen of it. `order` says which of both may stand first; `denial` marks signs that deny ("not
sleeping"); a row with `with` counts only beside one of these medicines or treatments.
"""

import csv
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from chains.extraction.reading import Reading, Span
from chains.sentences import Word

_PART_TO_SIGN = 5
"""Words that may stand between a part and what is said of it."""
_SIGN_TO_PART = 3
_MINE = frozenset({"her", "his", "their", "the", "our"})
_IS = frozenset({"'s", "’s"})
_SHORTEST_PART = 3
_TURNS = frozenset({"but", "except", "though", "because", "when", "if", "while", "so", "for"})
_TAKEN_KINDS = frozenset({"symptom", "procedure", "diagnosis", "comorbidity", "drug"})


class Described(NamedTuple):
    """One symptom told by a part and a sign."""

    name: str
    span: Span
    """From the first word to the last."""
    sign: Span
    is_denial: bool
    """Whether its own words deny: "not sleeping" is insomnia, not its absence."""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    order: str
    is_denial: bool
    beside: frozenset[str]


class _Place(NamedTuple):
    first: int
    last: int
    """Words, end exclusive."""
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Pairs:
    rows: tuple[_Row, ...]
    parts: Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[int]]]]
    """First word -> phrases that begin with it, longest first, with the rows they belong to."""
    signs: Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[int]]]]


def described(reading: Reading) -> tuple[Described, ...]:
    """The symptoms that pairs of words tell, in order; empty when none does."""
    pairs = _pairs()
    words = reading.reader.words
    plain = [
        "my" if word.plain in _MINE else _bare(reading.text[word.start : word.end], word.plain)
        for word in words
    ]
    parts = list(_places(plain, pairs.parts))
    if not parts:
        return ()
    signs = list(_places(plain, pairs.signs))
    told = frozenset(mention.name for mention in reading.mentions)
    found: list[Described] = []
    for part in parts:
        for sign in signs:
            if _belong(words, parts, part, sign):
                found += _read_pair(reading, pairs, part, sign, told)
    return tuple(found)


def _bare(written: str, plain: str) -> str:
    """The unit of "20lbs", the part of "my heart's been racing"; other words as they are."""
    if written[-2:].lower() in _IS and len(plain) > _SHORTEST_PART:
        return plain[:-1]
    return plain.lstrip("0123456789") or plain


def _read_pair(
    reading: Reading, pairs: _Pairs, part: _Place, sign: _Place, told: frozenset[str]
) -> Iterator[Described]:
    words = reading.reader.words
    first, last = min(part.first, sign.first), max(part.last, sign.last)
    span = Span(words[first].start, words[last - 1].end)
    if _is_taken(reading, part) or _is_taken(reading, sign):
        return
    for at in sorted(part.rows & sign.rows):
        row = pairs.rows[at]
        order = "part_first" if part.first < sign.first else "sign_first"
        if row.order in {"both", order} and (not row.beside or row.beside & told):
            place = Span(words[sign.first].start, words[sign.last - 1].end)
            yield Described(row.name, span, place, row.is_denial)
            return


def _is_taken(reading: Reading, place: _Place) -> bool:
    """Whether these words belong to a longer name that the lexicon knows."""
    start = reading.reader.words[place.first].start
    return any(
        mention.start <= start < mention.end and " " in mention.text
        for mention in reading.of_kind(*_TAKEN_KINDS)
    )


def _belong(words: Sequence[Word], parts: Sequence[_Place], part: _Place, sign: _Place) -> bool:
    """Whether a sign is near enough to a part, with nothing between that parts them."""
    if words[part.first].sentence != words[sign.first].sentence:
        return False
    first, second = (part, sign) if part.first < sign.first else (sign, part)
    between = range(first.last, second.first)
    if second.first < first.last or len(between) > (
        _PART_TO_SIGN if first is part else _SIGN_TO_PART
    ):
        return False
    if any(words[at].comma for at in range(first.last, second.first + 1)) and len(between):
        return False
    if any(_turns(words, at, second.first) for at in between):
        return False
    return not any(other.first in between for other in parts)


def _turns(words: Sequence[Word], at: int, behind: int) -> bool:
    """Whether a word turns to something else; "so" right before a sign only makes it strong."""
    return words[at].plain in _TURNS and not (words[at].plain == "so" and at == behind - 1)


def _places(
    plain: Sequence[str], index: Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[int]]]]
) -> Iterator[_Place]:
    for at, word in enumerate(plain):
        for phrase, rows in index.get(word, ()):
            if tuple(plain[at : at + len(phrase)]) == phrase:
                yield _Place(at, at + len(phrase), rows)


@functools.cache
def _pairs() -> _Pairs:
    path = Path(__file__).parents[1] / "rules" / "symptom_pairs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return _Pairs(
        tuple(
            _Row(
                name=row["name"],
                order=row["order"],
                is_denial=row["denial"] == "1",
                beside=frozenset(filter(None, row["with"].split("|"))),
            )
            for row in rows
        ),
        _index([row["parts"] for row in rows]),
        _index([row["signs"] for row in rows]),
    )


def _index(cells: Sequence[str]) -> Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[int]]]]:
    phrases: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for at, cell in enumerate(cells):
        for written in cell.split("|"):
            phrases[tuple(written.split())].add(at)
    index: dict[str, list[tuple[tuple[str, ...], frozenset[int]]]] = defaultdict(list)
    for phrase in sorted(phrases, key=len, reverse=True):
        index[phrase[0]].append((phrase, frozenset(phrases[phrase])))
    return index

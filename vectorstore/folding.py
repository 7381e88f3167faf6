"""Passages that say nearly the same, folded into one: the one with the best source is shown.

A passage is folded where a better hit says what it says: by their words, by their vectors, by what
both are about and without a figure of its own. Pages of a series read alike and are about different
things ("Trastuzumab", "Pertuzumab"), so the words of either title must stand in the other's text.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vectorstore.embeddings import Vector
from vectorstore.lexical import STOP_WORDS, query_words

SHARED = 0.8
"""Share of a passage's words that the better hit holds, from which it adds nothing. Of 11,200 pairs
among the first eight of 200 patients' questions, on the library and on 705 pages of the National
Cancer Institute, those from here on were read: with the title's rule none says another thing."""
NEAR = 0.7
"""Cosine of the two passages; below it they share words and not their sense."""
_SERIES = re.compile(r"\s+\|\s.*|\s*\(PDQ\W*\)")
"""What stands behind a page's own name: the site's or the series'."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage in the order of a search."""

    passage_id: str
    title: str
    section: str
    text: str
    worth: tuple[int, ...] = ()
    """Of its source; of two that say the same the larger is shown, the first where they equal."""


class Place(NamedTuple):
    """A place in the folded order."""

    shown: str
    """Id of the passage that is shown."""
    first: str
    """Id of the one that was found there, whose score the place has."""


class _Read(NamedTuple):
    every: frozenset[str]
    words: frozenset[str]
    """Those that tell something."""
    figures: frozenset[str]
    subject: frozenset[str]
    """The words of its title; single letters too, as "AC" and "AC-T" are two things."""


VectorOf = Callable[[str], Vector | None]
"""The vector of a passage by its id, of length 1; None where it is unknown."""


def fold(candidates: Iterable[Candidate], most: int, vector_of: VectorOf) -> list[Place]:
    """The first places, those that say nearly the same as a place before them left out.

    Args:
        candidates: best first, each once; only as many are read as are needed.
        most: most places given back.
        vector_of: asked only for passages that share their words and are no copies.
    """
    kept: list[tuple[Candidate, _Read]] = []
    places: list[Place] = []
    at_text: dict[tuple[str, str], int] = {}
    for candidate in candidates:
        if len(places) == most:
            break
        copied = at_text.get((candidate.title, candidate.text))
        read = _read(candidate) if copied is None else kept[copied][1]
        at = _same(candidate, read, kept, vector_of) if copied is None else copied
        if at is None:
            at_text[candidate.title, candidate.text] = len(kept)
            kept.append((candidate, read))
            places.append(Place(candidate.passage_id, candidate.passage_id))
            continue
        other, others = kept[at]
        if candidate.worth > other.worth and _adds_nothing(others, read):
            kept[at] = candidate, read
            places[at] = places[at]._replace(shown=candidate.passage_id)
    return places


def _same(
    candidate: Candidate, read: _Read, kept: Sequence[tuple[Candidate, _Read]], vector_of: VectorOf
) -> int | None:
    for at, (other, others) in enumerate(kept):
        if (
            _adds_nothing(read, others)
            and read.subject <= others.every
            and others.subject <= read.every
            and _cosine(vector_of(candidate.passage_id), vector_of(other.passage_id)) >= NEAR
        ):
            return at
    return None


def _cosine(one: Vector | None, other: Vector | None) -> float:
    return 0.0 if one is None or other is None else float(one @ other)


def _adds_nothing(read: _Read, other: _Read) -> bool:
    if not read.figures <= other.figures:
        return False
    return len(read.words & other.words) >= SHARED * len(read.words)


def _read(candidate: Candidate) -> _Read:
    title = query_words(_SERIES.sub("", candidate.title))
    text = query_words(candidate.text)
    every = frozenset((*title, *query_words(candidate.section), *text))
    return _Read(
        every,
        every - STOP_WORDS,
        frozenset(word for word in text if not word.isalpha()),
        frozenset(word for word in title if word not in STOP_WORDS or len(word) == 1),
    )

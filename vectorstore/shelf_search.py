"""Search on the shelf: pages by their nearness in meaning and by their words.

Unlike the library's passages, which are fused by their ranks, pages are weighed by how near and how
full of the words they are: on 705 pages a rank says little, as the first fifty passages by meaning
may be of five long pages. Hit in the first five pages 0.80 by ranks and 0.86 so, on 100 questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import log
from typing import NamedTuple

from langchain_core.embeddings import Embeddings

from vectorstore.description import SOURCE_KINDS
from vectorstore.folding import Candidate, fold
from vectorstore.hits import Hit
from vectorstore.lay_words import as_published
from vectorstore.shelf import Shelf, ShelfPassage
from vectorstore.spelling import Vocabulary, repair

_DEPTH = 200
"""Passages looked at by meaning, of each phrasing, and by words."""
_OWN_PLACE = 0.3
# Measured on 140 questions over 705 pages of the National Cancer Institute: from 0.6 to 1.4 times
# the first and a third to 1.3 times the second differ by two questions in a hundred.
_SPREAD = 0.75
"""How much the best passage by words is lifted above one without them, in cosines, where a rank by
meaning weighs 1; the cosines of what is near at all differ by about as much."""
_CHANCES = 0.015
"""What a page loses for each e-fold of its passages: of hundreds, one is near by chance."""
SECTION_KIND = "text"
"""Section kind of every passage of the shelf."""


@dataclass(frozen=True, slots=True)
class _Legs:
    """What each way to look found."""

    near: dict[str, float]
    """Best cosine over all phrasings, by passage."""
    least: float
    """The last of them: a passage that words alone found is taken to be as near."""
    ranked: dict[str, float]
    """Relevance by words, in 0 .. 1, by passage."""
    weight: float

    def nearness(self, passage_id: str) -> float:
        return self.near.get(passage_id, self.least)

    def lift(self, passage_id: str) -> float:
        return self.weight * self.ranked.get(passage_id, 0.0)


class _Page(NamedTuple):
    passage_id: str
    """Its best passage."""
    score: float


@dataclass(frozen=True, slots=True)
class ShelfRetriever:
    """Searches the shelf by several phrasings of one question; safe to share."""

    shelf: Shelf
    embeddings: Embeddings
    dense_weight: float = 3.0
    """Weight of a rank by meaning, where a rank by words weighs 1."""
    known_words: frozenset[str] = frozenset()
    """Words that are right as they are, besides those of the shelf."""
    clinical: Callable[[str], str] = str
    """Gives a question with lay words as the clinical ones that they mean; it is searched beside
    the question as it was put. On 140 questions over 705 NCI pages, page in the first five: 84 in a
    hundred without, 89 with, 93 with the table of everyday words too, which saw some of them."""
    _vocabulary: list[Vocabulary] = field(default_factory=list)

    def search(
        self,
        query: str | Sequence[str],
        k: int = 8,
        *,
        encode: Callable[[str], Sequence[float]] | None = None,
    ) -> list[Hit]:
        """The passages that answer best, the best one of each document, best first.

        Args:
            query: a question, or several phrasings of it; blank ones do not count.
            k: most passages given back.
            encode: gives the vector of a question, where its vectors are at hand already.

        Returns:
            At most k hits of k documents, of those that say nearly the same the one with the best
            source; none when nothing was asked or the shelf is empty.
        """
        if not self.shelf.sizes():
            return []
        phrasings = self._phrasings([query] if isinstance(query, str) else query)
        if not phrasings:
            return []
        make = encode or self.embeddings.embed_query
        vectors = [list(map(float, make(text))) for text in phrasings]
        legs = self._legs(phrasings, vectors)
        pages = self._pages(legs)
        scores = {page.passage_id: page.score for page in pages.values()}
        best = sorted(scores, key=lambda key: (-scores[key], key))
        places = fold(map(self._candidate, best), k, self.shelf.vector)
        # With several phrasings, one that did not find a passage may still be the nearest to it.
        is_known = legs.near.keys() if len(vectors) == 1 else frozenset[str]()
        unknown = [place.shown for place in places if place.shown not in is_known]
        similar = legs.near | self.shelf.similarities(vectors, unknown)
        return [
            self._hit(place.shown, scores[place.first], similar.get(place.shown, 0.0))
            for place in places
        ]

    def _legs(self, phrasings: Sequence[str], vectors: Sequence[list[float]]) -> "_Legs":
        near: dict[str, float] = {}
        for neighbor in chain(*self.shelf.nearest(vectors, limit=_DEPTH)):
            near[neighbor.chunk_id] = max(neighbor.similarity, near.get(neighbor.chunk_id, -1.0))
        return _Legs(
            near,
            min(near.values(), default=0.0),
            dict(self.shelf.rank(" ".join(phrasings), _DEPTH)),
            _SPREAD / self.dense_weight,
        )

    def _pages(self, legs: "_Legs") -> dict[str, "_Page"]:
        """Every page that was found, by its id.

        A page is as near as its nearest passage, and holds the words that its best one holds.
        """
        found: dict[str, list[str]] = {}
        for passage_id in legs.near.keys() | legs.ranked.keys():
            found.setdefault(passage_id.partition("#")[0], []).append(passage_id)
        sizes = self.shelf.sizes()
        pages: dict[str, _Page] = {}
        for document_id, ids in found.items():
            nearest, fullest = max(map(legs.nearness, ids)), max(map(legs.lift, ids))
            score = nearest + fullest - _CHANCES * log(sizes[document_id])
            shown = max(ids, key=lambda key: (legs.nearness(key) + legs.lift(key), key))
            pages[document_id] = _Page(shown, min(1.0, max(0.0, score / (1 + legs.weight))))
        return pages

    def _words(self) -> Vocabulary:
        if not self._vocabulary:
            # Made with the first search: the shelf's words take a moment to read.
            self._vocabulary.append(Vocabulary(self.shelf.vocabulary() | self.known_words))
        return self._vocabulary[0]

    def _phrasings(self, queries: Sequence[str]) -> list[str]:
        whole = (query.encode("utf-8", "replace").decode() for query in queries)
        repaired = (repair(" ".join(query.split()), self._words()) for query in whole)
        told = [text for text in repaired if text]
        every = [*told, *(self.clinical(as_published(text)) for text in told)]
        return list({text.casefold(): text for text in reversed(every)}.values())[::-1]

    def _candidate(self, passage_id: str) -> Candidate:
        """The passage with its worth: what may be quoted to a patient, its kind, its year."""
        passage = self._passage(passage_id)
        document = passage.document
        is_quoted = document.may_be_quoted and document.audience == "patient"
        worth = (int(is_quoted), -SOURCE_KINDS.index(document.kind), document.year)
        return Candidate(passage_id, document.title, passage.section, passage.text, worth)

    def _passage(self, passage_id: str) -> ShelfPassage:
        passage = self.shelf.passage(passage_id)
        if passage is None:
            raise KeyError(passage_id)
        return passage

    def _hit(self, passage_id: str, score: float, similarity: float) -> Hit:
        passage = self._passage(passage_id)
        return Hit(
            chunk_id=passage_id,
            article_id=passage.document_id,
            title=passage.document.title,
            section=passage.section,
            section_kind=SECTION_KIND,
            text=passage.text,
            score=round(score, 6),
            similarity=round(similarity, 6),
        )


def merged(library: Sequence[Hit], shelf: Sequence[Hit]) -> list[Hit]:
    """Hits of both in one order: by nearness in meaning and by the place each has in its own list.

    Their scores are of different scales; the place in the own list weighs less than nearness.
    """

    def worth(hit: Hit) -> tuple[float, str]:
        return -(hit.similarity + _OWN_PLACE * hit.score), hit.chunk_id

    return sorted((*library, *shelf), key=worth)

"""Search on the shelf: ranks by meaning and by words, fused as for the library, apart from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from langchain_core.embeddings import Embeddings

from vectorstore.hits import Hit
from vectorstore.hybrid import Ranking, fuse_rankings
from vectorstore.lexical import query_words
from vectorstore.shelf import Shelf
from vectorstore.spelling import Vocabulary, repair

_DEPTH = 50
_OWN_PLACE = 0.3
# Published pages name hundreds of medicines, which the encoder hardly tells apart. On 70 of the
# questions written from NCI pages (a corpus of 1,344 chunks), MRR 0.80 without, 0.84 with.
_NAMES_WEIGHT = 3.0
SECTION_KIND = "text"
"""Section kind of every passage of the shelf."""


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
    """Gives a question with lay words as the clinical ones that they mean. On 40 own questions over
    705 NCI pages: MRR@10 0.78 without, 0.86 with; on the 100 judged ones 0.63 and 0.66."""
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
            At most k hits of k documents; none when nothing was asked or the shelf is empty.
        """
        if not len(self.shelf):
            return []
        phrasings = self._phrasings([query] if isinstance(query, str) else query)
        if not phrasings:
            return []
        make = encode or self.embeddings.embed_query
        vectors = [list(map(float, make(text))) for text in phrasings]
        near = self.shelf.nearest(vectors, limit=_DEPTH)
        rankings = [Ranking([n.chunk_id for n in row], self.dense_weight) for row in near]
        rankings += [Ranking(self.shelf.rank(text, _DEPTH)) for text in phrasings]
        rankings += self._by_names(phrasings)
        best: dict[str, tuple[str, float]] = {}
        for passage_id, score in fuse_rankings(rankings).items():
            best.setdefault(passage_id.partition("#")[0], (passage_id, score))
            if len(best) == k:
                break
        found = dict(best.values())
        similar = self.shelf.similarities(vectors, list(found))
        return [self._hit(key, score, similar.get(key, 0.0)) for key, score in found.items()]

    def _by_names(self, phrasings: Sequence[str]) -> list[Ranking]:
        """One more rank by words, of the names in the question alone."""
        words = dict.fromkeys(word for text in phrasings for word in query_words(text))
        names = " ".join(word for word in words if self._words().is_name(word))
        return [Ranking(self.shelf.rank(names, _DEPTH), _NAMES_WEIGHT)] if names else []

    def _words(self) -> Vocabulary:
        if not self._vocabulary:
            # Made with the first search: the shelf's words take a moment to read.
            self._vocabulary.append(Vocabulary(self.shelf.vocabulary() | self.known_words))
        return self._vocabulary[0]

    def _phrasings(self, queries: Sequence[str]) -> list[str]:
        whole = (query.encode("utf-8", "replace").decode() for query in queries)
        repaired = (repair(" ".join(query.split()), self._words()) for query in whole)
        told = [text for text in repaired if text]
        return list(dict.fromkeys([*told, *map(self.clinical, told)]))

    def _hit(self, passage_id: str, score: float, similarity: float) -> Hit:
        passage = self.shelf.passage(passage_id)
        if passage is None:
            raise KeyError(passage_id)
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

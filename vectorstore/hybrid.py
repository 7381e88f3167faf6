"""The retriever: ranks by meaning and by words, fused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from vectorstore.chunking import ANSWERS
from vectorstore.errors import VectorStoreError
from vectorstore.hits import Hit
from vectorstore.ingest import LibraryIndex
from vectorstore.spelling import repair

# Each leg's ranking; questions and passages share the one by meaning, so it is deeper.
_DENSE_DEPTH = 60
_LEXICAL_DEPTH = 60
_RANK_CONSTANT = 10
_QUESTION_SHARE = 0.5
_IN_SHORT = "in_short"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ids, best first, each once; may be empty."""

    ids: Sequence[str]
    weight: float = 1.0


def fuse_rankings(
    rankings: Sequence[Ranking], *, rank_constant: int = _RANK_CONSTANT
) -> dict[str, float]:
    """Merge rankings of the same things by weighted reciprocal rank.

    Args:
        rankings: one or more; each holds an id once; any may be empty.
        rank_constant: in ranks; larger flattens the top.

    Returns:
        A score for every id in (0, 1], best first, ties by id: its share of what an id that is
        first in every ranking would get.

    Raises:
        VectorStoreError: `rankings` itself is empty.

    Source: Cormack, Clarke and Buettcher, SIGIR 2009. Theirs is 60, for long rankings.
    """
    if not rankings:
        raise VectorStoreError("there is no ranking to fuse")
    best = sum(ranking.weight for ranking in rankings) / (rank_constant + 1)
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking.ids, start=1):
            scores[key] = scores.get(key, 0.0) + ranking.weight / (rank_constant + rank) / best
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


class HybridRetriever(BaseRetriever):
    """Searches library and shelf by several phrasings of one question; safe to share."""

    index: LibraryIndex
    k: int = Field(default=8, ge=1)
    dense_weight: float = Field(default=3.0, gt=0)
    """Weight of a rank by meaning, where a rank by words weighs 1."""
    extra_words: frozenset[str] = frozenset()
    """Words that are right as they are, besides those of the library: drug names, for one."""

    def search(self, query: str | Sequence[str], k: int | None = None) -> list[Hit]:
        """The passages that answer best, best first, ties by chunk id.

        Args:
            query: a question, or several phrasings of it; blank ones do not count.
            k: most passages given back; the retriever's own `k` when None.

        Returns:
            At most k hits, each chunk once; none when nothing was asked.
        """
        phrasings = self._phrasings([query] if isinstance(query, str) else query)
        if not phrasings:
            return []
        vectors = [self.index.embeddings.embed_query(text) for text in phrasings]
        similarity: dict[str, float] = {}
        rankings: list[Ranking] = []
        for text, vector in zip(phrasings, vectors, strict=True):
            near = self._nearest(vector)
            for chunk_id, cosine in near.items():
                similarity[chunk_id] = max(cosine, similarity.get(chunk_id, -1.0))
            rankings.append(Ranking(list(near), self.dense_weight))
            rankings.append(Ranking(self.index.words.rank(text, _LEXICAL_DEPTH)))
        return self._hits(self._scores(rankings), similarity, vectors, k or self.k)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(page_content=hit.text, metadata=hit.model_dump(exclude={"text"}), id=hit.chunk_id)
            for hit in self.search(query)
        ]

    def _phrasings(self, queries: Iterable[str]) -> list[str]:
        known = self.index.vocabulary | self.extra_words
        repaired = (repair(" ".join(query.split()), known) for query in queries)
        return list(dict.fromkeys(text for text in repaired if text))

    def _nearest(self, vector: list[float]) -> dict[str, float]:
        near = self.index.vectors.nearest("library", vector, limit=_DENSE_DEPTH)
        if self.index.shelf.articles:
            near += self.index.vectors.nearest("shelf", vector, limit=_DENSE_DEPTH)
            near.sort(key=lambda n: (-n.similarity, n.chunk_id))
        return {n.chunk_id: n.similarity for n in near}

    def _scores(self, rankings: Sequence[Ranking]) -> dict[str, float]:
        """Each passage's own score, and its article's: how near the question is to one it answers."""
        own = fuse_rankings([Ranking(self._passages(r.ids), r.weight) for r in rankings])
        asked = fuse_rankings([Ranking(self._articles_asked(r.ids), r.weight) for r in rankings])
        shown = set(own) | {f"{article}#{_IN_SHORT}" for article in asked} & set(self.index.chunks)
        share = _QUESTION_SHARE
        return {
            key: (1 - share) * own.get(key, 0.0)
            + share * asked.get(self.index.chunks[key].article_id, 0.0)
            for key in shown
        }

    def _passages(self, ids: Iterable[str]) -> list[str]:
        return [key for key in ids if self.index.chunks[key].section_kind != ANSWERS]

    def _articles_asked(self, ids: Iterable[str]) -> list[str]:
        chunks = (self.index.chunks[key] for key in ids)
        return list(dict.fromkeys(c.article_id for c in chunks if c.section_kind == ANSWERS))

    def _hits(
        self,
        scores: dict[str, float],
        similarity: dict[str, float],
        vectors: Sequence[list[float]],
        k: int,
    ) -> list[Hit]:
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k]
        unknown = [key for key, _ in best if key not in similarity]
        for collection in ("library", "shelf"):
            similarity |= self.index.vectors.similarities(collection, vectors, unknown)
        return [self._hit(key, score, similarity.get(key, 0.0)) for key, score in best]

    def _hit(self, chunk_id: str, score: float, similarity: float) -> Hit:
        chunk = self.index.chunks[chunk_id]
        return Hit(
            chunk_id=chunk_id,
            article_id=chunk.article_id,
            title=chunk.title,
            section=chunk.section,
            section_kind=chunk.section_kind,
            text=chunk.text,
            score=round(score, 6),
            similarity=round(similarity, 6),
        )

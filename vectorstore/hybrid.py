"""The retriever: ranks by meaning and by words, fused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, PrivateAttr

from vectorstore.chroma_index import Neighbor
from vectorstore.errors import VectorStoreError
from vectorstore.hits import Hit
from vectorstore.ingest import LibraryIndex
from vectorstore.lexical import query_words
from vectorstore.spelling import Vocabulary, repair

_DEPTH = 30
_IN_SHORT = "in_short"

# Tuned on 36 patients' questions and on 266 of the articles' own, each searched with itself left
# out; 36 further questions were held back. Differences near these values are within noise.
_RANK_CONSTANT = 10
_QUESTION_SHARE = 0.5
_UNRELATED = 0.3
# Published pages name hundreds of medicines, which the encoder hardly tells apart. On 70 of the
# questions written from NCI pages (a corpus of 1,344 chunks), MRR 0.80 without, 0.84 with.
_NAMES_WEIGHT = 3.0
_OF_ARTICLE = 0.8
"""Share of a question's nearness that passages have which stand beside its answer."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ids, best first, each once; may be empty."""

    ids: Sequence[str]
    weight: float = 1.0


class Asked(NamedTuple):
    """Nearness, in (0, 1], of what was asked to the questions that articles and passages answer."""

    articles: Mapping[str, float]
    passages: Mapping[str, float]


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
    _vocabulary: Vocabulary = PrivateAttr()

    def model_post_init(self, context: object, /) -> None:
        """Sort the words that queries are repaired to."""
        super().model_post_init(context)
        self._vocabulary = Vocabulary(self.index.vocabulary | self.extra_words)

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
        near = self._nearest(vectors)
        rankings = [Ranking([n.chunk_id for n in row], self.dense_weight) for row in near]
        rankings += [Ranking(self.index.words.rank(text, _DEPTH)) for text in phrasings]
        rankings += self._by_names(phrasings)
        scores = self._scores(fuse_rankings(rankings), self._asked(vectors))
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[: k or self.k]
        similarity = self._similarities(near, vectors, [chunk_id for chunk_id, _ in best])
        return [self._hit(key, score, similarity.get(key, 0.0)) for key, score in best]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                id=hit.chunk_id, page_content=hit.text, metadata=hit.model_dump(exclude={"text"})
            )
            for hit in self.search(query)
        ]

    def repaired(self, query: str) -> str:
        """A question with the words no one knows as the nearest words that the library has."""
        return next(iter(self._phrasings([query])), query)

    def _phrasings(self, queries: Iterable[str]) -> list[str]:
        # Half of a surrogate pair, as a broken paste leaves it, is no text to encoder or SQLite.
        whole = (query.encode("utf-8", "replace").decode() for query in queries)
        repaired = (repair(" ".join(query.split()), self._vocabulary) for query in whole)
        return list(dict.fromkeys(text for text in repaired if text))

    def _by_names(self, phrasings: Sequence[str]) -> list[Ranking]:
        """One more rank by words, of the names in the question alone, once pages are on the shelf.

        Our own articles are found by the questions they answer.
        """
        if not self.index.shelf.articles:
            return []
        words = dict.fromkeys(word for text in phrasings for word in query_words(text))
        names = " ".join(word for word in words if self._vocabulary.is_name(word))
        return [Ranking(self.index.words.rank(names, _DEPTH), _NAMES_WEIGHT)] if names else []

    def _nearest(self, vectors: Sequence[list[float]]) -> list[list[Neighbor]]:
        """For each vector the nearest passages of library and shelf together."""
        near = self.index.vectors.nearest("library", vectors, limit=_DEPTH)
        if self.index.shelf.articles:
            shelf = self.index.vectors.nearest("shelf", vectors, limit=_DEPTH)
            near = [
                sorted(ours + theirs, key=lambda n: (-n.similarity, n.chunk_id))[:_DEPTH]
                for ours, theirs in zip(near, shelf, strict=True)
            ]
        return near

    def _asked(self, vectors: Sequence[list[float]]) -> Asked:
        """How near the nearest questions are that each article, and each passage, answers."""
        articles: dict[str, float] = {}
        passages: dict[str, float] = {}
        for row in self.index.vectors.nearest("questions", vectors, limit=_DEPTH):
            for neighbor in row:
                nearness = min(1.0, (neighbor.similarity - _UNRELATED) / (1 - _UNRELATED))
                article_id = self.index.chunks[neighbor.chunk_id].article_id
                if nearness > 0:
                    articles[article_id] = max(nearness, articles.get(article_id, 0.0))
                    for chunk_id in self.index.answering.get(neighbor.chunk_id, ()):
                        passages[chunk_id] = max(nearness, passages.get(chunk_id, 0.0))
        return Asked(articles, passages)

    def _scores(self, own: Mapping[str, float], asked: Asked) -> dict[str, float]:
        """A passage's own score and, for a part, how near the question is to one it answers.

        A passage that answers a question which was met is always among them, and so is the short
        answer of its article.
        """
        chunks = self.index.chunks
        short = {f"{article_id}#{_IN_SHORT}" for article_id in asked.articles} & chunks.keys()
        return {
            key: (1 - _QUESTION_SHARE) * own.get(key, 0.0)
            + _QUESTION_SHARE
            * max(
                asked.passages.get(key, 0.0),
                _OF_ARTICLE * asked.articles.get(chunks[key].article_id, 0.0),
            )
            for key in short | own.keys() | asked.passages.keys()
        }

    def _similarities(
        self, near: Sequence[Sequence[Neighbor]], vectors: Sequence[list[float]], ids: Sequence[str]
    ) -> dict[str, float]:
        known: dict[str, float] = {}
        for neighbor in (n for row in near for n in row):
            known[neighbor.chunk_id] = max(neighbor.similarity, known.get(neighbor.chunk_id, -1.0))
        for collection in ("library", "shelf"):
            unknown = [chunk_id for chunk_id in ids if chunk_id not in known]
            known |= self.index.vectors.similarities(collection, vectors, unknown)
        return known

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

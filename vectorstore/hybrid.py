"""The retriever: ranks by meaning and by words, fused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, PrivateAttr

from vectorstore.chroma_index import Neighbor
from vectorstore.description import SOURCE_KINDS
from vectorstore.embeddings import Vector
from vectorstore.errors import VectorStoreError
from vectorstore.folding import Candidate, fold
from vectorstore.hits import Hit
from vectorstore.ingest import LibraryIndex
from vectorstore.spelling import Vocabulary, repair

_DEPTH = 30
_WORDINGS = 60
"""Of questions, of which one has four; looked at as deep as 30 questions are."""
_IN_SHORT = "in_short"

# Tuned on 36 patients' questions and on 266 of the articles' own, each searched with itself left
# out; 36 further questions were held back. Differences near these values are within noise.
_RANK_CONSTANT = 10
_QUESTION_SHARE = 0.5
_UNRELATED = 0.3
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


class Legs(NamedTuple):
    """How one passage was found; None where a leg did not find it."""

    dense: int | None
    """Best rank by meaning over all phrasings, 1 is first."""
    lexical: int | None
    """Best rank by words."""
    question: float | None
    """Nearness, in (0, 1], of what was asked to the questions it answers, or its article does."""


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


Encode = Callable[[str], Iterable[float]]


class HybridRetriever(BaseRetriever):
    """Searches the library by several phrasings of one question; safe to share."""

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

    def search(
        self, query: str | Sequence[str], k: int | None = None, encode: Encode | None = None
    ) -> list[Hit]:
        """The passages that answer best, best first, ties by chunk id.

        Args:
            query: a question, or several phrasings of it; blank ones do not count.
            k: most passages given back; the retriever's own `k` when None.
            encode: gives the vector of a text, such as one that remembers those of this turn; the
                index's encoder when None.

        Returns:
            At most k hits, each chunk once, and of those that say nearly the same the one with
            the best source; none when nothing was asked.
        """
        phrasings = self._phrasings([query] if isinstance(query, str) else query)
        if not phrasings:
            return []
        encode = encode or self.index.embeddings.embed_query
        vectors = [list(encode(text)) for text in phrasings]
        near = self.index.vectors.nearest("library", vectors, limit=_DEPTH)
        rankings = [Ranking([n.chunk_id for n in row], self.dense_weight) for row in near]
        rankings += [Ranking(self.index.words.rank(text, _DEPTH)) for text in phrasings]
        scores = self._scores(fuse_rankings(rankings), self._asked(vectors))
        best = sorted(scores, key=lambda key: (-scores[key], key))
        places = fold(map(self._candidate, best), k or self.k, self._vector)
        similarity = self._similarities(near, vectors, [place.shown for place in places])
        return [
            self._hit(place.shown, scores[place.first], similarity.get(place.shown, 0.0))
            for place in places
        ]

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

    def legs(self, query: str | Sequence[str]) -> dict[str, Legs]:
        """How each leg of a search for this finds its passages, by chunk id; to look closely."""
        phrasings = self._phrasings([query] if isinstance(query, str) else query)
        vectors = [self.index.embeddings.embed_query(text) for text in phrasings]
        near = self.index.vectors.nearest("library", vectors, limit=_DEPTH)
        dense = _best_ranks([n.chunk_id for n in row] for row in near)
        lexical = _best_ranks(self.index.words.rank(text, _DEPTH) for text in phrasings)
        asked = self._asked(vectors) if vectors else Asked({}, {})
        articles = {key: self.index.chunks[key].article_id for key in self.index.chunks}
        found = dense.keys() | lexical.keys() | asked.passages.keys()
        found |= {key for key, article_id in articles.items() if article_id in asked.articles}
        return {
            key: Legs(
                dense.get(key),
                lexical.get(key),
                asked.passages.get(key) or asked.articles.get(articles[key]),
            )
            for key in found
        }

    def _phrasings(self, queries: Iterable[str]) -> list[str]:
        # Half of a surrogate pair, as a broken paste leaves it, is no text to encoder or SQLite.
        whole = (query.encode("utf-8", "replace").decode() for query in queries)
        repaired = (repair(" ".join(query.split()), self._vocabulary) for query in whole)
        return list(dict.fromkeys(text for text in repaired if text))

    def _asked(self, vectors: Sequence[list[float]]) -> Asked:
        """How near the nearest questions are that each article, and each passage, answers."""
        articles: dict[str, float] = {}
        passages: dict[str, float] = {}
        for question, cosine in self._questions(vectors):
            nearness = min(1.0, (cosine - _UNRELATED) / (1 - _UNRELATED))
            article_id = self.index.chunks[question].article_id
            if nearness > 0:
                articles[article_id] = max(nearness, articles.get(article_id, 0.0))
                for chunk_id in self.index.answering.get(question, ()):
                    passages[chunk_id] = max(nearness, passages.get(chunk_id, 0.0))
        return Asked(articles, passages)

    def _questions(self, vectors: Sequence[list[float]]) -> Iterable[tuple[str, float]]:
        """Ids of the nearest questions, some more than once, with their cosines."""
        if self.index.asked is not None:
            for row in self.index.asked.nearest(vectors, limit=_WORDINGS):
                yield from row.items()
            return
        for near in self.index.vectors.nearest("questions", vectors, limit=_DEPTH):
            yield from ((neighbor.chunk_id, neighbor.similarity) for neighbor in near)

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
        unknown = [chunk_id for chunk_id in ids if chunk_id not in known]
        return known | self.index.vectors.similarities("library", vectors, unknown)

    def _candidate(self, chunk_id: str) -> Candidate:
        chunk = self.index.chunks[chunk_id]
        kinds = {source.kind for source in self.index.sources(chunk_id)}
        strongest = next((n for n, kind in enumerate(SOURCE_KINDS) if kind in kinds), None)
        worth = (-len(SOURCE_KINDS) if strongest is None else -strongest,)
        return Candidate(chunk_id, chunk.title, chunk.section, chunk.text, worth)

    def _vector(self, chunk_id: str) -> Vector | None:
        return self.index.vectors.vector("library", chunk_id)

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


def _best_ranks(rankings: Iterable[Sequence[str]]) -> dict[str, int]:
    best: dict[str, int] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            best[key] = min(rank, best.get(key, rank))
    return best

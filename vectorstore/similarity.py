"""How near a question is to single lines and questions of the library."""

import threading
from collections.abc import Mapping, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.articles import Library
from vectorstore.chunking import content_hash
from vectorstore.embeddings import Vector


def similar_texts(library: Library) -> tuple[str, ...]:
    """The library's own lines and questions, each once: what a question is compared with."""
    lines = (
        line.text
        for article in library.articles.values()
        for section in article.sections
        for line in section.lines
    )
    questions = (asked for article in library.articles.values() for asked in article.answers)
    return tuple(dict.fromkeys((*lines, *questions)))


class TextSimilarity:
    """Cosines of a question and texts of the library; safe to share between threads.

    Only vectors of the library's own texts are kept; those of questions are not.
    """

    def __init__(self, embeddings: Embeddings, vectors: Mapping[str, Vector]) -> None:
        """Begin with the vectors at hand, by content hash; others are encoded when asked for."""
        self._embeddings = embeddings
        self._vectors = dict(vectors)
        self._lock = threading.Lock()

    def __call__(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine of the query and each text, -1 .. 1, in order; empty for no texts."""
        if not texts:
            return []
        asked = self._of_query(query)
        rows = np.stack([self._of_text(text) for text in texts])
        cosines: list[float] = (rows @ asked).tolist()
        return cosines

    def _of_query(self, query: str) -> Vector:
        known = self._vectors.get(content_hash(query))
        if known is not None:
            return known
        return np.array(self._embeddings.embed_query(query), np.float32)

    def _of_text(self, text: str) -> Vector:
        key = content_hash(text)
        known = self._vectors.get(key)
        if known is None:
            known = np.array(self._embeddings.embed_query(text), np.float32)
            with self._lock:
                self._vectors[key] = known
        return known

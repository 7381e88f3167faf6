"""How near a question is to single lines and questions of the library."""

import threading
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Self

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from vectorstore.chunking import content_hash
from vectorstore.embeddings import Encoded, MiniLMEmbeddings, Vector

Matrix = npt.NDArray[np.float32]


class TextSimilarity:
    """Cosines of a question and texts of the library; safe to share between threads.

    Only vectors of the library's own texts are kept; those of questions are not, but for one turn.
    """

    def __init__(self, embeddings: Embeddings, vectors: Mapping[str, Vector]) -> None:
        """Begin with the vectors at hand, by content hash; others are encoded when asked for."""
        self._embeddings = embeddings
        self._vectors = vectors
        self._texts: dict[str, Vector] = {}
        self._lock = threading.Lock()
        self._asked: dict[str, Encoded] | None = None

    def for_one_turn(self) -> Self:
        """The same for one turn, whose questions are encoded once; it is thrown away with it."""
        own = copy(self)
        own._asked = {}
        return own

    def vector(self, text: str) -> Vector:
        """The vector of a question, shape (dimensions,), of length 1; it is not kept."""
        known = self._texts.get(text)
        if known is None:
            known = self._vectors.get(content_hash(text))
        if known is not None:
            return known
        if self._asked is None:
            return np.array(self._embeddings.embed_query(text), np.float32)
        return self.encoded(text).whole

    def encoded(self, text: str) -> Encoded:
        """A text with its word pieces; none of them where the encoder gives whole texts alone."""
        if self._asked is None:
            return self._encode(text)
        if text not in self._asked:
            self._asked[text] = self._encode(text)
        return self._asked[text]

    def _encode(self, text: str) -> Encoded:
        if isinstance(self._embeddings, MiniLMEmbeddings):
            return self._embeddings.encode_pieces(text)
        whole = np.array(self._embeddings.embed_query(text), np.float32)
        return Encoded(whole, np.zeros((0, len(whole)), np.float32), ())

    def as_floats(self, text: str) -> list[float]:
        """The same as plain numbers, as an index takes it."""
        numbers: list[float] = self.vector(text).tolist()
        return numbers

    def cosines(self, asked: Vector, texts: Sequence[str]) -> list[float]:
        """Cosine of a question and each text of the library, -1 .. 1, in order."""
        if not texts:
            return []
        cosines: list[float] = (self.rows(texts) @ asked).tolist()
        return cosines

    def rows(self, texts: Sequence[str]) -> Matrix:
        """The vectors of texts of the library, shape (texts, dimensions), in order.

        At least one text.
        """
        self._keep([text for text in texts if not self._is_known(text)])
        return np.stack([self._of_text(text) for text in texts])

    def _is_known(self, text: str) -> bool:
        return text in self._texts or content_hash(text) in self._vectors

    def _keep(self, texts: list[str]) -> None:
        """Encode texts of the library that no vectors came with, in one go."""
        if texts:
            rows = self._embeddings.embed_documents(texts)
            with self._lock:
                for text, row in zip(texts, rows, strict=True):
                    self._texts[text] = np.array(row, np.float32)

    def _of_text(self, text: str) -> Vector:
        found = self._texts.get(text)
        if found is None:
            found = self._vectors[content_hash(text)]
            with self._lock:
                self._texts[text] = found
        return found

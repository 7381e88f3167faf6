"""The space in which questions are compared: the encoder's own, turned to how patients ask."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.errors import ConfigurationError
from vectorstore.similarity import Matrix

SHIPPED_SPACE = Path(__file__).parent / "vectors" / "asked_space.npy"
"""Fitted by `evals.asked.fit` on other words for the library's own questions."""


@dataclass(frozen=True, slots=True)
class AskedSpace:
    """Where a question and other words for it lie near to each other."""

    turn: Matrix | None = None
    """Shape (dimensions of the encoder, dimensions here); None leaves vectors as they are."""

    def of(self, vectors: Matrix) -> Matrix:
        """Vectors of the encoder, shape (n, dimensions), as vectors of length 1 here."""
        if self.turn is None:
            return vectors
        turned: Matrix = vectors @ self.turn
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        return turned


class TurnedEmbeddings(Embeddings):
    """An encoder whose vectors are given in this space."""

    def __init__(self, encoder: Embeddings, space: AskedSpace) -> None:
        """Stand on an encoder of vectors of length 1."""
        self._encoder = encoder
        self._space = space

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of length 1 a text."""
        if not texts:
            return []
        rows = np.array(self._encoder.embed_documents(texts), np.float32)
        turned: list[list[float]] = self._space.of(rows).tolist()
        return turned

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


def read_space(path: Path = SHIPPED_SPACE) -> AskedSpace:
    """The space that ships with the program, for the encoder that ships with it.

    Raises:
        ConfigurationError: The file is not there, or holds no matrix.
    """
    try:
        turn = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: not a file of numbers") from error
    return AskedSpace(turn)

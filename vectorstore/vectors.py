"""Vectors kept in a file by content hash, so that a text is encoded once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.articles import Library
from vectorstore.chunking import chunk_library, content_hash
from vectorstore.embeddings import Vector
from vectorstore.errors import ConfigurationError

SHIPPED_VECTORS = Path(__file__).parent / "vectors" / "minilm.npz"
"""The library's vectors by the encoder that ships with the program."""
SHIPPED_QUESTIONS = SHIPPED_VECTORS.with_name("questions.npz")
"""Those of its questions, and of other words for them, in `vectorstore.asked_space`."""

Progress = Callable[[int, int, str], None]
"""Called with texts done, texts in all, and what is being done."""

_BATCH = 16


def texts_of(library: Library) -> tuple[str, ...]:
    """Every text of a library that is compared with a question: chunks, and lines by themselves.

    Questions it answers are chunks of their own.
    """
    lines = (
        line.text
        for article in library.articles.values()
        for section in article.sections
        for line in section.lines
    )
    chunks = (chunk.indexed_text for chunk in chunk_library(library))
    return tuple(dict.fromkeys((*chunks, *lines)))


def questions_of(library: Library) -> tuple[str, ...]:
    """Every question that a library answers, and the other words in which people ask it."""
    articles = library.articles.values()
    return tuple(dict.fromkeys(text for article in articles for _, text in article.wordings()))


def encode_missing(
    texts: Iterable[str],
    known: Mapping[str, Vector],
    encoder: Embeddings,
    *,
    progress: Progress | None = None,
) -> dict[str, Vector]:
    """The vectors of those texts that have none yet, by content hash; may be empty."""
    hashed = {content_hash(text): text for text in texts}
    missing = {key: text for key, text in hashed.items() if key not in known}
    encoded: dict[str, Vector] = {}
    hashes = list(missing)
    for start in range(0, len(hashes), _BATCH):
        batch = hashes[start : start + _BATCH]
        rows = encoder.embed_documents([missing[key] for key in batch])
        encoded |= {k: np.array(row, np.float32) for k, row in zip(batch, rows, strict=True)}
        if progress is not None:
            progress(len(encoded), len(missing), "encoding")
    return encoded


@dataclass(frozen=True, slots=True)
class VectorChange:
    """How many vectors stayed, came and went."""

    kept: int
    encoded: int
    dropped: int


def ship_vectors(texts: Sequence[str], path: Path, encoder: Embeddings) -> VectorChange:
    """Bring a file of vectors up to date with texts: encode what is new, drop what is gone."""
    before = read_vectors(path)
    encoded = encode_missing(texts, before, encoder)
    needed = set(map(content_hash, texts))
    kept = {key: vector for key, vector in before.items() if key in needed}
    if encoded or len(kept) < len(before):
        write_vectors(path, kept | encoded)
    return VectorChange(len(kept), len(encoded), len(before) - len(kept))


def read_vectors(path: Path) -> dict[str, Vector]:
    """Vectors by content hash; empty when the file is not there.

    Raises:
        ConfigurationError: the file is not one that `write_vectors` wrote.
    """
    if not path.exists():
        return {}
    try:
        with np.load(path, allow_pickle=False) as arrays:
            hashes, rows = arrays["hashes"], arrays["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(f"{path.name}: not a file of vectors") from error
    return {key.decode(): row for key, row in zip(hashes.tolist(), rows, strict=True)}


def write_vectors(path: Path, vectors: Mapping[str, Vector]) -> None:
    """Write at least one vector, in half precision; the same vectors give the same bytes.

    Half precision moves a cosine by less than 0.001.
    """
    hashes = sorted(vectors)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        np.savez(
            file,
            hashes=np.array([key.encode() for key in hashes]),
            vectors=np.array([vectors[key] for key in hashes], dtype=np.float16),
        )
    unfinished.replace(path)

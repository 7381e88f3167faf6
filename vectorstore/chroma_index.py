"""The index by meaning: Chroma, in a folder or on a server. Only importer of chromadb."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, get_args
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
import numpy.typing as npt
from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from vectorstore.chunking import Chunk
from vectorstore.embeddings import Vector
from vectorstore.errors import BrokenIndexError, ConfigurationError, SearchUnavailableError
from vectorstore.vectors import Progress

CollectionName = Literal["library", "questions"]
"""Passages of the library, and the questions that its articles answer."""
_SHELF = "shelf"

_BATCH = 128
_NO_ANSWER = (ChromaError, httpx.HTTPError, OSError)
# One thread and a wide search: the same library gives the same ranking in every process, and at
# a few thousand vectors the nearest are found without loss.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_search": 400, "num_threads": 1}
}


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A chunk and its cosine with what was asked, -1 .. 1."""

    chunk_id: str
    similarity: float


class ChromaIndex:
    """Two collections behind one client; safe to share between threads."""

    def __init__(self, client: ClientAPI, embeddings: Embeddings, *, suffix: str = "") -> None:
        """Open the collections, made where missing; `suffix` goes behind their names."""
        self._client = client
        self._stores = {
            name: Chroma(
                collection_name=name + suffix,
                embedding_function=embeddings,
                client=client,
                collection_configuration=_CONFIGURATION,
            )
            for name in get_args(CollectionName)
        }
        self._collections = {
            name: client.get_collection(name + suffix, embedding_function=None)
            for name in get_args(CollectionName)
        }

    @classmethod
    def in_folder(cls, folder: Path, embeddings: Embeddings) -> Self:
        """The index in a folder, which one process may write and others read.

        Raises:
            BrokenIndexError: what lies in the folder is no index of Chroma's.
        """
        with _opened(folder) as client:
            return cls(client, embeddings)

    @classmethod
    def on_server(cls, host: str, embeddings: Embeddings, *, suffix: str) -> Self:
        """The index on a Chroma server: `host`, `host:port` or a URL.

        Raises:
            ConfigurationError: the host cannot be read.
            SearchUnavailableError: the server does not answer.
        """
        with _connected(host) as client:
            return cls(client, embeddings, suffix=suffix)

    def count(self, collection: CollectionName) -> int:
        """How many chunks a collection holds."""
        return int(self._collections[collection].count())

    def add(
        self,
        collection: CollectionName,
        chunks: Sequence[Chunk],
        *,
        progress: Progress | None = None,
    ) -> None:
        """Add chunks, or write them anew where the id is there."""
        for start in range(0, len(chunks), _BATCH):
            batch = chunks[start : start + _BATCH]
            self._stores[collection].add_documents(
                [chunk.as_document() for chunk in batch], ids=[chunk.chunk_id for chunk in batch]
            )
            if progress is not None:
                progress(start + len(batch), len(chunks), f"indexing the {collection}")

    def nearest(
        self, collection: CollectionName, vectors: Sequence[list[float]], *, limit: int
    ) -> list[list[Neighbor]]:
        """For each vector the chunks nearest to it, best first, ties by id.

        Asks the collection itself: texts and metadata are in memory already, and ids and
        distances alone come back in a third of the time.

        Raises:
            SearchUnavailableError: the server does not answer.
        """
        return _nearest(self._collections[collection], vectors, limit)

    def similarities(
        self, collection: CollectionName, vectors: Sequence[list[float]], ids: Sequence[str]
    ) -> dict[str, float]:
        """The best cosine of each chunk with any of the vectors; unknown ids are left out."""
        return _similarities(self._collections[collection], vectors, ids)

    def vector(self, collection: CollectionName, chunk_id: str) -> Vector | None:
        """The vector of a chunk, of length 1; None where it is unknown."""
        return _vector(self._collections[collection], chunk_id)

    def close(self) -> None:
        """Let go of the client and its files; other indexes on the same folder stay open."""
        self._client.close()  # type: ignore[attr-defined]  # the class behind the interface has it


class ShelfVectors:
    """Ids and vectors of the shelf's passages, without their texts; safe to share."""

    def __init__(self, client: ClientAPI, *, suffix: str = "") -> None:
        """Open the collection, made where it is missing; `suffix` goes behind its name."""
        self._client = client
        self._collection = client.get_or_create_collection(
            _SHELF + suffix, configuration=_CONFIGURATION, embedding_function=None
        )

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """The vectors in a folder, which one process may write and others read.

        Raises:
            BrokenIndexError: what lies in the folder is no index of Chroma's.
        """
        with _opened(folder) as client:
            return cls(client)

    @classmethod
    def on_server(cls, host: str, *, suffix: str) -> Self:
        """The vectors on a Chroma server.

        Raises:
            ConfigurationError: the host cannot be read.
            SearchUnavailableError: the server does not answer.
        """
        with _connected(host) as client:
            return cls(client, suffix=suffix)

    def count(self) -> int:
        """How many passages have a vector."""
        with _answering():
            return int(self._collection.count())

    def add(self, ids: Sequence[str], vectors: Sequence[npt.NDArray[np.float32]]) -> None:
        """Add vectors, or write them anew where the id is there."""
        rows: list[npt.NDArray[np.int32 | np.float32]] = [*vectors]
        with _answering():
            self._collection.upsert(ids=list(ids), embeddings=rows)

    def nearest(self, vectors: Sequence[list[float]], *, limit: int) -> list[list[Neighbor]]:
        """For each vector the passages nearest to it, best first, ties by id.

        Raises:
            SearchUnavailableError: the server does not answer.
        """
        return _nearest(self._collection, vectors, limit)

    def similarities(self, vectors: Sequence[list[float]], ids: Sequence[str]) -> dict[str, float]:
        """The best cosine of each passage with any of the vectors; unknown ids are left out."""
        return _similarities(self._collection, vectors, ids)

    def vector(self, passage_id: str) -> Vector | None:
        """The vector of a passage, of length 1; None where it is unknown."""
        return _vector(self._collection, passage_id)

    def close(self) -> None:
        """Let go of the client and its files."""
        self._client.close()  # type: ignore[attr-defined]  # the class behind the interface has it


@contextmanager
def _opened(folder: Path) -> Iterator[ClientAPI]:
    """A client on a folder; closed again where the folder turns out to be damaged."""
    settings = Settings(anonymized_telemetry=False)
    try:
        client = chromadb.PersistentClient(str(folder), settings=settings)
    except (ChromaError, ValueError) as error:
        raise BrokenIndexError(f"{folder.name}: cannot be opened") from error
    try:
        yield client
    except (ChromaError, ValueError) as error:
        client.close()  # type: ignore[attr-defined]  # the class behind the interface has it
        raise BrokenIndexError(f"{folder.name}: holds no collections") from error


@contextmanager
def _connected(host: str) -> Iterator[ClientAPI]:
    parts = urlsplit(host if "://" in host else f"http://{host}")
    if not parts.hostname:
        raise ConfigurationError("CHROMA_HOST is not a host, host:port or URL")
    secure = parts.scheme == "https"
    try:
        yield chromadb.HttpClient(
            parts.hostname,
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
    except (*_NO_ANSWER, ValueError) as error:
        raise SearchUnavailableError("the Chroma server does not answer") from error


def _nearest(
    collection: Collection, vectors: Sequence[list[float]], limit: int
) -> list[list[Neighbor]]:
    if not vectors:
        return []
    queries: list[Sequence[float] | Sequence[int]] = list(vectors)
    with _answering():
        found = collection.query(query_embeddings=queries, n_results=limit, include=["distances"])
    return [
        sorted(
            (Neighbor(i, 1.0 - d) for i, d in zip(ids, distances, strict=True)),
            key=lambda neighbor: (-neighbor.similarity, neighbor.chunk_id),
        )
        for ids, distances in zip(found["ids"], found["distances"] or (), strict=True)
    ]


def _similarities(
    collection: Collection, vectors: Sequence[list[float]], ids: Sequence[str]
) -> dict[str, float]:
    if not ids or not vectors:
        return {}
    with _answering():
        found = collection.get(ids=list(ids), include=["embeddings"])
    if not found["ids"]:
        return {}
    rows = np.asarray(found["embeddings"])
    best = (rows @ np.asarray(vectors).T).max(axis=1) / np.linalg.norm(rows, axis=1)
    return dict(zip(found["ids"], best.tolist(), strict=True))


def _vector(collection: Collection, key: str) -> Vector | None:
    with _answering():
        found = collection.get(ids=[key], include=["embeddings"])
    if not found["ids"]:
        return None
    row: Vector = np.asarray(found["embeddings"], np.float32)[0]
    return row / np.linalg.norm(row)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except _NO_ANSWER as error:
        raise SearchUnavailableError("the index does not answer") from error

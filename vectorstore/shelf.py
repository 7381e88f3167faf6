"""The shelf as it is read: documents that were put beside the library on this machine."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import accumulate, takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from vectorstore import folder_lock
from vectorstore.chroma_index import Neighbor, ShelfVectors
from vectorstore.description import Description
from vectorstore.embeddings import Vector
from vectorstore.errors import BrokenIndexError
from vectorstore.lexical import Stemmer, any_of, telling_words
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf_build import PASSAGES, VECTORS, current_folder, is_complete
from vectorstore.shelf_store import description_of

SHELF_PREFIX = "shelf-"
"""Every id of a document or passage of the shelf begins so; no article's does."""
_ATTEMPTS = 5
# Title, heading and text weigh 3, 2 and 1, as in the library. Rows stand in order of ids.
_RANKED = (
    "WITH best AS (SELECT rowid, bm25(words, 3.0, 2.0, 1.0) AS worth FROM words WHERE words MATCH ?"
    " ORDER BY worth, rowid LIMIT ?) SELECT p.passage_id, best.worth FROM best"
    " JOIN passages p ON p.rowid = best.rowid ORDER BY best.worth, best.rowid"
)
_MOST_ROWS = 6_000
"""Passages that FTS5 weighs for a query, at a thousandth of a millisecond each. On 140 questions
over 10,050 passages, a tenth to all of them give the same hits within two questions of a hundred;
what is lost are words that stand everywhere."""


class Ranked(NamedTuple):
    """A passage that holds words of a query."""

    passage_id: str
    relevance: float
    """Its share of the best passage's BM25, in 0 .. 1."""


@dataclass(frozen=True, slots=True)
class ShelfPassage:
    """A passage with the document it stands in."""

    passage_id: str
    document_id: str
    section: str
    page: int | None
    text: str
    """A paragraph, list item or table row a line."""
    document: Description

    @property
    def place(self) -> str:
        """The address a citation opens, at its page; a file's name and page where it has none."""
        return self.document.place(self.page)


class Shelf:
    """One whole index of the shelf, which does not change; safe to share between threads."""

    def __init__(self, sql: sqlite3.Connection, vectors: ShelfVectors | None) -> None:
        """Wrap an open index; without vectors it is empty."""
        self._sql = sql
        self._lock = threading.Lock()
        self._vectors = vectors
        self._used: TextIOWrapper | None = None
        self._stemmer = Stemmer()
        self._documents: dict[str, Description] = {}
        self._sizes: Mapping[str, int] = MappingProxyType({})

    @classmethod
    def empty(cls) -> Self:
        """A shelf that holds nothing."""
        return cls(sqlite3.connect(":memory:", check_same_thread=False), None)

    @classmethod
    def in_folder(cls, folder: Path, settings: VectorStoreSettings) -> Self:
        """The index in a folder, marked as used until it is closed.

        Raises:
            FileNotFoundError: the folder is not there.
            BrokenIndexError: it holds no whole index.
            SearchUnavailableError: the server with its vectors does not answer.
        """
        used = folder_lock.hold(folder)
        try:
            if not is_complete(folder):
                raise BrokenIndexError(f"{folder.name}: was not built to its end")
            address = f"file:{(folder / PASSAGES).resolve()}?mode=ro&immutable=1"
            sql = sqlite3.connect(address, uri=True, check_same_thread=False)
            count = int(sql.execute("SELECT count(*) FROM passages").fetchone()[0])
            vectors = (
                ShelfVectors.on_server(settings.chroma_host, suffix=f"-{folder.name}")
                if settings.chroma_host
                else ShelfVectors.in_folder(folder / VECTORS)
            )
            if vectors.count() != count:
                vectors.close()
                raise BrokenIndexError(f"{folder.name}: vectors and passages differ")
        except sqlite3.DatabaseError as error:
            used.close()
            raise BrokenIndexError(f"{folder.name}: cannot be read") from error
        except BrokenIndexError:
            used.close()
            raise
        shelf = cls(sql, vectors if count else None)
        shelf._used = used
        return shelf

    def __len__(self) -> int:
        """How many documents it holds."""
        row = self._one("SELECT count(*) FROM documents") if self._vectors else None
        return int(row[0]) if row else 0

    def passage(self, passage_id: str) -> ShelfPassage | None:
        """A passage by its id; None for an id that this shelf does not hold."""
        if self._vectors is None or not passage_id.startswith(SHELF_PREFIX):
            return None
        row = self._one(
            "SELECT document_id, section, page, text FROM passages WHERE passage_id = ?", passage_id
        )
        if row is None:
            return None
        document_id, section, page, text = row
        return ShelfPassage(
            passage_id, document_id, section, page, text, self.document(document_id)
        )

    def document(self, document_id: str) -> Description:
        """A document by its id.

        Raises:
            KeyError: this shelf does not hold it.
        """
        if document_id not in self._documents:
            row = self._one("SELECT description FROM documents WHERE document_id = ?", document_id)
            if row is None:
                raise KeyError(document_id)
            self._documents[document_id] = description_of(row[0])
        return self._documents[document_id]

    def documents(self) -> Iterator[tuple[str, Description]]:
        """Every document with its id, in order of ids."""
        if self._vectors is None:
            return
        with self._lock:
            rows = self._sql.execute(
                "SELECT document_id, description FROM documents ORDER BY document_id"
            ).fetchall()
        for document_id, text in rows:
            yield document_id, description_of(text)

    def rank(self, query: str, limit: int) -> list[Ranked]:
        """The passages that hold any of the query's words, best first, ties by id.

        Where its words together stand in more than some thousand passages, the rarest of them are
        looked for alone: those that stand everywhere tell little, and weighing them takes long.
        """
        words = self._rarest(telling_words(query))
        if not words:
            return []
        with self._lock:
            rows = self._sql.execute(_RANKED, (any_of(words), limit)).fetchall()
        return [Ranked(key, worth / rows[0][1]) for key, worth in rows]

    def _rarest(self, words: Sequence[str]) -> list[str]:
        """The rarest of the words that stand in few enough passages together; one at the least.

        One word for each stem, rarest first; those that stand nowhere are left out.
        """
        if self._vectors is None or not words:
            return []
        word_of = {stem: word for word, stem in self._stemmer.stems(reversed(words)).items()}
        with self._lock:
            rows = self._sql.execute(
                "SELECT stem, passages FROM stems WHERE stem IN (SELECT value FROM json_each(?))"
                " ORDER BY passages, stem",
                (json.dumps(list(word_of)),),
            ).fetchall()
        sums = accumulate(passages for _, passages in rows)
        few = takewhile(lambda total: total <= _MOST_ROWS, sums)
        return [word_of[stem] for stem, _ in rows[: max(1, sum(1 for _ in few))]]

    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""
        if not self._sizes and self._vectors is not None:
            with self._lock:
                rows = self._sql.execute("SELECT document_id, passages FROM documents").fetchall()
            self._sizes = MappingProxyType(dict(rows))
        return self._sizes

    def nearest(self, vectors: Sequence[list[float]], *, limit: int) -> list[list[Neighbor]]:
        """For each vector the passages nearest to it, best first."""
        return (
            self._vectors.nearest(vectors, limit=limit) if self._vectors else [[] for _ in vectors]
        )

    def similarities(self, vectors: Sequence[list[float]], ids: Sequence[str]) -> dict[str, float]:
        """The best cosine of each passage with any of the vectors."""
        return self._vectors.similarities(vectors, ids) if self._vectors else {}

    def vector(self, passage_id: str) -> Vector | None:
        """The vector of a passage, of length 1; None where it is unknown."""
        return self._vectors.vector(passage_id) if self._vectors else None

    def vocabulary(self) -> frozenset[str]:
        """Every word of it, in lower case."""
        if self._vectors is None:
            return frozenset()
        with self._lock:
            return frozenset(row[0] for row in self._sql.execute("SELECT word FROM vocabulary"))

    def close(self) -> None:
        """Let go of files and memory."""
        self._sql.close()
        self._stemmer.close()
        if self._vectors is not None:
            self._vectors.close()
        if self._used is not None:
            self._used.close()

    def _one(self, statement: str, *values: str) -> tuple[Any, ...] | None:
        with self._lock:
            row: tuple[Any, ...] | None = self._sql.execute(statement, values).fetchone()
        return row


def open_current(settings: VectorStoreSettings, encoder: str) -> Shelf | None:
    """The index that is pointed to; None where there is none for this encoder, or it is damaged.

    Raises:
        SearchUnavailableError: the server with its vectors does not answer.
    """
    for _ in range(_ATTEMPTS):
        folder = current_folder(settings, encoder)
        if folder is None:
            return None
        try:
            return Shelf.in_folder(folder, settings)
        except FileNotFoundError:
            continue  # a newer one was pointed to in between, and this one removed
        except BrokenIndexError:
            return None
    return None

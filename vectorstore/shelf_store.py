"""The shelf's working copy: documents, passages and vectors in one SQLite file, for one writer.

Every document is written whole in one transaction, and vectors by content hash as they are made:
a process that is killed loses at most the last few seconds of work.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from vectorstore.chunking import content_hash
from vectorstore.cutting import Passage
from vectorstore.description import Description
from vectorstore.embeddings import Vector

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    document_id TEXT PRIMARY KEY, url TEXT NOT NULL, description TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS documents_by_url ON documents (url);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, document_id TEXT NOT NULL,
    is_older INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS files_by_document ON files (document_id);
CREATE TABLE IF NOT EXISTS passages (
    passage_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, number INTEGER NOT NULL,
    section TEXT NOT NULL, page INTEGER, text TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document_id, number);
CREATE INDEX IF NOT EXISTS passages_by_hash ON passages (hash);
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (encoder, hash)) WITHOUT ROWID;
"""
_WAIT_S = 60.0
_MOST_PARAMETERS = 500


def indexed_text(title: str, section: str, text: str) -> str:
    """What is encoded of a passage: its title and heading stand before it."""
    return ". ".join(part for part in (title, section, text) if part)


def written(description: Description) -> str:
    """A description as JSON."""
    fields = asdict(description)
    fields["reviewed"] = description.reviewed.isoformat() if description.reviewed else None
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def description_of(text: str) -> Description:
    """A description back from JSON."""
    fields = json.loads(text)
    reviewed = fields.pop("reviewed")
    return Description(**fields, reviewed=date.fromisoformat(reviewed) if reviewed else None)


class ShelfStore:
    """One open connection to the working copy; not to be shared between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, made where it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._sql = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = NORMAL")
        self._sql.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._sql.close()

    def count(self) -> int:
        """How many documents there are."""
        return int(self._sql.execute("SELECT count(*) FROM documents").fetchone()[0])

    def count_passages(self) -> int:
        """How many passages there are."""
        return int(self._sql.execute("SELECT count(*) FROM passages").fetchone()[0])

    def is_known(self, path: Path, digest: str) -> bool:
        """Whether this file, as it is, was put on the shelf or stands behind a newer version."""
        row = self._sql.execute(
            "SELECT 1 FROM files JOIN documents USING (document_id) WHERE path = ? AND digest = ?",
            (str(path), digest),
        ).fetchone()
        return row is not None

    def of_url(self, url: str, *, besides: Path | None = None) -> dict[str, Description]:
        """Documents with this web address by id; none for an empty one.

        Args:
            url: The address.
            besides: Leave out what no other file than this one holds.
        """
        rows = self._sql.execute(
            "SELECT document_id, description FROM documents WHERE url = ? AND url != '' AND"
            " document_id IN (SELECT document_id FROM files WHERE NOT is_older AND path != ?)",
            (url, str(besides or "")),
        )
        return {document_id: description_of(text) for document_id, text in rows}

    def has(self, document_id: str) -> bool:
        """Whether a document is on the shelf."""
        row = self._sql.execute("SELECT 1 FROM documents WHERE document_id = ?", (document_id,))
        return row.fetchone() is not None

    def link(self, path: Path, digest: str, document_id: str, *, is_older: bool) -> None:
        """Keep in mind that a file holds a document, or only an older version of it."""
        with self._transaction():
            before = self._held_by(path)
            self._link(path, digest, document_id, is_older=is_older)
            self._drop_unlinked(before)

    def put(
        self,
        document_id: str,
        description: Description,
        passages: Sequence[Passage],
        *,
        path: Path,
        digest: str,
    ) -> None:
        """Write a document whole, in the place of older ones of its path and address."""
        with self._transaction():
            gone = self.of_url(description.url).keys() - {document_id}
            for older in gone:
                self._sql.execute(
                    "UPDATE files SET document_id = ?, is_older = 1 WHERE document_id = ?",
                    (document_id, older),
                )
            gone |= self._held_by(path)
            self._link(path, digest, document_id, is_older=False)
            self._sql.execute(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)",
                (document_id, description.url, written(description)),
            )
            self._sql.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
            self._sql.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        f"{document_id}#{p.number}",
                        document_id,
                        p.number,
                        p.section,
                        p.page,
                        p.text,
                        content_hash(indexed_text(description.title, p.section, p.text)),
                    )
                    for p in passages
                ),
            )
            self._drop_unlinked(gone)

    def prune(self, roots: Sequence[Path]) -> int:
        """Forget files under these paths that are gone, and documents that no file is left of."""
        gone = [
            (path,)
            for (path,) in self._sql.execute("SELECT path FROM files ORDER BY path").fetchall()
            if any(Path(path).is_relative_to(root) for root in roots) and not Path(path).exists()
        ]
        before = self.count()
        with self._transaction():
            held = frozenset[str]().union(*(self._held_by(Path(path)) for (path,) in gone))
            self._sql.executemany("DELETE FROM files WHERE path = ?", gone)
            self._drop_unlinked(held)
        return before - self.count()

    def known_vectors(self, encoder: str, hashes: Sequence[str]) -> frozenset[str]:
        """Those of these hashes that have a vector."""
        found: set[str] = set()
        for start in range(0, len(hashes), _MOST_PARAMETERS):
            part = hashes[start : start + _MOST_PARAMETERS]
            marks = ",".join("?" * len(part))
            rows = self._sql.execute(
                f"SELECT hash FROM vectors WHERE encoder = ? AND hash IN ({marks})",  # noqa: S608 - marks alone
                (encoder, *part),
            )
            found.update(row[0] for row in rows)
        return frozenset(found)

    def keep_vectors(self, encoder: str, vectors: Mapping[str, Vector]) -> None:
        """Write vectors by content hash, in half precision."""
        with self._transaction():
            self._sql.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                ((encoder, key, v.astype(np.float16).tobytes()) for key, v in vectors.items()),
            )

    def drop_unused_vectors(self, encoder: str) -> None:
        """Forget the vectors of texts that are gone."""
        with self._transaction():
            self._sql.execute(
                "DELETE FROM vectors WHERE encoder = ? AND hash NOT IN (SELECT hash FROM passages)",
                (encoder,),
            )

    def without_vector(self, encoder: str) -> Iterator[tuple[str, str]]:
        """Hash and text of every passage that this encoder has not encoded."""
        rows = self._sql.execute(
            "SELECT p.hash, d.description, p.section, p.text FROM passages p"
            " JOIN documents d USING (document_id)"
            " LEFT JOIN vectors v ON v.encoder = ? AND v.hash = p.hash WHERE v.hash IS NULL",
            (encoder,),
        )
        for key, description, section, text in rows:
            yield key, indexed_text(description_of(description).title, section, text)

    def files(self) -> Iterator[tuple[str, str]]:
        """Path of every file with the document it holds, or that stands in its place."""
        yield from self._sql.execute("SELECT path, document_id FROM files ORDER BY path")

    def keys(self) -> Iterator[str]:
        """Everything that makes the index what it is, in order; equal keys, equal indexes."""
        yield from (
            f"{document_id} {description}"
            for document_id, description in self._sql.execute(
                "SELECT document_id, description FROM documents ORDER BY document_id"
            )
        )
        yield from (
            f"{passage_id} {key}"
            for passage_id, key in self._sql.execute(
                "SELECT passage_id, hash FROM passages ORDER BY passage_id"
            )
        )

    def documents(self) -> Iterator[tuple[str, str]]:
        """Id and written description of every document, in order of ids."""
        yield from self._sql.execute(
            "SELECT document_id, description FROM documents ORDER BY document_id"
        )

    def passages(self, encoder: str) -> Iterator[tuple[str, str, str, int | None, str, bytes]]:
        """Id, document, section, page, text and vector of every passage, in order."""
        yield from self._sql.execute(
            "SELECT p.passage_id, p.document_id, p.section, p.page, p.text, v.vector"
            " FROM passages p JOIN vectors v ON v.encoder = ? AND v.hash = p.hash"
            " ORDER BY p.document_id, p.number",
            (encoder,),
        )

    def _link(self, path: Path, digest: str, document_id: str, *, is_older: bool) -> None:
        self._sql.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
            (str(path), digest, document_id, is_older),
        )

    def _held_by(self, path: Path) -> frozenset[str]:
        """The document that a file holds; none where it holds none."""
        rows = self._sql.execute("SELECT document_id FROM files WHERE path = ?", (str(path),))
        return frozenset(row[0] for row in rows)

    def _drop_unlinked(self, ids: Iterable[str]) -> None:
        """A document stays as long as a file holds it that is not an older version.

        Only these are looked at: a look at all of them with each new one takes longer and longer.
        """
        for document_id in ids:
            for table in ("passages", "documents"):
                self._sql.execute(
                    f"DELETE FROM {table} WHERE document_id = ? AND document_id NOT IN"  # noqa: S608 - two fixed names
                    " (SELECT document_id FROM files WHERE document_id = ? AND NOT is_older)",
                    (document_id, document_id),
                )

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._sql)


class _Transaction:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def __enter__(self) -> None:
        self._sql.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._sql.execute("COMMIT" if kind is None else "ROLLBACK")


def rows_of(texts: Iterable[bytes]) -> list[Vector]:
    """Stored vectors as they are compared."""
    return [np.frombuffer(text, dtype=np.float16).astype(np.float32) for text in texts]

"""The shelf's index: built beside the one in use, then pointed to; no reader sees half of one."""

import hashlib
import logging
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from vectorstore import folder_lock
from vectorstore.chroma_index import ShelfVectors
from vectorstore.lexical import query_words
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf_store import ShelfStore, description_of, rows_of
from vectorstore.vectors import Progress

logger = logging.getLogger(__name__)

PASSAGES = "passages.sqlite3"
VECTORS = "vectors"
_FORMAT = "2"  # goes up whenever what stands in an index changes for the same passages
_COMPLETE = f"complete-{_FORMAT}"  # an index of another format is not read, but built anew
_UNFINISHED = ".building-"
_BATCH = 256
_SCHEMA = """
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY, description TEXT NOT NULL, passages INTEGER NOT NULL);
CREATE TABLE passages (
    passage_id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL, section TEXT NOT NULL,
    page INTEGER, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
    title, section, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE temp.counted USING fts5vocab(main, words, row);
CREATE TABLE stems (stem TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
"""
_COUNTS = (
    "INSERT INTO stems SELECT term, doc FROM counted",
    "UPDATE documents SET passages = held FROM (SELECT document_id AS of_document, count(*) AS held"
    " FROM passages GROUP BY document_id) WHERE document_id = of_document",
)
"""How many passages hold each word, in any of its forms, and how many each document has."""


def shelf_folder(settings: VectorStoreSettings) -> Path:
    """Where the shelf lies; it need not be there yet."""
    return settings.data_dir / "shelf"


def pointer(settings: VectorStoreSettings, encoder: str) -> Path:
    """The file that names the index in use with this encoder."""
    return shelf_folder(settings) / f"current-{encoder}"


def index_root(settings: VectorStoreSettings) -> Path:
    """The folder of the shelf's indexes."""
    return shelf_folder(settings) / "index"


def current_folder(settings: VectorStoreSettings, encoder: str) -> Path | None:
    """The folder of the index in use; None where none was built yet."""
    try:
        name = pointer(settings, encoder).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return index_root(settings) / name


def is_complete(folder: Path) -> bool:
    """Whether an index was built to its end."""
    return (folder / _COMPLETE).exists()


def build_index(
    store: ShelfStore,
    settings: VectorStoreSettings,
    encoder: str,
    progress: Progress | None = None,
) -> Path:
    """Build the index of what the working copy holds, unless it is the one in use already.

    Passages without a vector of this encoder are left out. Only one process builds at a time: the
    caller holds the shelf's lock.

    Returns:
        The folder that is pointed to.
    """
    key = f"{encoder}-{_fingerprint(store)}"
    in_use = current_folder(settings, encoder)
    if in_use is not None and in_use.name.startswith(key) and is_complete(in_use):
        return in_use
    root = index_root(settings)
    root.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
    folder = root / f"{key}-{uuid.uuid4().hex[:8]}"
    with folder_lock.hold(unfinished):
        _fill(store, unfinished, settings, encoder, folder.name, progress)
        (unfinished / _COMPLETE).touch()
        unfinished.rename(folder)
    swapped = pointer(settings, encoder).with_suffix(".unfinished")
    swapped.write_text(folder.name + "\n", encoding="utf-8")
    swapped.replace(pointer(settings, encoder))
    _remove_unused(settings, encoder, folder)
    return folder


def _fingerprint(store: ShelfStore) -> str:
    digest = hashlib.sha256(_FORMAT.encode())
    for key in store.keys():  # noqa: SIM118 - no mapping
        digest.update(key.encode())
        digest.update(b"\n")
    return digest.hexdigest()[:16]


def _fill(
    store: ShelfStore,
    folder: Path,
    settings: VectorStoreSettings,
    encoder: str,
    name: str,
    progress: Progress | None,
) -> None:
    """Write passages, words and vectors, some hundred at a time: memory does not grow with them."""
    vectors = (
        ShelfVectors.on_server(settings.chroma_host, suffix=f"-{name}")
        if settings.chroma_host
        else ShelfVectors.in_folder(folder / VECTORS)
    )
    sql = sqlite3.connect(folder / PASSAGES, isolation_level=None)
    sql.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    sql.execute("BEGIN")
    titles: dict[str, str] = {}
    for document_id, description in store.documents():
        sql.execute("INSERT INTO documents VALUES (?, ?, 0)", (document_id, description))
        titles[document_id] = description_of(description).title
    done = 0
    rows = store.passages(encoder)
    while batch := list(islice(rows, _BATCH)):
        for number, (passage_id, document_id, section, page, text, _) in enumerate(batch, done + 1):
            title = titles[document_id]
            sql.execute(
                "INSERT INTO passages (rowid, passage_id, document_id, section, page, text)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (number, passage_id, document_id, section, page, text),
            )
            sql.execute(
                "INSERT INTO words (rowid, title, section, text) VALUES (?, ?, ?, ?)",
                (number, title, section, text),
            )
            words = query_words(f"{title} {section} {text}")
            sql.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", ((w,) for w in words))
        vectors.add([row[0] for row in batch], rows_of(row[5] for row in batch))
        done += len(batch)
        if progress is not None:
            progress(done, done, "indexing the shelf")
    for statement in _COUNTS:
        sql.execute(statement)
    sql.execute("COMMIT")
    sql.close()
    vectors.close()


def _remove_unused(settings: VectorStoreSettings, encoder: str, current: Path) -> None:
    """Remove indexes that no process reads and no pointer names."""
    named = {current.name}
    for other in shelf_folder(settings).glob("current-*"):
        named.add(other.read_text(encoding="utf-8").strip())
    for folder in _folders(index_root(settings)):
        if folder.name not in named and folder_lock.is_free(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _folders(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.iterdir()) if path.is_dir())

"""A folder of published pages on a shelf of its own, which is kept: a second run is quick."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from evals.cases import CaseError
from vectorstore.embeddings import MINILM, MiniLMEmbeddings, Vector
from vectorstore.ingest import open_shelf
from vectorstore.ingest_command import Bar
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import Shelf
from vectorstore.shelf_build import shelf_folder
from vectorstore.shelf_store import ShelfStore, description_of, indexed_text, rows_of
from vectorstore.shelving import Shelver


class Chunk(NamedTuple):
    """A passage as every system gets it."""

    chunk_id: str
    text: str
    """With title and heading before it."""


@dataclass(frozen=True)
class Corpus:
    """The pages of a folder, cut and indexed as `ingest` does it."""

    shelf: Shelf
    embeddings: MiniLMEmbeddings
    document_of: dict[str, str]
    """Path of a page in the folder -> id of its document; pages of one address share one."""
    settings: VectorStoreSettings

    @cached_property
    def chunks(self) -> list[Chunk]:
        """Every passage, in order."""
        with working_copy(self.settings) as store:
            titles = {key: description_of(text).title for key, text in store.documents()}
            return [
                Chunk(key, indexed_text(titles[document_id], section, text))
                for key, document_id, section, _, text, _ in store.passages(MINILM)
            ]

    @cached_property
    def vectors(self) -> list[Vector]:
        """The vector of every passage, in order."""
        with working_copy(self.settings) as store:
            return rows_of(row[-1] for row in store.passages(MINILM))


def kept_folder(pages: Path) -> Path:
    """The data folder of an earlier run over these pages: a cache, safe to remove.

    It lies in `$XDG_CACHE_HOME/carethread`, else in `~/.cache/carethread`.
    """
    base = os.environ.get("XDG_CACHE_HOME")
    root = (Path(base) if base else Path.home() / ".cache") / "carethread"
    name = hashlib.sha256(str(pages.resolve()).encode()).hexdigest()[:12]
    return root / f"eval-retrieval-{name}"


@contextmanager
def working_copy(settings: VectorStoreSettings) -> Iterator[ShelfStore]:
    """The shelf's documents, passages and vectors as they were ingested."""
    store = ShelfStore(shelf_folder(settings) / "shelf.sqlite3")
    try:
        yield store
    finally:
        store.close()


def open_corpus(pages: Path) -> Corpus:
    """Ingest every page of a folder as the command does, and open the shelf.

    Texts that an earlier run encoded are not encoded again.

    Raises:
        CaseError: the folder holds no page that can be read.
    """
    settings = VectorStoreSettings(data_dir=kept_folder(pages))
    encoder = MiniLMEmbeddings()
    with Bar() as bar:
        Shelver(settings, encoder, bar).run([pages], prune=True)
    root = pages.resolve()
    with working_copy(settings) as store:
        document_of = {
            Path(path).relative_to(root).as_posix(): document_id
            for path, document_id in store.files()
        }
    if not document_of:
        raise CaseError(f"{pages}: holds no page that the shelf can take")
    return Corpus(open_shelf(settings, encoder), encoder, document_of, settings)

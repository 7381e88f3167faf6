"""From files to the shelf: read, described, cut, encoded, written, and the index built anew."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore import folder_lock
from vectorstore.chunking import content_hash
from vectorstore.cutting import LEAST_WORDS, Passage, passages_of
from vectorstore.description import Description, describe
from vectorstore.embeddings import MiniLMEmbeddings, Vector, encoder_name
from vectorstore.errors import ConfigurationError, DocumentError
from vectorstore.reading.read import files_in, read_file
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import SHELF_PREFIX
from vectorstore.shelf_build import build_index, pointer, shelf_folder
from vectorstore.shelf_store import ShelfStore, indexed_text
from vectorstore.vectors import Progress

_READING = "1"
"""Goes up whenever the same file gives other passages."""
_BATCH = 64
"""Texts encoded between two writes: a second or two of work."""


class Told(Protocol):
    """Told how far the run has come."""

    def file(self, done: int, total: int, name: str) -> None:
        """`done` of `total` files are ready; `name` is the last one."""
        ...

    def passages(self, encoded: int) -> None:
        """So many more passages were encoded."""
        ...

    def problem(self, text: str) -> None:
        """One plain line about a file."""
        ...


@dataclass(slots=True)
class Shelved:
    """What a run did."""

    ingested: list[str] = field(default_factory=list)
    """Ids of the documents that are new or changed."""
    unchanged: int = 0
    """Files that stood on the shelf as they are."""
    older: int = 0
    """Files that are an older version of what the shelf holds from the same address."""
    failed: list[str] = field(default_factory=list)
    """One plain line a file that was left out."""
    removed: int = 0
    """Documents whose files are gone."""
    passages: int = 0
    """Passages of the ingested documents."""
    encoded: int = 0
    """Texts that had no vector yet."""
    documents: int = 0
    """Documents on the shelf now."""


@dataclass(frozen=True, slots=True)
class Shelver:
    """Puts files on the shelf; everything that is the same for all of them."""

    settings: VectorStoreSettings
    embeddings: Embeddings
    told: Told
    given: Mapping[str, str] = field(default_factory=dict)
    """What the operator says for files that do not say it: keys of `description.GIVEN_KEYS`."""
    threads: int = 0
    """Texts encoded at the same time; as many as there are processors when 0."""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    def run(self, paths: Sequence[Path], *, prune: bool = False) -> Shelved:
        """Put files, and those in folders, on the shelf, and point to an index of all it holds.

        What was done before is not done again: files are known by their content, vectors by that
        of their text. A run that was killed is gone on with by running it again.

        Args:
            paths: Files and folders.
            prune: Also take off the shelf what came from under these paths and is gone.

        Raises:
            ConfigurationError: the data folder cannot be written.
            SearchUnavailableError: a remote encoder or server does not answer.
        """
        result = Shelved()
        with _only_writer(self.settings) as store:
            if prune:
                result.removed = store.prune([path.resolve() for path in paths])
            files = list(files_in(paths))
            with ThreadPoolExecutor(self._threads) as pool:
                for done, path in enumerate(files, start=1):
                    self._shelve(path, store, result, pool)
                    self.told.file(done, len(files), path.name)
                bring_up_to_date(store, self.settings, self.embeddings, pool)
            store.drop_unused_vectors(encoder_name(self.settings))
            result.documents = store.count()
        return result

    @property
    def _threads(self) -> int:
        return self.threads or _processors()

    def _shelve(
        self, path: Path, store: ShelfStore, result: Shelved, pool: ThreadPoolExecutor
    ) -> None:
        try:
            digest = self._digest(path)
            if store.is_known(path, digest):
                result.unchanged += 1
                return
            document_id = f"{SHELF_PREFIX}{digest[:12]}"
            if store.has(document_id):
                store.link(path, digest, document_id, is_older=False)
                result.unchanged += 1
                return
            description, passages = self._read(path)
        except DocumentError as error:
            result.failed.append(str(error))
            self.told.problem(str(error))
            return
        if newer := _newer(store.of_url(description.url, besides=path), description):
            store.link(path, digest, newer, is_older=True)
            result.older += 1
            return
        texts = [indexed_text(description.title, p.section, p.text) for p in passages]
        result.encoded += self._encode(texts, store, pool)
        store.put(document_id, description, passages, path=path, digest=digest)
        result.ingested.append(document_id)
        result.passages += len(passages)

    def _digest(self, path: Path) -> str:
        """What a file is known by: its bytes, and what else decides what is made of it."""
        digest = hashlib.sha256(f"{_READING} {sorted(self.given.items())}".encode())
        try:
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    digest.update(part)
        except OSError as error:
            raise DocumentError(
                f"{path.name}: cannot be read ({error.strerror or error})"
            ) from error
        return digest.hexdigest()

    def _read(self, path: Path) -> tuple[Description, list[Passage]]:
        reading = read_file(path)
        blocks = tuple(reading.blocks)
        if not any(block.text for block in blocks):
            raise DocumentError(f"{path.name}: holds no text")
        first = blocks[0].text if blocks[0].level else ""
        description = describe(path, reading.stated, self.given, first, self.today)
        passages = list(passages_of(blocks, description.title))
        if not passages and sum(len(b.text.split()) for b in blocks) < LEAST_WORDS:
            raise DocumentError(f"{path.name}: holds no text")
        if not passages:
            self.told.problem(f"{path.name}: holds no readable text; kept by its title alone")
            passages = [Passage(1, "", blocks[0].page, description.title)]
        return description, passages

    def _encode(self, texts: Sequence[str], store: ShelfStore, pool: ThreadPoolExecutor) -> int:
        return encode_missing(
            {content_hash(text): text for text in texts},
            store,
            encoder_name(self.settings),
            self.embeddings,
            pool,
            self.told.passages,
        )


def encode_missing(
    texts: Mapping[str, str],
    store: ShelfStore,
    encoder: str,
    embeddings: Embeddings,
    pool: ThreadPoolExecutor,
    done: Callable[[int], None] | None = None,
) -> int:
    """Encode the texts that have no vector yet, by content hash; how many there were.

    Vectors are written every few seconds. Our own encoder takes one text at a time, on as many
    threads as the pool has; texts of like length stand together, so that none waits for another.
    """
    known = store.known_vectors(encoder, list(texts))
    missing = sorted((key for key in texts if key not in known), key=lambda key: len(texts[key]))
    for start in range(0, len(missing), _BATCH):
        keys = missing[start : start + _BATCH]
        vectors = _vectors([texts[key] for key in keys], embeddings, pool)
        store.keep_vectors(encoder, dict(zip(keys, vectors, strict=True)))
        if done is not None:
            done(len(keys))
    return len(missing)


def bring_up_to_date(
    store: ShelfStore,
    settings: VectorStoreSettings,
    embeddings: Embeddings,
    pool: ThreadPoolExecutor,
    progress: Progress | None = None,
) -> None:
    """Encode what this encoder has not encoded yet, and point to an index of all that there is."""
    encoder = encoder_name(settings)
    done = 0
    while texts := dict(islice(store.without_vector(encoder), _BATCH)):
        done += encode_missing(texts, store, encoder, embeddings, pool)
        if progress is not None:
            progress(done, done, "encoding the shelf")
    try:
        build_index(store, settings, encoder, progress)
    except OSError as error:
        raise ConfigurationError(
            f"the shelf cannot be kept in {settings.data_dir} ({type(error).__name__})"
        ) from error


def rebuild_index(
    settings: VectorStoreSettings, embeddings: Embeddings, progress: Progress | None = None
) -> None:
    """Build the index of what the working copy holds, for an encoder that has none.

    Raises:
        ConfigurationError: the data folder cannot be written.
        SearchUnavailableError: a server or a remote encoder does not answer.
    """
    with _only_writer(settings) as store, ThreadPoolExecutor(_processors()) as pool:
        pointer(settings, encoder_name(settings)).unlink(missing_ok=True)
        bring_up_to_date(store, settings, embeddings, pool, progress)


@contextmanager
def _only_writer(settings: VectorStoreSettings) -> Iterator[ShelfStore]:
    """The working copy, once no other process writes it."""
    folder = shelf_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with folder_lock.alone(folder):
            store = ShelfStore(folder / "shelf.sqlite3")
            try:
                yield store
            finally:
                store.close()
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise ConfigurationError(
            f"the shelf cannot be kept in {settings.data_dir} ({type(error).__name__})"
        ) from error


def _vectors(
    texts: Sequence[str], embeddings: Embeddings, pool: ThreadPoolExecutor
) -> list[Vector]:
    if isinstance(embeddings, MiniLMEmbeddings):
        return list(pool.map(embeddings.encode, texts))
    return [np.array(row, np.float32) for row in embeddings.embed_documents(list(texts))]


def _newer(held: Mapping[str, Description], other: Description) -> str | None:
    """The document of the same address that is newer than another one; None where there is none."""
    for document_id, description in held.items():
        if _age(description) > _age(other):
            return document_id
    return None


def _age(description: Description) -> tuple[int, date]:
    return description.year, description.reviewed or date(description.year, 1, 1)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

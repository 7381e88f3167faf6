"""The folder a built index lies in: made aside, renamed when whole, removed when nobody uses it."""

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from langchain_core.embeddings import Embeddings

from vectorstore import folder_lock
from vectorstore.chroma_index import ChromaIndex, CollectionName
from vectorstore.chunking import Chunk
from vectorstore.embeddings import MINILM, StoredEmbeddings, encoder_name
from vectorstore.errors import BrokenIndexError, ConfigurationError
from vectorstore.settings import VectorStoreSettings
from vectorstore.vectors import (
    SHIPPED_VECTORS,
    Progress,
    encode_missing,
    read_vectors,
    write_vectors,
)

logger = logging.getLogger(__name__)

Contents = Mapping[CollectionName, Sequence[Chunk]]
"""The chunks of each collection."""

# Goes up whenever what stands in a folder changes for the same chunks.
_FORMAT = "2"
_COMPLETE = "complete"
_UNFINISHED = ".building-"
_ABANDONED_S = 3600.0
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class VectorIndexBuilder:
    """Opens the vector index of some chunks, and builds it first where it is not there yet."""

    settings: VectorStoreSettings
    contents: Contents
    encoder: Embeddings
    progress: Progress | None = None

    def open(self) -> tuple[ChromaIndex, TextIOWrapper | None]:
        """The index, and the mark that its folder is in use (None on a server).

        Raises:
            ConfigurationError: the data folder cannot be written.
            SearchUnavailableError: the server does not answer.
        """
        if self.settings.chroma_host is not None:
            return self._open_on_server(self.settings.chroma_host), None
        try:
            return self._open_in_folder()
        except OSError as error:
            raise ConfigurationError(
                f"the index cannot be kept in {self.settings.data_dir} ({type(error).__name__})"
            ) from error

    @property
    def _key(self) -> str:
        """Encoder and fingerprint of the chunks: another library gets another folder."""
        digest = hashlib.sha256(_FORMAT.encode())
        for name, chunks in self.contents.items():
            digest.update(name.encode())
            for chunk in chunks:
                digest.update(f"{chunk.chunk_id} {chunk.content_hash}".encode())
        return f"{encoder_name(self.settings)}-{digest.hexdigest()[:16]}"

    @property
    def _root(self) -> Path:
        return self.settings.data_dir / "index"

    def _open_on_server(self, host: str) -> ChromaIndex:
        """Collections are named by key and filled by id: doing it twice changes nothing."""
        suffix = f"-{self._key}"
        index = ChromaIndex.on_server(host, self.encoder, suffix=suffix)
        if self._is_whole(index):
            return index
        index.close()
        index = ChromaIndex.on_server(host, self._encoder_with_known_vectors(), suffix=suffix)
        self._fill(index)
        return index

    def _open_in_folder(self) -> tuple[ChromaIndex, TextIOWrapper]:
        self._root.mkdir(parents=True, exist_ok=True)
        for attempt in range(_ATTEMPTS):
            # A damaged folder is not built again under its name: in this process Chroma still
            # holds what it opened there.
            folder = self._root / (f"{self._key}.{attempt}" if attempt else self._key)
            if not (folder / _COMPLETE).exists():
                self._build(folder)
            try:
                used = folder_lock.hold(folder)
            except FileNotFoundError:
                continue  # removed by another process, to which it was not in use
            if (folder / _COMPLETE).exists() and (index := self._whole_index(folder)) is not None:
                return index, used
            used.close()
            (folder / _COMPLETE).unlink(missing_ok=True)
        raise BrokenIndexError(f"{self._key}: cannot be built")

    def _whole_index(self, folder: Path) -> ChromaIndex | None:
        """The index in the folder; None when a disk or a hand has damaged it."""
        try:
            index = ChromaIndex.in_folder(folder, self.encoder)
        except BrokenIndexError:
            logger.warning("index damaged: %s", folder.name)
            return None
        if self._is_whole(index):
            return index
        index.close()
        return None

    def _is_whole(self, index: ChromaIndex) -> bool:
        return all(index.count(name) == len(chunks) for name, chunks in self.contents.items())

    def _fill(self, index: ChromaIndex) -> None:
        for name, chunks in self.contents.items():
            index.add(name, chunks, progress=self.progress)

    def _build(self, folder: Path) -> None:
        """Build aside and rename: whoever looks finds a whole index or none."""
        started = time.monotonic()
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._root))
        with folder_lock.hold(unfinished):
            index = ChromaIndex.in_folder(unfinished, self._encoder_with_known_vectors())
            self._fill(index)
            index.close()
            (unfinished / _COMPLETE).touch()
            if not (folder / _COMPLETE).exists() and folder_lock.is_free(folder):
                shutil.rmtree(folder, ignore_errors=True)
            try:
                unfinished.rename(folder)
            except OSError:
                if not (folder / _COMPLETE).exists():
                    raise
                # Another process was first with the same chunks; its index is as good.
                shutil.rmtree(unfinished)
        self._remove_unused(folder)
        count = sum(map(len, self.contents.values()))
        logger.info("index built: %d chunks in %.1f s", count, time.monotonic() - started)

    def _encoder_with_known_vectors(self) -> StoredEmbeddings:
        """The encoder behind all vectors known from before; new ones are kept for the next time."""
        chunks = [chunk for part in self.contents.values() for chunk in part]
        name = encoder_name(self.settings)
        shipped = read_vectors(SHIPPED_VECTORS) if name == MINILM else {}
        cache = self.settings.data_dir / "vectors" / f"{name}.npz"
        kept = read_vectors(cache)
        texts = [chunk.indexed_text for chunk in chunks]
        new = encode_missing(texts, {**shipped, **kept}, self.encoder, progress=self.progress)
        if new:
            needed = {chunk.content_hash for chunk in chunks}
            kept = {key: vector for key, vector in kept.items() if key in needed} | new
            write_vectors(cache, kept)
        return StoredEmbeddings(self.encoder, {**shipped, **kept})

    def _remove_unused(self, current: Path) -> None:
        for folder in self._root.iterdir():
            abandoned = time.time() - folder.stat().st_mtime > _ABANDONED_S
            if folder == current or (folder.name.startswith(_UNFINISHED) and not abandoned):
                continue
            if folder.is_dir() and folder_lock.is_free(folder):
                shutil.rmtree(folder, ignore_errors=True)

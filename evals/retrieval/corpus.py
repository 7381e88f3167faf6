"""A folder of published pages in Markdown as an index of ours, its vectors kept by content hash."""

import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest import mock

import yaml

from evals.cases import CaseError
from vectorstore.articles import split_front_matter
from vectorstore.chunking import Chunk, chunk_library
from vectorstore.embeddings import MiniLMEmbeddings, StoredEmbeddings, Vector
from vectorstore.errors import ArticleError, DocumentError
from vectorstore.ingest import LibraryIndex, open_index
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import add_to_shelf, load_shelf
from vectorstore.vectors import encode_missing, read_vectors, write_vectors

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s\"[^\"]*\")?\)")
_RULE = re.compile(r"^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*\s*$", flags=re.MULTILINE)
_STUB = re.compile(r"^\s*Placeholder slot\s*$", flags=re.MULTILINE)
_SAVED_EVERY = 512


@dataclass(frozen=True, slots=True)
class Corpus:
    """The pages of a folder, cut into chunks and indexed."""

    index: LibraryIndex
    page_of: dict[str, str]
    """Id of a document on the shelf -> path of its page in the folder."""
    vectors: dict[str, Vector]
    """Of every chunk, by content hash."""

    @property
    def chunks(self) -> list[Chunk]:
        """The chunks of the pages, in order."""
        return list(self.index.chunks.values())


def cache_folder() -> Path:
    """Vectors of earlier runs: `$XDG_CACHE_HOME/carethread`, else `~/.cache/carethread`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "carethread"


def open_corpus(pages: Path, work: Path, first: Collection[str] = ()) -> Corpus:
    """Index every page of a folder, without our own articles.

    Args:
        pages: folder of Markdown with front matter (`title`, `url`, `lastReviewed`).
        work: an empty folder, for the index; the caller removes it.
        first: pages to encode first, so that a run that is broken off leaves the most useful.

    Raises:
        CaseError: the folder holds no page that can be read.
    """
    page_of = _put_on_shelf(pages, work)
    if not page_of:
        raise CaseError(f"{pages}: holds no page with title and url in its front matter")
    chunks = chunk_library(load_shelf(work))
    chunks = tuple(sorted(chunks, key=lambda c: page_of[c.article_id] not in first))
    encoder = MiniLMEmbeddings(threads=2)
    vectors = _vectors(chunks, encoder)
    library = work / "no-articles"
    library.mkdir()
    settings = VectorStoreSettings(data_dir=work, library_dir=library)
    stored = StoredEmbeddings(encoder, vectors)
    with mock.patch("vectorstore.ingest.make_embeddings", lambda _settings: stored):
        index = open_index(settings)
    return Corpus(index, page_of, vectors)


def _put_on_shelf(pages: Path, work: Path) -> dict[str, str]:
    prepared = work / "prepared"
    prepared.mkdir()
    page_of: dict[str, str] = {}
    for number, path in enumerate(sorted(pages.rglob("*.md"))):
        try:
            text = _as_document(path)
        except (ArticleError, KeyError, ValueError) as error:
            print(f"{path.name}: left out ({error})", file=sys.stderr)
            continue
        copy = prepared / f"{number:05}.md"
        copy.write_text(text, encoding="utf-8")
        for result in add_to_shelf([copy], work):
            if isinstance(result, DocumentError):
                print(f"{path.name}: left out ({result})", file=sys.stderr)
            else:
                # The same text under two addresses is one document; its first page stands for it.
                page_of.setdefault(str(result), path.relative_to(pages).as_posix())
    return page_of


def _as_document(path: Path) -> str:
    """The page with the front matter the shelf needs, links and empty tables taken out."""
    front, body, _ = split_front_matter(path.read_text(encoding="utf-8"), path.name)
    year = date.fromisoformat(str(front.get("lastReviewed", "2025-01-01"))[:10]).year
    title = re.sub(r"\s+[-|]\s+NCI$", "", str(front["title"]))
    text = _LINK.sub(r"\1", "\n".join(body))
    text = _STUB.sub("", _RULE.sub("", text)).replace("**", "").replace(" |", ";").replace("| ", "")
    head = {
        "publisher": "National Cancer Institute",
        "title": title,
        "year": year,
        "url": str(front["url"]),
        "kind": "patient_page",
    }
    return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n{text}\n"


def _vectors(chunks: Sequence[Chunk], encoder: MiniLMEmbeddings) -> dict[str, Vector]:
    path = cache_folder() / "eval-retrieval.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = read_vectors(path) if path.exists() else {}
    texts = [chunk.indexed_text for chunk in chunks if chunk.content_hash not in known]
    vectors = dict(known)
    for part in _parts(texts):
        vectors |= encode_missing(part, {}, encoder)
        write_vectors(path, vectors)
        print(f"encoded {len(vectors)} of {len(known) + len(texts)}", file=sys.stderr, flush=True)
    needed = {chunk.content_hash for chunk in chunks}
    return {key: vector for key, vector in vectors.items() if key in needed}


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), _SAVED_EVERY):
        yield texts[start : start + _SAVED_EVERY]

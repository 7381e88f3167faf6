"""From articles to an index that can be searched: built once a library, then only opened."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import TextIOWrapper
from types import MappingProxyType

from langchain_core.embeddings import Embeddings

from vectorstore.articles import Article, Library, Source, load_library
from vectorstore.asked_questions import AskedQuestions, shipped_questions
from vectorstore.chroma_index import ChromaIndex
from vectorstore.chunking import Chunk, chunk_library, question_id
from vectorstore.embeddings import MINILM, encoder_name, load_model, make_embeddings
from vectorstore.index_folder import Contents, VectorIndexBuilder
from vectorstore.lexical import LexicalIndex, query_words
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import Shelf, open_current
from vectorstore.shelf_build import shelf_folder
from vectorstore.vectors import Progress


@dataclass(frozen=True)
class LibraryIndex:
    """Library and shelf, indexed by meaning and by words; immutable, for all threads to share."""

    library: Library
    shelf: Shelf
    """Documents that were ingested on this machine, apart from the library; may hold none."""
    chunks: Mapping[str, Chunk]
    """Every chunk of the library by id, questions among them."""
    answering: Mapping[str, frozenset[str]]
    """Id of a question's chunk -> ids of the chunks with a line that is marked as its answer."""
    embeddings: Embeddings
    vectors: ChromaIndex
    words: LexicalIndex
    vocabulary: frozenset[str]
    """Every word of the chunks, in lower case."""
    asked: AskedQuestions | None = None
    """Its questions in the wordings that ship; None where they do not, or not for this encoder."""
    used: TextIOWrapper | None = None
    """Marks the folder as used; None on a server."""

    def article(self, article_id: str) -> Article:
        """The article of a hit.

        Raises:
            KeyError: no article has this id.
        """
        return self.library.articles[article_id]

    def sources(self, chunk_id: str) -> tuple[Source, ...]:
        """The sources its lines cite, the most cited first; empty for a chunk that cites none.

        Raises:
            KeyError: no chunk has this id.
        """
        chunk = self.chunks[chunk_id]
        cited = [n for line in chunk.lines for n in line.citations]
        known = self.article(chunk.article_id).sources
        order = sorted({n for n in cited if n in known}, key=lambda n: (-cited.count(n), n))
        return tuple(known[n] for n in order)

    def close(self) -> None:
        """Let go of files and memory."""
        self.vectors.close()
        self.words.close()
        self.shelf.close()
        if self.used is not None:
            self.used.close()


def open_index(settings: VectorStoreSettings, progress: Progress | None = None) -> LibraryIndex:
    """Open the index of the library and the shelf; build it first where there is none.

    A library that changed, or another encoder, gets a folder of its own; older ones are removed
    once nobody uses them.

    Args:
        settings: where library, data and server are.
        progress: told of chunks done, chunks in all and the work, while one is built.

    Raises:
        ArticleError: an article cannot be read.
        ConfigurationError: the data folder cannot be written, or the encoder is not installed.
        SearchUnavailableError: a server or a remote encoder does not answer.
    """
    library = load_library(settings.library_dir)
    encoder = make_embeddings(settings)
    with ThreadPoolExecutor(max_workers=1) as pool:
        loaded = pool.submit(load_model, encoder)  # 0.5 s, beside the rest
        contents = _contents(library)
        chunks = {chunk.chunk_id: chunk for part in contents.values() for chunk in part}
        vectors, used = VectorIndexBuilder(settings, contents, encoder, progress).open()
        loaded.result()
    return LibraryIndex(
        library=library,
        shelf=open_shelf(settings, encoder, progress),
        chunks=MappingProxyType(chunks),
        answering=MappingProxyType(_answering(chunks.values())),
        embeddings=encoder,
        vectors=vectors,
        words=LexicalIndex(contents["library"]),
        vocabulary=frozenset(w for c in chunks.values() for w in query_words(c.indexed_text)),
        asked=shipped_questions(library) if encoder_name(settings) == MINILM else None,
        used=used,
    )


def _answering(chunks: Iterable[Chunk]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for chunk in chunks:
        for number in {n for line in chunk.lines for n in line.answers}:
            found.setdefault(question_id(chunk.article_id, number), set()).add(chunk.chunk_id)
    return {question: frozenset(ids) for question, ids in found.items()}


def open_shelf(
    settings: VectorStoreSettings, encoder: Embeddings, progress: Progress | None = None
) -> Shelf:
    """Open the shelf's index that is in use; an empty shelf where nothing was ingested.

    Where the working copy holds documents and no whole index of them is there, as after a change
    of the encoder, it is built first.

    Raises:
        SearchUnavailableError: a server or a remote encoder does not answer.
    """
    name = encoder_name(settings)
    found = open_current(settings, name)
    if found is not None or not (shelf_folder(settings) / "shelf.sqlite3").exists():
        return found or Shelf.empty()
    from vectorstore.shelving import rebuild_index  # noqa: PLC0415 - seldom needed

    rebuild_index(settings, encoder, progress)
    return open_current(settings, name) or Shelf.empty()


def _contents(library: Library) -> Contents:
    """The chunks by collection."""
    chunks = chunk_library(library)
    return {
        "library": [chunk for chunk in chunks if chunk.lines],
        "questions": [chunk for chunk in chunks if not chunk.lines],
    }

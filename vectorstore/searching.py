"""One search for the command line: the library, the shelf, or both."""

from collections.abc import Callable, Sequence

from vectorstore.embeddings import Vector
from vectorstore.folding import Candidate, fold
from vectorstore.hits import Hit
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import LibraryIndex
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf_search import ShelfRetriever, merged


def searcher(
    index: LibraryIndex, settings: VectorStoreSettings, on: str
) -> Callable[[str], list[Hit]]:
    """What finds the best passages on the `library`, the `shelf` or `both`."""
    library = HybridRetriever(index=index, k=settings.k, dense_weight=settings.dense_weight)
    shelf = ShelfRetriever(index.shelf, index.embeddings, settings.dense_weight, index.vocabulary)

    def find(query: str) -> list[Hit]:
        if on == "library":
            return library.search(query)
        if on == "shelf":
            return shelf.search(query, settings.k)
        return _both(index, library.search(query), shelf.search(query, settings.k), settings.k)

    return find


def _both(
    index: LibraryIndex, library: Sequence[Hit], shelf: Sequence[Hit], most: int
) -> list[Hit]:
    """Hits of both in one order; of those that say nearly the same our own article's."""
    hits = {hit.chunk_id: hit for hit in merged(library, shelf)}
    candidates = (
        Candidate(key, hit.title, hit.section, hit.text, (int(key in index.chunks),))
        for key, hit in hits.items()
    )

    def vector(key: str) -> Vector | None:
        in_library = key in index.chunks
        return index.vectors.vector("library", key) if in_library else index.shelf.vector(key)

    return [hits[place.shown] for place in fold(candidates, most, vector)]

"""One search for the command line: the library, the shelf, or both."""

from collections.abc import Callable

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
        return merged(library.search(query), shelf.search(query, settings.k))[: settings.k]

    return find

"""What the embedded composer is built from; the same for all turns and people."""

from collections.abc import Mapping
from dataclasses import dataclass

from chains.compose.library_questions import LibraryQuestions
from chains.compose.library_words import LibraryWords
from chains.compose.phrases import Phrases
from chains.lexicon import Lexicon
from chains.tables import Tables
from vectorstore.articles import Library
from vectorstore.shelf_search import ShelfRetriever
from vectorstore.similarity import TextSimilarity


@dataclass(frozen=True, slots=True)
class ComposerKit:
    """The library, the tables and the words an answer is assembled with."""

    library: Library
    words: LibraryWords
    tables: Tables
    lexicon: Lexicon
    phrases: Phrases
    similarity: TextSimilarity
    questions: LibraryQuestions
    places: Mapping[tuple[str, int], str]
    """(article id, line number) -> id of the chunk that holds the line."""
    memo: dict[object, object] | None = None
    """What one turn has worked out; None where the kit is shared, which keeps nothing of anyone."""
    shelf: ShelfRetriever | None = None
    """Searches what was put beside the library on this machine; None where nothing was."""

"""What the embedded composer is built from; immutable, and shared by all turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chains.compose.phrases import Phrases
from chains.lexicon import Lexicon
from chains.tables import Tables
from vectorstore.articles import Library


class Similarity(Protocol):
    """Nearness of meaning."""

    def __call__(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine of the query and each text, -1 .. 1, in order; empty for no texts."""
        ...


@dataclass(frozen=True)
class ComposerKit:
    """The library, the tables and the words an answer is assembled with."""

    library: Library
    tables: Tables
    lexicon: Lexicon
    phrases: Phrases
    similarity: Similarity
    places: Mapping[tuple[str, int], str]
    """(article id, line number) -> id of the chunk that holds the line."""

    def names_in(self, text: str) -> frozenset[str]:
        """Canonical names of what a text mentions."""
        return frozenset(mention.name for mention in self.lexicon.mentions(text))

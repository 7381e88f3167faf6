"""What the embedded composer is built from; immutable, and shared by all turns."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class ComposerKit:
    """The library, the tables and the words an answer is assembled with."""

    library: Library
    tables: Tables
    lexicon: Lexicon
    phrases: Phrases
    similarity: Similarity

"""What the embedded composer is built from; the same for all turns and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chains.compose.phrases import Phrases
from chains.lexicon import Lexicon
from chains.tables import Tables
from vectorstore.articles import Library
from vectorstore.similarity import TextSimilarity


@dataclass(frozen=True)
class ComposerKit:
    """The library, the tables and the words an answer is assembled with."""

    library: Library
    tables: Tables
    lexicon: Lexicon
    phrases: Phrases
    similarity: TextSimilarity
    places: Mapping[tuple[str, int], str]
    """(article id, line number) -> id of the chunk that holds the line."""
    _names: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def names_in(self, text: str) -> frozenset[str]:
        """Canonical names of what a text mentions; not the disease that all of them are about."""
        return frozenset(
            mention.name
            for mention in self.lexicon.mentions(text)
            if mention.kind != "preference" and mention.name != "breast cancer"
        )

    def names_in_library(self, text: str) -> frozenset[str]:
        """The same of a text of the library, which is read once and kept."""
        known = self._names.get(text)
        if known is None:
            known = self._names[text] = self.names_in(text)
        return known

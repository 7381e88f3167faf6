"""What the library's own texts name and which words they use: read once, kept for all turns."""

from functools import cached_property

from chains.compose.word_weights import WordWeights, stems
from chains.lexicon import Lexicon
from vectorstore.articles import Library

_DISEASE = "breast cancer"


class LibraryWords:
    """Names and stems of texts; what is read of the library is kept, of a question it is not."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Begin with nothing read."""
        self._library = library
        self._lexicon = lexicon
        self._names: dict[str, frozenset[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._relatives: dict[str, frozenset[str]] = {}

    def names_in(self, text: str) -> frozenset[str]:
        """Canonical names of what a text mentions; not the disease that all of them are about."""
        return frozenset(
            mention.name
            for mention in self._lexicon.mentions(text)
            if mention.kind != "preference" and mention.name != _DISEASE
        )

    def names_in_library(self, text: str) -> frozenset[str]:
        """The same of a text of the library, which is read once and kept."""
        known = self._names.get(text)
        if known is None:
            known = self._names[text] = self.names_in(text)
        return known

    def stems_in_library(self, text: str) -> frozenset[str]:
        """The stems of a text of the library, which is read once and kept; brands as generics."""
        known = self._stems.get(text)
        if known is None:
            known = self._stems[text] = stems(self.generic(text))
        return known

    def generic(self, text: str) -> str:
        """The text with each brand and misspelling as the name the library uses."""
        for mention in reversed(self._lexicon.mentions(text)):
            if mention.kind == "drug":
                text = text[: mention.start] + mention.name + text[mention.end :]
        return text

    def relatives(self, name: str) -> frozenset[str]:
        """The classes of a medicine and, of a class, its medicines: one may stand for another."""
        known = self._relatives.get(name)
        if known is None:
            classes_of = self._lexicon.classes_of
            members = (drug for drug in self._lexicon.names("drug") if name in classes_of(drug))
            known = self._relatives[name] = frozenset({*classes_of(name), *members})
        return known

    def is_used(self, stem: str) -> bool:
        """Whether any line or question of the library uses a word of this stem."""
        return stem in self._vocabulary

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        lines = (
            line.text
            for article in self._library.articles.values()
            for section in article.sections
            for line in section.lines
        )
        asked = (text for article in self._library.articles.values() for text in article.answers)
        return stems(" ".join((*lines, *asked)))

    @cached_property
    def weights(self) -> WordWeights:
        """Of the words of the library's titles and questions."""
        return WordWeights(
            self.stems_in_library(text)
            for article in self._library.articles.values()
            for text in (article.title, *article.answers)
        )

"""What the library's own texts name and which words they use: read once, kept for all turns."""

from collections.abc import Container
from functools import cached_property

from chains.compose.types_named import Pair, types_named
from chains.compose.word_weights import WordWeights, stems
from chains.lexicon import Lexicon
from vectorstore.articles import Library

_DISEASE = "breast cancer"
_COMMON_KINDS = frozenset({_DISEASE, "triple-negative breast cancer", "bone"})
"""What many ask about who did not tell that they have it, or that the card tells as a subtype."""
_NAME = "="
"""Marks a canonical name among stems: "the runs" and "diarrhea" share one."""


class LibraryWords:
    """Names and stems of texts; what is read of the library is kept, of a question it is not."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Begin with nothing read."""
        self._library = library
        self._lexicon = lexicon
        self._names: dict[str, frozenset[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._types: dict[str, frozenset[Pair]] = {}
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

    def types_in_library(self, text: str) -> frozenset[Pair]:
        """The markers, subtypes and extents that a text of the library names."""
        known = self._types.get(text)
        if known is None:
            known = self._types[text] = types_named(text)
        return known

    def kinds_of_cancer_in(self, title: str) -> frozenset[str]:
        """Rarer kinds and sites that an article is about: of no use to those without them."""
        known = self._kinds.get(title)
        if known is None:
            mentions = self._lexicon.mentions(title)
            named = (m.name for m in mentions if m.kind in ("diagnosis", "metastasis"))
            known = self._kinds[title] = frozenset(named) - _COMMON_KINDS
        return known

    def stems_in_library(self, text: str) -> frozenset[str]:
        """The stems of a text of the library, which is read once and kept; brands as generics."""
        known = self._stems.get(text)
        if known is None:
            known = self._stems[text] = self.stems_of(text)
        return known

    def stems_of(self, text: str) -> frozenset[str]:
        """Its stems, brands as generics, with the name of what it mentions in whatever words."""
        names = (_NAME + name for name in self.names_in(text))
        return stems(self.generic(text)).union(names)

    def generic(self, text: str) -> str:
        """The text with each brand and misspelling as the name the library uses."""
        return self._renamed(text, ("drug",))

    def clinical(self, text: str) -> str:
        """The text with lay words too as the names of what they mean: "the runs" as diarrhea."""
        return self._renamed(text, ("drug", "symptom", "procedure", "lab", "food"))

    def _renamed(self, text: str, kinds: Container[str]) -> str:
        for mention in reversed(self._lexicon.mentions(text)):
            if mention.kind in kinds:
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

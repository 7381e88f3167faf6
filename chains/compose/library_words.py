"""What the library's own texts name and which words they use: read once, kept for all turns."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Self

from chains.compose.lay_words import in_library_words
from chains.compose.types_named import Pair, types_named
from chains.compose.word_weights import WordWeights, stems, stems_by_word
from chains.lexicon import Lexicon, Mention
from chains.questions import plan_for
from vectorstore.articles import Library, Line

_DISEASE = "breast cancer"
_COMMON_KINDS = frozenset({_DISEASE, "triple-negative breast cancer", "bone"})
"""What many ask about who did not tell that they have it, or that the card tells as a subtype."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_NAME = "="
"""Marks a canonical name among stems: "the runs" and "diarrhea" share one."""


class LibraryWords:
    """Names and stems of texts; what is read of the library is kept, of a question it is not."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        """Begin with nothing read."""
        self._library = library
        self._lexicon = lexicon
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self._kind_asked: dict[str, str] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._types: dict[str, frozenset[Pair]] = {}
        self._relatives: dict[str, frozenset[str]] = {}

    def for_one_turn(self, lexicon: Lexicon) -> Self:
        """The same with the lexicon of one turn, which keeps what is read of a question."""
        _ = self.weights, self.symptoms  # made once, not once a turn
        own = copy(self)
        own._lexicon = lexicon
        return own

    def read_questions(self) -> None:
        """Read the words of every title and question now: a turn looks through all of them."""
        for article in self._library.articles.values():
            for text in (article.title, *article.answers):
                self.stems_in_library(text)
        _ = self.weights, self.symptoms, self._vocabulary

    def read_lines(self) -> None:
        """Read every line now: a turn would read those of the few articles that it chose."""
        for article in self._library.articles.values():
            for section in article.sections:
                for line in section.lines:
                    self.names_in_library(line.text)
                    self.types_told(line)

    def mentions_in_library(self, text: str) -> tuple[Mention, ...]:
        """What a text of the library names, which is read once and kept."""
        known = self._mentions.get(text)
        if known is None:
            known = self._mentions[text] = self._lexicon.mentions(text)
        return known

    def kind_asked_in_library(self, text: str) -> str:
        """The kind of question that one of the library's own is, see `chains.questions`."""
        known = self._kind_asked.get(text)
        if known is None:
            known = plan_for(text, self._lexicon).kind
            self._kind_asked[text] = known
        return known

    def names_in(self, text: str) -> frozenset[str]:
        """Canonical names of what a text mentions; not the disease that all of them are about."""
        return _names(self._lexicon.mentions(text))

    def names_in_library(self, text: str) -> frozenset[str]:
        """The same of a text of the library, which is read once and kept."""
        known = self._names.get(text)
        if known is None:
            known = self._names[text] = _names(self.mentions_in_library(text))
        return known

    def types_in_library(self, text: str) -> frozenset[Pair]:
        """The markers, subtypes and extents that a text of the library names."""
        known = self._types.get(text)
        if known is None:
            known = self._types[text] = types_named(text)
        return known

    def types_told(self, line: Line) -> frozenset[Pair]:
        """Those that a line is about: one that is marked as an answer may name others after it."""
        text = _SENTENCE_END.split(line.text)[0] if line.answers else line.text
        return self.types_in_library(text)

    def kinds_of_cancer_in(self, title: str) -> frozenset[str]:
        """Rarer kinds and sites that an article is about: of no use to those without them."""
        known = self._kinds.get(title)
        if known is None:
            mentions = self.mentions_in_library(title)
            named = (m.name for m in mentions if m.kind in ("diagnosis", "metastasis"))
            known = self._kinds[title] = frozenset(named) - _COMMON_KINDS
        return known

    def stems_in_library(self, text: str) -> frozenset[str]:
        """The stems of a text of the library, which is read once and kept; brands as generics."""
        known = self._stems.get(text)
        if known is None:
            known = self._stems[text] = self._stems_of(text, self.mentions_in_library(text))
        return known

    def stems_of(self, text: str) -> frozenset[str]:
        """Its stems, brands as generics, with the name of what it mentions in whatever words."""
        return self._stems_of(text, self._lexicon.mentions(text))

    def _stems_of(self, text: str, mentions: Sequence[Mention]) -> frozenset[str]:
        names = (_NAME + name for name in _names(mentions))
        return stems(_renamed(text, mentions, ("drug",)), self._stem_of).union(names)

    def generic(self, text: str) -> str:
        """The text with each brand and misspelling as the name the library uses."""
        return _renamed(text, self._lexicon.mentions(text), ("drug",))

    def clinical(self, text: str) -> str:
        """The text with lay words too as the names of what they mean: "the runs" as diarrhea."""
        kinds = ("drug", "symptom", "procedure", "lab", "food")
        return in_library_words(_renamed(text, self._lexicon.mentions(text), kinds))

    def relatives(self, name: str) -> frozenset[str]:
        """The classes of a medicine and, of a class, its medicines: one may stand for another."""
        known = self._relatives.get(name)
        if known is None:
            classes_of = self._lexicon.classes_of
            members = (drug for drug in self._lexicon.names("drug") if name in classes_of(drug))
            known = self._relatives[name] = frozenset({*classes_of(name), *members})
        return known

    @cached_property
    def symptoms(self) -> frozenset[str]:
        """Names of all symptoms."""
        return frozenset(self._lexicon.names("symptom"))

    def is_used(self, stem: str) -> bool:
        """Whether any line or question of the library uses a word of this stem."""
        return stem in self._vocabulary

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(self._stem_of.values())

    @cached_property
    def _stem_of(self) -> Mapping[str, str]:
        """The stem of each word of the library's lines and questions."""
        return stems_by_word(" ".join(text for texts in self._texts() for text in texts))

    def _texts(self) -> Iterator[tuple[str, ...]]:
        for article in self._library.articles.values():
            yield article.title, *article.answers
            yield from (tuple(line.text for line in part.lines) for part in article.sections)

    @cached_property
    def weights(self) -> WordWeights:
        """Of the words of the library's titles and questions."""
        return WordWeights(
            self.stems_in_library(text)
            for article in self._library.articles.values()
            for text in (article.title, *article.answers)
        )


def _names(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(
        mention.name
        for mention in mentions
        if mention.kind != "preference" and mention.name != _DISEASE
    )


def _renamed(text: str, mentions: Sequence[Mention], kinds: Container[str]) -> str:
    for mention in reversed(mentions):
        if mention.kind in kinds:
            text = text[: mention.start] + mention.name + text[mention.end :]
    return text

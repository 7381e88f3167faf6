"""The library's own questions side by side, read once: what each names, its words, its vector."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from chains.compose.facets import facets_of
from chains.compose.library_words import LibraryWords
from chains.compose.types_named import Pair
from vectorstore.articles import Article, Library
from vectorstore.asked_space import AskedSpace
from vectorstore.similarity import Matrix, TextSimilarity

OF_MATCH, OF_ASKED, OF_TITLE = 0.55, 0.3, 0.15
"""Shares of the likeness by words: how much of the library's question stands in the asked one, the
reverse (its article's title counts too), and how much of the title."""

Row = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question that an article answers."""

    article: Article
    number: int
    """Its place among the article's questions, from 1."""
    text: str
    names: frozenset[str]
    """What it names."""
    subject: frozenset[str]
    """What its article's title names."""
    around: frozenset[str]
    """Classes and members of both."""
    kinds: frozenset[str]
    """Rarer kinds of cancer that its article is about."""
    types: frozenset[Pair]
    """Markers, subtypes and extents that it names."""
    facets: frozenset[str]
    """The narrow things that it asks for, see `chains.compose.facets`."""


class LibraryQuestions:
    """All of them in the order of the articles; nothing of anyone who asks is kept."""

    def __init__(
        self,
        library: Library,
        words: LibraryWords,
        similarity: TextSimilarity,
        space: AskedSpace,
    ) -> None:
        """Begin with nothing read.

        Args:
            library: Whose questions they are.
            words: What its texts name.
            similarity: Of texts in that space.
            space: Where questions are compared.
        """
        self._library = library
        self._words = words
        self._similarity = similarity
        self._space = space
        self._reading = threading.Lock()
        self._is_read = False
        self._known: dict[int, LibraryQuestion] = {}

    def read_all(self) -> None:
        """Read them once; who comes while that goes on waits for it, and reads nothing twice."""
        with self._reading:
            if not self._is_read:
                self._words.read_questions()
                _ = self._vectors, self._first_wordings, self._holding, self._totals
                self._is_read = True

    def at(self, articles: Iterable[Article]) -> npt.NDArray[np.intp]:
        """Where the questions of these articles stand, in their order."""
        known = self._spans
        found = [np.arange(*known[a.article_id]) for a in articles if a.article_id in known]
        return np.concatenate(found) if found else np.arange(0)

    def nearness(self, vector: npt.NDArray[np.float32]) -> Row:
        """Cosine, -1 .. 1, of a question and each of them, in the nearest of its wordings."""
        asked = self._space.of(vector[np.newaxis])[0]
        best: Row = np.maximum.reduceat(self._vectors @ asked, self._first_wordings)
        return best.astype(np.float64)

    def overlap(self, stems: frozenset[str]) -> Row:
        """Words shared with each of them, 0 .. 1, rare ones weighing more."""
        theirs, title, either = (np.zeros(len(self._places)) for _ in range(3))
        asked = 0.0
        for stem in stems:
            weight = self._words.weights.of(stem)
            asked += weight
            for found, held in zip((theirs, title, either), self._holding, strict=True):
                if stem in held:
                    found[held[stem]] += weight
        shared = OF_MATCH * theirs / self._totals[0] + OF_TITLE * title / self._totals[1]
        return shared + (OF_ASKED * either / asked if asked else 0.0)

    def one(self, place: int) -> LibraryQuestion:
        """The question at a place; read when it is first looked at, then kept."""
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._read(*self._places[place])
        return known

    @cached_property
    def _places(self) -> tuple[tuple[Article, int], ...]:
        return tuple(
            (article, number)
            for article in self._library.articles.values()
            for number in range(1, len(article.answers) + 1)
        )

    def _read(self, article: Article, number: int) -> LibraryQuestion:
        words, text = self._words, article.answers[number - 1]
        names = words.names_in_library(text)
        subject = words.names_in_library(article.title)
        return LibraryQuestion(
            article=article,
            number=number,
            text=text,
            names=names,
            subject=subject,
            around=frozenset(r for name in names | subject for r in words.relatives(name)),
            kinds=words.kinds_of_cancer_in(article.title),
            types=words.types_in_library(text),
            facets=facets_of(text),
        )

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        spans, start = {}, 0
        for article_id, article in self._library.articles.items():
            spans[article_id] = start, start + len(article.answers)
            start += len(article.answers)
        return spans

    @cached_property
    def _first_wordings(self) -> npt.NDArray[np.intp]:
        """Where the wordings of each question begin."""
        counts = [1 + len(article.asked_as.get(n, ())) for article, n in self._places]
        return np.cumsum([0, *counts[:-1]])

    @cached_property
    def _vectors(self) -> Matrix:
        articles = self._library.articles.values()
        return self._similarity.rows([text for one in articles for _, text in one.wordings()])

    @cached_property
    def _stems(self) -> tuple[list[frozenset[str]], ...]:
        """Of each: the stems of its text, of its title, and of both."""
        stems_in = self._words.stems_in_library
        texts = [stems_in(article.answers[number - 1]) for article, number in self._places]
        titles = [stems_in(article.title) for article, _ in self._places]
        return texts, titles, [a | b for a, b in zip(texts, titles, strict=True)]

    @cached_property
    def _holding(self) -> tuple[dict[str, npt.NDArray[np.intp]], ...]:
        """For each part of `_stems`: stem -> where the questions stand that hold it."""
        found = []
        for held in self._stems:
            places: dict[str, list[int]] = {}
            for at, stems in enumerate(held):
                for stem in stems:
                    places.setdefault(stem, []).append(at)
            found.append({stem: np.array(at) for stem, at in places.items()})
        return tuple(found)

    @cached_property
    def _totals(self) -> tuple[Row, ...]:
        """For each part of `_stems`: the weight of all stems; 1 where there are none."""
        weigh = self._words.weights.of
        return tuple(
            np.array([sum(map(weigh, stems)) or 1.0 for stems in held]) for held in self._stems
        )

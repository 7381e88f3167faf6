"""Where in the passages a clause comes from: the clauses that share its words and its meaning."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from chains.lexicon import Lexicon
from chains.model.check_parts import Part, clauses, read, sentences
from chains.model.check_same import Quantity, stands_in
from chains.model.check_words import Token
from vectorstore.embeddings import Encoded, Vector
from vectorstore.similarity import Matrix, TextSimilarity

_OF_SENTENCE = 0.35
_OF_MEANING = 0.6
_VERB = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|can|may|will)\b(?: also)?")
_BROKEN_OFF = re.compile(
    r"^(?:\S+ ){1,5}(?:is|are|was|were|do|does|did|has|have|can|may|will)(?: not)?\.$"
)
_PRONOUN = re.compile(r"\b(?:it|they|them)\b", re.IGNORECASE)
_LIGHT = 0.15
_OF_FIGURES = 0.4
_NAME = 1.6
_BY_PRONOUN = 0.8
_TINY = 1e-9


class Told:
    """Passages, read: their sentences and clauses, and how near a clause is to each."""

    def __init__(self, texts: Sequence[str], lexicon: Lexicon, similarity: TextSimilarity) -> None:
        """Read passages.

        Args:
            texts: At least one.
            lexicon: Names of medicines and markers.
            similarity: An encoder of this turn.
        """
        self.lexicon = lexicon
        self._similarity = similarity
        whole = [sentence for text in texts for sentence in sentences(text)]
        self.sentences = tuple(read(text, lexicon, at) for at, text in enumerate(whole))
        self.clauses = tuple(
            read(clause, lexicon, at)
            for at, text in enumerate(whole)
            for clause in clauses(_completed(text, whole[at - 1] if at else ""))
        )
        counts = Counter(meaning for part in self.sentences for meaning in part.means)
        self._counts: Mapping[str, int] = counts
        firsts: list[int] = []
        for text in texts:
            firsts += [len(firsts)] * len(sentences(text))
        self.passage_of = tuple(firsts)
        """Which passage, by its first sentence, each sentence stands in."""

    def telling(self, words: Sequence[Token], means: frozenset[str]) -> float:
        """Share of words that meanings hold, those of fewer sentences weighing more."""
        total = held = 0.0
        for word in words:
            shared = word.means & means
            often = min((self._counts[m] for m in word.means if m in self._counts), default=1)
            much = weight(word) / often
            total += much
            held += much if shared else 0.0
        return held / total if total else 0.0

    def _held(self, words: Sequence[Token], part: Part) -> float:
        held = self.telling(words, part.means)
        if part.sentence and _PRONOUN.search(part.text):
            whole = part.means | self.in_full(part.sentence)
            return max(held, _BY_PRONOUN * self.telling(words, whole))
        return held

    def in_full(self, at: int) -> frozenset[str]:
        """What a sentence means; "It does" and "They were not" go on from the one before."""
        part = self.sentences[at]
        goes_on = _BROKEN_OFF.match(part.text) or _PRONOUN.search(part.text)
        if goes_on and at and self.passage_of[at] == self.passage_of[at - 1]:
            return part.means | self.sentences[at - 1].means
        return part.means

    @cached_property
    def text(self) -> str:
        """All passages as one text."""
        return " ".join(part.text for part in self.sentences)

    @cached_property
    def means(self) -> frozenset[str]:
        """All that any word of the passages means."""
        return frozenset().union(*(part.means for part in self.sentences))

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """Kind and name of all that the passages name."""
        return frozenset().union(*(part.names for part in self.sentences))

    def cosines(self, text: str) -> list[float]:
        """Nearness of a text to each sentence, -1 .. 1, in their order."""
        asked = self._similarity.vector(text)
        return [float(asked @ self._similarity.vector(part.text)) for part in self.sentences]

    def nearest_words(self, part: Part) -> list[float]:
        """How near each word of a part is to the nearest word of the passages, in their order.

        Words are compared as they are meant where they stand: cosines, -1 .. 1, of the encoder's
        word pieces. All 0 where the encoder tells no pieces.
        """
        said = self._similarity.encoded(part.text)
        if not part.tokens or not len(said.pieces) or not len(self._pieces):
            return [0.0] * len(part.tokens)
        words = np.stack([_mean_of(word, said) for word in part.tokens])
        nearest: list[float] = (self._pieces @ words.T).max(axis=0).tolist()
        return nearest

    @cached_property
    def _pieces(self) -> Matrix:
        """The word pieces of all passages, shape (pieces, dimensions), each of length 1."""
        pieces = [self._similarity.encoded(part.text).pieces for part in self.sentences]
        return _of_length_one(np.concatenate(pieces))

    def nearness(self, clause: Part) -> list[float]:
        """How near a clause is to each clause of the passages, about 0 .. 2, in their order."""
        return self.nearness_of(clause.text, clause.quantities)

    def nearness_of(self, text: str, figures: Sequence[Quantity]) -> list[float]:
        """The same of a text with the figures that are said in it."""
        words = read(text, self.lexicon).tokens
        meanings = self.cosines(text)
        return [
            self._held(words, part)
            + _OF_SENTENCE * self.telling(words, self.in_full(part.sentence))
            + _OF_MEANING * meanings[part.sentence]
            + _OF_FIGURES * shared(figures, part.quantities)
            for part in self.clauses
        ]


def _mean_of(word: Token, said: Encoded) -> Vector:
    """The vector of a word: the mean of its pieces, of length 1; 0 where it was cut off."""
    at = [n for n, (start, end) in enumerate(said.spans) if start < word.end and word.start < end]
    if not at:
        return np.zeros(said.pieces.shape[1], np.float32)
    return _of_length_one(said.pieces[at].mean(axis=0))


def _of_length_one(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Matrix = vectors / np.maximum(lengths, _TINY)
    return unit


def _completed(sentence: str, before: str) -> str:
    """A sentence without predicate ("Multivitamins were not.") with that of the last."""
    predicate = _VERB.search(before)
    if not _BROKEN_OFF.match(sentence) or predicate is None:
        return sentence
    return f"{sentence.rstrip('.')} {before[predicate.end() :].strip()}"


def shared(figures: Sequence[Quantity], others: Sequence[Quantity]) -> float:
    """Share, 0 .. 1, of figures that stand among others."""
    held = sum(stands_in(figure, others, is_loose=True) for figure in figures)
    return held / len(figures) if figures else 0.0


def overlap(words: Sequence[Token], means: frozenset[str]) -> float:
    """Share, 0 .. 1, of the weight of words that some meanings hold."""
    total = sum(weight(word) for word in words)
    held = sum(weight(word) for word in words if word.means & means)
    return held / total if total else 0.0


def weight(word: Token) -> float:
    """How much a word says: names most, light words hardly anything."""
    if any(meaning.startswith("@") for meaning in word.means):
        return _NAME
    return _LIGHT if word.is_light else 1.0

"""A model's sentence held against the passages it cites, before anyone sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from chains.lexicon import Lexicon
from chains.model.check_alignment import Told
from chains.model.check_parts import clauses, read
from chains.model.check_rules import RULES, Said
from vectorstore.similarity import TextSimilarity


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may be said, and if not, why."""

    is_supported: bool
    reason: str
    """Empty, or number, drug, biomarker, stage, date, unit, negation, population, meaning,
    no_citation."""


class SentenceChecker:
    """Checks the sentences of one turn; it keeps what it read of passages, so make one a turn."""

    def __init__(self, lexicon: Lexicon, similarity: TextSimilarity) -> None:
        """Begin with nothing read.

        Args:
            lexicon: Names of medicines and markers.
            similarity: The encoder; what it encodes here is kept for this checker alone.
        """
        self._lexicon = lexicon
        self._shared = similarity
        self._similarity = similarity.for_one_turn()
        self._told: dict[tuple[str, ...], Told] = {}

    def for_one_turn(self) -> Self:
        """The same with nothing read; it is thrown away with its turn."""
        return type(self)(self._lexicon, self._shared)

    def check(self, sentence: str, passages: Sequence[str]) -> Verdict:
        """Whether the passages say what a sentence says.

        Args:
            sentence: One sentence of a model, without its [n] marks.
            passages: The texts it cites; none means that it cites nothing.

        Returns:
            The verdict with the first rule that it breaks.
        """
        texts = tuple(text for text in passages if text.strip())
        if not texts:
            return Verdict(False, "no_citation")
        if not sentence.strip():
            return Verdict(False, "meaning")
        told = self._read(texts)
        said = Said(
            whole=read(sentence, self._lexicon),
            clauses=tuple(read(clause, self._lexicon) for clause in clauses(sentence)),
        )
        for rule in RULES:
            reason = rule(said, told)
            if reason:
                return Verdict(False, reason)
        return Verdict(True, "")

    def _read(self, texts: tuple[str, ...]) -> Told:
        if texts not in self._told:
            self._told[texts] = Told(texts, self._lexicon, self._similarity)
        return self._told[texts]

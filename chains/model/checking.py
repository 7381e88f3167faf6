"""A sentence of a model held against the passages that it cites."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.lexicon import Lexicon
from vectorstore.similarity import TextSimilarity

NEAR = 0.55
"""Cosine of a sentence and the nearest sentence it cites, from which it says the same."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:\s?(?:%|percent|mg|mcg|g|ml|[CF]\b))?", re.I)
_STAGE = re.compile(r"\bstage (?:iv|iii|ii|i|[0-4])[abc]?\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|none|nor)\b|n['’]t\b", re.IGNORECASE)
_MEDICINES = frozenset({"drug", "regimen", "drug_class", "food"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the passages say a sentence."""

    is_supported: bool
    reason: str
    """Empty, or number, drug, biomarker, stage, date, negation, population, meaning or
    no_citation."""


class SentenceChecker:
    """Judges single sentences; safe to share between threads, keeps nothing of what it judged."""

    def __init__(self, lexicon: Lexicon, similarity: TextSimilarity) -> None:
        """Begin with the words of the field and the encoder."""
        self._lexicon = lexicon
        self._similarity = similarity

    def check(self, sentence: str, passages: Sequence[str]) -> Verdict:
        """Hold a sentence, without its marks, against the texts of the passages it cites."""
        if not passages:
            return Verdict(is_supported=False, reason="no_citation")
        said = "\n".join(passages)
        reason = self._unsaid(sentence, said) or self._astray(sentence, said)
        return Verdict(is_supported=not reason, reason=reason)

    def _unsaid(self, sentence: str, said: str) -> str:
        for reason, pattern in (("stage", _STAGE), ("date", _DATE), ("number", _NUMBER)):
            if _found(pattern, sentence) - _found(pattern, said):
                return reason
        if self._names(sentence, _MEDICINES) - self._names(said, _MEDICINES):
            return "drug"
        markers = frozenset({"biomarker"})
        return "biomarker" if self._names(sentence, markers) - self._names(said, markers) else ""

    def _names(self, text: str, kinds: frozenset[str]) -> set[str]:
        return {m.name for m in self._lexicon.mentions(text) if m.kind in kinds}

    def _astray(self, sentence: str, said: str) -> str:
        parts = [part for part in _SENTENCE_END.split(said) if part.strip()]
        asked = self._similarity.vector(sentence)
        near = [float(self._similarity.vector(part) @ asked) for part in parts]
        best = max(near, default=0.0)
        if best < NEAR:
            return "meaning"
        nearest = parts[near.index(best)]
        is_negated = bool(_NEGATION.search(sentence)), bool(_NEGATION.search(nearest))
        return "negation" if is_negated[0] != is_negated[1] else ""


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {re.sub(r"[\s,]", "", match.group().lower()) for match in pattern.finditer(text)}

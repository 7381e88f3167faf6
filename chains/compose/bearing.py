"""Whether a line that fits the person bears on what was asked at all."""

import re
from collections.abc import Iterable

from chains.compose.facets import facets_of, gain
from chains.compose.matching import Match
from chains.compose.selection import Candidate

_OF_SURVIVAL = re.compile(
    r"\b(?:not a forecast|death sentence|surviv\w+|died|deaths?|liv(?:e|ed|ing) (?:longer|at least"
    r"|for years|\d)|alive|length of life|years of life|months of life|median life)\b",
    re.IGNORECASE,
)
_ASKS_OUTLOOK = frozenset({
    "outlook",
    "cure",
    "works",
    "choices",
    "difference",
    "lower_dose",
    "holds",
})
_OUTLOOK_PLANS = frozenset({"compare", "options", "what_next", "dose_effect"})
_ASKED = re.compile(
    r"\b(?:surviv\w+|liv(?:e|ing) long\w*|die|dying|death|alive|worth|benefit\w*|evidence"
    r"|stud(?:y|ies)|trials?|chances?|odds|outlook|prognosis|effective|point of|better|need|skip"
    r"|refuse|instead)\b",
    re.IGNORECASE,
)


class Bearing:
    """What one question asks, held against lines."""

    def __init__(self, question: str, plan: str, found: Iterable[Match]) -> None:
        """Read what it asks.

        Args:
            question: The part of it that asks.
            plan: Its kind.
            found: Questions of the library near it, best first.
        """
        self._facets = facets_of(question)
        self._of_outlook = (
            bool(self._facets & _ASKS_OUTLOOK)
            or plan in _OUTLOOK_PLANS
            or _ASKED.search(question) is not None
        )
        self._asked = {(m.article.article_id, m.number) for m in found if m.stands}

    def has(self, candidate: Candidate) -> bool:
        """False for what nobody asked: how long people live, or what answers another question."""
        article, marks = candidate.article, candidate.line.answers
        if any((article.article_id, number) in self._asked for number in marks):
            return True
        if _OF_SURVIVAL.search(candidate.line.text) and not self._of_outlook:
            return False
        others = [facets_of(article.answers[number - 1]) for number in marks]
        return not others or any(gain(self._facets, other) >= 0 for other in others)

"""Which kind of question is asked, and which sections of the library answer it: plans as data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chains.errors import RuleError

PLANS = Path(__file__).parent / "plans"


@dataclass(frozen=True, slots=True)
class Plan:
    """One kind of question and the sections that answer it."""

    kind: str
    patterns: tuple[re.Pattern[str], ...]
    lead: tuple[str, ...]
    """Section kinds the first sentences may come from, best first."""
    sections: tuple[str, ...]
    """Section kinds that follow, in order."""

    def asks(self, question: str) -> bool:
        """True when the question is of this kind."""
        return any(pattern.search(question) for pattern in self.patterns)


@cache
def load_plans(path: Path = PLANS / "kinds.yaml") -> tuple[Plan, ...]:
    """Read the plans, in the order in which they are tried; the last one takes any question.

    Raises:
        RuleError: A plan lacks a key or holds a pattern that is no regular expression.
    """
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return tuple(
            Plan(
                kind=row["kind"],
                patterns=tuple(re.compile(pattern) for pattern in row["patterns"]),
                lead=tuple(row["lead"]),
                sections=tuple(row["sections"]),
            )
            for row in rows
        )
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def plan_for(question: str, plans: Sequence[Plan] | None = None) -> Plan:
    """The plan of the first kind that the question matches."""
    plans = load_plans() if plans is None else plans
    lowered = question.lower()
    return next((plan for plan in plans if plan.asks(lowered)), plans[-1])

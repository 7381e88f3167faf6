"""Which kind of question is asked, and which sections of the library answer it: plans as data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chains.errors import RuleError
from chains.lexicon import Lexicon

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
    is_strict: bool = False
    """True where only the first lead section truly answers this kind of question."""

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
                is_strict=row.get("is_strict", False),
            )
            for row in rows
        )
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def plan_for(question: str, lexicon: Lexicon, plans: Sequence[Plan] | None = None) -> Plan:
    """The plan of the first kind that the question, and what it names, match."""
    plans = load_plans() if plans is None else plans
    kinds = dict.fromkeys(mention.kind for mention in lexicon.mentions(question))
    tagged = " ".join([question.lower(), *(f"<{kind}>" for kind in kinds)])
    return next((plan for plan in plans if plan.asks(tagged)), plans[-1])


def plan_of(kind: str) -> Plan:
    """The plan of a kind.

    Raises:
        StopIteration: There is no such kind.
    """
    return next(plan for plan in load_plans() if plan.kind == kind)

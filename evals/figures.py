"""One line of a table: what is measured, what came out, what is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evals.intervals import percentile, wilson

Unit = Literal["%", "ms", "per 10,000 words", "grade"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one step on one set of cases."""

    step: str
    measure: str
    """Unique within the step; ends in the set that was measured."""
    value: float | None
    """In `unit`; None when it could not be scored, which is never a 0."""
    n: int = 0
    """What it was counted over: cases, facts or words."""
    low: float | None = None
    high: float | None = None
    goal: float | None = None
    """None where the figure is printed alone."""
    baselines: Mapping[str, float] = field(default_factory=dict)
    """Other systems on the same cases, in `unit`."""
    unit: Unit = "%"
    is_ceiling: bool = False
    """True where less is better: goal and floor are then upper limits."""
    why_unscored: str = ""

    @property
    def is_scored(self) -> bool:
        """False when its cases are missing."""
        return self.value is not None

    def passes(self, limit: float) -> bool:
        """Whether a scored value is on the right side of `limit`; true when unscored."""
        if self.value is None:
            return True
        return self.value <= limit if self.is_ceiling else self.value >= limit


@dataclass(frozen=True, slots=True)
class Count:
    """So many out of so many."""

    hits: int
    total: int

    @property
    def percent(self) -> float:
        """Share of hits in 0 .. 100; 0 when nothing was tried."""
        return 100 * self.hits / max(self.total, 1)


def count(outcomes: Sequence[bool]) -> Count:
    """How many are true."""
    return Count(sum(outcomes), len(outcomes))


def share(
    step: str,
    measure: str,
    found: Count,
    *,
    goal: float | None = None,
    is_ceiling: bool = False,
    baselines: Mapping[str, Count] | None = None,
) -> Figure:
    """A share in percent with its Wilson interval; unscored when nothing was tried."""
    if not found.total:
        return unscored(step, measure, "no such cases", goal=goal, is_ceiling=is_ceiling)
    low, high = wilson(found.hits, found.total)
    return Figure(
        step,
        measure,
        found.percent,
        n=found.total,
        low=100 * low,
        high=100 * high,
        goal=goal,
        is_ceiling=is_ceiling,
        baselines={name: other.percent for name, other in (baselines or {}).items()},
    )


def p95(step: str, measure: str, times_ms: Sequence[float], *, goal: float | None) -> Figure:
    """The 95th percentile of times; unscored when there are none."""
    if not times_ms:
        return unscored(step, measure, "no such cases", goal=goal, is_ceiling=True)
    found = percentile(times_ms, 0.95)
    return Figure(
        step,
        measure,
        found.value,
        n=len(times_ms),
        low=found.interval.low,
        high=found.interval.high,
        goal=goal,
        unit="ms",
        is_ceiling=True,
    )


def unscored(
    step: str, measure: str, why: str, *, goal: float | None = None, is_ceiling: bool = False
) -> Figure:
    """A figure whose cases are missing."""
    return Figure(step, measure, None, goal=goal, is_ceiling=is_ceiling, why_unscored=why)

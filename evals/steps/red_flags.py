"""Red flags: none missed, none rated too low, few false alarms."""

from collections.abc import Callable, Sequence
from pathlib import Path

from evals.cases import EVALS, Row, read_cases, sampled
from evals.figures import Count, Figure, count, share, unscored
from evals.product import last_record
from evals.triage import measure
from evals.triage.measure import Case, Share

STEP = "red_flags"
FOLDER = EVALS / "triage"
HELD, DEV = FOLDER / "blind_held.jsonl", FOLDER / "blind_dev.jsonl"
LEVELS = {"none": 0, "same_day": 1, "urgent": 2, "emergency": 3}
LOT4, LOT5 = FOLDER / "lot4.jsonl", FOLDER / "lot5.jsonl"
"""Blind when they were first run (see `measure.LOT4`, `measure.LOT5`), learnt from since."""
_BASELINE = "word list"


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Figures on the blind cases held back, the blind ones seen and our own."""
    figures = []
    seen = ((DEV, "blind dev"), (LOT4, "lot 4, seen"), (LOT5, "lot 5, half seen"))
    for path, name in ((HELD, "blind"), *seen):
        rows = sampled(read_cases(path, dict), sample)
        figures += _figures([blind_case(row) for row in rows if not row.get("turns")], name)
        if path == HELD:
            figures.append(_over_turns([row for row in rows if row.get("turns")], name))
    return [*figures, *_figures(sampled(measure.load_cases(), sample), "own")]


def _over_turns(rows: Sequence[Row], name: str) -> Figure:
    """Messages whose danger, or harmlessness, shows with what was said before."""
    title = f"level right or above, none where none is due, over turns, {name}"
    outcomes = []
    for row in rows:
        found = last_record(f"red flag {row['id']}", [*row["turns"], row["text"]]).triage.level
        due = row["level"]
        outcomes.append(found == "none" if due == "none" else LEVELS[found] >= LEVELS[due])
    return share(STEP, title, count(outcomes), goal=100.0)


def blind_case(row: Row) -> Case:
    """A case as it was written."""
    return Case(row["id"], row["text"], row["level"], tuple(row["codes"]), "blind")


def _figures(cases: Sequence[Case], name: str) -> list[Figure]:
    return [
        _figure(f"missed, {name}", cases, measure.missed, 0.0, is_ceiling=True),
        _figure(f"level never lower, {name}", cases, _high_enough, 100.0),
        _figure(f"false alarms, {name}", cases, measure.false_alarms, 3.0, is_ceiling=True),
    ]


def _high_enough(cases: Sequence[Case], rater: measure.Rater) -> Share:
    low = measure.too_low(cases, rater)
    return Share(low.total - low.count, low.total)


def _figure(
    title: str,
    cases: Sequence[Case],
    counted: Callable[[Sequence[Case], measure.Rater], Share],
    goal: float,
    *,
    is_ceiling: bool = False,
) -> Figure:
    if not cases:
        why = "its file of cases is absent"
        return unscored(STEP, title, why, goal=goal, is_ceiling=is_ceiling)
    ours, plain = counted(cases, measure.rate), counted(cases, measure.baseline)
    return share(
        STEP,
        title,
        Count(ours.count, ours.total),
        goal=goal,
        is_ceiling=is_ceiling,
        baselines={_BASELINE: Count(plain.count, plain.total)},
    )

"""Facts of a message: F1, precision and recall; precision on medication apart."""

from collections.abc import Sequence
from pathlib import Path

from evals.cases import EVALS, sampled
from evals.extraction import measure
from evals.extraction.measure import Case, Outcome, Tally
from evals.figures import Count, Figure, share, unscored
from evals.intervals import f1_interval

STEP = "facts"
FOLDER = EVALS / "extraction"
GOAL_F1, GOAL_MEDICATION = 95.0, 98.0
_BASELINE = "lexicon match"
_FILES = (
    *(("blind held", "blind_held"), ("blind dev", "blind_dev")),
    *(("own", "cases"), ("own3", "own3")),
)
"""Names of the sets, with their files."""


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Figures on the blind cases held back, the blind ones seen and our own."""
    figures = []
    for name, file in _FILES:
        path = FOLDER / f"{file}.jsonl"
        cases = sampled(list(measure.read_cases(path)), sample) if path.exists() else []
        figures += _figures(cases, name)
    return figures


def _figures(cases: Sequence[Case], name: str) -> list[Figure]:
    names = {one: f"{one}, {name}" for one in ("F1", "precision", "recall")}
    apart = f"medication precision, {name}"
    if not cases:
        goals = {"F1": GOAL_F1}
        why = "its file of cases is absent"
        lost = [unscored(STEP, title, why, goal=goals.get(one)) for one, title in names.items()]
        return [*lost, unscored(STEP, apart, why, goal=GOAL_MEDICATION)]
    ours = [measure.run_case(case) for case in cases]
    theirs = [measure.run_case(case, measure.matched) for case in cases]
    found, plain = measure.tally(ours), measure.tally(theirs)
    return [
        _f1(names["F1"], found, plain),
        share(STEP, names["precision"], _read(found), baselines={_BASELINE: _read(plain)}),
        share(STEP, names["recall"], _said(found), baselines={_BASELINE: _said(plain)}),
        _medication(apart, ours, theirs),
    ]


def _medication(title: str, ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> Figure:
    found, plain = (measure.tally(outcomes, "medication") for outcomes in (ours, theirs))
    baselines = {_BASELINE: _read(plain)}
    return share(STEP, title, _read(found), goal=GOAL_MEDICATION, baselines=baselines)


def _f1(title: str, found: Tally, plain: Tally) -> Figure:
    low, high = f1_interval(found.hit, found.missed, found.extra)
    return Figure(
        STEP,
        title,
        100 * found.f1,
        n=found.hit + found.missed + found.extra,
        low=100 * low,
        high=100 * high,
        goal=GOAL_F1,
        baselines={_BASELINE: 100 * plain.f1},
    )


def _read(tally: Tally) -> Count:
    return Count(tally.hit, tally.hit + tally.extra)


def _said(tally: Tally) -> Count:
    return Count(tally.hit, tally.hit + tally.missed)

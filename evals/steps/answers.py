"""Whole answers: what they hold, what they must not, what comes first, how hard they read."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from chains.record import TurnRecord
from evals.answers.scoring import Case, Outcome, read_case, score, sentences_of
from evals.cases import EVALS, read_cases, sampled
from evals.figures import Count, Figure, count, share, unscored
from evals.product import last_record, services

STEP = "answers"
SETS = {"blind held": "blind_held.jsonl", "blind dev": "blind_dev.jsonl", "own": "own.jsonl"}
GOALS = {"points held": 75.0, "answered first": 90.0, "conditions applied rightly": 98.0}
HARDEST = 10.0
_PASSAGES = 3
_ABSENT = "its file of cases is absent"


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Figures of each set, the search's own first passages beside the points they hold."""
    figures: list[Figure] = []
    for name, file in SETS.items():
        cases = sampled(read_cases(EVALS / "answers" / file, read_case), sample)
        figures += _figures(cases, name) if cases else _lost(name)
    return figures


def outcomes_of(cases: Iterable[Case]) -> list[tuple[Outcome, TurnRecord]]:
    """Each conversation held with the whole product, its last answer scored."""
    found = []
    for case in cases:
        record = last_record(f"answer {case.case_id}", [*case.turns, case.message])
        found.append((score(case, record, services().lexicon), record))
    return found


def _figures(cases: Sequence[Case], name: str) -> list[Figure]:
    found = outcomes_of(cases)
    outcomes = [outcome for outcome, _ in found]
    first = [outcome.is_first for outcome in outcomes if outcome.is_first is not None]
    conditions = [applied for outcome in outcomes for applied in outcome.conditions]
    plain = {f"first {_PASSAGES} passages": _held_by_passages(found)}
    grades = [outcome.grade for outcome in outcomes if outcome.words]
    return [
        _goal("points held", name, _held(outcomes), baselines=plain),
        share(
            STEP,
            f"must-not points said, {name}",
            count([bool(outcome.broken) for outcome in outcomes]),
            goal=0.0,
            is_ceiling=True,
        ),
        _goal("answered first", name, count(first)),
        _goal("conditions applied rightly", name, count(conditions)),
        share(STEP, f"answered at all, {name}", count([bool(o.words) for o in outcomes])),
        share(STEP, f"notice, {name}", count([o.has_notice for o in outcomes]), goal=100.0),
        _grade(grades, f"median grade, {name}"),
        share(
            STEP,
            f"above grade {HARDEST:.0f}, {name}",
            count([grade > HARDEST for grade in grades]),
            goal=0.0,
            is_ceiling=True,
        ),
    ]


def _goal(
    measure: str, name: str, found: Count, baselines: dict[str, Count] | None = None
) -> Figure:
    return share(STEP, f"{measure}, {name}", found, goal=GOALS[measure], baselines=baselines)


def _held(outcomes: Sequence[Outcome]) -> Count:
    hits = sum(len(outcome.held) for outcome in outcomes)
    return Count(hits, hits + sum(len(outcome.missed) for outcome in outcomes))


def _held_by_passages(found: Sequence[tuple[Outcome, TurnRecord]]) -> Count:
    """The same points held by the first passages a search by the message brings."""
    outcomes = []
    for outcome, _ in found:
        hits = services().searcher.search(outcome.case.message)[:_PASSAGES]
        said = [sentence for hit in hits for sentence in sentences_of(hit.text)]
        outcomes += [point.is_in(said) for point in outcome.case.must_hold]
    return count(outcomes)


def _grade(grades: Sequence[float], measure: str) -> Figure:
    """The median; its interval is the range of the middle half, no estimate of chance."""
    if not grades:
        return unscored(STEP, measure, "no such cases", goal=8.0, is_ceiling=True)
    ranked = sorted(grades)
    return Figure(
        STEP,
        measure,
        median(ranked),
        n=len(ranked),
        low=ranked[len(ranked) // 4],
        high=ranked[(3 * len(ranked)) // 4],
        goal=8.0,
        unit="grade",
        is_ceiling=True,
    )


def _lost(name: str) -> list[Figure]:
    return [unscored(STEP, f"points held, {name}", _ABSENT, goal=GOALS["points held"])]

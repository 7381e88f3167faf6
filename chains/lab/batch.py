"""Many conversations at once, held against what is expected of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from pydantic import BaseModel, ConfigDict, ValidationError

from chains.lab.expectations import Expectation
from chains.lab.replay import Played

_NEWEST = 50


class RunSummary(BaseModel):
    """One run of a batch in figures; holds nothing that anybody wrote."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """The file's name, as the tester gave it."""
    at: datetime
    turns: int
    checked: int
    """Turns of which something was expected."""
    passed: int
    checks: dict[str, tuple[int, int]]
    """By field of `Expectation`: turns that passed, turns it was expected of."""
    ms: dict[str, float]
    """Median milliseconds of each step, and in total."""


def summary(played: Sequence[Played], name: str) -> RunSummary:
    """The figures of a run; at least one turn."""
    checked = [one for one in played if not one.line.expected.is_empty()]
    steps = dict.fromkeys(step for one in played for step in one.record.timings_ms)
    return RunSummary(
        name=name,
        at=datetime.now(UTC),
        turns=len(played),
        checked=len(checked),
        passed=sum(one.is_fine for one in checked),
        checks={
            check: (sum(check not in missed for missed in of), len(of))
            for check in Expectation.model_fields
            if (of := _missed_of(check, checked))
        },
        ms={
            step: round(median(m[step] for m in _timings(played) if step in m), 2) for step in steps
        },
    )


def result_rows(played: Sequence[Played]) -> list[dict[str, object]]:
    """One row a turn, for a table."""
    return [
        {
            "thread": one.line.thread_id,
            "turn": one.record.turn,
            "message": one.line.message,
            "result": _result(one),
            "missed": "; ".join(f"{m.check}: wanted {m.wanted}, got {m.found}" for m in one.misses),
            "kind": one.record.kind,
            "level": one.record.triage.level,
            "question": one.record.standalone_question,
            "ms": one.record.timings_ms.get("total"),
        }
        for one in played
    ]


def keep_run(folder: Path, run: RunSummary) -> None:
    """Write a run's figures beside those of earlier runs.

    Args:
        folder: The Lab's own in the operator's data folder; made if need be.
        run: The figures.
    """
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    path = folder / "runs" / f"{run.at:%Y%m%dT%H%M%S%f}.json"
    path.write_text(run.model_dump_json(), encoding="utf-8")


def kept_runs(folder: Path) -> list[RunSummary]:
    """The newest 50 runs, oldest first; a file that is no run is passed over."""
    found = []
    for path in sorted((folder / "runs").glob("*.json"))[-_NEWEST:]:
        try:
            found.append(RunSummary.model_validate_json(path.read_text(encoding="utf-8")))
        except (ValidationError, UnicodeDecodeError):
            continue
    return found


def _result(one: Played) -> str:
    if one.line.expected.is_empty():
        return "not checked"
    return "pass" if one.is_fine else "fail"


def _missed_of(check: str, checked: Sequence[Played]) -> list[set[str]]:
    """Of each turn of which this was expected: the checks that it missed."""
    nothing = Expectation()
    return [
        {miss.check for miss in one.misses}
        for one in checked
        if getattr(one.line.expected, check) != getattr(nothing, check)
    ]


def _timings(played: Sequence[Played]) -> list[dict[str, float]]:
    return [one.record.timings_ms for one in played]

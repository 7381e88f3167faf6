"""Figures as tables, held against their floors and the last committed figures."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import yaml

from evals.figures import Figure

HERE = Path(__file__).parent
FLOORS = HERE / "floors.yaml"
BASELINE = HERE / "baseline" / "summary.json"
PAGE = HERE.parent / "docs" / "evals.md"
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"
_BLANK = "-"


class FloorError(ValueError):
    """A floor that belongs to no figure."""


class Floors:
    """The least (or, for a ceiling, the most) that each figure may be."""

    def __init__(self, limits: Mapping[str, Mapping[str, float]]) -> None:
        """Keep limits by step and measure."""
        self._limits = limits

    @classmethod
    def read(cls, path: Path = FLOORS) -> "Floors":
        """The committed floors."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")) or {})

    def of(self, figure: Figure) -> float | None:
        """The floor of a figure; None when it has none."""
        return self._limits.get(figure.step, {}).get(figure.measure)

    def broken(self, figures: Iterable[Figure]) -> list[Figure]:
        """Scored figures on the wrong side of their floor."""
        return [f for f in figures if (floor := self.of(f)) is not None and not f.passes(floor)]

    def check_names(self, figures: Sequence[Figure]) -> None:
        """Refuse floors of the steps that ran whose measure does not exist.

        Raises:
            FloorError: A measure was renamed and its floor was not, so nothing would be held.
        """
        known = {(f.step, f.measure) for f in figures}
        steps = {f.step for f in figures}
        named = {(step, name) for step in steps for name in self._limits.get(step, {})}
        if lost := sorted(f"{step}: {name}" for step, name in named - known):
            raise FloorError("floors without a figure: " + "; ".join(lost))


class Baseline:
    """Figures as they were when they were last committed."""

    def __init__(self, steps: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Keep rows by step and measure."""
        self._steps = steps

    @classmethod
    def read(cls, path: Path = BASELINE) -> "Baseline":
        """The committed figures; none when the file is absent."""
        return cls(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})

    def value(self, figure: Figure) -> float | None:
        """What the figure was; None when it is new."""
        row = self._steps.get(figure.step, {}).get(figure.measure)
        return None if row is None else float(row["value"])

    def with_figures(self, figures: Sequence[Figure], floors: Floors) -> "Baseline":
        """These figures in place of the old; an unscored one leaves what was there."""
        steps: dict[str, dict[str, Any]] = {}
        for f in figures:
            old = self._steps.get(f.step, {}).get(f.measure)
            row = _row(f, floors) if f.is_scored else old
            if row is not None:
                steps.setdefault(f.step, {})[f.measure] = row
        ran = {f.step for f in figures}
        return Baseline({k: v for k, v in self._steps.items() if k not in ran} | steps)

    def write(self, path: Path = BASELINE) -> None:
        """Write the figures, one line a figure."""
        lines = []
        for step, rows in sorted(self._steps.items()):
            body = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in rows.items())
            lines.append(f"  {json.dumps(step)}: {{\n{body}\n  }}")
        path.parent.mkdir(exist_ok=True)
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

    def write_page(self, path: Path = PAGE) -> None:
        """Put the tables between the marks of the page."""
        parts = [f"### {step}\n\n{_markdown(rows)}" for step, rows in sorted(self._steps.items())]
        text = path.read_text(encoding="utf-8")
        before, rest = text.split(_BEGIN)
        after = rest.split(_END)[1]
        body = "\n\n".join(parts)
        path.write_text(f"{before}{_BEGIN}\n\n{body}\n\n{_END}{after}", encoding="utf-8")


class Report(NamedTuple):
    """What is printed of one step."""

    text: str
    broken: list[Figure]


def report(figures: Sequence[Figure], floors: Floors, baseline: Baseline) -> Report:
    """The table of one step; below it what is unscored and what lies under its floor.

    Args:
        figures: Of one step; at least one.
        floors: Empty ones hold nothing.
        baseline: Fills the column `was`.
    """
    scored = [f for f in figures if f.is_scored]
    lines = [f"== {figures[0].step}"]
    if scored:
        table = pd.DataFrame([_line(f, floors, baseline.value(f)) for f in scored])
        lines.append(table.fillna(_BLANK).to_string(index=False))
    if missing := [f for f in figures if not f.is_scored]:
        lines.append(f"unscored: {len(missing)}")
        lines += [f"  {f.measure}: {f.why_unscored}" for f in missing]
    broken = floors.broken(figures)
    lines += [f"UNDER ITS FLOOR: {f.measure}: {f.value:.1f}, not {floors.of(f)}" for f in broken]
    return Report("\n".join(lines), broken)


def _line(figure: Figure, floors: Floors, was: float | None) -> dict[str, str]:
    row = _row(figure, floors)
    unit = "" if figure.unit == "%" else f", {figure.unit}"
    shown = {"measure": figure.measure + unit, **_cells(row)}
    return shown | {"was": _number(was)} | _others(row)


def _row(figure: Figure, floors: Floors) -> dict[str, Any]:
    return {
        "value": _rounded(figure.value),
        "n": figure.n,
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
        "goal": figure.goal,
        "floor": floors.of(figure),
        "unit": figure.unit,
        "ceiling": figure.is_ceiling,
        "baselines": {name: _rounded(value) for name, value in figure.baselines.items()},
    }


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    sign = "<= " if row["ceiling"] else ""
    goal, floor = (_number(row[name]) for name in ("goal", "floor"))
    return {
        "n": str(row["n"]),
        "ours": _number(row["value"]),
        "95%": f"{_number(row['low'])}..{_number(row['high'])}",
        "goal": goal if goal == _BLANK else sign + goal,
        "floor": floor if floor == _BLANK else sign + floor,
    }


def _others(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: _number(value) for name, value in row["baselines"].items()}


def _markdown(rows: Mapping[str, Mapping[str, Any]]) -> str:
    units = {name: "" if row["unit"] == "%" else f", {row['unit']}" for name, row in rows.items()}
    table = pd.DataFrame([
        {"measure": name + units[name], **_cells(row), **_others(row)} for name, row in rows.items()
    ]).fillna(_BLANK)
    lines = [table.columns.tolist(), ["---"] * len(table.columns), *table.to_numpy().tolist()]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _number(value: float | None) -> str:
    if value is None:
        return _BLANK
    return (
        f"{value:g}" if value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)

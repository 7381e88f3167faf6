"""Cases as they are written: JSON lines, one case a line, each with an id of its own."""

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

Row = dict[str, Any]
Case = TypeVar("Case")

EVALS = Path(__file__).parent
_SEED = 7


class CaseError(ValueError):
    """A file of cases that cannot be read, with file and line."""


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSONL file in order; empty when the file is absent.

    Raises:
        CaseError: A line is no object with an `id`, or an id stands twice.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [_row(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    ids = [row["id"] for row in rows]
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise CaseError(f"{path.name}: ids that stand twice: {', '.join(sorted(twice))}")
    return rows


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CaseError(f"{path.name}, line {number}: no JSON: {error.msg}") from error
    if not isinstance(row, dict) or "id" not in row:
        raise CaseError(f"{path.name}, line {number}: no object with an id")
    return row


def read_cases(path: Path, read: Callable[[Row], Case]) -> list[Case]:
    """The rows of a file as cases; empty when the file is absent.

    Raises:
        CaseError: A row lacks a key that its cases need.
    """
    cases = []
    for number, row in enumerate(read_rows(path), 1):
        try:
            cases.append(read(row))
        except KeyError as error:
            raise CaseError(f"{path.name}, case {number}: no {error}") from error
    return cases


def sampled(cases: Sequence[Case], sample: int | None) -> list[Case]:
    """`sample` of the cases by seed, in their order; all when None or fewer."""
    if sample is None or sample >= len(cases):
        return list(cases)
    chosen = random.Random(_SEED).sample(range(len(cases)), sample)
    return [cases[at] for at in sorted(chosen)]

"""A turn as a case that every later version is held to.

The app may write into the operator's data folder alone: there the file waits, and a line says how
it joins `evals/conversations/`, which `python -m chains replay` and the tests read.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from chains.lab.expectations import Expectation
from chains.lab.lines import Line, write_lines
from chains.lab.opening import Told
from memory.records import Turn

HOW_TO_ADD = (
    "cp '{path}' evals/conversations/ && python -m chains replay evals/conversations/{name}"
)
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def case_lines(told: Told, name: str, expected: Expectation) -> list[Line]:
    """The conversation up to a turn, of which something is expected.

    Args:
        told: The turn with what stood before it.
        name: The thread's name in the case.
        expected: What the turn must show.
    """
    turns: Sequence[Turn] = (*told.before, told.turn)
    lines = [Line(thread_id=name, message=turn.typed, about=told.about) for turn in turns]
    return [*lines[:-1], lines[-1].model_copy(update={"expected": expected})]


def save_case(folder: Path, lines: Sequence[Line]) -> Path:
    """Write a case; gives the file, which never replaces another.

    Args:
        folder: The Lab's own in the operator's data folder; made if need be.
        lines: From `case_lines`.
    """
    cases = folder / "cases"
    cases.mkdir(parents=True, exist_ok=True)
    stem = file_stem(lines[0].thread_id)
    for number in range(1, len(list(cases.iterdir())) + 2):
        path = cases / (f"{stem}.jsonl" if number == 1 else f"{stem}-{number}.jsonl")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(write_lines(lines))
        except FileExistsError:
            continue
        return path
    raise FileExistsError(str(cases))  # another writes here at this very moment


def file_stem(name: str) -> str:
    """A name as a file may have it: small letters, figures and hyphens."""
    return _NOT_NAME.sub("-", name.lower()).strip("-")[:_LONGEST] or "case"


def seen_as_expected(told: Told) -> Expectation:
    """What the turn showed, as a first draft of what it must show."""
    record = told.stored
    return Expectation(
        kind=record.kind, level=record.triage.level, cut=record.completeness.is_cut_off
    )

"""Files of conversations: one message a line, with what was recorded or is expected of it.

A line is what `python -m chains --jsonl` reads, with `expect_...` fields, with the `record` of an
earlier run, or is such a record itself. A CSV file has the same names as columns.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chains.lab.expectations import Expectation
from chains.record import TurnRecord
from memory.records import SELF

_EXPECT = "expect_"
_BETWEEN = ";"
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


class Line(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    thread_id: str = Field(min_length=1, max_length=255)
    message: str
    """As it was typed."""
    person_id: str | None = Field(default=None, min_length=1, max_length=255)
    about: str = Field(default=SELF, min_length=1, max_length=40)
    record: TurnRecord | None = None
    """Of an earlier run."""
    expected: Expectation = Expectation()


@dataclass(frozen=True, slots=True)
class Lines:
    """What a file holds."""

    lines: tuple[Line, ...]
    faults: tuple[str, ...]
    """One plain line for each row that cannot be read, with its number."""


def read_lines(text: str, *, is_csv: bool = False) -> Lines:
    """Read a file; a row that is broken is told, the rest are read.

    Args:
        text: The file's text.
        is_csv: True for a CSV file with a head; lists in a cell are parted by ";".
    """
    lines: list[Line] = []
    faults: list[str] = []
    for number, row in _csv_rows(text) if is_csv else _json_rows(text):
        try:
            lines.append(_line(row))
        except ValidationError as error:
            fault = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, fault["loc"])) or "the row"
            faults.append(f"row {number}: {where}: {fault['msg']}")
        except ValueError as error:
            faults.append(f"row {number}: {error}")
    return Lines(tuple(lines), tuple(faults))


def write_lines(lines: Iterable[Line]) -> str:
    """Lines as JSON lines, without what they leave open."""
    return "".join(f"{json.dumps(_row(line), ensure_ascii=False)}\n" for line in lines)


def _row(line: Line) -> dict[str, Any]:
    row = line.model_dump(mode="json", exclude={"expected"}, exclude_defaults=True)
    if line.record is not None:
        row["record"] = line.record.model_dump(mode="json")
    wanted = line.expected.model_dump(mode="json", exclude_defaults=True)
    return row | {f"{_EXPECT}{name}": value for name, value in wanted.items()}


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                yield number, ValueError(f"no JSON: {error.msg}")


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="")
    try:
        for row in reader:
            if row.get(""):
                yield reader.line_num, ValueError("it has more cells than the head has columns")
            else:
                yield reader.line_num, {name: cell for name, cell in row.items() if cell}
    except csv.Error as error:
        yield reader.line_num, ValueError(f"no CSV: {error}")


def _line(row: Any) -> Line:  # noqa: ANN401 - whatever a file holds
    if isinstance(row, ValueError):
        raise row
    if not isinstance(row, Mapping):
        raise ValueError("it is no object with thread_id and message")
    if "standalone_question" in row:
        record = TurnRecord.model_validate(row)
        return Line(thread_id=record.thread_id, message=record.message, record=record)
    wanted = {name: value for name, value in row.items() if str(name).startswith(_EXPECT)}
    rest = {name: value for name, value in row.items() if name not in wanted}
    expected = Expectation.model_validate(dict(_expected(n, v) for n, v in wanted.items()))
    return Line.model_validate({"message": "", **rest, "expected": expected})


def _expected(column: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - a cell or JSON
    name = column.removeprefix(_EXPECT)
    field = Expectation.model_fields.get(name)
    if field is None:
        raise ValueError(f"the column {column} is not known")
    if not isinstance(value, str):
        return name, value
    if get_origin(field.annotation) is tuple:
        return name, tuple(part.strip() for part in value.split(_BETWEEN) if part.strip())
    if name == "cut" and value.lower() in (*_YES, *_NO):
        return name, value.lower() in _YES
    return name, value.strip() or None

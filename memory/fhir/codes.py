"""Codes of facts, each from a row that names where it was read; a fact without a row has text."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import JsonValue

CODES_FILE: Final = Path(__file__).with_name("codes.csv")
Json = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of `codes.csv`."""

    kind: str
    name: str
    """The canonical name of the fact; empty where the code is that of the whole kind."""
    system: str
    code: str
    display: str
    """Empty where the source shows none."""
    source: str
    """Where the code was read."""

    def coding(self) -> Json:
        """As a FHIR Coding."""
        coding: Json = {"system": self.system, "code": self.code}
        return coding | {"display": self.display} if self.display else coding


@cache
def load_codes() -> tuple[CodeRow, ...]:
    """All rows, in the order of the file."""
    with CODES_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(CodeRow(**row) for row in csv.DictReader(lines))


def codings(kind: str, name: str = "") -> list[Json]:
    """The codes of a name of this kind; none when no row has it."""
    wanted = (kind, name.casefold())
    return [row.coding() for row in load_codes() if (row.kind, row.name.casefold()) == wanted]


def concept(text: str, *kinds_and_names: tuple[str, str]) -> Json:
    """A FHIR CodeableConcept: the text always, codes where rows have them."""
    found: list[JsonValue] = [c for kind, name in kinds_and_names for c in codings(kind, name)]
    return {"coding": found, "text": text} if found else {"text": text}

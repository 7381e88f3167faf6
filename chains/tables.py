"""Knowledge that is a table, read as rows with a source each."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from chains.errors import RuleError

RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Interaction:
    """What happens when two things meet: a row of `interactions.csv`."""

    a: str
    """A cancer medicine, or a class of them."""
    b: str
    """A medicine, food, herb, supplement, vaccine or class."""
    b_kind: str
    effect: str
    advice: str
    severity: str
    """avoid, caution or ok."""
    publisher: str
    title: str
    year: int
    kind: str
    url: str

    @property
    def row_id(self) -> str:
        """Stands as the passage's id in a turn's record."""
        return f"interactions#{self.a}+{self.b}"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service that helps: a row of `services.csv`."""

    name: str
    topics: frozenset[str]
    for_whom: str
    phone: str
    """Only where a source gives it; mostly empty."""
    url: str
    read_from: str = ""
    """Where we read that it does this, and its number; empty for rows not yet held to a source."""
    leading: tuple[str, ...] = ()
    """Its topics in the order of their weight."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A guideline for patients, by title and link alone: a row of `nccn_titles.csv`."""

    title: str
    topics: frozenset[str]
    url: str


@dataclass(frozen=True)
class Tables:
    """All tables the composer reads."""

    interactions: tuple[Interaction, ...]
    services: tuple[ServiceRow, ...]
    leaflets: tuple[Leaflet, ...]

    @cached_property
    def by_id(self) -> dict[str, Interaction]:
        """The interaction rows by their ids."""
        return {row.row_id: row for row in self.interactions}

    def interactions_of(self, names: Iterable[str]) -> tuple[Interaction, ...]:
        """Rows whose first side is one of these medicines or classes, worst first."""
        wanted = set(names)
        rows = [row for row in self.interactions if row.a in wanted]
        return tuple(sorted(rows, key=lambda row: ("avoid", "caution", "ok").index(row.severity)))


def load_tables(folder: Path = RULES) -> Tables:
    """Read the tables.

    Raises:
        RuleError: A row lacks a column or holds a year that is no number.
    """
    return Tables(
        interactions=tuple(map(_interaction, _rows(folder / "interactions.csv"))),
        services=tuple(map(_service, _rows(folder / "services.csv"))),
        leaflets=tuple(map(_leaflet, _rows(folder / "nccn_titles.csv"))),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if None in row or None in row.values():
                raise RuleError(f"{path.name}, line {number}: the columns do not match the header.")
            yield row


def _interaction(row: dict[str, str]) -> Interaction:
    return Interaction(
        a=row["a"],
        b=row["b"],
        b_kind=row["b_kind"],
        effect=row["effect"],
        advice=row["advice"],
        severity=row["severity"],
        publisher=row["source_publisher"],
        title=row["source_title"],
        year=int(row["source_year"]),
        kind=row["source_kind"],
        url=row["source_url"],
    )


def _service(row: dict[str, str]) -> ServiceRow:
    topics = frozenset(row["topics"].split("|"))
    return ServiceRow(
        name=row["name"],
        topics=topics,
        for_whom=row["for_whom"],
        phone=row["phone"],
        url=row["url"],
        read_from=row.get("read_from", ""),
        leading=tuple(row["topics"].split("|")),
    )


def _leaflet(row: dict[str, str]) -> Leaflet:
    return Leaflet(row["title"], frozenset(row["topics"].split("|")), row["url"])

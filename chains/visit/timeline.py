"""What of a card can be drawn over time: treatments from when to when, and labs as series."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chains.lexicon import Lexicon
from chains.visit.dates import said_date, said_words
from memory.figures import Figure, read_figure
from memory.records import Card, Fact, FactStatus, Told
from memory.when import SaidDate, date_of, start_of

_FROM: Final = re.compile(r"\bfrom\s(.+?)\s(?:to|until|till|til|-|–)\s", re.IGNORECASE)
_SHORTEST_BAR: Final = timedelta(days=10)
"""So that a single day can be seen on a line of years."""


@dataclass(frozen=True, slots=True)
class TreatmentSpan:
    """One treatment over time, as far as its words tell."""

    name: str
    kind: str
    """Medicine or Treatment."""
    status: FactStatus
    start: date | None
    end: date | None
    words: str
    """The dates as they were told; empty when none were."""

    @property
    def is_dated(self) -> bool:
        """True when there is something to draw."""
        return self.start is not None and self.end is not None


@dataclass(frozen=True, slots=True)
class LabReading:
    """One result of a lab."""

    day: date
    is_said: bool
    """True when the person named the date; else it is the day of the message."""
    value: float
    words: str
    """As the person wrote it."""


@dataclass(frozen=True, slots=True)
class LabSeries:
    """Results of one lab in one unit, oldest first; two or more, on two days or more."""

    name: str
    unit: str
    """Empty where none was told."""
    readings: tuple[LabReading, ...]


def treatment_spans(
    card: Card, told: Mapping[str, Sequence[Told]], *, lexicon: Lexicon, today: date
) -> tuple[TreatmentSpan, ...]:
    """Every medicine and treatment of a card, the earliest first, undated ones last."""
    facts = card.of_kind("medication", "procedure")
    spans = [_span(fact, told.get(fact.fact_id, ()), lexicon, today=today) for fact in facts]
    return tuple(sorted(spans, key=lambda span: (span.start or date.max, span.name)))


def lab_series(
    card: Card, told: Mapping[str, Sequence[Told]], *, lexicon: Lexicon
) -> tuple[LabSeries, ...]:
    """The labs of a card that have something to draw."""
    grouped: dict[tuple[str, str], list[LabReading]] = {}
    units: dict[tuple[str, str], str] = {}
    for fact in card.of_kind("lab"):
        tellings = told.get(fact.fact_id, ())
        figure = _figure(fact)
        if figure is None or figure.sign or not tellings:
            continue
        key = fact.name, figure.unit.casefold()
        units.setdefault(key, figure.unit)
        grouped.setdefault(key, []).append(_reading(fact, figure, tellings[-1], lexicon))
    series = [
        LabSeries(key[0], units[key], tuple(sorted(readings, key=lambda one: one.day)))
        for key, readings in grouped.items()
    ]
    return tuple(one for one in series if len({reading.day for reading in one.readings}) > 1)


def _figure(fact: Fact) -> Figure | None:
    """The figure in the unit all readings share where that is known, else as written."""
    said = fact.attributes
    return read_figure(said.get("normalized", "")) or read_figure(said.get("value", ""))


def _reading(fact: Fact, figure: Figure, telling: Told, lexicon: Lexicon) -> LabReading:
    said = said_date(telling, lexicon)
    on = said.first_day() if said else telling.told_at.date()
    return LabReading(on, said is not None, figure.value, fact.attributes.get("value", ""))


def _span(fact: Fact, tellings: Sequence[Told], lexicon: Lexicon, *, today: date) -> TreatmentSpan:
    kind = "Medicine" if fact.kind == "medication" else "Treatment"
    status = fact.status or "current"
    start, end = _dates(fact, tellings[-1], lexicon) if tellings else (None, None)
    words = " to ".join(said_words(one) for one in (start, end) if one is not None)
    if start is not None and end is None and kind == "Medicine" and status == "current":
        return TreatmentSpan(
            fact.name, kind, status, start.first_day(), today, f"since {said_words(start)}"
        )
    first = start or end
    last = end or start
    return TreatmentSpan(
        fact.name,
        kind,
        status,
        first.first_day() if first else None,
        last.first_day() + _SHORTEST_BAR if last else None,
        words if start else f"until {words}" if words else "",
    )


def _dates(fact: Fact, telling: Told, lexicon: Lexicon) -> tuple[SaidDate | None, SaidDate | None]:
    """From when and until when, as far as the words of a telling name dates."""
    said, told_on = fact.attributes, telling.told_at.date()
    if fact.kind == "procedure":
        return said_date(telling, lexicon), None
    start = date_of(said.get("since", ""), told_on)
    if start is None and fact.status == "current":
        start = start_of(said.get("duration", ""), told_on)
    ranged = _FROM.search(telling.said.evidence)
    if start is None and ranged is not None:
        start = date_of(ranged[1], told_on)
    return start, date_of(said.get("until", ""), told_on)

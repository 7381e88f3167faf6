"""The visit sheet: what an oncologist needs to see at one glance, from the card and the person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from chains.compose.facts_told import fact_line
from chains.services import Services
from chains.visit.dates import day, lasting, said_date, said_words, told_words
from chains.visit.edits import SheetEdits, keep_edits, read_edits
from chains.visit.forgotten import ForgottenNames
from chains.visit.questions import SheetQuestion, collect_questions, first_choice, not_chosen
from memory.contradictions import rivals
from memory.records import SELF, Card, Fact, FactKind, FactStatus, Told

ORIGIN: Final = (
    "Told by {whom} to a computer program (CareThread), which put this page together. "
    "Nobody has checked it: please compare it with the medical record."
)
NOT_SURE: Final = "not confirmed"
TWO_ANSWERS: Final = "two answers given, not settled"
MOST_READINGS: Final = 4
"""Readings of one lab on a sheet, the newest."""

_LABELS: Final[tuple[tuple[str, tuple[FactKind, ...]], ...]] = (
    ("Diagnosis", ("diagnosis", "stage", "extent", "grade", "tnm", "tumor_size", "nodes")),
    ("Spread to", ("metastasis",)),
    ("Markers", ("biomarker",)),
    ("About the person", ("age", "menopausal_status")),
    ("Allergies", ("allergy",)),
    ("Other illnesses", ("comorbidity",)),
    ("In the family", ("family_history",)),
    ("Wishes", ("preference",)),
)
_MEDICINES: Final[tuple[tuple[str, tuple[FactStatus | None, ...]], ...]] = (
    ("Taking now", ("current", None)),
    ("On hold", ("on_hold",)),
    ("Planned", ("planned",)),
    ("Stopped", ("past",)),
)
_STATUS_WORDS: Final = ("past", "planned", "on hold")
_BARE: Final = frozenset({"metastasis", "allergy", "family_history", "preference"})
"""Kinds whose label already says what they are."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A heading with its lines; a line's label may be empty."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """One page, ready to be drawn; it holds no more than this."""

    title: str
    made_on: date
    parts: tuple[SheetPart, ...]
    questions: tuple[str, ...]
    notes: str
    origin: str
    notice: str

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to take along yet."""
        return not (self.parts or self.questions or self.notes)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet with what can be changed on it."""

    sheet: VisitSheet
    edits: SheetEdits
    """With the questions that stand on it, also where the person has not changed them yet."""
    more: tuple[SheetQuestion, ...]
    """Collected questions that are not on it."""


def open_sheet(services: Services, person_id: str, subject: str, *, today: date) -> OpenSheet:
    """The sheet of one person as it is now.

    Args:
        services: the store and the lexicon.
        person_id: who writes.
        subject: whom it is about.
        today: stands on the sheet.
    """
    store, lexicon = services.store, services.lexicon
    cards = store.cards(person_id)
    forgotten = ForgottenNames(store.masks(person_id), cards, lexicon)
    collected = collect_questions(person_id, subject, store, forgotten)
    edits = read_edits(store, person_id, subject, lexicon=lexicon)
    if edits.questions is None:
        edits = edits.model_copy(update={"questions": first_choice(collected)})
    chosen = edits.questions or ()
    sheet = VisitSheet(
        title="Visit sheet" if subject == SELF else f"Visit sheet about my {subject}",
        made_on=today,
        parts=card_parts(
            cards.get(subject, Card(subject=subject)), store.told(person_id), services
        ),
        questions=tuple(one.text for one in chosen),
        notes=edits.notes,
        origin=ORIGIN.format(whom="the patient" if subject == SELF else "somebody close"),
        notice=services.replies.notice,
    )
    return OpenSheet(sheet, edits, not_chosen(collected, chosen))


def change_sheet(
    services: Services, person_id: str, subject: str, change: Callable[[SheetEdits], SheetEdits]
) -> None:
    """Change a sheet as it is kept now, also when another tab changed it meanwhile.

    Args:
        services: the store and the lexicon.
        person_id: who writes.
        subject: whom the sheet is about.
        change: gives the edits as they shall be; it gets the questions that stand on the sheet.
    """
    now = open_sheet(services, person_id, subject, today=datetime.now(UTC).date()).edits
    changed = change(now)
    if changed != now:
        keep_edits(services.store, person_id, subject, changed)


def card_parts(
    card: Card, told: Mapping[str, Sequence[Told]], services: Services
) -> tuple[SheetPart, ...]:
    """The card in brief, medicines, treatments, symptoms with dates and labs; no empty part."""
    parts = (
        SheetPart("In brief", _brief(card)),
        SheetPart("Medicines", _medicines(card, told)),
        SheetPart("Treatments and tests", _procedures(card, told, services)),
        SheetPart("Side effects and symptoms", _symptoms(card, told, services)),
        SheetPart("Lab results", _labs(card, told, services)),
    )
    return tuple(part for part in parts if part.lines)


def _brief(card: Card) -> tuple[tuple[str, str], ...]:
    found = (
        (label, [fact for kind in kinds for fact in card.of_kind(kind)]) for label, kinds in _LABELS
    )
    return tuple(
        (label, "; ".join(_line(fact, card) for fact in facts)) for label, facts in found if facts
    )


def _line(fact: Fact, card: Card) -> str:
    """A fact in plain words, and what is not sure about it."""
    line = fact_line(fact)
    if fact.kind in _BARE:
        line = line.removeprefix("spread to the ").partition(": ")[2] or line.removeprefix(
            "spread to the "
        )
    doubts = [TWO_ANSWERS] if rivals(card.facts, fact) else []
    doubts += [NOT_SURE] if fact.state == "inferred" else []
    return f"{line} ({'; '.join(doubts)})" if doubts else line


def _medicines(card: Card, told: Mapping[str, Sequence[Told]]) -> tuple[tuple[str, str], ...]:
    lines = []
    for label, statuses in _MEDICINES:
        for fact in card.of_kind("medication"):
            if fact.status in statuses:
                lines.append((label, _as_of(fact, card, told.get(fact.fact_id, ()))))
    return tuple(lines)


def _as_of(fact: Fact, card: Card, tellings: Sequence[Told]) -> str:
    """A medicine; how long it has been taken counts to the day on which that was told."""
    line = _timed(fact, card)
    if "duration" not in fact.attributes or not tellings:
        return line
    lasted = f"for {fact.attributes['duration']}"
    return line.replace(lasted, f"{lasted} (as of {day(tellings[-1].told_at.date())})")


def _procedures(
    card: Card, told: Mapping[str, Sequence[Told]], services: Services
) -> tuple[tuple[str, str], ...]:
    lines = []
    for fact in card.of_kind("procedure"):
        tellings = told.get(fact.fact_id, ())
        said = said_date(tellings[-1], services.lexicon) if tellings else None
        words = f"{_timed(fact, card)}, {said_words(said)}" if said else _timed(fact, card)
        label = "Planned" if fact.status == "planned" else "Done"
        lines.append((label if fact.status != "on_hold" else "On hold", words))
    return tuple(lines)


def _timed(fact: Fact, card: Card) -> str:
    """The line of a fact whose label already says whether it is over, held or planned."""
    parts = [part for part in _line(fact, card).split(", ") if part not in _STATUS_WORDS]
    return ", ".join(parts)


def _symptoms(
    card: Card, told: Mapping[str, Sequence[Told]], services: Services
) -> tuple[tuple[str, str], ...]:
    lines = []
    for fact in card.of_kind("symptom"):
        tellings = told.get(fact.fact_id, ())
        since = next((w for one in reversed(tellings) if (w := lasting(one, services.lexicon))), "")
        words = f"{_line(fact, card)}, {since}" if since else _line(fact, card)
        lines.append(("", _with_date(words, tellings)))
    return tuple(lines)


def _labs(
    card: Card, told: Mapping[str, Sequence[Told]], services: Services
) -> tuple[tuple[str, str], ...]:
    by_name: dict[str, list[str]] = {}
    for fact in card.of_kind("lab"):
        tellings = told.get(fact.fact_id, ())
        said = said_date(tellings[-1], services.lexicon) if tellings else None
        when = said_words(said) if said else told_words(tellings[-1:])
        value = fact.attributes.get("value", "told without a figure")
        by_name.setdefault(fact.name, []).append(f"{value} ({when})" if when else value)
    return tuple((name, "; ".join(values[-MOST_READINGS:])) for name, values in by_name.items())


def _with_date(words: str, tellings: Sequence[Told]) -> str:
    when = told_words(tellings)
    return f"{words} ({when})" if when else words


def made_words(sheet: VisitSheet) -> str:
    """When the sheet was made, in words."""
    return f"Made on {day(sheet.made_on)}"

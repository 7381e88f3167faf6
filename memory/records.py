"""What is known of a person, and what was said: the records every part shares.

A fact's words are those of mCODE where it has one; `docs/architecture.md` lists the kinds.
"""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

FactKind = Literal[
    "diagnosis",
    "extent",
    "stage",
    "tnm",
    "grade",
    "tumor_size",
    "nodes",
    "biomarker",
    "medication",
    "procedure",
    "metastasis",
    "symptom",
    "lab",
    "menopausal_status",
    "age",
    "allergy",
    "comorbidity",
    "family_history",
    "preference",
]
FactStatus = Literal["current", "on_hold", "past", "planned"]
FactState = Literal["stated", "inferred", "confirmed", "corrected"]
TurnStatus = Literal["running", "complete", "interrupted", "failed"]
Thumbs = Literal["up", "down"]

SELF = "self"


class Record(BaseModel):
    """Base of every stored record: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Record):
    """One thing a message said about one person."""

    fact_id: str
    kind: FactKind
    name: str
    """Canonical name: a drug's short international name, a CTCAE term, a biomarker, a stage ..."""
    status: FactStatus | None = None
    """Medication and procedure only."""
    subject: str = SELF
    """`self`, or the relation as a plain word: mother, wife, sister."""
    attributes: dict[str, str] = Field(default_factory=dict)
    """Of a biomarker or lab: value, normalized, percent.

    Of a medication: dose, schedule, duration, since, until, change, reason.
    """
    evidence: str
    """The person's own words, as written."""
    message_id: str | None = None
    negated: bool = False
    state: FactState = "stated"


class Card(Record):
    """All that is known of one person: the facts that hold now, oldest first."""

    subject: str = SELF
    facts: tuple[Fact, ...] = ()

    def of_kind(self, *kinds: FactKind) -> tuple[Fact, ...]:
        """The facts of these kinds that are not negated, oldest first."""
        return tuple(fact for fact in self.facts if fact.kind in kinds and not fact.negated)

    def find(self, kind: FactKind, name: str) -> Fact | None:
        """The newest fact with this kind and name, negated or not; None when there is none."""
        return next((f for f in reversed(self.facts) if (f.kind, f.name) == (kind, name)), None)

    def current_medications(self) -> tuple[Fact, ...]:
        """Medicines taken or on hold now; not past, not planned, not denied."""
        return tuple(f for f in self.of_kind("medication") if f.status in ("current", "on_hold"))


class Thread(Record):
    """One conversation of one person."""

    thread_id: str
    person_id: str
    about: str = SELF
    """Whose card the conversation is about."""
    title: str = ""
    created_at: datetime


class ThreadOutline(Record):
    """A thread as a list of conversations shows it."""

    thread: Thread
    opening: str = ""
    """The first message, as typed; empty while there is none."""
    last_at: datetime
    """When the newest message was written; when the thread was made, while there is none."""


class Event(Record):
    """One step of a turn as it is stored: the writer's own JSON, opaque here."""

    number: int
    """1, 2, 3 ... within the turn."""
    kind: str
    payload: str
    """JSON text."""


class Turn(Record):
    """A message and, when it is finished, the record of its answer."""

    turn_id: str
    thread_id: str
    number: int
    """1, 2, 3 ... within the thread."""
    message_id: str
    message: str
    """What was read: for a message finished in two halves, both, as one."""
    typed: str
    """What this turn's person typed, as written."""
    status: TurnStatus = "running"
    record: str | None = None
    """The turn's JSON record; None until it is finished."""
    created_at: datetime

    def finished(self, status: TurnStatus, record: str | None) -> Self:
        """This turn with its end."""
        return self.model_copy(update={"status": status, "record": record})


class NewEvent(Record):
    """An event before the store numbers it."""

    kind: str
    """Stored in clear: a name from code, never a person's words."""
    payload: str
    """JSON text."""


class Mask(Record):
    """Words that later turns may not read again: their fact was forgotten or corrected."""

    fact_id: str
    kind: FactKind
    name: str
    subject: str
    message_id: str
    """The message that holds the words; it stays in view."""
    evidence: str
    """The words, as written."""
    reason: Literal["forgotten", "corrected"]
    masked_at: datetime


class Told(Record):
    """One telling of a fact that a card holds, with the message that told it."""

    said: Fact
    """The fact as this message said it, with its words."""
    thread_id: str
    turn_id: str
    message: str
    """What was read: for a message finished in two halves, both, as one."""
    told_at: datetime


class Removed(Record):
    """How much of each was removed."""

    people: int = 0
    threads: int = 0
    turns: int = 0
    events: int = 0
    facts: int = 0


class Feedback(Record):
    """What a person thought of one answer."""

    turn_id: str
    thumbs: Thumbs | None = None
    reason: str = ""
    given_at: datetime

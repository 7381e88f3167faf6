"""What the person changed on a visit sheet: questions, their order, notes. Kept encrypted."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Self
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from chains.lexicon import Lexicon
from chains.visit.forgotten import ForgottenNames
from chains.visit.questions import MOST_CHARS, SheetQuestion
from memory.errors import NotFoundError
from memory.records import SELF
from memory.store import ConversationStore

MOST_NOTE_CHARS = 4000
MOST_QUESTIONS = 30


class SheetEdits(BaseModel):
    """The person's own changes to one sheet. Immutable: each change gives new edits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: tuple[SheetQuestion, ...] | None = None
    """In their order; None until the person changes them."""
    notes: str = ""
    kept_at: datetime | None = None

    def moved(self, question_id: str, by: int) -> Self:
        """A question that many places further down, or up when negative; at most to the end."""
        held = list(self.questions or ())
        at = _place(held, question_id)
        if at is None:
            return self
        one = held.pop(at)
        held.insert(max(0, at + by), one)
        return self._with(held)

    def reworded(self, question_id: str, text: str) -> Self:
        """A question in other words; empty words leave it as it is."""
        words = _tidy(text)
        held = [
            one.model_copy(update={"text": words}) if one.question_id == question_id else one
            for one in self.questions or ()
        ]
        return self._with(held) if words else self

    def without(self, question_id: str) -> Self:
        """The list without a question."""
        return self._with([q for q in self.questions or () if q.question_id != question_id])

    def with_question(self, question: SheetQuestion) -> Self:
        """A collected question put last; a list that is full stays as it is."""
        held = list(self.questions or ())
        is_there = _place(held, question.question_id) is not None
        return self if is_there or len(held) >= MOST_QUESTIONS else self._with([*held, question])

    def with_own(self, text: str) -> Self:
        """A question of the person's own, put first; empty words add nothing."""
        words, held = _tidy(text), list(self.questions or ())
        if not words or len(held) >= MOST_QUESTIONS:
            return self
        own = SheetQuestion(question_id=f"own:{uuid4().hex}", text=words, origin="own")
        return self._with([own, *held])

    def with_notes(self, text: str) -> Self:
        """Other notes."""
        return self.model_copy(update={"notes": text.strip()[:MOST_NOTE_CHARS]})

    def _with(self, questions: Sequence[SheetQuestion]) -> Self:
        return self.model_copy(update={"questions": tuple(questions)})


def read_edits(
    store: ConversationStore, person_id: str, subject: str, *, lexicon: Lexicon
) -> SheetEdits:
    """What was kept, without what was forgotten or deleted since.

    Args:
        store: keeps it.
        person_id: whose sheet it is.
        subject: whom it is about.
        lexicon: knows the spellings of what was forgotten.

    Returns:
        The edits; empty ones when nothing was kept. A question goes with the message it came
        from; a question and a line of notes go when they name what was forgotten later.
    """
    kept = store.kept(person_id).get(_name(person_id, subject))
    if kept is None:
        return SheetEdits()
    try:
        edits = SheetEdits.model_validate_json(kept)
    except ValidationError:
        # Written by a later version: what it says cannot be shown.
        return SheetEdits()
    forgotten = ForgottenNames(store.masks(person_id), store.cards(person_id), lexicon)
    left = _without_forgotten(edits, forgotten, store, person_id)
    if left != edits:
        # For good: what was forgotten stands in no export either.
        keep_edits(store, person_id, subject, left)
    return left


def keep_edits(store: ConversationStore, person_id: str, subject: str, edits: SheetEdits) -> None:
    """Keep the edits in place of what was there."""
    dated = edits.model_copy(update={"kept_at": datetime.now(UTC)})
    store.keep(person_id, _name(person_id, subject), dated.model_dump_json())


def _without_forgotten(
    edits: SheetEdits, forgotten: ForgottenNames, store: ConversationStore, person_id: str
) -> SheetEdits:
    since = edits.kept_at or datetime.min.replace(tzinfo=UTC)
    lines = edits.notes.split("\n")
    notes = "\n".join(line for line in lines if not forgotten.are_in(line, since))
    questions = edits.questions
    if questions is not None:
        questions = tuple(
            one
            for one in questions
            if not forgotten.are_in(one.text, since) and _is_there(one, store, person_id)
        )
    return edits.model_copy(update={"questions": questions, "notes": notes})


def _is_there(question: SheetQuestion, store: ConversationStore, person_id: str) -> bool:
    if not question.turn_id:
        return True
    try:
        store.turn(person_id, question.turn_id)
    except NotFoundError:
        return False
    return True


def _name(person_id: str, subject: str) -> str:
    """The name under which a sheet is kept, which stands in clear: a relation may be any word."""
    if subject == SELF:
        return "visit-sheet:self"
    hashed = hashlib.sha256(f"{person_id}/{subject}".encode("utf-8", "surrogatepass"))
    return f"visit-sheet:{hashed.hexdigest()[:32]}"


def _place(held: Sequence[SheetQuestion], question_id: str) -> int | None:
    return next((at for at, one in enumerate(held) if one.question_id == question_id), None)


def _tidy(text: str) -> str:
    return " ".join(text.split())[:MOST_CHARS]

"""Somebody who writes messages, in a test."""

from uuid import uuid4

from chains.__main__ import Request, answer_request
from chains.record import TurnRecord
from chains.services import Services
from memory.records import SELF, Fact


class Person:
    """Writes through the command line's own function, so that the whole turn is real."""

    def __init__(self, services: Services, person_id: str | None = None) -> None:
        self.services = services
        self.person_id = person_id or f"person-{uuid4().hex}"
        self.thread_id = f"thread-{uuid4().hex}"

    def says(self, *messages: str, about: str = SELF) -> TurnRecord:
        """Send messages one after the other in one conversation; the record of the last."""
        for message in messages:
            request = Request(
                thread_id=self.thread_id,
                person_id=self.person_id,
                message=message,
                about=about,
            )
            record = answer_request(request, self.services)
        return record

    def starts_another_thread(self) -> "Person":
        """The same person in a new conversation."""
        return Person(self.services, self.person_id)


def fact_on(record: TurnRecord, kind: str, name: str, *, of: str = SELF) -> Fact | None:
    """The fact of this kind and name on a card; None when it is not there."""
    facts = record.card.get(of, ())
    return next((f for f in facts if (f.kind, f.name) == (kind, name) and not f.negated), None)


def names_on(record: TurnRecord, kind: str, *, of: str = SELF) -> set[str]:
    """Names of the facts of one kind on a card."""
    return {f.name for f in record.card.get(of, ()) if f.kind == kind and not f.negated}


def places_of(record: TurnRecord, *words: str) -> list[int]:
    """Where each word first stands in the answer, in lower case; -1 where it does not."""
    return [record.answer.markdown.lower().find(word.lower()) for word in words]

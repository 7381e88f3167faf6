"""The store on SQLAlchemy: SQLite by default, PostgreSQL by its address; same code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import update
from typing_extensions import override

from memory import sql_cards, sql_forgetting, sql_kept, sql_outlines, sql_turns
from memory.card import CardChange, confirm, correct
from memory.demonstration import MARK, is_demonstration
from memory.errors import InvalidIdError
from memory.records import (
    SELF,
    Card,
    Event,
    FactStatus,
    Feedback,
    Mask,
    NewEvent,
    Removed,
    Thread,
    ThreadOutline,
    Thumbs,
    Told,
    Turn,
    TurnStatus,
)
from memory.settings import MemorySettings
from memory.sql_engine import checkpoint, open_database
from memory.sql_export import export_person
from memory.sql_session import Database, PersonSession, now, transaction
from memory.sql_tables import turns
from memory.sql_told import list_told
from memory.store import ConversationStore


def open_store(settings: MemorySettings) -> "SqlStore":
    """Open the store, made or brought up to date if need be; as often as one likes.

    Raises:
        ConfigurationError: the folder, the key file or the database address cannot be used.
        StoreUnavailableError: the database does not answer.
    """
    return SqlStore(open_database(settings))


class SqlStore(ConversationStore):
    """People and conversations in a database; one instance serves all threads of a process."""

    def __init__(self, database: Database) -> None:
        """Stand on an open database; `open_store` makes both."""
        self._database = database

    def close(self) -> None:
        """Give back the connections."""
        self._database.engine.dispose()

    @override
    def ensure_thread(self, person_id: str, thread_id: str, *, about: str = SELF) -> Thread:
        with self._database.reading(person_id) as session:
            known = sql_turns.find_thread(session, person_id=person_id, thread_id=thread_id)
        if known is not None:
            return known
        with self._database.writing(person_id, make=True) as session:
            return sql_turns.ensure_thread(
                session, person_id=person_id, thread_id=thread_id, about=about
            )

    @override
    def threads(self, person_id: str) -> list[Thread]:
        with self._database.reading(person_id) as session:
            return sql_turns.list_threads(session, person_id)

    @override
    def outlines(self, person_id: str) -> list[ThreadOutline]:
        with self._database.reading(person_id) as session:
            return sql_outlines.list_outlines(session, person_id)

    @override
    def find_threads(self, person_id: str, words: str) -> list[str]:
        with self._database.reading(person_id) as session:
            return sql_outlines.find_threads(session, person_id, words)

    @override
    def set_about(self, person_id: str, thread_id: str, *, about: str) -> None:
        with self._database.writing(person_id) as session:
            sql_turns.set_thread_text(session, thread_id, column="about", text=about)

    @override
    def set_title(self, person_id: str, thread_id: str, *, title: str) -> None:
        with self._database.writing(person_id) as session:
            sql_turns.set_thread_text(session, thread_id, column="title", text=title)

    @override
    def begin_turn(
        self, person_id: str, thread_id: str, *, typed: str, message: str | None = None
    ) -> Turn:
        read = typed if message is None else message
        with self._database.writing(person_id) as session:
            return sql_turns.begin_turn(session, thread_id, typed=typed, message=read)

    @override
    def set_message(self, person_id: str, turn_id: str, *, message: str) -> None:
        with self._database.writing(person_id) as session:
            sql_turns.set_message(session, turn_id, message)

    @override
    def append_event(self, person_id: str, turn_id: str, *, kind: str, payload: str) -> Event:
        appended = [NewEvent(kind=kind, payload=payload)]
        return self.append_events(person_id, turn_id, events=appended)[0]

    @override
    def append_events(
        self, person_id: str, turn_id: str, *, events: Sequence[NewEvent]
    ) -> list[Event]:
        with self._database.writing(person_id) as session:
            return sql_turns.append_events(session, turn_id, events)

    @override
    def events(self, person_id: str, turn_id: str, *, after: int = 0) -> list[Event]:
        with self._database.reading(person_id) as session:
            return sql_turns.list_events(session, turn_id, after)

    @override
    def finish_turn(
        self, person_id: str, turn_id: str, *, status: TurnStatus, record: str | None = None
    ) -> None:
        with self._database.writing(person_id) as session:
            kept = None if record is None else sql_forgetting.scrub_forgotten(session, record)
            sql_turns.finish_turn(session, turn_id, status=status, record=kept)

    @override
    def turn(self, person_id: str, turn_id: str) -> Turn:
        with self._database.reading(person_id) as session:
            return sql_turns.get_turn(session, turn_id)

    @override
    def turns(
        self, person_id: str, thread_id: str, *, limit: int = 20, before: int | None = None
    ) -> list[Turn]:
        with self._database.reading(person_id) as session:
            return sql_turns.list_turns(session, thread_id, limit=limit, before=before)

    @override
    def last_turn(self, person_id: str, thread_id: str, *, before_number: int) -> Turn | None:
        newest = self.turns(person_id, thread_id, limit=1, before=before_number)
        return newest[0] if newest else None

    @override
    def interrupt_running(self) -> int:
        with transaction(self._database.writer) as connection:
            ended = connection.execute(
                update(turns)
                .where(turns.c.status == "running")
                .values(status="interrupted", finished_at=now())
            )
            return ended.rowcount

    @override
    def card(self, person_id: str, subject: str = SELF) -> Card:
        return self.cards(person_id).get(subject, Card(subject=subject))

    @override
    def cards(self, person_id: str) -> dict[str, Card]:
        with self._database.reading(person_id) as session:
            return sql_cards.cards(session)

    @override
    def save_cards(
        self, person_id: str, turn_id: str, *, changes: Mapping[str, CardChange]
    ) -> None:
        with self._database.writing(person_id) as session:
            message_id = sql_turns.message_id_of(session, turn_id)
            held = sql_cards.apply_changes(session, changes.values())
            sql_cards.add_sources(
                session,
                turn_id,
                [
                    source.in_message(message_id)
                    for change in changes.values()
                    for source in change.sources
                    if source.fact_id in held
                ],
            )

    @override
    def confirm_fact(self, person_id: str, fact_id: str) -> CardChange:
        with self._database.writing(person_id) as session:
            change = confirm(sql_cards.card_with(session, fact_id), fact_id)
            sql_cards.apply_changes(session, [change])
            return change

    @override
    def correct_fact(
        self,
        person_id: str,
        fact_id: str,
        *,
        name: str | None = None,
        status: FactStatus | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> CardChange:
        with self._database.writing(person_id) as session:
            card = sql_cards.card_with(session, fact_id)
            change = correct(card, fact_id, name=name, status=status, attributes=attributes)
            sql_forgetting.mask_corrected(session, card, change)
            sql_cards.apply_changes(session, [change])
            return change

    @override
    def forget_fact(self, person_id: str, fact_id: str) -> CardChange:
        with self._forgetting(person_id) as session:
            return sql_forgetting.forget_fact(session, fact_id)

    @override
    def told(self, person_id: str) -> dict[str, tuple[Told, ...]]:
        with self._database.reading(person_id) as session:
            return list_told(session)

    @override
    def masks(self, person_id: str) -> list[Mask]:
        with self._database.reading(person_id) as session:
            return sql_cards.list_masks(session)

    @override
    def save_feedback(
        self, person_id: str, turn_id: str, *, thumbs: Thumbs | None, reason: str = ""
    ) -> None:
        with self._database.writing(person_id) as session:
            sql_turns.save_feedback(session, turn_id, thumbs=thumbs, reason=reason)

    @override
    def feedback(self, person_id: str, turn_ids: Iterable[str]) -> dict[str, Feedback]:
        with self._database.reading(person_id) as session:
            return sql_turns.list_feedback(session, turn_ids)

    @override
    def keep(self, person_id: str, name: str, text: str | None) -> None:
        if name == MARK and not is_demonstration(person_id):
            raise InvalidIdError("someone real cannot be marked as made up")
        with self._database.writing(person_id, make=text is not None) as session:
            sql_kept.keep(session, name, text)

    @override
    def kept(self, person_id: str) -> dict[str, str]:
        with self._database.reading(person_id) as session:
            return sql_kept.list_kept(session)

    @override
    def delete_message(self, person_id: str, turn_id: str) -> Removed:
        with self._forgetting(person_id) as session:
            return sql_forgetting.delete_message(session, turn_id)

    @override
    def forget_thread(self, person_id: str, thread_id: str) -> Removed:
        with self._forgetting(person_id) as session:
            return sql_forgetting.forget_thread(session, thread_id)

    @override
    def forget_person(self, person_id: str) -> Removed:
        # Two transactions: from the first on nothing can be read, whatever becomes of the second.
        with self._forgetting(person_id) as session:
            removed = sql_forgetting.destroy_key(session)
        with self._forgetting(person_id) as session:
            sql_forgetting.delete_keyless(session)
        return removed

    @override
    def wipe_demonstrations(self, *, before: datetime) -> int:
        with transaction(self._database.writer) as connection:
            wiped = sql_kept.wipe_demonstrations(connection, before)
        checkpoint(self._database.engine)
        return wiped

    @override
    def start_over(self, person_id: str, thread_id: str, *, about: str = SELF) -> Thread:
        with self._forgetting(person_id, make=True) as session:
            thread = sql_turns.ensure_thread(
                session, person_id=person_id, thread_id=thread_id, about=about
            )
            sql_forgetting.empty_card(session, about)
            return thread

    @override
    def export_person(self, person_id: str) -> str:
        with self._database.reading(person_id) as session:
            return export_person(session, person_id)

    @contextmanager
    def _forgetting(self, person_id: str, *, make: bool = False) -> Iterator[PersonSession]:
        """A writing transaction, after which nothing of what it deleted stays in the journal."""
        with self._database.writing(person_id, make=make) as session:
            yield session
        checkpoint(self._database.engine)

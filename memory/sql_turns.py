"""Threads, turns, events and feedback in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, Select, delete, func, insert, select, update

from memory.errors import ThreadNotFoundError, TurnNotFoundError
from memory.records import Event, Feedback, NewEvent, Thread, Thumbs, Turn, TurnStatus
from memory.sql_session import PersonSession, hashed, now
from memory.sql_tables import events, feedback, threads, turns

_NO_THREAD: Final = "this person has no such thread"
_NO_TURN: Final = "this person has no such turn"


def find_thread(session: PersonSession, *, person_id: str, thread_id: str) -> Thread | None:
    """The thread, None when there is none. Raises ThreadNotFoundError for another person's."""
    row = _row(session, select(threads).where(threads.c.thread_key == hashed(thread_id)))
    if row is None:
        return None
    if row["person_key"] != session.person_key:
        raise ThreadNotFoundError(_NO_THREAD)
    return _thread(session, row, person_id)


def ensure_thread(session: PersonSession, *, person_id: str, thread_id: str, about: str) -> Thread:
    """The thread, made if need be. Raises ThreadNotFoundError when it is another person's."""
    known = find_thread(session, person_id=person_id, thread_id=thread_id)
    if known is not None:
        return known
    made = Thread(thread_id=thread_id, person_id=person_id, about=about, created_at=now())
    session.connection.execute(
        insert(threads).values(
            thread_key=hashed(thread_id),
            person_key=session.person_key,
            thread_id=session.seal(thread_id),
            about=session.seal(about),
            title=session.seal(made.title),
            created_at=made.created_at,
        )
    )
    return made


def list_threads(session: PersonSession, person_id: str) -> list[Thread]:
    """All threads, newest first."""
    query = select(threads).where(threads.c.person_key == session.person_key)
    newest_first = query.order_by(threads.c.created_at.desc(), threads.c.thread_key)
    rows = session.connection.execute(newest_first).mappings()
    return [_thread(session, row, person_id) for row in rows]


def set_thread_text(session: PersonSession, thread_id: str, *, column: str, text: str) -> None:
    """Write `about` or `title` of a thread. Raises ThreadNotFoundError."""
    thread_key = thread_row(session, thread_id)["thread_key"]
    session.connection.execute(
        update(threads)
        .where(threads.c.thread_key == thread_key)
        .values({column: session.seal(text)})
    )


def begin_turn(session: PersonSession, thread_id: str, *, typed: str, message: str) -> Turn:
    """Keep a message as the thread's next turn, running. Raises ThreadNotFoundError."""
    thread_key = thread_row(session, thread_id)["thread_key"]
    last = session.connection.scalar(
        select(func.max(turns.c.number)).where(turns.c.thread_key == thread_key)
    )
    turn = Turn(
        turn_id=uuid4().hex,
        thread_id=thread_id,
        number=(last or 0) + 1,
        message_id=uuid4().hex,
        message=message,
        typed=typed,
        created_at=now(),
    )
    session.connection.execute(
        insert(turns).values(
            turn_id=turn.turn_id,
            thread_key=thread_key,
            person_key=session.person_key,
            number=turn.number,
            message_id=turn.message_id,
            message=session.seal(message),
            typed=session.seal(typed),
            status=turn.status,
            created_at=turn.created_at,
        )
    )
    return turn


def set_message(session: PersonSession, turn_id: str, message: str) -> None:
    """What is to be read of a turn. Raises TurnNotFoundError."""
    _update_turn(session, turn_id, {"message": session.seal(message)})


def append_events(
    session: PersonSession, turn_id: str, appended: Sequence[NewEvent]
) -> list[Event]:
    """Append events in their order. Raises TurnNotFoundError."""
    message_id_of(session, turn_id)
    last = session.connection.scalar(
        select(func.max(events.c.number)).where(events.c.turn_id == turn_id)
    )
    numbered = [
        Event(number=number, kind=event.kind, payload=event.payload)
        for number, event in enumerate(appended, start=(last or 0) + 1)
    ]
    rows = [
        {"turn_id": turn_id, "number": e.number, "kind": e.kind, "payload": session.seal(e.payload)}
        for e in numbered
    ]
    if rows:
        session.connection.execute(insert(events), rows)
    return numbered


def list_events(session: PersonSession, turn_id: str, after: int) -> list[Event]:
    """The events with a number above `after`. Raises TurnNotFoundError."""
    message_id_of(session, turn_id)
    query = select(events).where(events.c.turn_id == turn_id, events.c.number > after)
    return [
        Event(number=row["number"], kind=row["kind"], payload=session.unseal(row, "payload"))
        for row in session.connection.execute(query.order_by(events.c.number)).mappings()
    ]


def finish_turn(
    session: PersonSession, turn_id: str, *, status: TurnStatus, record: str | None
) -> None:
    """End a turn. Raises TurnNotFoundError."""
    ended = {"status": status, "finished_at": now()}
    _update_turn(
        session, turn_id, ended | {"record": None if record is None else session.seal(record)}
    )


def get_turn(session: PersonSession, turn_id: str) -> Turn:
    """One turn. Raises TurnNotFoundError."""
    query = select(turns, threads.c.thread_id).join(threads).where(*_this(session, turn_id))
    row = _row(session, query)
    if row is None:
        raise TurnNotFoundError(_NO_TURN)
    return _turn(session, row, session.unseal(row, "thread_id"))


def list_turns(
    session: PersonSession, thread_id: str, *, limit: int | None, before: int | None
) -> list[Turn]:
    """The newest `limit` turns below `before`, oldest first. Raises ThreadNotFoundError."""
    query = select(turns).where(turns.c.thread_key == thread_row(session, thread_id)["thread_key"])
    if before is not None:
        query = query.where(turns.c.number < before)
    rows = session.connection.execute(query.order_by(turns.c.number.desc()).limit(limit)).mappings()
    return [_turn(session, row, thread_id) for row in reversed(rows.all())]


def save_feedback(
    session: PersonSession, turn_id: str, *, thumbs: Thumbs | None, reason: str
) -> None:
    """Keep feedback in place of what was there. Raises TurnNotFoundError."""
    message_id_of(session, turn_id)
    session.connection.execute(delete(feedback).where(feedback.c.turn_id == turn_id))
    session.connection.execute(
        insert(feedback).values(
            turn_id=turn_id, thumbs=thumbs, reason=session.seal(reason), given_at=now()
        )
    )


def list_feedback(session: PersonSession, turn_ids: Iterable[str]) -> dict[str, Feedback]:
    """The feedback on these turns of this person, by turn id."""
    query = (
        select(feedback)
        .join(turns, turns.c.turn_id == feedback.c.turn_id)
        .where(turns.c.person_key == session.person_key, feedback.c.turn_id.in_(list(turn_ids)))
    )
    return {
        row["turn_id"]: Feedback(
            turn_id=row["turn_id"],
            thumbs=row["thumbs"],
            reason=session.unseal(row, "reason"),
            given_at=row["given_at"],
        )
        for row in session.connection.execute(query).mappings()
    }


def thread_row(session: PersonSession, thread_id: str) -> RowMapping:
    """The row of this person's thread. Raises ThreadNotFoundError."""
    of_person = threads.c.person_key == session.person_key
    query = select(threads).where(threads.c.thread_key == hashed(thread_id), of_person)
    row = _row(session, query)
    if row is None:
        raise ThreadNotFoundError(_NO_THREAD)
    return row


def message_id_of(session: PersonSession, turn_id: str) -> str:
    """The message of this person's turn. Raises TurnNotFoundError."""
    query = select(turns.c.message_id).where(*_this(session, turn_id))
    message_id: str | None = session.connection.scalar(query)
    if message_id is None:
        raise TurnNotFoundError(_NO_TURN)
    return message_id


def _this(session: PersonSession, turn_id: str) -> tuple[ColumnElement[bool], ...]:
    return turns.c.turn_id == turn_id, turns.c.person_key == session.person_key


def _update_turn(session: PersonSession, turn_id: str, values: Mapping[str, object]) -> None:
    this = update(turns).where(*_this(session, turn_id))
    if session.connection.execute(this.values(**values)).rowcount == 0:
        raise TurnNotFoundError(_NO_TURN)


def _row(session: PersonSession, query: Select[tuple[object, ...]]) -> RowMapping | None:
    return session.connection.execute(query).mappings().first()


def _thread(session: PersonSession, row: RowMapping, person_id: str) -> Thread:
    return Thread(
        thread_id=session.unseal(row, "thread_id"),
        person_id=person_id,
        about=session.unseal(row, "about"),
        title=session.unseal(row, "title"),
        created_at=row["created_at"],
    )


def _turn(session: PersonSession, row: RowMapping, thread_id: str) -> Turn:
    return Turn(
        turn_id=row["turn_id"],
        thread_id=thread_id,
        number=row["number"],
        message_id=row["message_id"],
        message=session.unseal(row, "message"),
        typed=session.unseal(row, "typed"),
        status=row["status"],
        record=None if row["record"] is None else session.unseal(row, "record"),
        created_at=row["created_at"],
    )

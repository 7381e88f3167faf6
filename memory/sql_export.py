"""All that is kept of a person, as JSON text."""

import json
from typing import Final

from pydantic import JsonValue
from sqlalchemy import select

from memory.demonstration import NOTE, is_demonstration
from memory.errors import PersonNotFoundError
from memory.records import Feedback, Thread, Turn
from memory.sql_cards import cards
from memory.sql_kept import list_kept
from memory.sql_session import PersonSession, now
from memory.sql_tables import people
from memory.sql_turns import list_feedback, list_threads, list_turns

NOTICE: Final = (
    "The answers in this file were put together by a computer (AI) from the sources they name. "
    "They are information and not medical advice."
)
"""Stands on every export that holds answers."""


def export_person(session: PersonSession, person_id: str) -> str:
    """Threads, turns, cards and dates of a person. Raises PersonNotFoundError.

    The person's id is left out: in a browser it is the cookie that opens all of this.
    """
    query = select(people.c.created_at).where(people.c.person_key == session.person_key)
    since = session.connection.scalar(query)
    if since is None or session.cipher is None:
        raise PersonNotFoundError("nothing is kept for this person")
    exported = {
        "notice": NOTICE,
        "since": since.isoformat(),
        "exported_at": now().isoformat(),
        "cards": {
            subject: [fact.model_dump(mode="json") for fact in card.facts]
            for subject, card in cards(session).items()
        },
        "kept": list_kept(session),
        "threads": [_thread(session, thread) for thread in list_threads(session, person_id)],
    }
    if is_demonstration(person_id):
        exported = {"made_up": NOTE, **exported}
    text = json.dumps(exported, ensure_ascii=False, indent=2)
    # Half of a surrogate pair has no place in UTF-8: it is written as the JSON escape it is.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _thread(session: PersonSession, thread: Thread) -> dict[str, JsonValue]:
    held = list_turns(session, thread.thread_id, limit=None, before=None)
    given = list_feedback(session, [turn.turn_id for turn in held])
    return {
        "thread_id": thread.thread_id,
        "about": thread.about,
        "title": thread.title,
        "created_at": thread.created_at.isoformat(),
        "turns": [_turn(turn, given.get(turn.turn_id)) for turn in held],
    }


def _turn(turn: Turn, given: Feedback | None) -> dict[str, JsonValue]:
    return {
        "turn_id": turn.turn_id,
        "number": turn.number,
        "message_id": turn.message_id,
        "typed": turn.typed,
        "created_at": turn.created_at.isoformat(),
        "status": turn.status,
        "record": None if turn.record is None else json.loads(turn.record),
        "feedback": None if given is None else given.model_dump(mode="json"),
    }

"""The list of a person's conversations, and the search in them, in SQL."""

from sqlalchemy import func, select

from memory.records import ThreadOutline
from memory.sql_session import PersonSession
from memory.sql_tables import threads, turns
from memory.sql_turns import list_threads


def list_outlines(session: PersonSession, person_id: str) -> list[ThreadOutline]:
    """All threads with their first message, the one last written in first."""
    ends = (
        select(
            turns.c.thread_key,
            func.min(turns.c.number).label("first"),
            func.max(turns.c.created_at).label("last_at"),
        )
        .where(turns.c.person_key == session.person_key)
        .group_by(turns.c.thread_key)
        .subquery()
    )
    query = (
        select(threads.c.thread_id, turns.c.typed, ends.c.last_at)
        .join(ends, ends.c.thread_key == threads.c.thread_key)
        .join(
            turns,
            (turns.c.thread_key == ends.c.thread_key) & (turns.c.number == ends.c.first),
        )
    )
    spoken = {
        session.unseal(row, "thread_id"): row
        for row in session.connection.execute(query).mappings()
    }
    outlines = [
        ThreadOutline(
            thread=thread,
            opening=session.unseal(row, "typed") if row else "",
            last_at=row["last_at"] if row else thread.created_at,
        )
        for thread in list_threads(session, person_id)
        for row in (spoken.get(thread.thread_id),)
    ]
    return sorted(outlines, key=lambda outline: outline.last_at, reverse=True)


def find_threads(session: PersonSession, person_id: str, words: str) -> list[str]:
    """Ids of the threads whose title and messages hold all these words.

    Texts are encrypted one by one, so they are opened and looked through here.
    """
    said = {thread.thread_id: [thread.title] for thread in list_threads(session, person_id)}
    query = (
        select(threads.c.thread_id, turns.c.typed)
        .join(turns, turns.c.thread_key == threads.c.thread_key)
        .where(threads.c.person_key == session.person_key)
    )
    for row in session.connection.execute(query).mappings():
        said[session.unseal(row, "thread_id")].append(session.unseal(row, "typed"))
    wanted = words.casefold().split()
    return [
        thread_id
        for thread_id, texts in said.items()
        if all(word in "\n".join(texts).casefold() for word in wanted)
    ]

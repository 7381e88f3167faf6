"""What is kept of a person beside conversations and cards, in SQL."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from memory.demonstration import MARK
from memory.sql_session import PersonSession
from memory.sql_tables import kept, people


def list_kept(session: PersonSession) -> dict[str, str]:
    """All texts of this person by their names."""
    query = select(kept).where(kept.c.person_key == session.person_key).order_by(kept.c.name)
    rows = session.connection.execute(query).mappings()
    return {row["name"]: session.unseal(row, "text") for row in rows}


def keep(session: PersonSession, name: str, text: str | None) -> None:
    """Keep a text in place of what was there; None takes it away."""
    this = kept.c.person_key == session.person_key, kept.c.name == name
    session.connection.execute(delete(kept).where(*this))
    if text is not None:
        session.connection.execute(
            insert(kept).values(person_key=session.person_key, name=name, text=session.seal(text))
        )


def wipe_demonstrations(connection: Connection, before: datetime) -> int:
    """Delete those who are marked as made up and were made before a time, keys and all."""
    marked = select(kept.c.person_key).where(kept.c.name == MARK)
    old = people.c.person_key.in_(marked) & (people.c.created_at < before)
    return connection.execute(delete(people).where(old)).rowcount

"""When and in which message each fact of a card was told, in SQL."""

import json

from sqlalchemy import select

from memory.records import Fact, Told
from memory.sql_session import PersonSession
from memory.sql_tables import fact_sources, threads, turns


def list_told(session: PersonSession) -> dict[str, tuple[Told, ...]]:
    """The tellings of every fact on a card, oldest first, by the id of the fact."""
    joined = fact_sources.join(turns, turns.c.turn_id == fact_sources.c.turn_id).join(
        threads, threads.c.thread_key == turns.c.thread_key
    )
    query = (
        select(
            fact_sources.c.fact_id,
            fact_sources.c.said,
            turns.c.turn_id,
            turns.c.message,
            turns.c.created_at,
            threads.c.thread_id,
        )
        .select_from(joined)
        .where(fact_sources.c.person_key == session.person_key)
        .order_by(fact_sources.c.source_id)
    )
    told: dict[str, tuple[Told, ...]] = {}
    for row in session.connection.execute(query).mappings():
        one = Told(
            said=Fact.model_validate(json.loads(session.unseal(row, "said"))),
            thread_id=session.unseal(row, "thread_id"),
            turn_id=row["turn_id"],
            message=session.unseal(row, "message"),
            told_at=row["created_at"],
        )
        told[row["fact_id"]] = (*told.get(row["fact_id"], ()), one)
    return told

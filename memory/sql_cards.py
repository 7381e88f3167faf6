"""Cards, the sources of their facts, and masks in SQL."""

import json
from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select, update

from memory.card import CardChange, FactSource
from memory.errors import FactNotFoundError
from memory.records import Card, Fact, Mask, Record
from memory.sql_session import PersonSession
from memory.sql_tables import fact_sources, facts, masks


def as_text(record: Record) -> str:
    """JSON text of a record, also with half of a surrogate pair in it."""
    return json.dumps(record.model_dump(mode="json"))


def cards(session: PersonSession) -> dict[str, Card]:
    """All cards with a fact on them, by subject."""
    query = select(facts).where(facts.c.person_key == session.person_key)
    by_subject: dict[str, list[Fact]] = {}
    for row in session.connection.execute(query.order_by(facts.c.position)).mappings():
        fact = Fact.model_validate(json.loads(session.unseal(row, "fact")))
        by_subject.setdefault(fact.subject, []).append(fact)
    return {
        subject: Card(subject=subject, facts=tuple(held)) for subject, held in by_subject.items()
    }


def card_with(session: PersonSession, fact_id: str) -> Card:
    """The card that holds a fact. Raises FactNotFoundError."""
    for card in cards(session).values():
        if any(fact.fact_id == fact_id for fact in card.facts):
            return card
    raise FactNotFoundError("no card of this person holds this fact")


def apply_changes(session: PersonSession, changes: Iterable[CardChange]) -> set[str]:
    """Write what changed; the ids of the facts that are held now.

    A changed fact that is no longer there stays away: it was forgotten meanwhile.
    """
    query = select(facts.c.fact_id).where(facts.c.person_key == session.person_key)
    held = set(session.connection.scalars(query))
    for change in changes:
        gone = {fact.fact_id for fact in change.removed}
        drop_facts(session, gone & held)
        held -= gone
        rewrite_facts(session, (fact for fact in change.changed if fact.fact_id in held))
        added = [fact for fact in change.added if fact.fact_id not in held]
        _insert(session, added)
        held |= {fact.fact_id for fact in added}
        if any(fact.kind == "lab" for fact in change.changed):
            # A reading said again is the newest of its series now.
            _reorder(session, [fact.fact_id for fact in change.card.facts])
    return held


def drop_facts(session: PersonSession, fact_ids: Iterable[str]) -> None:
    """Delete facts; their sources go with them."""
    gone = list(fact_ids)
    if gone:
        of_person = facts.c.person_key == session.person_key
        session.connection.execute(delete(facts).where(of_person, facts.c.fact_id.in_(gone)))


def add_sources(session: PersonSession, turn_id: str, sources: Iterable[FactSource]) -> None:
    """Keep which turn said which fact."""
    rows = [
        {
            "person_key": session.person_key,
            "fact_id": source.fact_id,
            "turn_id": turn_id,
            "said": session.seal(as_text(source.said)),
        }
        for source in sources
    ]
    if rows:
        session.connection.execute(insert(fact_sources), rows)


def sources_of(session: PersonSession, fact_ids: Iterable[str]) -> dict[str, list[Fact]]:
    """What was said to make each of these facts, oldest first, by the id of the fact."""
    query = select(fact_sources).where(
        fact_sources.c.person_key == session.person_key,
        fact_sources.c.fact_id.in_(list(fact_ids)),
    )
    said: dict[str, list[Fact]] = {}
    rows = session.connection.execute(query.order_by(fact_sources.c.source_id)).mappings()
    for row in rows:
        fact = Fact.model_validate(json.loads(session.unseal(row, "said")))
        said.setdefault(row["fact_id"], []).append(fact)
    return said


def add_masks(session: PersonSession, added: Iterable[Mask]) -> None:
    """Keep masks."""
    rows = [
        {
            "person_key": session.person_key,
            "message_id": mask.message_id,
            "mask": session.seal(as_text(mask)),
        }
        for mask in added
    ]
    if rows:
        session.connection.execute(insert(masks), rows)


def list_masks(session: PersonSession) -> list[Mask]:
    """All masks, oldest first."""
    query = select(masks).where(masks.c.person_key == session.person_key)
    rows = session.connection.execute(query.order_by(masks.c.mask_id)).mappings()
    return [Mask.model_validate(json.loads(session.unseal(row, "mask"))) for row in rows]


def rewrite_facts(session: PersonSession, changed: Iterable[Fact]) -> None:
    """Write facts anew where they are."""
    for fact in changed:
        session.connection.execute(
            update(facts)
            .where(facts.c.person_key == session.person_key, facts.c.fact_id == fact.fact_id)
            .values(fact=session.seal(as_text(fact)))
        )


def _reorder(session: PersonSession, fact_ids: Iterable[str]) -> None:
    for position, fact_id in enumerate(fact_ids, start=_next_position(session)):
        session.connection.execute(
            update(facts)
            .where(facts.c.person_key == session.person_key, facts.c.fact_id == fact_id)
            .values(position=position)
        )


def _insert(session: PersonSession, added: list[Fact]) -> None:
    if not added:
        return
    first = _next_position(session)
    rows = [
        {
            "person_key": session.person_key,
            "fact_id": fact.fact_id,
            "position": position,
            "fact": session.seal(as_text(fact)),
        }
        for position, fact in enumerate(added, start=first)
    ]
    session.connection.execute(insert(facts), rows)


def _next_position(session: PersonSession) -> int:
    of_person = facts.c.person_key == session.person_key
    last = session.connection.scalar(select(func.max(facts.c.position)).where(of_person))
    return (last or 0) + 1

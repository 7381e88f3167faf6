"""Forgetting in SQL: facts, messages, threads."""

from collections.abc import Sequence
from itertools import takewhile

from sqlalchemy import ColumnElement, FromClause, delete, func, select, update

from memory.card import CardChange, forget, retold
from memory.masking import blanked
from memory.records import Card, Fact, Mask, Removed, Turn
from memory.scrubbing import Forgotten, forgotten_facts, scrub, scrub_turns
from memory.sql_cards import (
    add_masks,
    card_with,
    cards,
    drop_facts,
    list_masks,
    rewrite_facts,
    sources_of,
)
from memory.sql_kept import keep, list_kept
from memory.sql_session import PersonSession, now
from memory.sql_tables import events, fact_sources, facts, masks, people, threads, turns
from memory.sql_turns import (
    get_turn,
    list_turns,
    set_thread_text,
    thread_row,
)


def forget_fact(session: PersonSession, fact_id: str) -> CardChange:
    """Take a fact off its card and out of what is stored; mask its words. FactNotFoundError."""
    change = forget(card_with(session, fact_id), fact_id)
    _forget_facts(session, change.removed)
    rewrite_facts(session, change.changed)
    return change


def empty_card(session: PersonSession, subject: str) -> None:
    """Forget every fact of one card."""
    _forget_facts(session, cards(session).get(subject, Card()).facts)


def mask_corrected(session: PersonSession, before: Card, change: CardChange) -> None:
    """Mask the words of facts that were set right or settled, as they were before."""
    now_said = {fact.fact_id: _content(fact) for fact in change.card.facts}
    wrong = [fact for fact in before.facts if now_said.get(fact.fact_id) != _content(fact)]
    said = sources_of(session, [fact.fact_id for fact in wrong])
    for fact in wrong:
        _mask(session, [fact, *said.get(fact.fact_id, ())], corrected=True)


def scrub_forgotten(session: PersonSession, text: str) -> str:
    """JSON text without the facts that this person has forgotten."""
    gone = frozenset(m.fact_id for m in list_masks(session) if m.reason == "forgotten")
    return scrub(text, Forgotten(fact_ids=gone)) if gone else text


def delete_message(session: PersonSession, turn_id: str) -> Removed:
    """Delete a turn, those that repeat its words, and what they alone said. TurnNotFoundError."""
    turn = get_turn(session, turn_id)
    held = list_turns(session, turn.thread_id, limit=None, before=None)
    after = (later for later in held if later.number > turn.number)
    # A turn that is read as more than was typed repeats the message right before it.
    repeating = list(takewhile(lambda later: later.message != later.typed, after))
    title = session.unseal(thread_row(session, turn.thread_id), "title").rstrip(" .…")
    if title and title in turn.typed:
        set_thread_text(session, turn.thread_id, column="title", text="")
    return _forget_turns(session, [turn, *repeating])


def forget_thread(session: PersonSession, thread_id: str) -> Removed:
    """Delete a thread and what it alone said. Raises ThreadNotFoundError."""
    thread_key = thread_row(session, thread_id)["thread_key"]
    held = list_turns(session, thread_id, limit=None, before=None)
    removed = _forget_turns(session, held)
    session.connection.execute(delete(threads).where(threads.c.thread_key == thread_key))
    return removed.model_copy(update={"threads": 1})


def destroy_key(session: PersonSession) -> Removed:
    """Destroy the person's key; what it leaves unreadable."""
    this = people.c.person_key == session.person_key
    removed = Removed(
        people=_count(session, people, this),
        threads=_count(session, threads, threads.c.person_key == session.person_key),
        turns=_count(session, turns, turns.c.person_key == session.person_key),
        events=_count(session, events.join(turns), turns.c.person_key == session.person_key),
        facts=_count(session, facts, facts.c.person_key == session.person_key),
    )
    session.connection.execute(update(people).where(this).values(wrapped_key=None))
    return removed


def delete_keyless(session: PersonSession) -> None:
    """Delete a person whose key is destroyed; one who came anew meanwhile has a key."""
    keyless = people.c.wrapped_key.is_(None)
    this = people.c.person_key == session.person_key
    session.connection.execute(delete(people).where(this, keyless))


def _count(session: PersonSession, table: FromClause, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(condition)
    return session.connection.scalar(query) or 0


def _content(fact: Fact) -> Fact:
    return fact.model_copy(update={"state": "stated"})


def _forget_facts(session: PersonSession, gone: Sequence[Fact]) -> None:
    said = sources_of(session, [fact.fact_id for fact in gone])
    for fact in gone:
        _mask(session, [fact, *said.get(fact.fact_id, ())])
    drop_facts(session, [fact.fact_id for fact in gone])
    all_said = [fact for wordings in said.values() for fact in wordings]
    _scrub_stored(session, forgotten_facts([*gone, *all_said]))
    held = cards(session).values()
    left = [fact for fact in (*gone, *all_said) if not any(_holds(card, fact) for card in held)]
    _scrub_kept(session, words=[words for fact in left for words in (fact.name, fact.evidence)])


def _holds(card: Card, fact: Fact) -> bool:
    return card.find(fact.kind, fact.name) is not None


def _mask(session: PersonSession, told: Sequence[Fact], *, corrected: bool = False) -> None:
    """Mask every wording of one fact; `told` begins with the fact as the card held it."""
    wordings = dict.fromkeys((f.message_id, f.evidence) for f in told if f.message_id)
    add_masks(
        session,
        [
            Mask(
                fact_id=told[0].fact_id,
                kind=told[0].kind,
                name=told[0].name,
                subject=told[0].subject,
                message_id=message_id,
                evidence=evidence,
                reason="corrected" if corrected else "forgotten",
                masked_at=now(),
            )
            for message_id, evidence in wordings
        ],
    )


def _forget_turns(session: PersonSession, gone: Sequence[Turn]) -> Removed:
    turn_ids = [turn.turn_id for turn in gone]
    message_ids = [turn.message_id for turn in gone]
    removed_events = _count(session, events, events.c.turn_id.in_(turn_ids))
    forgotten = _unlearn(session, turn_ids)
    session.connection.execute(
        delete(masks).where(
            masks.c.person_key == session.person_key, masks.c.message_id.in_(message_ids)
        )
    )
    session.connection.execute(delete(turns).where(turns.c.turn_id.in_(turn_ids)))
    _scrub_stored(session, forgotten_facts(forgotten, message_ids))
    _scrub_kept(session, turn_ids=turn_ids)
    return Removed(turns=len(gone), events=removed_events, facts=len(forgotten))


def _unlearn(session: PersonSession, turn_ids: Sequence[str]) -> list[Fact]:
    """Take back what these turns said; the facts that nothing else said, which are gone."""
    in_turns = fact_sources.c.turn_id.in_(turn_ids)
    touched = set(session.connection.scalars(select(fact_sources.c.fact_id).where(in_turns)))
    session.connection.execute(delete(fact_sources).where(in_turns))
    left = sources_of(session, touched)
    known = [f for card in cards(session).values() for f in card.facts if f.fact_id in touched]
    rewrite_facts(session, [retold(f, left[f.fact_id]) for f in known if f.fact_id in left])
    gone = [fact for fact in known if fact.fact_id not in left]
    drop_facts(session, [fact.fact_id for fact in gone])
    return gone


def _scrub_kept(
    session: PersonSession, *, words: Sequence[str] = (), turn_ids: Sequence[str] = ()
) -> None:
    """Take forgotten words and what came from deleted turns out of what is kept beside, too."""
    for name, text in list_kept(session).items():
        left = scrub_turns(blanked(text, words), turn_ids)
        if left != text:
            keep(session, name, left)


def _scrub_stored(session: PersonSession, forgotten: Forgotten) -> None:
    of_person = turns.c.person_key == session.person_key
    records = select(turns.c.turn_id, turns.c.record).where(of_person, turns.c.record.is_not(None))
    for row in session.connection.execute(records).mappings().all():
        text = session.unseal(row, "record")
        kept = scrub(text, forgotten)
        if kept != text:
            this = turns.c.turn_id == row["turn_id"]
            session.connection.execute(update(turns).where(this).values(record=session.seal(kept)))
    payloads = select(events).join(turns, turns.c.turn_id == events.c.turn_id).where(of_person)
    for row in session.connection.execute(payloads).mappings().all():
        text = session.unseal(row, "payload")
        kept = scrub(text, forgotten)
        if kept != text:
            session.connection.execute(
                update(events)
                .where(events.c.turn_id == row["turn_id"], events.c.number == row["number"])
                .values(payload=session.seal(kept))
            )

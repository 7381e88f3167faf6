"""The clinical card: how new facts change what is known of one person. Pure functions.

`memory.card_draft` holds the rules by which one fact meets those that are there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from memory.card_draft import EXCLUSIVE, FIRM, CardDraft, same_name, words_of
from memory.contradictions import rivals
from memory.errors import CardError, FactNotFoundError
from memory.records import Card, Fact, FactStatus, Record


class FactSource(Record):
    """Where a fact of a card comes from."""

    fact_id: str
    """The fact on the card that these words made or renewed."""
    said: Fact
    """The fact as this message said it."""

    def in_message(self, message_id: str) -> Self:
        """This source, of this message where the fact does not name one."""
        said = self.said.model_copy(update={"message_id": self.said.message_id or message_id})
        return self.model_copy(update={"said": said})


class CardChange(Record):
    """A card after a message, and what the message did to it."""

    card: Card
    added: tuple[Fact, ...] = ()
    changed: tuple[Fact, ...] = ()
    """Facts that were there and say something else now, as they are now."""
    removed: tuple[Fact, ...] = ()
    """Facts that hold no more: denied, or superseded."""
    contradicted: tuple[Fact, ...] = ()
    """Facts that cannot all hold, which only the person can settle; oldest first."""
    sources: tuple[FactSource, ...] = ()
    """One for each fact said that the card holds now, also where it said nothing new."""


def merge(card: Card, facts: Sequence[Fact]) -> CardChange:
    """Take what a message said into a card.

    Args:
        card: what is known of one person.
        facts: in the order they were said; may be empty.

    Returns:
        The new card, newest last, and what became of each fact.

    Raises:
        CardError: a fact is about another subject than the card.
    """
    if any(fact.subject != card.subject for fact in facts):
        raise CardError("a fact about one person was handed to the card of another")
    draft = CardDraft(list(card.facts))
    placed = [(draft.place(fact), fact) for fact in facts]
    after = Card(subject=card.subject, facts=tuple(draft.facts))
    held = {fact.fact_id for fact in draft.facts}
    sources = tuple(FactSource(fact_id=kept, said=said) for kept, said in placed if kept in held)
    return _compare(card, after).model_copy(
        update={"contradicted": _contradictions(after, facts), "sources": sources}
    )


def route(cards: Mapping[str, Card], facts: Iterable[Fact]) -> dict[str, CardChange]:
    """Take each fact into the card of the person it is about.

    Args:
        cards: by subject; a subject without a card gets one.
        facts: about any subjects, in the order they were said; may be empty.

    Returns:
        The changes by subject, of the subjects that `facts` speak of.
    """
    by_subject: dict[str, list[Fact]] = {}
    for fact in facts:
        by_subject.setdefault(fact.subject, []).append(fact)
    return {
        subject: merge(cards.get(subject, Card(subject=subject)), said)
        for subject, said in by_subject.items()
    }


def confirm(card: Card, fact_id: str) -> CardChange:
    """Mark a fact as confirmed by the person; what contradicts it goes.

    Raises:
        FactNotFoundError: the card holds no such fact.
    """
    fact = _find(card, fact_id)
    confirmed = fact.model_copy(update={"state": "confirmed"})
    gone = (other.fact_id for other in rivals(card.facts, fact))
    return _compare(card, _replaced(card, confirmed, without=gone))


def correct(
    card: Card,
    fact_id: str,
    *,
    name: str | None = None,
    status: FactStatus | None = None,
    attributes: Mapping[str, str] | None = None,
) -> CardChange:
    """Set a fact right as the person says; what contradicts it goes.

    Args:
        card: the card that holds the fact.
        fact_id: the fact to set right.
        name: the right name; None leaves it.
        status: the right status; None leaves it.
        attributes: joined to those known, an empty text takes a key away; None leaves them.

    Raises:
        FactNotFoundError: the card holds no such fact.
    """
    fact = _find(card, fact_id)
    joined = {**fact.attributes, **(attributes or {})}
    corrected = fact.model_copy(
        update={
            "name": name or fact.name,
            "status": status or fact.status,
            "attributes": {key: value for key, value in joined.items() if value},
            "state": "corrected",
        }
    )
    # Readings of a lab are a series: setting one right says nothing about the others.
    gone = {other.fact_id for other in rivals(card.facts, corrected)}
    if fact.kind != "lab":
        gone |= {other.fact_id for other in card.facts if same_name(other, corrected)} - {fact_id}
    return _compare(card, _replaced(card, corrected, without=gone))


def forget(card: Card, fact_id: str) -> CardChange:
    """Take a fact off the card, and its name out of the attributes of others.

    Raises:
        FactNotFoundError: the card holds no such fact.
    """
    gone = _find(card, fact_id)
    kept = tuple(_without(gone.name, fact) for fact in card.facts if fact.fact_id != fact_id)
    return _compare(card, Card(subject=card.subject, facts=kept))


def _without(name: str, fact: Fact) -> Fact:
    """A fact that does not name another as its reason."""
    if name not in fact.attributes.values():
        return fact
    left = {key: value for key, value in fact.attributes.items() if value != name}
    return fact.model_copy(update={"attributes": left})


def retold(fact: Fact, said: Sequence[Fact]) -> Fact:
    """A fact of a card, made anew from what is left of the words it came from.

    Args:
        fact: as it is on the card. What the person confirmed or corrected is kept.
        said: the facts that made it, oldest first, without those that were forgotten; one or more.
    """
    if fact.state in FIRM:
        return fact.model_copy(update=words_of(said[-1]))
    made = merge(Card(subject=fact.subject), said).card.facts[-1]
    return made.model_copy(update={"fact_id": fact.fact_id})


def _contradictions(card: Card, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    said = [fact for fact in facts if not fact.negated]
    return tuple(
        fact
        for fact in card.facts
        if rivals(card.facts, fact)
        and any(
            fact.kind == one.kind and (fact.kind in EXCLUSIVE or same_name(fact, one))
            for one in said
        )
    )


def _find(card: Card, fact_id: str) -> Fact:
    fact = next((fact for fact in card.facts if fact.fact_id == fact_id), None)
    if fact is None:
        raise FactNotFoundError("no card holds this fact")
    return fact


def _replaced(card: Card, fact: Fact, *, without: Iterable[str] = ()) -> Card:
    gone = set(without)
    kept = (known for known in card.facts if known.fact_id not in gone)
    facts = tuple(fact if known.fact_id == fact.fact_id else known for known in kept)
    return Card(subject=card.subject, facts=facts)


def _compare(before: Card, after: Card) -> CardChange:
    old = {fact.fact_id: fact for fact in before.facts}
    new = {fact.fact_id for fact in after.facts}
    return CardChange(
        card=after,
        added=tuple(fact for fact in after.facts if fact.fact_id not in old),
        changed=tuple(f for f in after.facts if f.fact_id in old and f != old[f.fact_id]),
        removed=tuple(fact for fact in before.facts if fact.fact_id not in new),
    )

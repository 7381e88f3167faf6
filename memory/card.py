"""The clinical card: how new facts change what is known of one person. Pure functions.

Facts of most kinds are one entry a name, and newer words add to it. Of exclusive kinds there
is one entry at all. Biomarkers and labs carry values: two values of a biomarker contradict
each other until the person settles it, values of a lab are a series.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from memory.errors import CardError, FactNotFoundError
from memory.records import Card, Fact, FactKind, FactStatus, Record

EXCLUSIVE: Final[frozenset[FactKind]] = frozenset({
    "stage",
    "tnm",
    "grade",
    "age",
    "menopausal_status",
})
"""Kinds of which one fact holds at a time: the newer supersedes the older."""

_FIRM: Final = ("confirmed", "corrected")


class FactSource(Record):
    """Where a fact of a card comes from."""

    fact_id: str
    """The fact on the card that these words made or renewed."""
    said: Fact
    """The fact as this message said it."""


class CardChange(Record):
    """A card after a message, and what the message did to it."""

    card: Card
    added: tuple[Fact, ...] = ()
    changed: tuple[Fact, ...] = ()
    """Facts that were there and say something else now, as they are now."""
    removed: tuple[Fact, ...] = ()
    """Facts that hold no more: denied, or superseded."""
    contradicted: tuple[Fact, ...] = ()
    """Facts of one name with different values, which only the person can settle; oldest first."""
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
    draft = _Draft(list(card.facts))
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
    """Mark a fact as confirmed by the person.

    Raises:
        FactNotFoundError: the card holds no such fact.
    """
    fact = _find(card, fact_id)
    return _compare(card, _replaced(card, fact.model_copy(update={"state": "confirmed"})))


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
    rivals = (
        set()
        if fact.kind == "lab"
        else {other.fact_id for other in card.facts if _same_name(other, corrected)} - {fact_id}
    )
    return _compare(card, _replaced(card, corrected, without=rivals))


def forget(card: Card, fact_id: str) -> CardChange:
    """Take a fact off the card.

    Raises:
        FactNotFoundError: the card holds no such fact.
    """
    _find(card, fact_id)
    kept = tuple(fact for fact in card.facts if fact.fact_id != fact_id)
    return _compare(card, Card(subject=card.subject, facts=kept))


def retold(fact: Fact, said: Sequence[Fact]) -> Fact:
    """A fact of a card, made anew from what is left of the words it came from.

    Args:
        fact: as it is on the card. What the person confirmed or corrected is kept.
        said: the facts that made it, oldest first, without those that were forgotten; one or more.
    """
    last = said[-1]
    evidence = {"evidence": last.evidence, "message_id": last.message_id}
    if fact.state in _FIRM:
        return fact.model_copy(update=evidence)
    made = merge(Card(subject=fact.subject), said).card.facts[-1]
    return made.model_copy(update={"fact_id": fact.fact_id})


@dataclass(slots=True)
class _Draft:
    """A card while facts are taken into it."""

    facts: list[Fact]

    def place(self, fact: Fact) -> str | None:
        """Take one fact in; the id under which the card holds it, None if it does not."""
        same = [known for known in self.facts if _same_name(known, fact)]
        if fact.negated:
            return self._deny(fact, same)
        self._drop(known for known in same if known.negated)
        positive = [known for known in same if not known.negated]
        if fact.kind in EXCLUSIVE:
            return self._supersede(fact)
        if fact.kind in ("biomarker", "lab"):
            return self._measure(fact, positive)
        return self._join(positive[-1], fact) if positive else self._add(fact)

    def _deny(self, fact: Fact, same: list[Fact]) -> str | None:
        positive = [known for known in same if not known.negated]
        self._drop(positive)
        if positive:
            return None
        return self._join(same[-1], fact) if same else self._add(fact)

    def _supersede(self, fact: Fact) -> str | None:
        known = [other for other in self.facts if other.kind == fact.kind and not other.negated]
        if not known:
            return self._add(fact)
        if _same_name(known[-1], fact):
            return self._join(known[-1], fact)
        return None if _is_outranked(fact, known) else self._replace(known[-1], fact)

    def _measure(self, fact: Fact, known: list[Fact]) -> str | None:
        if not known:
            return self._add(fact)
        value = _value(fact)
        twin = next(
            (other for other in reversed(known) if not value or _value(other) == value), None
        )
        twin = twin or next((other for other in known if not _value(other)), None)
        if fact.kind == "biomarker" and fact.state == "corrected":
            target = twin or known[-1]
            self._drop(other for other in known if other is not target)
            return self._join(target, fact) if twin else self._replace(target, fact)
        if twin:
            return self._join(twin, fact, as_newest=fact.kind == "lab" and twin is not known[-1])
        if fact.state == "corrected":
            return self._replace(known[-1], fact)
        return None if _is_outranked(fact, known) else self._add(fact)

    def _add(self, fact: Fact) -> str:
        self.facts.append(fact)
        return fact.fact_id

    def _join(self, known: Fact, fact: Fact, *, as_newest: bool = False) -> str:
        place = self.facts.index(known)
        if as_newest:
            self.facts.append(self.facts.pop(place))
            place = -1
        self.facts[place] = _joined(known, fact)
        return known.fact_id

    def _replace(self, known: Fact, fact: Fact) -> str:
        place = self.facts.index(known)
        self.facts[place] = fact.model_copy(update={"fact_id": known.fact_id})
        return known.fact_id

    def _drop(self, facts: Iterable[Fact]) -> None:
        gone = {fact.fact_id for fact in facts}
        self.facts = [fact for fact in self.facts if fact.fact_id not in gone]


def _joined(known: Fact, fact: Fact) -> Fact:
    """The known fact with what the newer adds; unchanged when it adds nothing."""
    joined = {
        "attributes": {**_still_true(known, fact), **fact.attributes},
        "status": fact.status or known.status,
        "state": _joined_state(known, fact),
    }
    if all(getattr(known, key) == value for key, value in joined.items()):
        return known
    words = {"evidence": fact.evidence, "message_id": fact.message_id}
    return known.model_copy(update=joined | words)


def _still_true(known: Fact, fact: Fact) -> dict[str, str]:
    """Known attributes without the end of a pause or of a course that goes on again."""
    over = set()
    if fact.status == "current" and known.status == "past":
        over.add("until")
    if fact.status == "current" and known.attributes.get("change") == "held":
        over.add("change")
    return {key: value for key, value in known.attributes.items() if key not in over}


def _joined_state(known: Fact, fact: Fact) -> str:
    if fact.state in _FIRM:
        return fact.state
    return known.state if known.state in _FIRM or fact.state == "inferred" else fact.state


def _is_outranked(fact: Fact, known: Iterable[Fact]) -> bool:
    """Whether a fact is only inferred where the person confirmed or corrected another value."""
    return fact.state == "inferred" and any(other.state in _FIRM for other in known)


def _same_name(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind and one.name.casefold() == other.name.casefold()


def _value(fact: Fact) -> str:
    return fact.attributes.get("value", "").strip().casefold()


def _contradictions(card: Card, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    named = {fact.name.casefold() for fact in facts if fact.kind == "biomarker"}
    return tuple(
        fact
        for fact in card.of_kind("biomarker")
        if fact.name.casefold() in named
        and sum(_same_name(fact, other) for other in card.of_kind("biomarker")) > 1
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

"""A card while facts are taken into it: how one fact meets those that are there.

Facts of most kinds are one entry a name, and newer words add to it. Of exclusive kinds one entry
holds, and a newer one that only goes on from it takes its place; what cannot be (an earlier stage,
another grade) stays beside it until the person settles it, like two values of a biomarker. Values
of a lab are a series.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from memory.contradictions import is_progress, says_less
from memory.records import Fact, FactKind

EXCLUSIVE: Final[frozenset[FactKind]] = frozenset({
    "stage",
    "tnm",
    "grade",
    "age",
    "menopausal_status",
})
"""Kinds of which one fact holds at a time: the newer supersedes the older, or contradicts it."""

FIRM: Final = ("confirmed", "corrected")
"""States that only the person gives."""


@dataclass(slots=True)
class CardDraft:
    """A card while facts are taken into it."""

    facts: list[Fact]

    def place(self, fact: Fact) -> str | None:
        """Take one fact in; the id under which the card holds it, None if it does not."""
        same = [known for known in self.facts if same_name(known, fact)]
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
        twin = next((other for other in known if same_name(other, fact)), None)
        if fact.state == "corrected":
            right = twin or known[-1]
            self._drop(other for other in known if other is not right)
            return self._join(right, fact) if twin else self._replace(right, fact)
        if twin is not None:
            return self._join(twin, fact)
        if _is_outranked(fact, known) or fact.state == "inferred":
            return None
        return self._go_on(known, fact)

    def _go_on(self, known: Sequence[Fact], fact: Fact) -> str:
        """Take the place of what it goes on from, or stand beside what it contradicts."""
        if says_less(known[-1], fact):
            return known[-1].fact_id
        if all(is_progress(other, fact) for other in known):
            self._drop(known[:-1])
            return self._replace(known[-1], fact)
        return self._add(fact)

    def _measure(self, fact: Fact, known: list[Fact]) -> str | None:
        if not known:
            return self._add(fact)
        twin = _of_same_value(fact, known)
        if fact.state == "corrected":
            return self._settle(fact, twin, known)
        if twin is None:
            return None if _is_outranked(fact, known) else self._add(fact)
        is_older = fact.kind == "lab" and twin is not known[-1]
        return self._renew(twin, fact) if is_older else self._join(twin, fact)

    def _settle(self, fact: Fact, twin: Fact | None, known: list[Fact]) -> str:
        """A correction takes the place of the newest, and of all other values of a biomarker."""
        right = twin or known[-1]
        if fact.kind == "biomarker":
            self._drop(other for other in known if other is not right)
        return self._join(right, fact) if twin else self._replace(right, fact)

    def _add(self, fact: Fact) -> str:
        self.facts.append(fact)
        return fact.fact_id

    def _join(self, known: Fact, fact: Fact) -> str:
        self.facts[self.facts.index(known)] = _joined(known, fact)
        return known.fact_id

    def _renew(self, known: Fact, fact: Fact) -> str:
        """Make a reading that was said again the newest of its series."""
        self.facts.remove(known)
        self.facts.append(_joined(known, fact).model_copy(update=words_of(fact)))
        return known.fact_id

    def _replace(self, known: Fact, fact: Fact) -> str:
        place = self.facts.index(known)
        self.facts[place] = fact.model_copy(update={"fact_id": known.fact_id})
        return known.fact_id

    def _drop(self, facts: Iterable[Fact]) -> None:
        gone = {fact.fact_id for fact in facts}
        self.facts = [fact for fact in self.facts if fact.fact_id not in gone]


def _of_same_value(fact: Fact, known: Sequence[Fact]) -> Fact | None:
    """The newest known fact whose value this one repeats, gives, or leaves open."""
    value = _value(fact)
    if not value:
        return known[-1]
    newest_first = known[::-1]
    same = (other for other in newest_first if _value(other) == value)
    return next(same, next((other for other in newest_first if not _value(other)), None))


def _joined(known: Fact, fact: Fact) -> Fact:
    """The known fact with what the newer adds; unchanged when it adds nothing."""
    told = {key: value for key, value in fact.attributes.items() if value}
    joined = {
        "attributes": _still_true(known, fact) | told,
        "status": fact.status or known.status,
        "state": _joined_state(known, fact),
    }
    if all(getattr(known, key) == value for key, value in joined.items()):
        return known
    return known.model_copy(update=joined | words_of(fact))


def words_of(fact: Fact) -> dict[str, str | None]:
    """Whose words a fact stands on."""
    return {"evidence": fact.evidence, "message_id": fact.message_id}


def _still_true(known: Fact, fact: Fact) -> dict[str, str]:
    """Known attributes without the end of a pause or of a course that goes on again."""
    over = set()
    if fact.status == "current" and known.status == "past":
        over.add("until")
    if fact.status == "current" and known.attributes.get("change") == "held":
        over.add("change")
    return {key: value for key, value in known.attributes.items() if key not in over}


def _joined_state(known: Fact, fact: Fact) -> str:
    if fact.state in FIRM:
        return fact.state
    return known.state if known.state in FIRM or fact.state == "inferred" else fact.state


def _is_outranked(fact: Fact, known: Iterable[Fact]) -> bool:
    """Whether a fact is only inferred where the person confirmed or corrected another value."""
    return fact.state == "inferred" and any(other.state in FIRM for other in known)


def same_name(one: Fact, other: Fact) -> bool:
    """Whether two facts speak of the same thing, whatever they say of it."""
    return one.kind == other.kind and one.name.casefold() == other.name.casefold()


def _value(fact: Fact) -> str:
    return fact.attributes.get("value", "").strip().casefold()

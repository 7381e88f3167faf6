"""Services that help: by kind of need, and first those that the card speaks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from chains.compose.links import services_for
from chains.compose.person import Known
from chains.learn.collection import articles_asked_of
from chains.learn.conditions_told import clauses_told
from chains.plan_files import read_plan
from chains.questions import PLANS
from chains.services import Services
from chains.tables import ServiceRow
from memory.records import SELF, Card
from vectorstore.conditions import Condition, parse_condition

MOST_FOR_YOU, MOST_OF_REASON, MOST_FOUND = 6, 2, 6
WEIGHING = 3
"""Topics of a service, from the first, that put it under a need."""
NEAR = 0.34
"""Nearness by meaning from which a service counts as found by its own words."""


class Need(BaseModel):
    """A kind of help, for whom it is, and the article that tells more of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    whom: str
    topics: frozenset[str]
    article: str
    by_phone: bool = False
    """True for a need that is met by those alone who can be called."""


class _Choice(BaseModel):
    """What on the card brings services of these topics to the top."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: str
    topics: tuple[str, ...] = Field(min_length=1)

    @property
    def condition(self) -> Condition:
        return parse_condition(self.when)


class _Support(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    needs: tuple[Need, ...]
    chosen_by: tuple[_Choice, ...]


@dataclass(frozen=True, slots=True)
class ForYou:
    """A service that fits what the card says, with why."""

    row: ServiceRow
    because: str
    """Such as "because your cancer is triple-negative"."""


def needs() -> tuple[Need, ...]:
    """The kinds of help, in the order in which they are shown."""
    return _load().needs


def services_of(need: Need, rows: Sequence[ServiceRow]) -> list[ServiceRow]:
    """The services of a need: those for which it weighs most come first."""
    fitting = [row for row in rows if _weight(row, need) < WEIGHING]
    by_phone = [row for row in fitting if row.phone or not need.by_phone]
    return sorted(by_phone, key=lambda row: _weight(row, need))


def for_you(card: Card, known: Known, rows: Sequence[ServiceRow]) -> list[ForYou]:
    """Services that fit the card, each once with its first reason; none where nothing is known.

    Args:
        card: What is known of the person.
        known: The same card, as conditions ask for it.
        rows: All services.
    """
    found: dict[str, ForYou] = {}
    for choice in _load().chosen_by:
        reason = _reason(choice.condition, known, card.subject)
        for topic in choice.topics if reason else ():
            fitting = [row for row in rows if topic in row.leading and row.name not in found]
            best = sorted(fitting, key=lambda row: row.leading.index(topic))[:MOST_OF_REASON]
            found |= {row.name: ForYou(row, reason) for row in best}
    return list(found.values())[:MOST_FOR_YOU]


def find_services(words: str, known: Known, services: Services) -> list[ServiceRow]:
    """Services that fit some words: near in meaning, then those an answer to them would name.

    Args:
        words: What is needed, as it was typed; blank finds nothing.
        known: The card; what it says weighs in an answer's services.
        services: The shared parts.
    """
    if not words.strip():
        return []
    kit, rows = services.composer.kit, services.tables.services
    texts = [f"{row.name}. {row.for_whom}" for row in rows]
    near = kit.similarity.cosines(kit.similarity.vector(words), texts)
    order = sorted(range(len(texts)), key=lambda at: -near[at])
    found = [rows[at] for at in order if near[at] >= NEAR]
    for article in articles_asked_of(words, services.index, services.searcher, kit)[:1]:
        names = {told.name for told, _ in services_for((article,), known, services.tables)}
        found += [row for row in rows if row.name in names and row not in found]
    return found[:MOST_FOUND]


def _weight(row: ServiceRow, need: Need) -> int:
    """Place of the first topic that is the need's; beyond the topics where none is."""
    places = [at for at, topic in enumerate(row.leading) if topic in need.topics]
    return min(places, default=len(row.leading) + WEIGHING)


def dialed(phone: str) -> str:
    """A number as a link that a phone dials."""
    return "tel:" + "".join(sign for sign in phone if sign.isdecimal())


def _reason(condition: Condition, known: Known, subject: str) -> str:
    """Why a condition is met by the card; empty where it is not."""
    fit = known.judge_all(condition)
    if fit.verdict != "met" or not any(fit.fact_ids):
        return ""
    if subject != SELF:
        return f"because of what you told me about your {subject}"
    held = [
        replace(atom, values=tuple(v for v in atom.values if v in known.values.get(atom.key, {})))
        for atom in fit.atoms
    ]
    return f"because {clauses_told(Condition(tuple(held)))}"


@cache
def _load(path: Path = PLANS / "support.yaml") -> _Support:
    """Read the plan.

    Raises:
        RuleError: A part is missing or of another form.
    """
    return read_plan(_Support, path)

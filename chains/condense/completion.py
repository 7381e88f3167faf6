"""A question on a food, supplement, test or medicine, completed with the medicines taken."""

import functools
import re
from collections.abc import Sequence

from chains.condense.conversation import Conversation
from chains.condense.ellipsis import remedy_for
from chains.condense.entities import Entity, persons, sides
from chains.condense.rewrite import appended, inserted, listed
from chains.context import ContextReader
from chains.lexicon import Lexicon
from chains.tables import load_tables

_CIRCUMSTANCE = re.compile(r"\bwith (?:an? |such )?$", re.IGNORECASE)
_MOST_NAMED = 2
"""Medicines named at most: more would be pasting the card."""
_SHORTEST_ASKED = 3
"""Words up to which a message that names a food is a question about it."""


def completed(message: str, talk: Conversation) -> str | None:
    """The message with the medicines it bears on; None where it names one, or needs none."""
    one = talk.wording.one
    named = talk.named(message)
    if talk.of_group(named, "medicine") or _needs_none(message, talk):
        return None
    if not talk.medicines and not talk.last_medicines():
        return None
    if is_about_another(message, talk):
        return None
    own = one["card.own"].search(message)
    if own is not None and one["card.own_asks"].search(message):
        return _own(message, own.end(), talk)
    return _with_intake(message, named, talk) or _with_test(message, named, talk)


def _needs_none(message: str, talk: Conversation) -> bool:
    """Whether no medicine bears on the question, or it has its own purpose."""
    one = talk.wording.one
    return any(one[f"card.{kind}"].search(message) for kind in ("exempt", "own_purpose"))


def _with_intake(message: str, named: tuple[Entity, ...], talk: Conversation) -> str | None:
    one = talk.wording.one
    things = talk.of_group(named, "intake")
    unnamed = one["card.unnamed"].search(message)
    if not things and (unnamed is None or named):
        return None
    asks = one["card.asks"].search(message) or len(message.split()) <= _SHORTEST_ASKED
    defines = one["card.defines"].match(message) and not one["card.takes"].search(message)
    if not asks or (things and defines):
        return None
    ill = talk.complaint()
    is_remedy = things and _is_remedy(message, things, talk)
    if ill is not None and (is_remedy or not things):
        return appended(message, remedy_for(ill, talk))
    used = _bearing(things, talk)
    at = things[-1].end if things else (unnamed.end() if unnamed else 0)
    return inserted(message, at, talk.wording.links["medicine"].format(x=listed(used)))


def _is_remedy(message: str, things: tuple[Entity, ...], talk: Conversation) -> bool:
    """Whether things are asked about that may be meant for the complaint; it names none itself."""
    if talk.of_group(talk.named(message), "symptom", "disease"):
        return False
    return (
        all(map(talk.is_remedy, things)) and talk.wording.one["tries"].search(message) is not None
    )


def _with_test(message: str, named: tuple[Entity, ...], talk: Conversation) -> str | None:
    one = talk.wording.one
    tests = [entity for entity in named if entity.name in talk.wording.tests]
    unnamed = one["card.tests_unnamed"].search(message)
    if not (tests or unnamed) or not talk.medicines or not one["card.asks_test"].search(message):
        return None
    if not one["card.whose"].search(message) or one["card.asks_normal"].match(message):
        return None
    if any(_CIRCUMSTANCE.search(message[: test.start]) for test in tests):
        return None
    used = _checked_by(tests, talk)
    return appended(message, talk.wording.links["tests"].format(x=listed(used)))


def _own(message: str, at: int, talk: Conversation) -> str:
    """The message with the name behind "my pills"."""
    used = _all(talk)
    return f"{message[:at]} ({listed(used)}){message[at:]}"


def _bearing(things: tuple[Entity, ...], talk: Conversation) -> tuple[Entity, ...]:
    """All that is taken; of more than can be named, what the interactions tie to these things."""
    taken = talk.medicines
    if len(taken) <= _MOST_NAMED:
        return _all(talk)
    wanted = {name for thing in things for name in sides(thing.name, talk.lexicon)}
    tied = tuple(m for m in taken if wanted & meets(m.name, talk.lexicon))
    spoken = talk.of_group(talk.spoken[0], "medicine") if talk.spoken else ()
    names = {entity.key for entity in spoken}
    return tied[:_MOST_NAMED] or tuple(m for m in taken if m.key in names) or _all(talk)


def _all(talk: Conversation) -> tuple[Entity, ...]:
    return talk.medicines[-_MOST_NAMED:] or talk.last_medicines()[:_MOST_NAMED]


def _checked_by(tests: Sequence[Entity], talk: Conversation) -> tuple[Entity, ...]:
    """The medicine of the card that moves these tests; of several the one spoken of last."""
    movers = {name for test in tests for name in talk.wording.tests[test.name]}
    moving = [m for m in talk.medicines if movers & sides(m.name, talk.lexicon)]
    taken = {medicine.key: medicine for medicine in (moving or talk.medicines)}
    for named in talk.spoken:
        for entity in talk.of_group(named, "medicine"):
            if entity.key in taken:
                return (entity,)
    return tuple(taken.values())[-1:]


def is_about_another(message: str, talk: Conversation) -> bool:
    """Whether the message speaks of somebody else than the card does."""
    subject = talk.card.subject
    if any(person.name != subject for person in persons(message)):
        return True
    reader = ContextReader(message, about=subject)
    return any(
        reader.at(entity.start, entity.end).subject != subject
        for entity in talk.of_group(talk.named(message), "intake", "care", "symptom")
    )


def meets(name: str, lexicon: Lexicon) -> frozenset[str]:
    """All that the table says something about beside a medicine."""
    rows = _interactions()
    return frozenset().union(*(rows.get(side, frozenset()) for side in sides(name, lexicon)))


@functools.cache
def _interactions() -> dict[str, frozenset[str]]:
    """Medicine or class -> what it meets in the table of interactions."""
    meets: dict[str, set[str]] = {}
    for row in load_tables().interactions:
        meets.setdefault(row.a, set()).add(row.b.lower())
    return {a: frozenset(b) for a, b in meets.items()}

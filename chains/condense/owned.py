"""Whose a thing is, where two people have one of a kind each: "and mine?", "how is hers given"."""

import re

from chains.condense.conversation import Conversation
from chains.condense.entities import Entity
from chains.condense.rewrite import replaced
from chains.context import ContextReader
from memory.records import SELF

_OWNER = re.compile(
    r"\b(?:(?:my|our|her|his) )?[\w-]+['’]s\s+$|\b(?:my|her|his)\s+$", re.IGNORECASE
)
_FOR_OWNER = re.compile(r"\s+for (?:my|our) [\w-]+(?=\W*$)", re.IGNORECASE)
_GROUPS = ("medicine", "disease")
_MYSELF = Entity(0, 0, "my", "person", SELF)


def asked_of_own(message: str, talk: Conversation) -> str | None:
    """The last question on the own thing of whom a bare "and mine?" or "hers?" speaks of."""
    found = talk.wording.one["persons.bare_owned"].match(message)
    if found is None or not talk.question:
        return None
    person = _MYSELF if found["who"].lower() in ("mine", "my own") else talk.person()
    if person is None:
        return None
    for group in _GROUPS:
        asked = talk.of_group(talk.named(talk.question), group)
        own = thing_of(person, talk, group)
        if asked and own is not None and own.key not in {entity.key for entity in asked}:
            return _swapped(talk.question, asked, own)
    return None


def _swapped(question: str, asked: tuple[Entity, ...], own: Entity) -> str:
    """The question with the own thing in the place of all that was the other's."""
    start, end = asked[0].start, asked[0].end
    owner = _OWNER.search(question[:start])
    text = replaced(question, (owner.start() if owner else start, end), own.name, plural=False)
    return _FOR_OWNER.sub("", text)


def owned(message: str, found: re.Match[str], talk: Conversation) -> str | None:
    """The message with somebody's own thing of the kind that is spoken of, for "hers"."""
    if talk.wording.one["lean.body"].search(message):
        return None
    is_mine = found.group().lower() in {"mine", "my own"}
    person = _MYSELF if is_mine else talk.person()
    if person is None:
        return None
    thing = next((t for group in _GROUPS if (t := thing_of(person, talk, group))), None)
    thing = thing or next(iter(talk.topic()), None)
    if thing is None:
        return None
    owner = "my" if is_mine else f"{person.words}'s"
    return replaced(message, found.span(), f"{owner} {thing.words}", plural=False)


def thing_of(person: Entity, talk: Conversation, group: str) -> Entity | None:
    """The medicine, or the disease or marker, that was said to be this person's."""
    for turn in reversed(talk.history):
        reader = ContextReader(turn.message)
        told = talk.without_parts(talk.of_group(talk.named(turn.message), group))
        own = [e for e in told if _is_of(person, e, reader)]
        if own:
            return own[0]
    is_card = talk.card.subject == person.name and group == "medicine"
    return talk.medicines[-1] if is_card and talk.medicines else None


def _is_of(person: Entity, thing: Entity, reader: ContextReader) -> bool:
    """Whether it is said of this person; what a question names is nobody's own."""
    if reader.at(thing.start, thing.end).subject != person.name:
        return False
    return person.name != SELF or not reader.is_asked(thing.start, thing.end)

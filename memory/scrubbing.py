"""Taking facts out of stored JSON: the records of turns and the payloads of events."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from memory.records import Fact

_MEASURED: Final = ("biomarker", "lab")
"""Kinds of which several facts of one name are told apart by their value."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What may not stand in stored JSON any more."""

    fact_ids: frozenset[str] = frozenset()
    likenesses: frozenset[tuple[str, ...]] = frozenset()
    """Kind, name, subject and, where values are told apart, value."""
    message_ids: frozenset[str] = frozenset()
    """Deleted messages: no fact may quote them."""

    def names(self, value: JsonValue) -> bool:
        """Whether this value is such a fact, or the id of one."""
        if isinstance(value, str):
            return value in self.fact_ids
        if not isinstance(value, dict) or "fact_id" not in value:
            return False
        return (
            str(value["fact_id"]) in self.fact_ids
            or str(value.get("message_id")) in self.message_ids
            or _likeness(value) in self.likenesses
        )


def forgotten_facts(facts: Iterable[Fact], message_ids: Iterable[str] = ()) -> Forgotten:
    """These facts, whatever message said them, and any fact that quotes these messages."""
    facts = list(facts)
    return Forgotten(
        fact_ids=frozenset(fact.fact_id for fact in facts),
        likenesses=frozenset(_likeness(fact.model_dump()) for fact in facts),
        message_ids=frozenset(message_ids),
    )


def scrub(text: str, forgotten: Forgotten) -> str:
    """The JSON text without what is forgotten; the very same text when nothing was in it.

    Facts go from lists and leave null elsewhere. Text that is no JSON becomes `null`: what
    cannot be read cannot be shown to hold nothing.
    """
    try:
        stored = json.loads(text)
    except ValueError:
        return "null"
    kept = _without(stored, forgotten)
    return text if kept == stored else json.dumps(kept)


def scrub_turns(text: str, turn_ids: Iterable[str]) -> str:
    """The JSON text without the objects that name one of these turns; other text as it is.

    An object names a turn by a text that begins with its id, such as the id of a question of it.
    """
    begins = tuple(turn_ids)
    try:
        stored = json.loads(text)
    except ValueError:
        return text
    kept = _without_turns(stored, begins)
    return text if kept == stored else json.dumps(kept)


def _without_turns(value: JsonValue, begins: tuple[str, ...]) -> JsonValue:
    if isinstance(value, list):
        return [_without_turns(one, begins) for one in value if not _names_turn(one, begins)]
    if isinstance(value, dict):
        return {key: _without_turns(item, begins) for key, item in value.items()}
    return value


def _names_turn(value: JsonValue, begins: tuple[str, ...]) -> bool:
    said = value.values() if isinstance(value, dict) else ()
    return any(isinstance(one, str) and one.startswith(begins) for one in said)


def _without(value: JsonValue, forgotten: Forgotten) -> JsonValue:
    if forgotten.names(value):
        return None
    if isinstance(value, list):
        return [_without(item, forgotten) for item in value if not forgotten.names(item)]
    if isinstance(value, dict):
        return {key: _without(item, forgotten) for key, item in value.items()}
    return value


def _likeness(fact: dict[str, JsonValue]) -> tuple[str, ...]:
    attributes = fact.get("attributes")
    has_value = fact.get("kind") in _MEASURED and isinstance(attributes, dict)
    value = attributes.get("value", "") if has_value and isinstance(attributes, dict) else ""
    told = (fact.get("kind"), fact.get("name"), fact.get("subject"), value)
    return tuple(str(part).casefold() for part in told)

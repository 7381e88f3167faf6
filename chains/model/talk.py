"""What was said before, as a prompt may tell it: the last turns, and a summary of the rest."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chains.compose.person import Known
from chains.compose.types_named import types_named
from memory.masking import BLANK, as_context
from memory.records import Thread, Turn
from memory.store import ConversationStore
from vectorstore.tokens import count_tokens

LAST = 2
"""Turns that are told in their own words."""
READ = 60
"""Turns that the summary looks back on."""
SUMMARY_TOKENS = 90
"""Full after some eight turns: from there on a conversation costs the same however long it is."""
LONGEST_SAID, LONGEST_ANSWERED = 300, 200
"""Characters of a message and an answer that are told; the beginning says what it was about."""
_KINDS = ("answer", "memory", "no_source")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier turn."""

    said: str
    answered: str
    """The beginning of the answer: its short answer."""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one turn before those was asked, as it was answered."""

    text: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation before a turn."""

    last: tuple[Exchange, ...]
    """Oldest first."""
    summary: tuple[Asked, ...]
    """Lines on what came before, oldest first; holds nothing that the card contradicts."""


def talk_before(turn: Turn, thread: Thread, store: ConversationStore, known: Known) -> Talk:
    """Read the conversation; words whose fact was forgotten or corrected are not in it.

    Args:
        turn: The turn that is being answered.
        thread: Its thread.
        store: Where it is kept.
        known: The card as it is now, against which the summary is checked.
    """
    turns = store.turns(thread.person_id, thread.thread_id, limit=READ, before=turn.number)
    masks = store.masks(thread.person_id)
    told = [as_context(one, masks) for one in turns if one.status == "complete" and one.record]
    return Talk(
        last=tuple(_exchange(one) for one in told[-LAST:]),
        summary=_summary(told[:-LAST], known),
    )


def _exchange(turn: Turn) -> Exchange:
    answer = json.loads(turn.record or "{}")["answer"]
    claims = " ".join(sentence["text"] for sentence in answer["sentences"][:2])
    return Exchange(
        _clipped(turn.message), _clipped(claims, LONGEST_ANSWERED), message_id=turn.message_id
    )


def _summary(turns: Iterable[Turn], known: Known) -> tuple[Asked, ...]:
    """What was asked, newest kept first within the budget; told oldest first."""
    chosen: dict[str, Asked] = {}
    left = SUMMARY_TOKENS
    for one in _asked(reversed(list(turns))):
        if one.text in chosen or BLANK in one.text or _contradicts(one.text, known):
            continue
        left -= count_tokens(one.text) + 3
        if left < 0:
            break
        chosen[one.text] = one
    return tuple(reversed(chosen.values()))


def _asked(turns: Iterable[Turn]) -> Iterator[Asked]:
    for turn in turns:
        record = json.loads(turn.record or "{}")
        if record["kind"] in _KINDS:
            yield Asked(_clipped(record["standalone_question"], 160), turn.message_id)


def _contradicts(line: str, known: Known) -> bool:
    """Whether a line speaks of a type or extent that the card says is another."""
    for key, value in types_named(line):
        held = known.values.get(key, {})
        if held and value not in held:
            return True
        if key == "subtype" and value in known.excluded:
            return True
    return False


def _clipped(text: str, most: int = LONGEST_SAID) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 4].rsplit(' ', 1)[0]} ..."

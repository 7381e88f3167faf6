"""The turns before this one, as later steps may read them."""

import json

from chains.stages import LastTurn
from memory.masking import as_context
from memory.records import Thread, Turn
from memory.store import ConversationStore

TURNS_READ = 4


def last_turns(turn: Turn, thread: Thread, store: ConversationStore) -> tuple[LastTurn, ...]:
    """The finished turns before this one, at most four, oldest first.

    Words whose fact was forgotten are masked: they are in the person's view, not in ours.
    """
    turns = store.turns(thread.person_id, thread.thread_id, limit=TURNS_READ, before=turn.number)
    masks = store.masks(thread.person_id)
    return tuple(
        _last_turn(as_context(earlier, masks))
        for earlier in turns
        if earlier.status == "complete" and earlier.record is not None
    )


def _last_turn(turn: Turn) -> LastTurn:
    record = json.loads(turn.record or "{}")
    related = (item["question"] for item in record["answer"]["related_questions"])
    guesses = record["completeness"]["guesses"]
    return LastTurn(
        message=turn.message,
        message_id=turn.message_id,
        kind=record["kind"],
        question=record["standalone_question"],
        asked=record["kind"] == "clarification",
        offered=tuple(guesses if record["kind"] == "clarification" else related),
    )

"""When a message could not be kept: its red flags are read and shown all the same."""

from datetime import UTC, datetime

from chains.notes import TurnNotes
from chains.record import TurnRecord
from chains.services import Services
from chains.stages import Answer
from chains.triage import same_day_banner, triage, urgent_card
from memory.records import Thread, Turn


def unkept_record(typed: str, why: str, thread: Thread, services: Services) -> TurnRecord:
    """The record of a message that is not stored.

    Args:
        typed: The message, of any length.
        why: One plain line that says that it was not kept and what to do.
        thread: The thread it was meant for.
        services: The shared parts; the store is not touched.
    """
    turn = Turn(
        turn_id="",
        thread_id=thread.thread_id,
        number=0,
        message_id="",
        message=typed,
        typed=typed,
        created_at=datetime.now(UTC),
    )
    notes = TurnNotes(turn)
    notes.begin("triage")
    notes.triage = triage(typed)
    card = ""
    if notes.triage.needs_help_now:
        card = urgent_card(notes.triage, services.numbers)
    elif notes.triage.level == "same_day":
        card = same_day_banner(notes.triage, services.numbers)
    answer = Answer(
        kind="emergency" if notes.triage.needs_help_now else "out_of_scope",
        markdown="\n\n".join(filter(None, (card, why, services.replies.notice))),
    )
    return notes.record(answer, services.index, services.tables)

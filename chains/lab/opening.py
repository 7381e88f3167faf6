"""A turn opened up: run once more on copies, with all that passed between its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chains.accept import accept
from chains.events import TurnFinished
from chains.history import last_turns
from chains.lab.consent import opened_threads, opened_turns
from chains.lab.replay import Played
from chains.lab.scratch import new_thread, scratch, seed
from chains.lab.watching import Call, watched
from chains.record import TurnRecord
from chains.services import Services
from chains.stages import LastTurn
from chains.turn import run_turn
from memory.errors import TurnNotFoundError
from memory.records import SELF, Card, Turn
from memory.store import ConversationStore


@dataclass(frozen=True, slots=True)
class Told:
    """One turn as it was, with what stood before it."""

    turn: Turn
    before: tuple[Turn, ...]
    """Earlier turns of the conversation, oldest first."""
    cards: dict[str, Card]
    """What was known before it, by whom it is about."""
    about: str = SELF

    @property
    def stored(self) -> TurnRecord:
        """Its record as it was made then."""
        return TurnRecord.model_validate_json(self.turn.record or "")


@dataclass(frozen=True, slots=True)
class Opened:
    """A turn run again with today's code."""

    told: Told
    record: TurnRecord
    history: tuple[LastTurn, ...]
    """The turns before as its steps read them."""
    calls: tuple[Call, ...]
    """What was asked of searcher, composer and grounder, in order."""

    def last_call(self, method: str) -> Call | None:
        """The last call of a method; None when the turn did not come that far."""
        return next((call for call in reversed(self.calls) if call.method == method), None)


def open_turn(told: Told, services: Services) -> Opened:
    """Run a turn again in a store that is thrown away.

    Args:
        told: The turn and what stood before it.
        services: The shared parts; their store is neither read nor written.
    """
    calls: list[Call] = []
    with scratch(services) as copy:
        thread = new_thread(copy, about=told.about)
        seed(copy, thread, told.before, told.cards)
        turn = accept(told.turn.typed, thread, copy)
        history = last_turns(turn, thread, copy.store)
        events = list(run_turn(turn, thread, watched(copy, calls)))
    record = next(event.record for event in events if isinstance(event, TurnFinished))
    record = record.model_copy(update={"thread_id": told.turn.thread_id})
    return Opened(told, record, history, tuple(calls))


def told_by(store: ConversationStore, person_id: str, thread_id: str) -> list[Told]:
    """The turns of a person's conversation, oldest first, each with what stood before it.

    What was known before the first is what the last turn of an earlier conversation left.

    Raises:
        ConsentError: This person's turns may not be opened.
    """
    turns = opened_turns(store, person_id, thread_id)
    threads = {thread.thread_id: thread for thread in opened_threads(store, person_id)}
    others = [
        turn
        for other in threads
        if other != thread_id
        for turn in opened_turns(store, person_id, other)
    ]
    about = threads[thread_id].about
    return [
        Told(turn, tuple(turns[:place]), _cards_before(turn, [*others, *turns[:place]]), about)
        for place, turn in enumerate(turns)
    ]


def told_in(played: Sequence[Played]) -> list[Told]:
    """The turns of one played conversation, each with what stood before it."""
    turns = [_as_turn(one, number) for number, one in enumerate(played, start=1)]
    return [
        Told(turn, tuple(turns[:place]), _cards_before(turn, turns[:place]), one.line.about)
        for place, (turn, one) in enumerate(zip(turns, played, strict=True))
    ]


def find(turns: Sequence[Told], number: int) -> Told:
    """The turn with this place, from 1. Raises TurnNotFoundError."""
    if not 0 < number <= len(turns):
        raise TurnNotFoundError(f"there is no turn {number}")
    return turns[number - 1]


def _cards_before(turn: Turn, others: Sequence[Turn]) -> dict[str, Card]:
    earlier = [one for one in others if one.created_at <= turn.created_at and one is not turn]
    last = max(earlier, key=lambda one: (one.created_at, one.number), default=None)
    if last is None or last.record is None:
        return {}
    cards = TurnRecord.model_validate_json(last.record).card
    return {subject: Card(subject=subject, facts=facts) for subject, facts in cards.items()}


def _as_turn(played: Played, number: int) -> Turn:
    record = played.record
    return Turn(
        turn_id=str(number),
        thread_id=record.thread_id,
        number=number,
        message_id=str(number),
        message=record.message,
        typed=played.line.message,
        status="complete",
        record=record.model_dump_json(),
        created_at=datetime.now(UTC),
    )

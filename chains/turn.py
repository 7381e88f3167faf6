"""The main path: one message, seven steps, one record."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from chains.events import TurnEvent
from chains.services import Services
from chains.stages import TriageResult
from chains.steps import Steps
from memory.records import Thread, Turn, TurnStatus


def run_turn(turn: Turn, thread: Thread, services: Services) -> Generator[TurnEvent, None, None]:
    """Answer a message that the store already holds.

    Args:
        turn: The stored turn, running.
        thread: Its thread; says whose card it is about.
        services: The shared parts.

    Yields:
        What happens, step by step; the last event carries the record, which is stored too.
    """
    with _recording(turn, thread, services) as steps:
        urgency = yield from steps.triage()  # rules first, no network
        try:
            yield from _steps_after(urgency, steps)
        except Exception as error:  # noqa: BLE001 - a red flag is told whatever else failed
            yield from steps.tell_failure(error)


def _steps_after(urgency: TriageResult, steps: Steps) -> Iterator[TurnEvent]:
    whole = yield from steps.completeness()
    card = yield from steps.remember()  # facts count on urgent messages and on halves too
    if urgency.needs_help_now:
        yield from steps.tell(steps.urgent_card())
    elif whole.is_cut_off and steps.has_words():
        yield from steps.tell(steps.ask_to_finish())
    elif (reply := steps.talk(card)) is not None:
        yield from steps.tell(reply)
    else:
        question = yield from steps.condense(card)
        evidence = yield from steps.retrieve(question, card)
        draft = yield from steps.compose(question, evidence, card)
        yield from steps.tell((yield from steps.ground(draft, evidence, card)))


@contextmanager
def _recording(turn: Turn, thread: Thread, services: Services) -> Iterator[Steps]:
    """End the stored turn however the steps end: complete, interrupted or failed.

    A stop reaches a generator as GeneratorExit, a click in the page as another BaseException:
    both are an interruption, and no half answer is stored.
    """
    steps = Steps(turn, thread, services)
    status: TurnStatus = "interrupted"
    try:
        yield steps
        status = "failed" if steps.has_failed else "complete"
    finally:
        services.store.finish_turn(
            thread.person_id, turn.turn_id, status=status, record=steps.record_json
        )

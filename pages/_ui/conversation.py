"""Sending a message and drawing the turns of a thread."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from chains.errors import BusyError, MessageRefusedError
from chains.events import TURN_EVENT, text_so_far
from chains.record import TurnRecord
from chains.thread_title import title_of
from chains.unkept import unkept_record
from chains.worker import TurnWorker
from memory.errors import NotFoundError, StoreError
from memory.records import Feedback, Thread, Turn
from pages._ui import session
from pages._ui.answer import draw_answer, draw_tail
from pages._ui.facts import UNREACHABLE
from pages._ui.wording import shown

LOOK_EVERY_S = 0.4
FINISHED_SOON_S = 1.5
"""An embedded turn takes a tenth of a second: it is waited for, then drawn whole."""


def send(message: str, thread: Thread, worker: TurnWorker) -> bool:
    """Hand a message to the worker; one that cannot be kept is triaged all the same.

    False when it is not kept: it is to stand in the box again.
    """
    session.set_unkept(None)
    try:
        worker.submit(message, thread)
        return True
    except (MessageRefusedError, BusyError) as error:
        why = str(error)
    except StoreError:
        why = worker.services.replies.single["not_kept"]
    session.set_unkept(unkept_record(message, why, thread, worker.services))
    session.put_back(message)
    return False


def refuse(message: str, person_id: str, worker: TurnWorker) -> None:
    """Put a message back that no thread can be opened for; it is triaged all the same."""
    why = worker.services.replies.single["not_kept"]
    session.set_unkept(unkept_record(message, why, _nowhere(person_id), worker.services))
    session.put_back(message)


def draw_out_of_reach(message: str | None, person_id: str, worker: TurnWorker) -> None:
    """Say that the store does not answer, with the red flags of what was just written.

    Args:
        message: What was kept in this run and cannot be drawn; None for nothing.
        person_id: Who writes.
        worker: The process's worker.
    """
    record = session.unkept()
    if record is None and message:
        record = unkept_record(message, "", _nowhere(person_id), worker.services)
    if record is not None:
        _draw_unkept(record)
    st.error(UNREACHABLE, icon=":material/error:")


def _nowhere(person_id: str) -> Thread:
    return Thread(
        thread_id=session.new_thread_id(), person_id=person_id, created_at=datetime.now(UTC)
    )


@dataclass(frozen=True, slots=True)
class Newest:
    """The last turn of a thread, as it was drawn."""

    turn_id: str = ""
    """Empty while there is none."""
    is_running: bool = False


def draw_turns(thread: Thread, worker: TurnWorker) -> Newest:
    """Draw the newest turns, oldest first; tells of the last of them."""
    store = worker.services.store
    most = session.turns_shown()
    turns = store.turns(thread.person_id, thread.thread_id, limit=most + 1)
    if len(turns) > most:
        st.button("Show earlier messages", on_click=session.show_more_turns, width="stretch")
        turns = turns[-most:]
    feedback = store.feedback(thread.person_id, [turn.turn_id for turn in turns])
    records = [
        _draw_turn(
            turn, thread, worker, feedback=feedback.get(turn.turn_id), is_last=turn is turns[-1]
        )
        for turn in turns
    ]
    _name(thread, records, worker)
    unkept = session.unkept()
    if unkept is not None:
        with st.chat_message("assistant", avatar=":material/favorite:"):
            _draw_unkept(unkept)
    if not turns:
        return Newest()
    is_running = turns[-1].status == "running" and records[-1] is None
    return Newest(turns[-1].turn_id, is_running)


def _draw_turn(
    turn: Turn, thread: Thread, worker: TurnWorker, *, feedback: Feedback | None, is_last: bool
) -> TurnRecord | None:
    """Draw a message and its answer; the answer's record, None while there is none."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(turn.typed)
    with st.chat_message("assistant", avatar=":material/favorite:"):
        if turn.status == "running" and worker.wait(turn.turn_id, timeout_s=FINISHED_SOON_S):
            turn = worker.services.store.turn(thread.person_id, turn.turn_id)
        if turn.status == "running":
            _watch(turn, thread, worker)
        elif turn.record is None:
            _draw_stopped(turn, thread, worker)
        else:
            record = TurnRecord.model_validate_json(turn.record)
            _draw_finished(record, turn, thread, worker, feedback=feedback, is_last=is_last)
            return record
    return None


@st.fragment
def _draw_finished(
    record: TurnRecord,
    turn: Turn,
    thread: Thread,
    worker: TurnWorker,
    *,
    feedback: Feedback | None,
    is_last: bool,
) -> None:
    """A click in one answer draws that one anew and leaves the others alone.

    A click that asks something is sent by the whole page.
    """
    if session.has_asked():
        st.rerun()
    draw_answer(record, turn, thread, worker.services, is_last=is_last)
    draw_tail(record, turn, thread, worker.services, feedback=feedback, is_last=is_last)


def _name(thread: Thread, records: list[TurnRecord | None], worker: TurnWorker) -> None:
    """Name a thread that has no name from its first real question."""
    title = next(filter(None, (title_of(record) for record in records if record)), "")
    if title and not thread.title:
        worker.services.store.set_title(thread.person_id, thread.thread_id, title=title)


def _draw_stopped(turn: Turn, thread: Thread, worker: TurnWorker) -> None:
    """A turn without an answer: its red flags are shown all the same, and it can be asked again."""
    line = worker.services.replies.single["interrupted"]
    _draw_unkept(unkept_record(turn.message, line, thread, worker.services))
    st.button(
        "Ask it again",
        key=f"{turn.turn_id}-again",
        icon=":material/refresh:",
        on_click=session.ask,
        args=(turn.typed,),
    )


def _draw_unkept(record: TurnRecord) -> None:
    if record.kind == "emergency":
        st.error(shown(record.answer.markdown))
    else:
        st.markdown(shown(record.answer.markdown))


def _written(turn: Turn, thread: Thread, worker: TurnWorker) -> str:
    """What a running turn has written so far: each sentence was held against its sources."""
    events = worker.services.store.events(thread.person_id, turn.turn_id)
    return text_so_far(TURN_EVENT.validate_json(event.payload) for event in events)


@st.fragment(run_every=LOOK_EVERY_S)
def _watch(turn: Turn, thread: Thread, worker: TurnWorker) -> None:
    """Draw a running turn from its stored events until it is finished."""
    store = worker.services.store
    try:
        is_running = store.turn(thread.person_id, turn.turn_id).status == "running"
        written = _written(turn, thread, worker)
    except NotFoundError:  # deleted in another tab
        is_running, written = False, ""
    if not is_running:
        st.rerun()
    before = store.last_turn(thread.person_id, thread.thread_id, before_number=turn.number)
    waits = before is not None and before.status == "running"
    doing = "Waiting until the message before is answered" if waits else "Working on your answer"
    st.markdown(shown(written))
    st.status(f"{doing} ...", state="running")
    st.button(
        "Stop",
        key=f"stop-{turn.turn_id}",
        icon=":material/stop_circle:",
        on_click=worker.stop,
        args=(turn.turn_id,),
    )

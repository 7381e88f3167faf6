"""Sending a message and drawing the turns of a thread."""

import streamlit as st

from chains.errors import BusyError, MessageRefusedError
from chains.record import TurnRecord
from chains.unkept import unkept_record
from chains.worker import TurnWorker
from memory.errors import StoreError
from memory.records import Thread, Turn
from pages._ui import session
from pages._ui.answer import draw_answer

LOOK_EVERY_S = 0.4
FINISHED_SOON_S = 1.5
"""An embedded turn takes a tenth of a second: it is waited for, then drawn whole."""


def send(message: str, thread: Thread, worker: TurnWorker) -> None:
    """Hand a message to the worker; one that cannot be kept is triaged all the same."""
    session.set_unkept(None)
    try:
        turn = worker.submit(message, thread)
        worker.wait(turn.turn_id, timeout_s=FINISHED_SOON_S)
    except (MessageRefusedError, BusyError) as error:
        session.set_unkept(unkept_record(message, str(error), thread, worker.services))
    except StoreError:
        why = worker.services.replies.single["not_kept"]
        session.set_unkept(unkept_record(message, why, thread, worker.services))


def draw_turns(thread: Thread, worker: TurnWorker) -> bool:
    """Draw the newest turns, oldest first; False when there is nothing to draw."""
    store = worker.services.store
    most = session.turns_shown()
    turns = store.turns(thread.person_id, thread.thread_id, limit=most + 1)
    if len(turns) > most:
        st.button("Show earlier messages", on_click=session.show_more_turns, width="stretch")
        turns = turns[-most:]
    for turn in turns:
        _draw_turn(turn, thread, worker, is_last=turn is turns[-1])
    unkept = session.unkept()
    if unkept is not None:
        with st.chat_message("assistant", avatar=":material/favorite:"):
            st.markdown(unkept.answer.markdown)
    return bool(turns) or unkept is not None


def _draw_turn(turn: Turn, thread: Thread, worker: TurnWorker, *, is_last: bool) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.text(turn.typed)
    with st.chat_message("assistant", avatar=":material/favorite:"):
        if turn.status == "running":
            _watch(turn, thread, worker)
        elif turn.record is None:
            st.markdown(worker.services.replies.single["interrupted"])
        else:
            record = TurnRecord.model_validate_json(turn.record)
            draw_answer(record, turn, thread, worker.services, is_last=is_last)


@st.fragment(run_every=LOOK_EVERY_S)
def _watch(turn: Turn, thread: Thread, worker: TurnWorker) -> None:
    """Draw a running turn from its stored events until it is finished."""
    store = worker.services.store
    if store.turn(thread.person_id, turn.turn_id).status != "running":
        st.rerun()
    events = store.events(thread.person_id, turn.turn_id)
    st.status(f"Working on your answer ({len(events)} steps done)", state="running")
    st.button("Stop", key=f"stop-{turn.turn_id}", on_click=worker.stop, args=(turn.turn_id,))

"""The chat: one thread, its turns; the conversations and what is known at its side."""

import streamlit as st

from memory.errors import StoreError
from memory.records import Thread
from pages._ui import session
from pages._ui.card import draw_card
from pages._ui.conversation import draw_out_of_reach, draw_turns, refuse, send
from pages._ui.scroll import mind_the_chat
from pages._ui.start import started
from pages._ui.threads import draw_threads
from pages._ui.welcome import draw_examples, draw_header

worker = started()
services = worker.services
person_id = session.person_id()


def draw(thread: Thread) -> None:
    """Draw the conversation and what stands at its side."""
    is_first = session.unkept() is None and not services.store.turns(
        person_id, thread.thread_id, limit=1
    )
    thread = draw_header(thread, services, is_first=is_first)
    with st.container(key="conversation", gap="medium"):
        newest = draw_turns(thread, worker)
    if is_first:
        draw_examples()
    with st.sidebar:
        draw_threads(thread, services)
        draw_card(services, person_id, thread)
        if services.model is not None:
            # Nothing of that room is imported where no model is set.
            from pages._ui.model import draw_consent, draw_what_left  # noqa: PLC0415

            draw_consent(services, person_id)
            draw_what_left(services, thread)
    mind_the_chat(thread=thread.thread_id, newest=newest.turn_id, is_running=newest.is_running)


session.fill_box()
typed = st.chat_input("Write in your own words", key=session.MESSAGE)
message = session.take_asked() or typed
try:
    opened = session.current_thread(services.store, person_id)
except StoreError:
    # The store does not answer; whether there is a red flag in the message is told all the same.
    if message:
        refuse(message, person_id, worker)
        st.rerun()
    draw_out_of_reach(None, person_id, worker)
    st.stop()
if message and not send(message, opened, worker):
    st.rerun()  # the box is drawn anew, with the message in it
try:
    draw(opened)
except StoreError:
    draw_out_of_reach(message, person_id, worker)

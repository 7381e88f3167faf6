"""A demonstration: somebody made up, step by step, apart from everyone real."""

import streamlit as st

from chains.demonstration.people import load_people
from chains.demonstration.playing import shown_in
from pages._ui import session
from pages._ui.conversation import draw_turns
from pages._ui.demo_choice import draw_choice
from pages._ui.demo_stage import draw_head, draw_panel, draw_style, send_and_wait, show_newest
from pages._ui.start import started

st.set_page_config(layout="wide")
draw_style()
worker = started()
store = worker.services.store
made_up = session.demonstration()
key = shown_in(store, made_up) if made_up is not None else None

with st.container(key="demonstration"):
    if made_up is None or key is None:
        draw_choice(store)
        st.stop()
    person = next(person for person in load_people() if person.key == key)
    thread = store.threads(made_up)[0]
    session.drop_unkept_of_others(thread)
    draw_head(person, made_up, store)
    talk, panel = st.columns([5, 3], gap="large")

typed = st.chat_input(f"Or type yourself, as {person.name}", key="demonstration-message")
message = session.take_asked() or typed
if message:
    send_and_wait(message, thread, worker)

with talk:
    if not draw_turns(thread, worker).turn_id:
        st.markdown(f"*{person.name} has not written yet. Send the first message to begin.*")
with panel, st.container(key="presenter"):
    draw_panel(person, thread, worker)
session.set_unkept(None)
if message or session.take_scroll():
    show_newest(sum(turn.number for turn in store.turns(made_up, thread.thread_id, limit=1)))

"""The chat: one thread, its turns, and the card at its side."""

import streamlit as st

from pages._ui import session
from pages._ui.card import draw_card
from pages._ui.conversation import draw_turns, send
from pages._ui.scroll import show_from_its_start
from pages._ui.start import started
from pages._ui.welcome import draw_header, draw_welcome

worker = started()
services = worker.services
person_id = session.person_id()
thread = session.current_thread(services.store, person_id)

thread = draw_header(thread, services)
typed = st.chat_input("Write in your own words", key="message")
message = session.take_asked() or typed
if message:
    send(message, thread, worker)

with st.sidebar:
    draw_card(services, person_id, thread)
    if services.model is not None:
        from pages._ui.model import draw_consent, draw_what_left

        draw_consent(services, person_id)
        draw_what_left(services, thread)
if not draw_turns(thread, worker):
    draw_welcome()
if message:
    show_from_its_start()

"""The Lab: turns opened up, conversations replayed, batches held to what is expected."""

import streamlit as st

from pages._ui.lab_batch import draw_batch
from pages._ui.lab_followups import draw_followups
from pages._ui.lab_replay import draw_replay
from pages._ui.lab_source import draw_source
from pages._ui.lab_turn import draw_turn
from pages._ui.start import started

VIEWS = ("Follow-ups", "One turn", "Record and replay", "Batch")

st.set_page_config(layout="wide")
worker = started()
services = worker.services
if not services.settings.lab:
    st.error("The Lab is closed here. The operator can open it with CARETHREAD_LAB=true.")
    st.stop()

st.title("Lab", anchor=False)
st.markdown("For testers. Everything runs on copies in a store that is thrown away.")
view = st.segmented_control("View", VIEWS, default=VIEWS[0], required=True, key="lab-view")
if view == "Record and replay":
    draw_replay(services)
elif view == "Batch":
    draw_batch(services)
else:
    turns = draw_source(services)
    if turns and view == "Follow-ups":
        draw_followups(turns, services)
    elif turns:
        draw_turn(turns, services)

"""The frame of every page: configuration, the shared services, navigation."""

import streamlit as st

from chains.errors import TurnError
from pages._ui.start import started

st.set_page_config(page_title="CareThread", page_icon="💗", initial_sidebar_state="auto")

try:
    started()
except TurnError as error:
    st.error(str(error), icon=":material/error:")
    st.stop()

st.navigation([
    st.Page("chat.py", title="Chat", icon=":material/forum:"),
    st.Page("my_information.py", title="My information", icon=":material/badge:"),
    st.Page("visit_sheet.py", title="Visit sheet", icon=":material/clinical_notes:"),
]).run()

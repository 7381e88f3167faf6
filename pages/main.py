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

# One line a page; a section without one is not drawn.
sections = {
    "": [
        st.Page("chat.py", title="Chat", icon=":material/forum:", default=True),
    ],
    "You": [
        st.Page("my_information.py", title="My information", icon=":material/badge:"),
        st.Page("visit_sheet.py", title="Visit sheet", icon=":material/clinical_notes:"),
    ],
    "Learn": [
        st.Page("questions.py", title="Questions", icon=":material/quiz:"),
        st.Page("sources.py", title="Sources and guidelines", icon=":material/local_library:"),
        st.Page("trials.py", title="Clinical trials", icon=":material/biotech:"),
        st.Page("support.py", title="Support and services", icon=":material/volunteer_activism:"),
    ],
}

st.navigation({name: pages for name, pages in sections.items() if pages}).run()

"""The frame of every page: configuration, the shared services, navigation."""

import streamlit as st

from chains.errors import TurnError
from pages._ui.facts import store_errors_told
from pages._ui.start import started

st.set_page_config(page_title="CareThread", page_icon="💗", initial_sidebar_state="auto")

try:
    worker = started()
except TurnError as error:
    st.error(str(error), icon=":material/error:")
    st.stop()

# One line a page. No sections: Streamlit draws their heads as list items that are none, which a
# screen reader stumbles over (axe-core: list, listitem).
pages = [
    st.Page("chat.py", title="Chat", icon=":material/forum:", default=True),
    st.Page("my_information.py", title="My information", icon=":material/badge:"),
    st.Page("visit_sheet.py", title="Visit sheet", icon=":material/clinical_notes:"),
    st.Page("questions.py", title="Questions", icon=":material/quiz:"),
    st.Page("sources.py", title="Sources and guidelines", icon=":material/local_library:"),
    st.Page("trials.py", title="Clinical trials", icon=":material/biotech:"),
    st.Page("support.py", title="Support and services", icon=":material/volunteer_activism:"),
    st.Page("demonstration.py", title="Demonstration", icon=":material/co_present:"),
]
if worker.services.settings.lab:
    pages.append(st.Page("lab.py", title="Lab", icon=":material/science:"))

page = st.navigation(pages, expanded=True)
with store_errors_told():
    page.run()

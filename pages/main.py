"""The frame of every page: configuration, the shared services, navigation."""

import streamlit as st

from chains.errors import TurnError
from pages._ui.start import started

st.set_page_config(page_title="CareThread", page_icon="💗", initial_sidebar_state="auto")

try:
    worker = started()
except TurnError as error:
    st.error(str(error), icon=":material/error:")
    st.stop()

sections = {
    "": [st.Page("chat.py", title="Chat", icon=":material/forum:", default=True)],
    "For navigators and testers": [
        st.Page("demonstration.py", title="Demonstration", icon=":material/co_present:"),
    ],
}
if worker.services.settings.lab:
    lab = st.Page("lab.py", title="Lab", icon=":material/science:")
    sections["For navigators and testers"].append(lab)

st.navigation(sections).run()

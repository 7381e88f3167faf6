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
    "You": [],
    "Learn": [],
}

st.navigation({name: pages for name, pages in sections.items() if pages}).run()

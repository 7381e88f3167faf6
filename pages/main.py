"""The frame of every page: configuration, the shared services, navigation."""

import sys
from pathlib import Path

import streamlit as st

# The script's own folder is on the path, the project's is not.
sys.path.insert(0, str(Path(__file__).parent.parent))

from chains.errors import TurnError  # noqa: E402
from pages._ui.start import started  # noqa: E402

st.set_page_config(
    page_title="CareThread", page_icon=":material/favorite:", initial_sidebar_state="auto"
)

try:
    started()
except TurnError as error:
    st.error(str(error), icon=":material/error:")
    st.stop()

st.navigation([st.Page("chat.py", title="Chat", icon=":material/forum:")]).run()

"""Bringing the newest message to the top, so that an answer is read from its beginning."""

import streamlit as st

# Streamlit scrolls a chat to its end: of a long answer one would see the last lines, of an urgent
# card not its heading. There is no widget for this; the script is fixed text of ours.
_SCRIPT = """
<script>
setTimeout(() => {
  const turns = document.querySelectorAll('[data-testid="stChatMessage"]');
  const asked = turns[turns.length - 2];
  if (asked) asked.scrollIntoView({block: "start", behavior: "smooth"});
}, 350);
</script>
"""


def show_from_its_start() -> None:
    """Scroll to the message that was just sent."""
    st.html(_SCRIPT, unsafe_allow_javascript=True)

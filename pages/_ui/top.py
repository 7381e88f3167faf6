"""Bringing the reader to the head of what was just opened."""

import streamlit as st

# Streamlit keeps the place in the page when what it shows is another article, and the focus falls
# to nowhere with the button that is gone. There is no widget for this; the script is fixed text.
_SCRIPT = """
<script>
setTimeout(() => {
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTo({top: 0});
  const heading = document.querySelector('[data-testid="stMain"] h1');
  if (heading) { heading.tabIndex = -1; heading.focus({preventScroll: true}); }
}, 250);
</script>
"""


def show_from_the_top() -> None:
    """Scroll to the top, and let keyboard and screen reader go on from the heading."""
    st.html(_SCRIPT, unsafe_allow_javascript=True)

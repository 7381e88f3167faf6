"""What the pages beside the chat keep for this tab: what is open, and how much of a list."""

import streamlit as st

A_LIST = 12
_ARTICLE = "learn_article"
_LENGTH = "learn_length"
_TURNED = "learn_turned"


def open_article(article_id: str) -> None:
    """Show an article, or a document, on the page of sources."""
    st.session_state[_ARTICLE] = article_id
    st.session_state[_TURNED] = True


def close_article() -> None:
    """Back to the list."""
    st.session_state.pop(_ARTICLE, None)
    st.session_state[_TURNED] = True


def opened_article() -> str:
    """Id of the article that is open; empty when none is."""
    return str(st.session_state.get(_ARTICLE, ""))


def has_turned() -> bool:
    """True once after what the page of sources shows has changed."""
    return bool(st.session_state.pop(_TURNED, False))


def length_of(name: str) -> int:
    """How many entries of a list are drawn."""
    lengths: dict[str, int] = st.session_state.get(_LENGTH, {})
    return lengths.get(name, A_LIST)


def show_more_of(name: str) -> None:
    """Draw more entries of a list."""
    lengths: dict[str, int] = st.session_state.get(_LENGTH, {})
    st.session_state[_LENGTH] = lengths | {name: length_of(name) + A_LIST}

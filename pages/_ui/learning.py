"""What the pages beside the chat keep for this tab: what is open, and how much of a list."""

import streamlit as st

from pages._ui import session

CHAT, SOURCES = "chat.py", "sources.py"
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


def more_button(name: str, *, total: int) -> None:
    """A button that draws more of a list; none where all of it is drawn."""
    left = total - length_of(name)
    if left > 0:
        st.button(
            f"Show more ({left} left)",
            key=f"more-{name}",
            icon=":material/expand_more:",
            on_click=show_more_of,
            args=(name,),
        )


def note(text: str) -> None:
    """A small line in the full color of the text; Streamlit's caption is too pale to read."""
    st.markdown(f":small[{text}]")


def ask_button(question: str, *, key: str, label: str = "Ask this about me") -> None:
    """A button that opens the chat and asks a question there."""
    if st.button(label, key=key, icon=":material/forum:"):
        session.ask(question)
        st.switch_page(CHAT)


def read_button(article_id: str, *, key: str, label: str = "Read the article") -> None:
    """A button that opens an article on the page of sources."""
    if st.button(label, key=key, icon=":material/menu_book:"):
        open_article(article_id)
        st.switch_page(SOURCES)

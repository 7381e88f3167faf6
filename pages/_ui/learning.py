"""Small parts of the pages beside the chat: a button that asks, one that opens an article."""

import streamlit as st

from pages._ui import learn_session, session

CHAT, SOURCES = "chat.py", "sources.py"


def more_button(name: str, *, total: int) -> None:
    """A button that draws more of a list; none where all of it is drawn."""
    left = total - learn_session.length_of(name)
    if left > 0:
        st.button(
            f"Show more ({left} left)",
            key=f"more-{name}",
            icon=":material/expand_more:",
            on_click=learn_session.show_more_of,
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
        learn_session.open_article(article_id)
        st.switch_page(SOURCES)

"""The head of the chat, and what a first visit shows."""

import streamlit as st

from pages._ui import session

EXAMPLES = (
    "I was just diagnosed and I do not know where to start",
    "What can I do about tiredness during treatment?",
    "How do I find a clinical trial for breast cancer?",
)


def draw_header() -> None:
    """The name and, in a line, what this is."""
    st.title("CareThread", anchor=False)
    st.caption("Keeps the thread of your breast cancer care, and shows its sources.")
    if not session.has_cookie():
        st.info(
            "Your browser does not keep cookies for this page, so what you write is gone when you "
            "close it. Allow cookies for this address to keep it.",
            icon=":material/cookie:",
        )


def draw_welcome() -> None:
    """What this is and is not, where data lies, and three questions to begin with."""
    with st.container(border=True):
        st.markdown(
            "**Welcome.** Tell me about your diagnosis and medicines in your own words, or just "
            "ask. I remember what you tell me, answer from sources that you can open, and ask when "
            "a message looks cut off."
        )
        st.markdown(
            "I am a computer program: what I say is information, not medical advice. What you "
            "write stays on this machine, and you can delete it at any time."
        )
    for number, question in enumerate(EXAMPLES):
        st.button(
            question,
            key=f"example-{number}",
            icon=":material/chat_bubble:",
            width="stretch",
            on_click=session.ask,
            args=(question,),
        )

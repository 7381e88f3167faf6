"""The head of the chat, and what a first visit shows."""

import streamlit as st

from chains.services import Services
from memory.records import SELF, Thread
from pages._ui import session

EXAMPLES = (
    "I was just diagnosed and I do not know where to start",
    "What can I do about tiredness during treatment?",
    "How do I find a clinical trial for breast cancer?",
)


RELATIONS = (
    *("mother", "father", "wife", "husband", "partner", "sister", "brother"),
    *("daughter", "son", "grandmother", "aunt", "friend"),
)


def draw_header(thread: Thread, services: Services) -> Thread:
    """The name, what this is, and whom it is about; gives the thread as it is now."""
    name, whose = st.columns([3, 2], vertical_alignment="bottom")
    name.title("CareThread", anchor=False)
    about = whose.selectbox(
        "Who is this about?",
        (SELF, *RELATIONS),
        index=(SELF, *RELATIONS).index(thread.about) if thread.about in RELATIONS else 0,
        format_func=lambda relation: "Me" if relation == SELF else f"My {relation}",
        key=f"about-{thread.thread_id}",
    )
    if about != thread.about:
        services.store.set_about(thread.person_id, thread.thread_id, about=about)
        thread = thread.model_copy(update={"about": about})
    st.caption("Keeps the thread of your breast cancer care, and shows its sources.")
    if not session.has_cookie():
        st.info(
            "Your browser does not keep cookies for this page, so what you write is gone when you "
            "close it. Allow cookies for this address to keep it.",
            icon=":material/cookie:",
        )
    return thread


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

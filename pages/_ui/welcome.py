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

WHAT_THIS_IS = (
    (
        ":material/menu_book:",
        "**I answer from sources that you can open.** Where I have none, I say so.",
    ),
    (
        ":material/health_and_safety:",
        "**I am a program, not a doctor.** This is information, not medical advice. In an "
        "emergency, call {emergency}.",
    ),
    (
        ":material/lock:",
        "**What you write is kept on this machine,** encrypted. Nothing of it goes elsewhere "
        "unless you agree to that. You can delete it at any time.",
    ),
)


def draw_header(thread: Thread, services: Services, *, is_first: bool) -> Thread:
    """The name, and whom the conversation is about; gives the thread as it is now."""
    with st.container(
        key="welcome" if is_first else None,
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        st.title("CareThread", anchor=False, width="stretch")
        if not is_first:
            with st.popover(_about(thread.about), icon=":material/person:", type="tertiary"):
                thread = _draw_about(thread, services)
    if not session.has_cookie():
        st.info(
            "Your browser does not keep cookies for this page, so what you write is gone when you "
            "close it. Allow cookies for this address to keep it.",
            icon=":material/cookie:",
        )
    if is_first:
        thread = _draw_welcome(thread, services)
    return thread


def draw_examples() -> None:
    """Three questions to begin with."""
    st.markdown("**You could start with one of these**")
    with st.container(gap="xsmall"):
        for number, question in enumerate(EXAMPLES):
            st.button(
                question,
                key=f"example-{number}",
                icon=":material/arrow_forward:",
                wrap=True,
                on_click=session.ask,
                args=(question,),
            )


def _draw_welcome(thread: Thread, services: Services) -> Thread:
    """What this is and is not, where data lies, and whom it is about."""
    st.markdown(
        "**Welcome.** I keep the thread of breast cancer care with you. Tell me how things are, or "
        "ask what is on your mind. Tired words and typos are fine."
    )
    with st.container(border=True, gap="small"):
        for icon, line in WHAT_THIS_IS:
            st.markdown(f"{icon} {line.format(emergency=services.numbers.emergency)}")
    return _draw_about(thread, services)


def _draw_about(thread: Thread, services: Services) -> Thread:
    people = (SELF, *RELATIONS)
    about = st.selectbox(
        "Who is this about?",
        people if thread.about in people else (*people, thread.about),
        index=people.index(thread.about) if thread.about in people else len(people),
        format_func=lambda relation: "Me" if relation == SELF else f"My {relation}",
        key=f"about-{thread.thread_id}",
        help="What you tell me is kept apart for each person.",
    )
    if about == thread.about:
        return thread
    services.store.set_about(thread.person_id, thread.thread_id, about=about)
    return thread.model_copy(update={"about": about})


def _about(about: str) -> str:
    return "About me" if about == SELF else f"About my {about}"

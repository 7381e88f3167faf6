"""The language model, where one is set: the switch, and what left this machine."""

import streamlit as st

from chains.model.consent import agree, consent_of, keep_local
from chains.model.endpoint import Endpoint, endpoint_of
from chains.model.left import has_left, what_left
from chains.services import Services
from memory.errors import StoreError
from memory.records import Thread
from pages._ui import session

LEAVES = (
    "your question, what the card says that bears on it, the last few messages of this "
    "conversation, and pages of our library"
)
STAYS = "E-mail addresses, phone and record numbers and dates of birth are left out."


def draw_consent(services: Services, person_id: str) -> None:
    """The switch that keeps messages here; says what would leave and to whom before it is turned.

    Draws nothing where no model is set.
    """
    if services.model is None:
        return
    endpoint = endpoint_of(services.settings)
    consent = consent_of(services.store, person_id, endpoint)
    # Also where another tab turned it, or all was forgotten: it shows what holds.
    session.show_keeps_local(not consent.may_send)
    with st.expander("Language model", icon=":material/smart_toy:"):
        st.toggle(
            "Keep every message on this machine",
            key=session.KEEP_LOCAL,
            on_change=_turned,
            args=(services, person_id, endpoint),
        )
        st.caption(_told(endpoint, may_send=consent.may_send))


def _told(endpoint: Endpoint, *, may_send: bool) -> str:
    if endpoint.is_loopback:
        return "A language model on this machine helps to word the answers. Nothing leaves it."
    to_whom = f"{endpoint.host} ({endpoint.model or 'its first model'})"
    if may_send:
        return f"For each answer, {LEAVES} go to {to_whom}. {STAYS}"
    return (
        f"Answers come from the library alone, and nothing leaves. If you turn this off you agree "
        f"that {LEAVES} go to {to_whom} for each answer, until you turn it on again. {STAYS}"
    )


def _turned(services: Services, person_id: str, endpoint: Endpoint) -> None:
    try:
        if session.keeps_local():
            keep_local(services.store, person_id)
        else:
            agree(services.store, person_id, endpoint)
    except StoreError:
        st.toast("That could not be kept just now. Please try again in a moment.")


def draw_what_left(services: Services, thread: Thread) -> None:
    """The exact text that left for the newest answers, behind a click; nothing where none did."""
    if services.model is None:
        return
    turns = services.store.turns(thread.person_id, thread.thread_id, limit=5)
    sent_for = [turn for turn in turns if has_left(services.store, thread.person_id, turn)]
    if not sent_for:
        return
    with st.expander("What left this machine", icon=":material/outgoing_mail:"):
        chosen = st.selectbox(
            "For which message?",
            list(reversed(sent_for)),
            format_func=lambda turn: turn.typed[:80],
            key=f"left-{thread.thread_id}",
        )
        for sent in what_left(services.store, thread.person_id, chosen):
            st.caption(f"To {sent.host}, model {sent.model}, {sent.prompt_tokens} tokens")
            for message in sent.messages:
                st.code(message.text, language=None, wrap_lines=True)

"""Who is here and what this browser tab shows; the one file that names session keys."""

import secrets

import streamlit as st

from chains.record import TurnRecord
from memory.errors import ThreadNotFoundError
from memory.records import Thread
from memory.store import ConversationStore

COOKIE = "carethread_person"
_PERSON = "person_id"
_THREAD = "thread_id"
_SHOWN = "turns_shown"
_UNKEPT = "unkept"
_PENDING = "pending_message"
KEEP_LOCAL = "model-local"
"""Key of the switch that keeps messages from a language model."""

TURNS_A_PAGE = 20


def person_id() -> str:
    """The browser's id from its cookie; where cookies are refused, one for this tab alone."""
    cookie = st.context.cookies.get(COOKIE)
    if cookie:
        return cookie
    return str(st.session_state.setdefault(_PERSON, secrets.token_urlsafe(32)))


def has_cookie() -> bool:
    """True when what is told here is still there after the browser is closed."""
    return COOKIE in st.context.cookies


def current_thread(store: ConversationStore, person: str) -> Thread:
    """The thread that is open in this tab: the one chosen, else the newest, else a new one."""
    chosen = st.session_state.get(_THREAD)
    if chosen is None:
        threads = store.threads(person)
        chosen = threads[0].thread_id if threads else new_thread_id()
        st.session_state[_THREAD] = chosen
    try:
        return store.ensure_thread(person, chosen)
    except ThreadNotFoundError:
        # The cookie changed while the tab lived on: what was open is another person's.
        st.session_state[_THREAD] = new_thread_id()
        return store.ensure_thread(person, st.session_state[_THREAD])


def open_thread(thread: str) -> None:
    """Show another thread, its newest turns first."""
    st.session_state[_THREAD] = thread
    st.session_state[_SHOWN] = TURNS_A_PAGE
    st.session_state.pop(_UNKEPT, None)


def new_thread_id() -> str:
    """An id no other thread has."""
    return secrets.token_urlsafe(16)


def turns_shown() -> int:
    """How many turns are drawn."""
    return int(st.session_state.get(_SHOWN, TURNS_A_PAGE))


def show_more_turns() -> None:
    """Draw a page more of earlier turns."""
    st.session_state[_SHOWN] = turns_shown() + TURNS_A_PAGE


def unkept() -> TurnRecord | None:
    """The answer to the last message, where it could not be kept."""
    return st.session_state.get(_UNKEPT)


def set_unkept(record: TurnRecord | None) -> None:
    """Keep the answer to a message that was not kept, until the next message."""
    st.session_state[_UNKEPT] = record


def ask(message: str) -> None:
    """Send a message as if it were typed: a quick reply, an example, a related question."""
    st.session_state[_PENDING] = message


def take_asked() -> str | None:
    """The message that a click asks to send; gone once taken."""
    asked: str | None = st.session_state.pop(_PENDING, None)
    return asked


def keeps_local() -> bool:
    """Where the switch that keeps messages from a language model stands."""
    return bool(st.session_state.get(KEEP_LOCAL, True))

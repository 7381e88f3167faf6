"""Who is here and what this browser tab shows; the one file that names session keys."""

import secrets

import streamlit as st

from chains.lab.replay import Played
from chains.record import TurnRecord
from memory.demonstration import is_demonstration
from memory.records import Thread
from memory.store import ConversationStore

COOKIE = "carethread_person"
_PERSON = "person_id"
_WHOSE = "shown_of"
_THREAD = "thread_id"
_SHOWN = "turns_shown"
_UNKEPT = "unkept"
_PENDING = "pending_message"
_PUT_BACK = "put_back"
_ALL_LISTED = "all_threads_listed"
MESSAGE = "message"
"""Key of the box one types into."""
_DEMONSTRATION = "demonstration_id"
_STEP = "demonstration_step"
_LAB = "lab_played"
KEEP_LOCAL = "model-local"
"""Key of the switch that keeps messages from a language model."""

TURNS_A_PAGE = 10


def person_id() -> str:
    """The browser's id from its cookie; where cookies are refused, one for this tab alone.

    Where the cookie changed while the tab lived on, what the tab held of the other is let go of.
    """
    cookie = st.context.cookies.get(COOKIE)
    # An id of a made-up person is none of a browser: whoever sends one is nobody we know.
    if not cookie or is_demonstration(cookie):
        cookie = str(st.session_state.setdefault(_PERSON, secrets.token_urlsafe(32)))
    if st.session_state.setdefault(_WHOSE, cookie) != cookie:
        st.session_state.clear()
        st.session_state[_WHOSE] = cookie
    return cookie


def has_cookie() -> bool:
    """True when what is told here is still there after the browser is closed."""
    cookie = st.context.cookies.get(COOKIE)
    return cookie is not None and not is_demonstration(cookie)


def current_thread(store: ConversationStore, person: str) -> Thread:
    """The thread open in this tab: the one chosen, else the last written in, else a new one.

    One that was deleted in another tab is not made again.
    """
    threads = {thread.thread_id: thread for thread in store.threads(person)}
    chosen = st.session_state.get(_THREAD)
    if chosen not in threads:
        outlines = store.outlines(person) if threads else []
        chosen = outlines[0].thread.thread_id if outlines else new_thread_id()
        st.session_state[_THREAD] = chosen
    return threads.get(chosen) or store.ensure_thread(person, chosen)


def open_thread(thread: str) -> None:
    """Show another thread, its newest turns first."""
    st.session_state[_THREAD] = thread
    st.session_state[_SHOWN] = TURNS_A_PAGE
    st.session_state.pop(_UNKEPT, None)


def open_newest() -> None:
    """Show the thread last written in, or the first visit's page."""
    st.session_state.pop(_THREAD, None)
    st.session_state[_SHOWN] = TURNS_A_PAGE
    st.session_state.pop(_UNKEPT, None)


def lists_all() -> bool:
    """Whether the list of conversations shows all of them."""
    return bool(st.session_state.get(_ALL_LISTED, False))


def list_all() -> None:
    """Show all conversations in the list."""
    st.session_state[_ALL_LISTED] = True


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


def has_asked() -> bool:
    """Whether a click asks to send a message that is not sent yet."""
    return _PENDING in st.session_state


def take_asked() -> str | None:
    """The message that a click asks to send; gone once taken."""
    asked: str | None = st.session_state.pop(_PENDING, None)
    return asked


def put_back(message: str) -> None:
    """Have a message that could not be taken stand in the box again."""
    st.session_state[_PUT_BACK] = message


def fill_box() -> None:
    """Put back what is to stand in the box; to be called before the box is drawn."""
    message = st.session_state.pop(_PUT_BACK, None)
    if message is not None:
        st.session_state[MESSAGE] = message


def chosen(key: str) -> int | None:
    """What stands in a widget that gives a number; for its callback, before it is drawn."""
    given: int | None = st.session_state.get(key)
    return given


def demonstration() -> str | None:
    """The id of the made-up person whom this tab shows; it lies here alone, in no cookie."""
    shown: str | None = st.session_state.get(_DEMONSTRATION)
    return shown


def set_demonstration(made_up: str | None) -> None:
    """Show another made-up person from the first step, or none."""
    st.session_state[_DEMONSTRATION] = made_up
    st.session_state[_STEP] = 0
    st.session_state[_SHOWN] = TURNS_A_PAGE
    set_unkept(None)
    take_asked()


def steps_played() -> int:
    """How many steps of the script were sent."""
    return int(st.session_state.get(_STEP, 0))


def count_step() -> None:
    """One more step of the script was sent."""
    st.session_state[_STEP] = steps_played() + 1


def drop_unkept_of_others(thread: Thread) -> None:
    """Let go of an answer to a message of another thread, which is not to be drawn in this one."""
    record = unkept()
    if record is not None and record.thread_id != thread.thread_id:
        set_unkept(None)


def lab_played(name: str) -> list[Played] | None:
    """What the Lab played under this name in this tab: scripts and uploads, never a store's."""
    held: dict[str, list[Played]] = st.session_state.get(_LAB, {})
    return held.get(name)


def keep_lab_played(name: str, played: list[Played]) -> None:
    """Keep what was played until the tab closes."""
    st.session_state.setdefault(_LAB, {})[name] = played


def show_keeps_local(is_local: bool) -> None:
    """Set the switch as what holds now; to be called before it is drawn."""
    st.session_state[KEEP_LOCAL] = is_local


def keeps_local() -> bool:
    """Where the switch that keeps messages from a language model stands."""
    return bool(st.session_state.get(KEEP_LOCAL, True))

"""One quiet row under an answer: was it helpful, copy it, change or delete the message."""

import contextlib

import streamlit as st

from chains.record import TurnRecord
from chains.services import Services
from memory.errors import NotFoundError
from memory.records import Feedback, Thread, Thumbs, Turn
from pages._ui import session
from pages._ui.copying import draw_copy
from pages._ui.wording import plain_copy

RATED = ("answer", "no_source")
REASONS = {"up": "What helped you? (optional)", "down": "What was wrong or missing? (optional)"}
EDIT, DELETE = "Edit and ask again", "Delete this message"


def draw_actions(
    record: TurnRecord, turn: Turn, thread: Thread, services: Services, *, feedback: Feedback | None
) -> None:
    """Draw the row, and below it the question why once a thumb was given."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        given = None
        if record.kind in RATED:
            given = _draw_thumbs(turn, thread, services, feedback)
        draw_copy(plain_copy(record.answer.markdown), key=f"{turn.turn_id}-copy")
        chosen = st.menu_button(
            "More",
            (EDIT, DELETE),
            key=f"{turn.turn_id}-more",
            type="tertiary",
        )
    if given is not None:
        _draw_reason(turn, thread, services, given=given)
    if chosen == EDIT:
        _edit(turn, thread, services)
    elif chosen == DELETE:
        _delete(turn, thread, services)


def _draw_thumbs(
    turn: Turn, thread: Thread, services: Services, feedback: Feedback | None
) -> int | None:
    before = {"up": 1, "down": 0}.get(feedback.thumbs or "") if feedback else None
    key = f"{turn.turn_id}-thumbs"
    return st.feedback(
        "thumbs",
        key=key,
        default=before,
        on_change=_save_thumbs,
        args=(key, turn, thread, services),
    )


def _save_thumbs(key: str, turn: Turn, thread: Thread, services: Services) -> None:
    """Keep the thumb; a reason given before stays."""
    given = session.chosen(key)
    thumbs: Thumbs | None = None if given is None else ("up" if given else "down")
    _save(turn, thread, services, thumbs=thumbs, reason=_reason(turn, thread, services))


def _save(
    turn: Turn, thread: Thread, services: Services, *, thumbs: Thumbs | None, reason: str
) -> None:
    # An answer that another tab deleted meanwhile needs none.
    with contextlib.suppress(NotFoundError):
        services.store.save_feedback(thread.person_id, turn.turn_id, thumbs=thumbs, reason=reason)


def _reason(turn: Turn, thread: Thread, services: Services) -> str:
    kept = services.store.feedback(thread.person_id, [turn.turn_id]).get(turn.turn_id)
    return kept.reason if kept else ""


def _draw_reason(turn: Turn, thread: Thread, services: Services, *, given: int) -> None:
    """A line to say why, which may be left empty."""
    thumbs: Thumbs = "up" if given else "down"
    key = f"{turn.turn_id}-reason"
    with (
        st.form(key, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        said = _reason(turn, thread, services)
        reason = st.text_input(REASONS[thumbs], value=said, max_chars=500, key=f"{key}-{thumbs}")
        is_sent = st.form_submit_button("Send")
    if is_sent:
        _save(turn, thread, services, thumbs=thumbs, reason=reason.strip())
        st.caption("Thank you. It is kept with your conversation.")


@st.dialog("Edit and ask again")
def _edit(turn: Turn, thread: Thread, services: Services) -> None:
    text = st.text_area(
        "Your message",
        value=turn.typed,
        height=160,
        max_chars=services.settings.max_message_chars,
        key=f"{turn.turn_id}-edited",
    )
    st.caption(
        "The old message and its answer go away, with what I learned from that message alone."
    )
    if st.button("Ask again", key=f"{turn.turn_id}-edit", type="primary") and text.strip():
        _take_out(turn, thread, services)
        session.ask(text)
        st.rerun()


@st.dialog("Delete this message?")
def _delete(turn: Turn, thread: Thread, services: Services) -> None:
    st.text(turn.typed)
    st.write(
        "The message and its answer are deleted for good, with what I learned from that message "
        "alone."
    )
    if st.button("Yes, delete it", key=f"{turn.turn_id}-delete", type="primary"):
        _take_out(turn, thread, services)
        st.rerun()


def _take_out(turn: Turn, thread: Thread, services: Services) -> None:
    # In another tab it may be gone by now: then there is nothing left to do.
    with contextlib.suppress(NotFoundError):
        services.store.delete_message(thread.person_id, turn.turn_id)

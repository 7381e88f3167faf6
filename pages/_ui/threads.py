"""The conversations at the side: a new one, a search, the list; rename and delete the open one."""

import contextlib

import streamlit as st

from chains.services import Services
from chains.thread_title import shortened
from memory.errors import NotFoundError
from memory.records import SELF, Thread, ThreadOutline
from pages._ui import session
from pages._ui.wording import escaped

LISTED = 6
MOST_TITLE_CHARS = 80
RENAME, DELETE = "Rename", "Delete"
UNNAMED = "New conversation"


def draw_threads(thread: Thread, services: Services) -> None:
    """Draw the list; `thread` is the open one."""
    st.button(
        "New conversation",
        key="new-conversation",
        icon=":material/edit_square:",
        width="stretch",
        on_click=_begin,
        args=(thread, services),
    )
    _draw_list(thread, services)


@st.fragment
def _draw_list(thread: Thread, services: Services) -> None:
    """A search draws the list anew, and nothing else of the page."""
    outlines = [o for o in services.store.outlines(thread.person_id) if o.opening]
    if not outlines:
        return
    st.subheader("Conversations", anchor=False)
    words = ""
    if len(outlines) > 1:
        words = st.text_input(
            "Search your conversations",
            key="search-threads",
            placeholder="Search",
            icon=":material/search:",
            label_visibility="collapsed",
        )
    if words.strip():
        found = set(services.store.find_threads(thread.person_id, words))
        outlines = [outline for outline in outlines if outline.thread.thread_id in found]
        if not outlines:
            st.caption("No conversation holds these words.")
    listed = outlines if words.strip() or session.lists_all() else outlines[:LISTED]
    with st.container(gap="xxsmall"):
        for outline in listed:
            _draw_line(outline, thread, services)
    if len(outlines) > len(listed):
        st.button(
            f"Show all {len(outlines)}",
            key="all-threads",
            type="tertiary",
            on_click=session.list_all,
        )


def _draw_line(outline: ThreadOutline, thread: Thread, services: Services) -> None:
    """A conversation's name, which opens it; the open one can be renamed and deleted."""
    one = outline.thread
    name = escaped(named(outline))
    about = "" if one.about == SELF else f" :small[(my {escaped(one.about)})]"
    if one.thread_id != thread.thread_id:
        if st.button(
            f"{name}{about}",
            key=f"open-{outline.thread.thread_id}",
            type="tertiary",
            wrap=False,
        ):
            session.open_thread(one.thread_id)
            st.rerun()
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", wrap=False):
        with st.container(key="open-thread"):
            st.button(
                f"**{name}**{about}",
                key="the-open-thread",
                icon=":material/chevron_right:",
                type="tertiary",
                wrap=False,
            )
        chosen = st.menu_button(
            ":material/more_horiz:",
            (RENAME, DELETE),
            key="change-thread",
            type="tertiary",
            help="Rename or delete this conversation",
        )
    if chosen == RENAME:
        _rename(outline, services)
    elif chosen == DELETE:
        _delete(outline, services)


def named(outline: ThreadOutline) -> str:
    """The title, else the first words that were written."""
    return outline.thread.title or shortened(outline.opening) or UNNAMED


@st.dialog("Rename this conversation")
def _rename(outline: ThreadOutline, services: Services) -> None:
    title = st.text_input("Name", value=named(outline), max_chars=MOST_TITLE_CHARS)
    if st.button("Save", key="rename-thread", type="primary") and title.strip():
        one = outline.thread
        with contextlib.suppress(NotFoundError):  # it was deleted in another tab
            services.store.set_title(one.person_id, one.thread_id, title=title.strip())
        st.rerun()


@st.dialog("Delete this conversation?")
def _delete(outline: ThreadOutline, services: Services) -> None:
    st.text(named(outline))
    st.write(
        "Its messages and answers are deleted for good, with what I learned in this conversation "
        "alone."
    )
    if st.button("Yes, delete it", key="delete-thread", type="primary"):
        one = outline.thread
        with contextlib.suppress(NotFoundError):  # it was deleted in another tab
            services.store.forget_thread(one.person_id, one.thread_id)
        session.open_newest()
        st.rerun()


def _begin(thread: Thread, services: Services) -> None:
    """Open a conversation about the same person; an empty one that is there serves."""
    store = services.store
    newest = store.outlines(thread.person_id)[:1]
    if newest and not newest[0].opening:
        session.open_thread(newest[0].thread.thread_id)
        return
    made = store.ensure_thread(thread.person_id, session.new_thread_id(), about=thread.about)
    session.open_thread(made.thread_id)

"""Facts of a card drawn one by one: words, source, state, and what can be done with each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.services import Services
from chains.visit.dates import day
from memory.errors import StoreError
from memory.records import SELF, Fact, Told
from pages._ui import session
from pages._ui.fact_changes import STATES, draw_changes
from pages._ui.learning import note
from pages._ui.wording import escaped

MOST_TELLINGS = 3
UNREACHABLE = (
    "I cannot reach what is kept on this machine right now. Nothing of it is lost. Please wait a "
    "minute, then load this page again."
)


@contextmanager
def store_errors_told() -> Iterator[None]:
    """Say what to do when the store does not answer, in place of the rest of the page."""
    try:
        yield
    except StoreError:
        st.error(UNREACHABLE, icon=":material/error:")


def choose_subject(services: Services, person_id: str) -> str:
    """Whose card is shown: asked where there is more than one, else the conversation's."""
    about = session.current_thread(services.store, person_id).about
    known = [subject for subject in services.store.cards(person_id) if subject != SELF]
    subjects = list(dict.fromkeys([SELF, *known, about]))
    if len(subjects) == 1:
        return SELF
    return st.radio(
        "Who is this about?",
        subjects,
        index=subjects.index(about),
        format_func=lambda subject: "Me" if subject == SELF else f"My {subject}",
        horizontal=True,
        key="whose-card",
    )


def draw_fact(fact: Fact, tellings: Sequence[Told], services: Services, person_id: str) -> None:
    """One fact: what it says, the person's words, when, its state, and a way to change it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"fact-{fact.fact_id}"):
        with st.container(gap=None, width="stretch"):
            # A medicine stands under the heading of its status already.
            bare = fact.model_copy(update={"status": None}) if fact.kind == "medication" else fact
            st.markdown(f"**{escaped(fact_line(bare))}**")
            draw_words(fact, tellings)
        with st.popover("Change", icon=":material/edit:"):
            draw_actions(fact, services, person_id)
            _draw_sources(fact, tellings)


def draw_words(fact: Fact, tellings: Sequence[Told]) -> None:
    """The person's words, when they were told, and how sure the fact is."""
    st.text(f"“{fact.evidence}”")
    when = f"{day(tellings[-1].told_at.date())}, " if tellings else ""
    note(f"{when}{STATES[fact.state]}")


def draw_actions(fact: Fact, services: Services, person_id: str) -> None:
    """Confirm, correct, forget."""
    may_confirm = fact.state != "confirmed"
    draw_changes(fact, services, person_id, may_confirm=may_confirm, place="mine-")


def _draw_sources(fact: Fact, tellings: Sequence[Told]) -> None:
    """The messages that told it, newest first, and the way to the last of them."""
    if not tellings:
        note("The message it came from was deleted.")
        return
    for one in reversed(tellings[-MOST_TELLINGS:]):
        note(f"You wrote on {day(one.told_at.date())}:")
        st.text(one.message)
    if st.button("Open that conversation", key=f"{fact.fact_id}-open", icon=":material/forum:"):
        session.open_thread(tellings[-1].thread_id)
        st.switch_page("chat.py")

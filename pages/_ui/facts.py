"""Facts of a card drawn one by one: words, source, state, and what can be done with each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.compose.writing import plain
from chains.services import Services
from chains.visit.dates import day
from memory.errors import NotFoundError, StoreError
from memory.records import SELF, Fact, FactStatus, Told
from pages._ui import session
from pages._ui.card import LABELS, STATES, STATUSES

STATUS_WORDS: dict[FactStatus, str] = {
    "current": "taking or having it now",
    "on_hold": "on hold",
    "past": "over",
    "planned": "planned",
}
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


def shown_words(words: str) -> str:
    """Words in Markdown that show as they are, also those that a person typed."""
    return plain(words).replace(":", "\\:")


def quiet(words: str) -> None:
    """Small print in full color: Streamlit's captions are too pale to be read by everyone."""
    st.markdown(f":small[{words}]")


def draw_fact(fact: Fact, tellings: Sequence[Told], services: Services, person_id: str) -> None:
    """One fact: what it says, the person's words, when, its state, and a way to change it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"fact-{fact.fact_id}"):
        with st.container(gap=None, width="stretch"):
            # A medicine stands under the heading of its status already.
            bare = fact.model_copy(update={"status": None}) if fact.kind == "medication" else fact
            st.markdown(f"**{shown_words(fact_line(bare))}**")
            draw_words(fact, tellings)
        with st.popover("Change", icon=":material/edit:"):
            draw_actions(fact, services, person_id)
            _draw_sources(fact, tellings)


def draw_words(fact: Fact, tellings: Sequence[Told]) -> None:
    """The person's words, when they were told, and how sure the fact is."""
    st.text(f"“{fact.evidence}”")
    when = f"{day(tellings[-1].told_at.date())}, " if tellings else ""
    quiet(f"{when}{STATES[fact.state]}")


def draw_actions(fact: Fact, services: Services, person_id: str) -> None:
    """Confirm, correct, forget."""
    if fact.state != "confirmed":
        st.button(
            "That is right",
            key=f"{fact.fact_id}-mine-confirm",
            icon=":material/check:",
            on_click=confirm,
            args=(services, person_id, fact.fact_id),
        )
    _draw_correction(fact, services, person_id)
    st.button(
        "Forget this",
        key=f"{fact.fact_id}-mine-forget",
        icon=":material/delete:",
        on_click=forget,
        args=(services, person_id, fact.fact_id),
    )


def confirm(services: Services, person_id: str, fact_id: str) -> None:
    """Confirm a fact; one that another tab took away meanwhile stays away."""
    with suppress(NotFoundError):
        services.store.confirm_fact(person_id, fact_id)


def forget(services: Services, person_id: str, fact_id: str) -> None:
    """Forget a fact; one that another tab took away meanwhile stays away."""
    with suppress(NotFoundError):
        services.store.forget_fact(person_id, fact_id)


def _draw_sources(fact: Fact, tellings: Sequence[Told]) -> None:
    """The messages that told it, newest first, and the way to the last of them."""
    if not tellings:
        quiet("The message it came from was deleted.")
        return
    for one in reversed(tellings[-MOST_TELLINGS:]):
        quiet(f"You wrote on {day(one.told_at.date())}:")
        st.text(one.message)
    if st.button("Open that conversation", key=f"{fact.fact_id}-open", icon=":material/forum:"):
        session.open_thread(tellings[-1].thread_id)
        st.switch_page("chat.py")


def _draw_correction(fact: Fact, services: Services, person_id: str) -> None:
    """A small form: the value of a marker, dose and status of a medicine, else the name."""
    with st.form(f"{fact.fact_id}-mine-correct", border=False):
        key = {"biomarker": "value", "lab": "value", "medication": "dose"}.get(fact.kind)
        now = fact.attributes.get(key, "") if key else fact.name
        said = st.text_input(LABELS.get(key or "", "It should say"), value=now, max_chars=80)
        status = fact.status
        if fact.kind in ("medication", "procedure"):
            status = st.selectbox(
                "When",
                STATUSES,
                index=STATUSES.index(fact.status or "current"),
                format_func=lambda one: STATUS_WORDS[one],
            )
        # A medicine may be put right without a dose; a name or a result is never empty.
        is_given = bool(said.strip()) or key == "dose"
        if st.form_submit_button("Correct it", icon=":material/edit:") and is_given:
            with suppress(NotFoundError):
                services.store.correct_fact(
                    person_id,
                    fact.fact_id,
                    name=None if key else said.strip(),
                    status=status,
                    attributes={key: said.strip()} if key else None,
                )
            st.rerun()

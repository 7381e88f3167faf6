"""The card at the side: what is known, and a way to confirm, correct or forget each fact."""

import contextlib

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.services import Services
from memory.contradictions import rivals
from memory.errors import NotFoundError
from memory.records import SELF, Card, Fact, FactStatus, Thread
from pages._ui import session
from pages._ui.wording import escaped

SECTIONS = {
    "Diagnosis": (
        "diagnosis",
        "extent",
        "stage",
        "tnm",
        "grade",
        "tumor_size",
        "nodes",
        "metastasis",
    ),
    "Biomarkers": ("biomarker",),
    "Medicines": ("medication",),
    "Treatments": ("procedure",),
    "How you are": ("symptom", "lab", "menopausal_status", "age", "allergy", "comorbidity"),
    "Family": ("family_history",),
    "Wishes": ("preference",),
}
LABELS = {"value": "Result", "dose": "Dose"}
TWO_ANSWERS = "You also told me: {other}. Which is right? The one you say is right stays."
STATUSES: tuple[FactStatus, ...] = ("current", "on_hold", "past", "planned")
STATES = {
    "stated": "you told me",
    "inferred": "I took this from what you wrote; please check it",
    "confirmed": "you confirmed it",
    "corrected": "you corrected it",
}


@st.fragment
def draw_card(services: Services, person_id: str, thread: Thread) -> None:
    """Draw the thread's card and what can be done with all of it."""
    card = services.store.card(person_id, thread.about)
    whom = "" if thread.about == SELF else f" about your {thread.about}"
    st.subheader(f"What I know{whom}", anchor=False)
    if not card.facts:
        st.caption("Nothing yet. What you tell me about the diagnosis and medicines stands here.")
    for title, kinds in SECTIONS.items():
        facts = [fact for fact in card.facts if fact.kind in kinds]
        if facts:
            st.markdown(f":small[**{title}**]")
            _draw_facts(facts, services, person_id, card=card)
    _draw_others(services, person_id, thread)
    _draw_all(card, services, person_id)


def _draw_facts(facts: list[Fact], services: Services, person_id: str, *, card: Card) -> None:
    """Each fact as a line that opens; one to be looked at carries a question mark."""
    with st.container(gap="xxsmall"):
        for fact in facts:
            against = rivals(card.facts, fact)
            is_doubtful = fact.state == "inferred" or bool(against)
            with st.expander(
                escaped(fact_line(fact)),
                key=f"{fact.fact_id}-fact",
                icon=":material/help:" if is_doubtful else None,
                type="compact",
                on_change="rerun",
            ) as line:
                if line.open:
                    _draw_fact(fact, services, person_id, against=against)


def _draw_fact(
    fact: Fact, services: Services, person_id: str, *, against: tuple[Fact, ...]
) -> None:
    """The words of a fact, and a way to confirm, correct or forget it."""
    for other in against:
        st.warning(TWO_ANSWERS.format(other=escaped(fact_line(other))), icon=":material/help:")
    st.text(f"“{fact.evidence}”")
    st.caption(STATES[fact.state])
    if fact.state != "confirmed" or against:
        st.button(
            "That is right",
            key=f"{fact.fact_id}-confirm",
            icon=":material/check:",
            on_click=_confirm,
            args=(services, person_id, fact.fact_id),
        )
    _draw_correction(fact, services, person_id)
    st.button(
        "Forget this",
        key=f"{fact.fact_id}-forget",
        icon=":material/delete:",
        on_click=_forget,
        args=(services, person_id, fact.fact_id),
    )


def _draw_correction(fact: Fact, services: Services, person_id: str) -> None:
    """A small form: the value of a marker, dose and status of a medicine, else the name."""
    with st.form(f"{fact.fact_id}-correct", border=False):
        key = {"biomarker": "value", "lab": "value", "medication": "dose"}.get(fact.kind)
        now = fact.attributes.get(key, "") if key else fact.name
        said = st.text_input(LABELS.get(key or "", "It should say"), value=now, max_chars=80)
        status = fact.status
        if fact.kind in ("medication", "procedure"):
            status = st.selectbox(
                "When", STATUSES, index=STATUSES.index(fact.status or "current"), format_func=_plain
            )
        if st.form_submit_button("Correct it", icon=":material/edit:") and said.strip():
            # In another tab it may be gone by now: then there is nothing left to correct.
            with contextlib.suppress(NotFoundError):
                services.store.correct_fact(
                    person_id,
                    fact.fact_id,
                    name=None if key else said.strip(),
                    status=status,
                    attributes={key: said.strip()} if key else None,
                )
            st.rerun()


def _draw_others(services: Services, person_id: str, thread: Thread) -> None:
    """Cards of other people the person spoke of."""
    others = [c for s, c in services.store.cards(person_id).items() if s != thread.about]
    for card in others:
        whom = "you" if card.subject == SELF else f"your {escaped(card.subject)}"
        st.markdown(f":small[**About {whom}**]")
        _draw_facts(list(card.facts), services, person_id, card=card)


def _draw_all(card: Card, services: Services, person_id: str) -> None:
    """Start over, and forget everything, each behind a second click."""
    st.divider()
    with st.container(gap="xxsmall"):
        with st.popover("Start over", icon=":material/restart_alt:", type="tertiary"):
            st.write("A new conversation with an empty card. Earlier conversations are kept.")
            if st.button("Start over now", key="start-over"):
                fresh = services.store.start_over(
                    person_id, session.new_thread_id(), about=card.subject
                )
                session.open_thread(fresh.thread_id)
                st.rerun()
        with st.popover("Forget everything", icon=":material/delete_forever:", type="tertiary"):
            st.write("Deletes every message, answer and fact for good. This cannot be undone.")
            if st.button("Yes, forget everything", key="forget-all", type="primary"):
                services.store.forget_person(person_id)
                session.open_thread(session.new_thread_id())
                st.rerun()
    st.caption("Kept on this machine only, encrypted.")


def _confirm(services: Services, person_id: str, fact_id: str) -> None:
    # In another tab it may be gone by now: then there is nothing left to do.
    with contextlib.suppress(NotFoundError):
        services.store.confirm_fact(person_id, fact_id)


def _forget(services: Services, person_id: str, fact_id: str) -> None:
    with contextlib.suppress(NotFoundError):
        services.store.forget_fact(person_id, fact_id)


def _plain(status: str) -> str:
    return status.replace("_", " ")

"""The card at the side: what is known, and a way to confirm, correct or forget each fact."""

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.services import Services
from memory.contradictions import rivals
from memory.records import SELF, Card, Fact, Thread
from pages._ui import session
from pages._ui.fact_changes import STATES, draw_changes
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
TWO_ANSWERS = "You also told me: {other}. Which is right? The one you say is right stays."


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
    is_settled = fact.state == "confirmed" and not against
    draw_changes(fact, services, person_id, may_confirm=not is_settled)


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
    st.caption("Kept on this machine, encrypted.")

"""My information: all that is known, each fact with its words, to check, correct or forget."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.services import Services
from chains.visit.timeline import lab_series, treatment_spans
from memory.contradictions import unsettled
from memory.errors import NotFoundError
from memory.fhir import card_bundle
from memory.records import SELF, Card, Fact, FactKind, FactStatus, Told
from pages._ui import session
from pages._ui.charts import draw_lab, draw_treatments
from pages._ui.fact_changes import confirm, forget
from pages._ui.facts import (
    choose_subject,
    draw_actions,
    draw_fact,
    draw_words,
)
from pages._ui.learning import note
from pages._ui.start import started
from pages._ui.wording import escaped

SECTIONS: dict[str, tuple[FactKind, ...]] = {
    "Diagnosis": (
        *("diagnosis", "extent", "stage", "tnm", "grade"),
        *("tumor_size", "nodes", "metastasis"),
    ),
    "Test results of the tumor": ("biomarker",),
    "Medicines": ("medication",),
    "Treatments and tests": ("procedure",),
    "Side effects and symptoms": ("symptom",),
    "Lab results": ("lab",),
    "Allergies": ("allergy",),
    "Other illnesses": ("comorbidity",),
    "Age and menopause": ("age", "menopausal_status"),
    "In the family": ("family_history",),
    "Wishes": ("preference",),
}
MEDICINES: tuple[tuple[str, FactStatus], ...] = (
    ("Taking now", "current"),
    ("On hold", "on_hold"),
    ("Planned", "planned"),
    ("Stopped", "past"),
)
# Of dated treatments: one alone is no timeline. (A bare text in a page is drawn by Streamlit.)
FEWEST_BARS = 2
DELETED = "Everything was deleted. Nothing of it can be brought back."
Tellings = Mapping[str, Sequence[Told]]


def draw() -> None:
    """Draw the page."""
    services, person_id = started().services, session.person_id()
    st.title("My information", anchor=False)
    note(
        "What I understood from your messages. You can check each line, set it right, or have it "
        "forgotten."
    )
    subject = choose_subject(services, person_id)
    card = services.store.card(person_id, subject)
    told = services.store.told(person_id)
    if card.facts:
        asked = _draw_contradictions(card, told, services, person_id)
        asked |= _draw_inferred(card, told, services, person_id, besides=asked)
        _draw_sections(card, told, services, person_id, besides=asked)
        _draw_charts(card, told, services)
    else:
        _draw_empty(subject)
    _draw_downloads(card, services, person_id)
    _draw_delete(services, person_id)


def _draw_empty(subject: str) -> None:
    whom = "you" if subject == SELF else f"your {subject}"
    with st.container(border=True):
        st.markdown(f"**I know nothing about {whom} yet.**")
        st.markdown(
            "Tell me in the chat about the diagnosis, test results and medicines, in your own "
            "words. What I understand then stands here, for you to check."
        )
        st.page_link("chat.py", label="Go to the chat", icon=":material/forum:")


def _draw_contradictions(
    card: Card, told: Tellings, services: Services, person_id: str
) -> set[str]:
    """Groups of facts of which one can hold; the ids of what is shown."""
    groups = unsettled(card.facts)
    if groups:
        st.header("Which is right?", anchor=False)
        note("You told me two things that cannot both be true. What you choose stays.")
    for group in groups:
        with st.container(border=True):
            for fact in group:
                line = escaped(fact_line(fact))
                with st.container(horizontal=True, vertical_alignment="center"):
                    with st.container(gap=None, width="stretch"):
                        st.markdown(f"**{line}**")
                        draw_words(fact, told.get(fact.fact_id, ()))
                    st.button(
                        f"Keep “{line}”",
                        key=f"{fact.fact_id}-keep",
                        icon=":material/check:",
                        wrap=True,
                        on_click=confirm,
                        args=(services, person_id, fact.fact_id),
                    )
            with st.popover("None of these is right"):
                for fact in group:
                    st.markdown(f"**{escaped(fact_line(fact))}**")
                    draw_actions(fact, services, person_id)
    return {fact.fact_id for group in groups for fact in group}


def _draw_inferred(
    card: Card, told: Tellings, services: Services, person_id: str, *, besides: set[str]
) -> set[str]:
    """What was only inferred and waits for a look; the ids of what is shown."""
    waiting = [f for f in card.facts if f.state == "inferred" and f.fact_id not in besides]
    if waiting:
        st.header("Did I get this right?", anchor=False)
        note("I took these from what you wrote. You did not say them in so many words.")
    for fact in waiting:
        with st.container(border=True):
            draw_fact(fact, told.get(fact.fact_id, ()), services, person_id)
            with st.container(horizontal=True):
                st.button(
                    "Yes, that is right",
                    key=f"{fact.fact_id}-yes",
                    icon=":material/check:",
                    on_click=confirm,
                    args=(services, person_id, fact.fact_id),
                )
                st.button(
                    "No, forget it",
                    key=f"{fact.fact_id}-no",
                    icon=":material/close:",
                    on_click=forget,
                    args=(services, person_id, fact.fact_id),
                )
    return {fact.fact_id for fact in waiting}


def _draw_sections(
    card: Card, told: Tellings, services: Services, person_id: str, *, besides: set[str]
) -> None:
    for title, kinds in SECTIONS.items():
        facts = [f for f in card.facts if f.kind in kinds and f.fact_id not in besides]
        if not facts:
            continue
        st.header(title, anchor=False)
        if kinds != ("medication",):
            _draw_facts(facts, told, services, person_id)
            continue
        for label, status in MEDICINES:
            of_status = [fact for fact in facts if (fact.status or "current") == status]
            if of_status:
                st.subheader(label, anchor=False)
                _draw_facts(of_status, told, services, person_id)


def _draw_facts(facts: Sequence[Fact], told: Tellings, services: Services, person_id: str) -> None:
    with st.container(border=True):
        for fact in facts:
            draw_fact(fact, told.get(fact.fact_id, ()), services, person_id)


def _draw_charts(card: Card, told: Tellings, services: Services) -> None:
    today = datetime.now(UTC).date()
    spans = treatment_spans(card, told, lexicon=services.lexicon, today=today)
    series = lab_series(card, told, lexicon=services.lexicon)
    if sum(span.is_dated for span in spans) >= FEWEST_BARS:
        st.header("Treatments over time", anchor=False)
        draw_treatments(spans)
    if series:
        st.header("Lab results over time", anchor=False)
    for one in series:
        draw_lab(one)


def _draw_downloads(card: Card, services: Services, person_id: str) -> None:
    """All that is kept as JSON, and this card in the form that hospitals read."""
    st.header("Take it with you", anchor=False)
    with st.container(horizontal=True):
        st.download_button(
            "Download everything",
            data=lambda: _everything(services, person_id),
            file_name="carethread-everything.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download for a health record (FHIR)",
            data=lambda: _bundle(card.subject, services, person_id),
            file_name="carethread-fhir-r4.json",
            mime="application/fhir+json",
            icon=":material/health_and_safety:",
            on_click="ignore",
            disabled=not card.facts,
        )
    note(
        "“Everything” holds every conversation, answer and fact. The answers in it were put "
        "together by a computer (AI) from the sources they name: information, not medical advice. "
        "The health record file holds the facts above, marked as told by you."
    )


def _everything(services: Services, person_id: str) -> bytes:
    try:
        return services.store.export_person(person_id).encode()
    except NotFoundError:
        # Another tab deleted it all since this page was drawn.
        return json.dumps({"kept": "Nothing is kept any more."}).encode()


def _bundle(subject: str, services: Services, person_id: str) -> bytes:
    card, told = services.store.card(person_id, subject), services.store.told(person_id)
    return card_bundle(card, told, person_key=person_id, made_at=datetime.now(UTC)).encode()


def _draw_delete(services: Services, person_id: str) -> None:
    st.header("Delete everything", anchor=False)
    with st.popover("Delete everything", icon=":material/delete_forever:"):
        st.markdown(
            "This deletes every conversation, every fact about you and others, and your visit "
            "sheets, for good. You may want to download them first."
        )
        is_sure = st.checkbox("Yes, I want all of it deleted", key="delete-sure")
        if st.button("Delete it now", key="delete-all", type="primary", disabled=not is_sure):
            services.store.forget_person(person_id)
            session.open_thread(session.new_thread_id())
            st.toast(DELETED)
            st.rerun()


draw()

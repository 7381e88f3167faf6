"""What a person can do with a fact, wherever it is drawn: confirm, correct, forget."""

from contextlib import suppress

import streamlit as st

from chains.services import Services
from memory.errors import NotFoundError
from memory.records import Fact, FactState, FactStatus

STATUS_WORDS: dict[FactStatus, str] = {
    "current": "taking or having it now",
    "on_hold": "on hold",
    "past": "over",
    "planned": "planned",
}
STATES: dict[FactState, str] = {
    "stated": "you told me",
    "inferred": "I took this from what you wrote; please check it",
    "confirmed": "you confirmed it",
    "corrected": "you corrected it",
}
_LABELS = {"value": "Result", "dose": "Dose"}


def draw_changes(
    fact: Fact, services: Services, person_id: str, *, may_confirm: bool, place: str = ""
) -> None:
    """Confirm, correct, forget.

    Args:
        fact: What is changed.
        services: The shared parts.
        person_id: Whose fact it is.
        may_confirm: False where there is nothing left to confirm.
        place: Tells the widgets of one page from those of another that is drawn with it.
    """
    if may_confirm:
        st.button(
            "That is right",
            key=f"{fact.fact_id}-{place}confirm",
            icon=":material/check:",
            on_click=confirm,
            args=(services, person_id, fact.fact_id),
        )
    _draw_correction(fact, services, person_id, place=place)
    st.button(
        "Forget this",
        key=f"{fact.fact_id}-{place}forget",
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


def _draw_correction(fact: Fact, services: Services, person_id: str, *, place: str) -> None:
    """A small form: the value of a marker, dose and status of a medicine, else the name."""
    with st.form(f"{fact.fact_id}-{place}correct", border=False):
        key = {"biomarker": "value", "lab": "value", "medication": "dose"}.get(fact.kind)
        now = fact.attributes.get(key, "") if key else fact.name
        said = st.text_input(_LABELS.get(key or "", "It should say"), value=now, max_chars=80)
        status = fact.status
        if fact.kind in ("medication", "procedure"):
            statuses = list(STATUS_WORDS)
            status = st.selectbox(
                "When",
                statuses,
                index=statuses.index(fact.status or "current"),
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

"""Support and services: those the card speaks for first, then every kind of help."""

import streamlit as st

from chains.compose.person import Known, known_of
from chains.compose.writing import plain
from chains.learn.support import dialed, find_services, for_you, needs, services_of
from chains.services import Services
from chains.tables import ServiceRow
from memory.records import SELF
from pages._ui import session
from pages._ui.learning import note, read_button
from pages._ui.start import started


def main() -> None:
    """Draw the page."""
    services = started().services
    person_id = session.person_id()
    thread = session.current_thread(services.store, person_id)
    card = services.store.card(person_id, thread.about)
    known = known_of(card, services.lexicon)
    st.title("Support and services", anchor=False)
    st.write(
        "You do not have to do this alone. These groups help people with breast cancer and those"
        " close to them. Most are in the United States."
    )
    words = st.text_input(
        "What do you need?",
        placeholder="For example: help with bills",
        key="support-words",
        max_chars=300,
        icon=":material/search:",
    )
    if words.strip():
        _draw_found(words, known, services)
    chosen = for_you(card, known, services.tables.services)
    if chosen:
        st.header("For you" if card.subject == SELF else f"For your {card.subject}", anchor=False)
        for one in chosen:
            _draw_service(one.row, f"Chosen {one.because}.")
    st.header("All kinds of help", anchor=False)
    _draw_needs(services)


def _draw_found(words: str, known: Known, services: Services) -> None:
    st.header("What may fit", anchor=False)
    found = find_services(words, known, services)
    for row in found:
        _draw_service(row)
    if not found:
        st.info(
            "No service here is near that. Look through the kinds of help below, or call the NCI"
            " Cancer Information Service, which is free.",
            icon=":material/search_off:",
        )


def _draw_needs(services: Services) -> None:
    for need in needs():
        rows = services_of(need, services.tables.services)
        with st.expander(f"{need.title} ({len(rows)})"):
            st.write(need.whom)
            for row in rows:
                _draw_service(row)
            if need.article in services.index.library.articles:
                read_button(need.article, key=f"about-{need.title}", label="Read more about this")


def _draw_service(row: ServiceRow, why: str = "") -> None:
    with st.container(border=True):
        st.subheader(f"[{plain(row.name)}]({row.url})", anchor=False)
        st.markdown(plain(row.for_whom))
        if row.phone:
            st.markdown(f":material/call: [{row.phone}]({dialed(row.phone)})")
        if why:
            note(why)


main()

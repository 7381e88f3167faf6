"""Which conversation the Lab looks at: one's own with consent, or a made-up person's script."""

import streamlit as st

from chains.demonstration.people import load_people
from chains.lab.consent import ConsentError, has_consented, opened_threads, set_consent
from chains.lab.lines import Line
from chains.lab.opening import Told, told_by, told_in
from chains.lab.replay import play
from chains.services import Services
from memory.store import ConversationStore
from pages._ui import session

OWN, SHOWN, SCRIPT = (
    "My conversations in this browser",
    "The demonstration that is open",
    "A made-up person's script",
)
CONSENT = "Let testers open my conversations in the Lab"


def draw_source(services: Services) -> list[Told]:
    """Let the tester choose; the turns of that conversation, oldest first."""
    made_up = session.demonstration()
    sources = (SCRIPT, OWN, SHOWN) if made_up else (SCRIPT, OWN)
    source = st.radio("Which conversation?", sources, horizontal=True, key="lab-source")
    if source == SCRIPT:
        return _of_script(services)
    if source == SHOWN and made_up:
        return _of_person(services.store, made_up)
    person_id = session.person_id()
    _draw_consent(services.store, person_id)
    return _of_person(services.store, person_id)


def _draw_consent(store: ConversationStore, person_id: str) -> None:
    """The switch of this browser's person; nobody can turn on that of another."""
    is_on = has_consented(store, person_id)
    wanted = st.toggle(
        CONSENT,
        value=is_on,
        key="lab-consent",
        help="Off until you turn it on. Turn it off and nothing of yours is opened any more.",
    )
    if wanted != is_on:
        set_consent(store, person_id, is_given=wanted)


def _of_person(store: ConversationStore, person_id: str) -> list[Told]:
    try:
        threads = opened_threads(store, person_id)
    except ConsentError as error:
        st.info(str(error), icon=":material/lock:")
        return []
    if not threads:
        st.info("There is no conversation yet.", icon=":material/forum:")
        return []
    names = {t.thread_id: t.title or f"Begun {t.created_at:%d %B %Y, %H:%M}" for t in threads}
    chosen = st.selectbox(
        "Conversation", list(names), format_func=lambda i: names[i], key="lab-thread"
    )
    turns = told_by(store, person_id, chosen)
    if not turns:
        st.info("This conversation has no answered message yet.", icon=":material/forum:")
    return turns


def _of_script(services: Services) -> list[Told]:
    people = {person.key: person for person in load_people()}
    key = st.selectbox(
        "Made-up person",
        list(people),
        index=len(people) - 2,  # any will do; this one's script is rich in follow-ups
        format_func=lambda k: people[k].name,
        key="lab-script",
    )
    lines = [
        Line(thread_id=key, message=step.says, about=people[key].about, expected=step.shows)
        for step in people[key].steps
    ]
    held = session.lab_played(key)
    if held is None:
        with st.spinner("Playing the script ..."):
            held = list(play(lines, services))
        session.keep_lab_played(key, held)
    return told_in(held)

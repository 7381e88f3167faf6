"""Choosing whom a demonstration shows."""

import streamlit as st

from chains.demonstration.people import MadeUpPerson, load_people
from chains.demonstration.playing import begin_demonstration
from memory.store import ConversationStore
from pages._ui import session

A_ROW = 3


def draw_choice(store: ConversationStore) -> None:
    """Draw everybody who can be shown."""
    st.title("Demonstration", anchor=False)
    st.markdown(
        "These people are made up; the answers are real and are made as you watch. Nothing here "
        "touches your own conversation, and one click wipes it."
    )
    people = load_people()
    for first in range(0, len(people), A_ROW):
        for column, person in zip(st.columns(A_ROW), people[first : first + A_ROW], strict=False):
            with column:
                _draw_person(person, store)


def _draw_person(person: MadeUpPerson, store: ConversationStore) -> None:
    with st.container(
        border=True, key=f"made-up-{person.key}", height="stretch", vertical_alignment="distribute"
    ):
        st.subheader(f":material/{person.icon}: {person.name}, {person.age}", anchor=False)
        st.markdown(person.life)
        st.markdown(f"**{person.cancer}**")
        st.button(
            f"Show {person.name}",
            key=f"show-{person.key}",
            icon=":material/play_arrow:",
            type="primary",
            width="stretch",
            on_click=_begin,
            args=(person, store),
        )


def _begin(person: MadeUpPerson, store: ConversationStore) -> None:
    session.set_demonstration(begin_demonstration(store, person))

"""Questions: what others ask on the way, each with the first words of its answer."""

import streamlit as st

from chains.learn.collection import (
    CollectedQuestion,
    find_questions,
    load_chapters,
    load_collection,
    related_to,
)
from chains.services import Services
from pages._ui.learning import ask_button, note, read_button
from pages._ui.start import started


def main() -> None:
    """Draw the search, or a part of the way."""
    services = started().services
    collection = load_collection()
    st.title("Questions", anchor=False)
    st.write(
        f"{len(collection)} questions that people meet, from the first mammogram to life after"
        " treatment. Each shows how its answer begins; a click asks it for you."
    )
    words = st.text_input(
        "Search in your own words",
        placeholder="For example: why am I so tired",
        key="questions-words",
        max_chars=300,
        icon=":material/search:",
    )
    if words.strip():
        _draw_found(words, collection, services)
        return
    chapters = [chapter.title for chapter in load_chapters()]
    chapter = st.selectbox("Where are you on the way?", chapters, key="questions-chapter")
    st.header(chapter, anchor=False)
    _draw_all([row for row in collection if row.chapter == chapter], collection, services)


def _draw_found(words: str, collection: tuple[CollectedQuestion, ...], services: Services) -> None:
    kit = services.composer.kit
    found = find_questions(words, collection, services.index, services.searcher, kit)
    if not found.collected and not found.others:
        st.info(
            "No question here is near that. Try other words, or ask it in the chat.",
            icon=":material/search_off:",
        )
        ask_button(words.strip(), key="ask-words", label="Ask it in the chat")
        return
    if found.collected:
        st.header("What may fit", anchor=False)
        _draw_all(found.collected, collection, services)
    if found.others:
        st.header("The library also answers", anchor=False)
        _draw_all(found.others, collection, services)


def _draw_all(
    rows: tuple[CollectedQuestion, ...] | list[CollectedQuestion],
    collection: tuple[CollectedQuestion, ...],
    services: Services,
) -> None:
    for number, row in enumerate(rows):
        with st.container(border=True):
            st.subheader(row.question, anchor=False)
            if row.preview:
                st.markdown(row.preview)
            key = f"{number}-{row.article_id}-{row.question}"
            with st.container(horizontal=True):
                ask_button(row.question, key=f"ask-{key}")
                read_button(row.article_id, key=f"read-{key}")
                with st.popover("Related questions"):
                    _draw_related(row, key, collection, services)


def _draw_related(
    row: CollectedQuestion,
    key: str,
    collection: tuple[CollectedQuestion, ...],
    services: Services,
) -> None:
    for other in related_to(row, collection, services.composer.kit):
        ask_button(other.question, key=f"{key}-{other.question}", label=other.question)
        note(other.preview)


main()

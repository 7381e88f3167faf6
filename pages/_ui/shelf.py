"""The list of articles with its search and filters, and the leaflets as links."""

from datetime import date

import streamlit as st

from chains.compose.evidence import EVIDENCE_WORDS
from chains.compose.writing import plain
from chains.learn.shelf_view import (
    EVERYTHING,
    Choices,
    Filters,
    Found,
    choices_of,
    find_on_shelf,
    pages_read,
    shelf_entries,
)
from chains.learn.topic_words import topic_words
from chains.services import Services
from pages._ui import learn_session, learning
from pages._ui.article import source_told

ARTICLES, PAGES = "articles", "pages"
MOST_TOPICS = 3


def draw_shelf(services: Services) -> None:
    """Draw search, filters and what they leave."""
    entries = shelf_entries(services.index, date.today())  # noqa: DTZ011 - the reader's own day
    words = st.text_input(
        "Search in your own words",
        placeholder="For example: swollen arm after surgery",
        key="shelf-words",
        max_chars=300,
        icon=":material/search:",
    )
    filters = _draw_filters(choices_of(entries))
    found = find_on_shelf(words, entries, filters, services)
    if not found:
        st.info(
            "Nothing on the shelf fits that. Try other words, or clear a filter.",
            icon=":material/search_off:",
        )
        return
    st.header(f"{len(found)} of {len(entries)} articles", anchor=False)
    for one in found[: learn_session.length_of(ARTICLES)]:
        _draw_entry(one)
    learning.more_button(ARTICLES, total=len(found))


def draw_leaflets(services: Services) -> None:
    """Draw guidelines for patients by title, and the pages our articles were written from."""
    st.header("NCCN Guidelines for Patients", anchor=False)
    learning.note(
        "Written for patients by the National Comprehensive Cancer Network. We name and link them;"
        " none of their text is used here."
    )
    st.markdown("\n".join(f"- [{plain(row.title)}]({row.url})" for row in services.tables.leaflets))
    st.header("Leaflets and studies our articles were written from", anchor=False)
    pages = pages_read(services.index)
    publisher = st.selectbox(
        "Publisher",
        sorted(pages, key=lambda name: (-len(pages[name]), name)),
        format_func=lambda name: f"{name} ({len(pages[name])})",
        key="pages-publisher",
    )
    shown = pages[publisher][: learn_session.length_of(PAGES)]
    st.markdown("\n".join(f"- {source_told(source)}" for source in shown))
    learning.more_button(PAGES, total=len(pages[publisher]))


def _draw_filters(choices: Choices) -> Filters:
    with st.expander("Narrow the list", icon=":material/tune:"):
        left, right = st.columns(2)
        topic = left.selectbox(
            "Topic",
            (EVERYTHING, *sorted(choices.topics, key=topic_words)),
            format_func=lambda name: topic_words(name) if name else "All topics",
            key="shelf-topic",
        )
        publisher = right.selectbox(
            "Publisher of a source",
            (EVERYTHING, *choices.publishers),
            format_func=lambda name: name or "All publishers",
            key="shelf-publisher",
        )
        kind = left.selectbox(
            "Kind of evidence",
            (EVERYTHING, *choices.kinds),
            format_func=lambda name: EVIDENCE_WORDS[name].capitalize() if name else "All kinds",
            key="shelf-kind",
        )
        since = right.selectbox(
            "Newest source",
            (0, *choices.years),
            format_func=lambda year: f"{year} or later" if year else "Any year",
            key="shelf-since",
        )
        is_past = st.checkbox("Only what is past its review period", key="shelf-past")
    return Filters(topic, publisher, kind, since, is_past)


def _draw_entry(found: Found) -> None:
    entry = found.entry
    with st.container(border=True, gap="small"):
        st.subheader(entry.title, anchor=False)
        if found.excerpt:
            st.markdown(plain(found.excerpt))
        topics = ", ".join(topic_words(topic) for topic in entry.topics[:MOST_TOPICS])
        dated = f"reviewed {entry.reviewed:%d %B %Y}" if entry.reviewed else f"of {entry.newest}"
        counted = _counted(len(entry.publishers))
        learning.note(". ".join(filter(None, (topics, f"{counted}, {dated}"))))
        if entry.is_past_review:
            st.badge("Past its review period", icon=":material/history:", color="orange")
        if entry.is_ours:
            st.button(
                "Read the article",
                key=f"open-{entry.article_id}",
                icon=":material/menu_book:",
                on_click=learn_session.open_article,
                args=(entry.article_id,),
            )
        elif entry.url.startswith("http"):
            st.link_button("Open the page", entry.url, icon=":material/open_in_new:")


def _counted(publishers: int) -> str:
    return "1 publisher" if publishers == 1 else f"{publishers} publishers"

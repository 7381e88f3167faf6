"""An article as it is read: its claims, and beside them the sources that they lead to."""

from datetime import date

import streamlit as st

from chains.compose.evidence import EVIDENCE_WORDS
from chains.compose.writing import plain
from chains.learn.conditions_told import condition_told
from chains.learn.shelf_view import is_past_review, review_due
from pages._ui.learning import ask_button, note
from vectorstore.articles import Article, Line, Section, Source

QUESTIONS = "questions"
MOST_ASKED = 8
STILL_CHECKED = "*(we still hold this line against the label itself)*"


def draw_article(article: Article) -> None:
    """Draw a whole article."""
    st.title(article.title, anchor=False)
    _draw_date(article)
    for section in article.sections:
        draw_section(article, section)
    if article.answers:
        _draw_questions(article)


def draw_section(article: Article, section: Section) -> None:
    """Draw one section with the sources it cites at its side."""
    st.header(section.heading, anchor=False)
    cited = sorted({n for line in section.lines for n in line.citations if n in article.sources})
    told = "\n".join(_told(line, article) for line in section.lines)
    if not cited:
        st.markdown(told)
        return
    claims, sources = st.columns([3, 2], gap="medium")
    claims.markdown(told)
    with sources.container(border=True):
        for n in cited:
            note(f"{n}. {source_told(article.sources[n])}")


def source_told(source: Source) -> str:
    """A source in a line: title as a link, publisher, year, and its kind in words."""
    kind = EVIDENCE_WORDS.get(source.kind, source.kind)
    return (
        f"[{plain(source.title)}]({source.url})  \n{plain(source.publisher)}, {source.year}, {kind}"
    )


def _draw_date(article: Article) -> None:
    told = f"Last reviewed {article.reviewed:%d %B %Y}."
    today = date.today()  # noqa: DTZ011 - the reader's own day
    if is_past_review(article, today):
        st.warning(
            f"{told} That is past our review period, so newer findings may be missing. Please ask"
            " your care team.",
            icon=":material/history:",
        )
        return
    note(
        f"{told} To be read again by {review_due(article):%d %B %Y}. A number leads to the source"
        " that says it."
    )


def _told(line: Line, article: Article) -> str:
    """A claim as Markdown: for whom it is, its text, and its numbers as links."""
    marks = " ".join(_mark(article.sources[n]) for n in line.citations if n in article.sources)
    whom = condition_told(line)
    checked = STILL_CHECKED if line.verify == "label" else ""
    parts = [f"**{whom}:**" if whom else "", plain(line.text), marks, checked]
    return f"{'1.' if line.marker == 'step' else '-'} {' '.join(filter(None, parts))}"


def _mark(source: Source) -> str:
    title = source.title.replace('"', "'")
    return f'[\\[{source.n}\\]]({source.url} "{title}")'


def _draw_questions(article: Article) -> None:
    with st.expander("Questions that this article answers", icon=":material/help:"):
        for number, question in enumerate(article.answers[:MOST_ASKED]):
            ask_button(question, key=f"asked-{article.article_id}-{number}", label=question)

"""Facts, cards, turns and small articles, as tests need them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import uuid4

from chains.compose.draft import Claim, Origin
from memory.records import SELF, Card, Fact, Thread, Turn
from vectorstore.articles import Article, Library, Line, Section, Source
from vectorstore.conditions import parse_condition
from vectorstore.hits import Hit

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def fact(kind, name, *, evidence=None, subject=SELF, status=None, negated=False, **attributes):
    """One fact; `attributes` are its value, dose and so on."""
    if kind == "medication" and status is None:
        status = "current"
    return Fact(
        fact_id=uuid4().hex,
        kind=kind,
        name=name,
        status=status,
        subject=subject,
        attributes=attributes,
        evidence=evidence or f"I said {name}",
        negated=negated,
    )


def marker(name, value):
    """One biomarker with its result."""
    return fact("biomarker", name, value=value)


def card(*facts, subject=SELF):
    """A card of these facts, oldest first."""
    return Card(subject=subject, facts=tuple(facts))


def thread(thread_id="thread", person_id="person", about=SELF):
    return Thread(thread_id=thread_id, person_id=person_id, about=about, created_at=NOON)


def turn(message="hello", **said):
    """A running turn, the first of its thread."""
    known = {
        "turn_id": uuid4().hex,
        "thread_id": "thread",
        "number": 1,
        "message_id": uuid4().hex,
        "message": message,
        "typed": message,
        "created_at": NOON,
    }
    return Turn(**{**known, **said})


def origin(title="A page", *, url="https://www.cancer.gov/a-page"):
    return Origin("National Cancer Institute", title, 2025, "patient_page", url)


def claim(text="Walking eases tiredness.", *origins, chunk_id="walking#in_short", **said):
    return Claim(text, chunk_id, origins or (origin(),), **said)


def line(text, *, when=None, unless=None, number=1, marker="plain", citations=(1,), answers=()):
    """One line of an article; `when` and `unless` as they are written in the library."""
    return Line(
        text=text,
        citations=citations,
        when=parse_condition(when) if when else None,
        unless=parse_condition(unless) if unless else None,
        verify=None,
        marker=marker,
        number=number,
        answers=answers,
    )


def article(article_id, title, sections: Sequence[Section], *, topics=("endocrine",), answers=()):
    """An article with one source, a page of the National Cancer Institute."""
    source = Source(
        n=1,
        publisher="National Cancer Institute",
        title=f"A page on {article_id}",
        year=2025,
        kind="patient_page",
        url=f"https://www.cancer.gov/{article_id}",
        read_from="NCI page",
    )
    return Article(
        article_id, title, topics, tuple(answers), date(2026, 11, 22), {1: source}, tuple(sections)
    )


def section(kind, *lines, heading=None):
    return Section(heading or kind.replace("_", " ").capitalize(), kind, tuple(lines))


def library(*articles):
    return Library({a.article_id: a for a in articles})


def hit(article_id, kind="in_short", *, score=1.0, similarity=0.8, text="A passage."):
    return Hit(
        chunk_id=f"{article_id}#{kind}",
        article_id=article_id,
        title=article_id,
        section=kind,
        section_kind=kind,
        text=text,
        score=score,
        similarity=similarity,
    )

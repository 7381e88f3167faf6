"""The library's articles as they are written: front matter, sections, one claim a line.

Reading refuses only what cannot be understood; the rules of form are held by `library_check`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml

from vectorstore.asked_as import read_asked_as
from vectorstore.conditions import Condition, parse_condition
from vectorstore.errors import ArticleError, ConditionError
from vectorstore.settings import LIBRARY_DIR

Marker = Literal["plain", "bullet", "step"]

FRONT_MATTER_KEYS = ("id", "title", "topics", "answers", "reviewed", "sources")
SOURCE_KEYS = ("publisher", "title", "year", "kind", "url", "read_from")

_HEADING = re.compile(r"## (?P<heading>.+?) \{(?P<kind>[a-z_]+)\}")
_LINE = re.compile(
    r"(?:(?P<bullet>- )|(?P<step>\d+\. ))?"
    r"(?:\{(?P<braces>[^{}]*)\}\s*)?"
    r"(?P<text>.*?)"
    r"(?P<citations>(?:\s*\[\d+\])*)"
)
_CITATION = re.compile(r"\[(\d+)\]")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Source:
    """A published text that claims were written from."""

    n: int
    """Its number within the article, from 1."""
    publisher: str
    title: str
    year: int
    kind: str
    """guideline, label, review, trial, observational, laboratory or patient_page."""
    url: str
    """What a patient is shown."""
    read_from: str
    """Which page or text was read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One claim or, in a `questions` section, one question."""

    text: str
    """Without marker, braces and source numbers."""
    citations: tuple[int, ...]
    """Numbers of the article's sources; empty in a `questions` section."""
    when: Condition | None
    """True for a card only if this holds; None where it is true for everybody."""
    unless: Condition | None
    verify: str | None
    """`label` where only a copy of the label could be read."""
    marker: Marker
    number: int
    """Line of the file, from 1."""
    answers: tuple[int, ...] = ()
    """Numbers, from 1, of the article's questions that this line answers when it is read first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its kind, and the lines under it."""

    heading: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One file of the library."""

    article_id: str
    title: str
    topics: tuple[str, ...]
    answers: tuple[str, ...]
    """Questions it answers, in patients' words."""
    reviewed: date
    sources: Mapping[int, Source]
    sections: tuple[Section, ...]
    asked_as: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Number of a question it answers, from 1 -> other words in which people ask it."""

    def wordings(self) -> Iterator[tuple[int, str]]:
        """Each question that it answers in its own words and then in others, with its number."""
        for number, question in enumerate(self.answers, start=1):
            yield number, question
            yield from ((number, other) for other in self.asked_as.get(number, ()))

    def section(self, kind: str) -> Section | None:
        """The section of this kind; None when there is none."""
        return next((section for section in self.sections if section.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Library:
    """Every article of a folder, by id, in order of ids."""

    articles: Mapping[str, Article]

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.articles)


def load_library(folder: Path = LIBRARY_DIR) -> Library:
    """Read every `*.md` of a folder, and beside them the ways in which their questions are asked.

    Raises:
        ArticleError: a file cannot be read, or the folder is not there.
    """
    if not folder.is_dir():
        raise ArticleError(f"{folder}: no such folder of articles")
    asked_as = read_asked_as(folder)
    read = (read_article(path) for path in sorted(folder.glob("*.md")))
    articles = (replace(one, asked_as=asked_as.get(one.article_id, {})) for one in read)
    return Library(MappingProxyType({article.article_id: article for article in articles}))


def read_article(path: Path) -> Article:
    """Read one article.

    Raises:
        ArticleError: it is not UTF-8, its front matter lacks a key, has one too many or one of the
            wrong type, or a line has no section or a condition that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"{path.name}: cannot be read ({type(error).__name__})") from error
    front, body, first_line = split_front_matter(text, path.name)
    if wrong := sorted(set(FRONT_MATTER_KEYS) ^ set(front)):
        raise ArticleError(
            f"{path.name}: the front matter lacks or should not hold {', '.join(wrong)}"
        )
    try:
        return Article(
            article_id=str(front["id"]),
            title=str(front["title"]),
            topics=_texts(front["topics"]),
            answers=_texts(front["answers"]),
            reviewed=_day(front["reviewed"]),
            sources=_sources(front["sources"]),
            sections=tuple(_sections(body, first_line, path.name)),
        )
    except (TypeError, ValueError, KeyError) as error:
        raise ArticleError(f"{path.name}: front matter: {error}") from error


def split_front_matter(text: str, name: str) -> tuple[dict[str, object], list[str], int]:
    """Part a file into front matter, body lines, and the body's first line number.

    Raises:
        ArticleError: it does not begin with front matter between `---` lines that is a mapping.
    """
    lines = text.splitlines()
    try:
        end = lines.index("---", 1) if lines and lines[0] == "---" else -1
    except ValueError:
        end = -1
    if end < 0:
        raise ArticleError(f"{name}: line 1: no front matter between two `---` lines")
    try:
        # CSafeLoader is the safe loader in C, ten times faster.
        front = yaml.load("\n".join(lines[1:end]), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = mark.line + 2 if mark is not None else 1
        raise ArticleError(f"{name}: line {where}: front matter is not YAML") from error
    if not isinstance(front, dict):
        raise ArticleError(f"{name}: line 2: front matter holds no keys")
    return {str(key): value for key, value in front.items()}, lines[end + 1 :], end + 2


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return tuple(str(item) for item in value)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _sources(value: object) -> Mapping[int, Source]:
    if not isinstance(value, dict):
        raise TypeError("sources is not a numbered mapping")
    return MappingProxyType({int(n): _source(int(n), fields) for n, fields in value.items()})


def _source(n: int, fields: object) -> Source:
    if not isinstance(fields, dict) or set(fields) != set(SOURCE_KEYS):
        raise ValueError(f"source {n} has not exactly the keys {', '.join(SOURCE_KEYS)}")
    texts = {key: str(fields[key]) for key in SOURCE_KEYS if key != "year"}
    return Source(n=n, year=int(fields["year"]), **texts)


def _sections(body: list[str], first_line: int, name: str) -> list[Section]:
    sections: list[tuple[str, str, list[Line]]] = []
    for number, text in enumerate(body, start=first_line):
        if not text.strip():
            continue
        if text.startswith("#"):
            sections.append(_heading(text, f"{name}: line {number}"))
        elif not sections:
            raise ArticleError(f"{name}: line {number}: stands before the first heading")
        else:
            sections[-1][2].append(_line(text.strip(), number, name))
    return [Section(heading, kind, tuple(lines)) for heading, kind, lines in sections]


def _heading(text: str, where: str) -> tuple[str, str, list[Line]]:
    match = _HEADING.fullmatch(text.rstrip())
    if match is None:
        raise ArticleError(f"{where}: a heading is `## Heading {{kind}}`")
    return match["heading"], match["kind"], []


def _line(text: str, number: int, name: str) -> Line:
    match = _LINE.fullmatch(text)
    if match is None or not match["text"]:
        raise ArticleError(f"{name}: line {number}: holds no claim")
    try:
        parts = _braces(match["braces"])
        when, unless = (parse_condition(parts[k]) if k in parts else None for k in _CONDITIONS)
        answers = tuple(int(n) for n in _NUMBERS.findall(parts.get("answers", "")))
    except ConditionError as error:
        raise ArticleError(f"{name}: line {number}: {error}") from error
    marker: Marker = "bullet" if match["bullet"] else "step" if match["step"] else "plain"
    citations = tuple(int(n) for n in _CITATION.findall(match["citations"]))
    verify = parts.get("verify")
    return Line(match["text"], citations, when, unless, verify, marker, number, answers)


_CONDITIONS = ("when", "unless")
_PARTS = (*_CONDITIONS, "verify", "answers")


def _braces(text: str | None) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";") if text is not None else ():
        key, colon, value = part.partition(":")
        key = key.strip()
        if key not in _PARTS or not colon or not value.strip() or key in parts:
            raise ConditionError(f"{part.strip()!r} is not one of {', '.join(_PARTS)}")
        parts[key] = value.strip()
    return parts

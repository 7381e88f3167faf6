"""Documents that were ingested on this machine, kept beside the index as they came."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from langchain_text_splitters import RecursiveCharacterTextSplitter

from vectorstore.articles import (
    FRONT_MATTER_KEYS,
    Article,
    Library,
    Line,
    Section,
    Source,
    read_article,
    split_front_matter,
)
from vectorstore.chunking import CHUNK_TOKENS
from vectorstore.errors import ArticleError, DocumentError
from vectorstore.tokens import count_tokens

SOURCE_KINDS = (
    "guideline",
    "label",
    "review",
    "trial",
    "observational",
    "laboratory",
    "patient_page",
)
REQUIRED_KEYS = ("publisher", "title", "year", "url", "kind")
"""What the front matter of a document that is not an article must hold."""
SUFFIXES = (".md", ".txt")
TEXT = "text"
"""Section kind of a document that is not an article."""


def load_shelf(data_dir: Path) -> Library:
    """The documents ingested so far, by id; none when the shelf is not there.

    Raises:
        DocumentError, ArticleError: a document on the shelf can no longer be read.
    """
    paths = sorted((data_dir / "shelf").glob("*.md"))
    articles = (_named_by_content(read_document(path), path) for path in paths)
    return Library(MappingProxyType({article.article_id: article for article in articles}))


def add_to_shelf(paths: Sequence[Path], data_dir: Path) -> Iterator[str | DocumentError]:
    """Put documents, and those in folders, on the shelf; the same content twice changes nothing.

    Yields:
        For each document its id, or the error that kept it out; the others are kept.
    """
    shelf = data_dir / "shelf"
    shelf.mkdir(parents=True, exist_ok=True)
    for path in _documents(paths):
        try:
            article = _named_by_content(read_document(path), path)
        except (ArticleError, DocumentError) as error:
            yield DocumentError(str(error))
            continue
        kept = shelf / f"{article.article_id}.md"
        unfinished = kept.with_suffix(".unfinished")
        unfinished.write_bytes(path.read_bytes())
        unfinished.replace(kept)
        yield article.article_id


def read_document(path: Path) -> Article:
    """Read an article in our form, or plain text or Markdown with front matter.

    A plain document becomes an article with one source, a section for each of its headings, and
    passages of at most `CHUNK_TOKENS` tokens as lines.

    Raises:
        DocumentError: it cannot be read, or its front matter lacks a key or has a wrong value.
        ArticleError: it has an article's front matter and is not an article.
    """
    try:
        text = path.read_text(encoding="utf-8")
        front, body, first_line = split_front_matter(text, path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path.name}: cannot be read ({type(error).__name__})") from error
    except ArticleError as error:
        raise DocumentError(str(error)) from error
    if set(FRONT_MATTER_KEYS) <= set(front):
        return read_article(path)
    source = _source(front, path.name)
    sections = tuple(_sections(body, first_line, source.title))
    if not sections:
        raise DocumentError(f"{path.name}: holds no text")
    return Article(
        article_id=path.stem,
        title=source.title,
        topics=(),
        answers=(),
        reviewed=date(source.year, 1, 1),
        sources=MappingProxyType({1: source}),
        sections=sections,
    )


def _documents(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES)
        else:
            yield path


def _named_by_content(article: Article, path: Path) -> Article:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return replace(article, article_id=f"shelf-{digest}")


def _source(front: dict[str, object], name: str) -> Source:
    missing = [key for key in REQUIRED_KEYS if front.get(key) in (None, "")]
    if missing:
        raise DocumentError(f"{name}: the front matter lacks {', '.join(missing)}")
    year, url, kind = str(front["year"]), str(front["url"]), str(front["kind"])
    if not (year.isdecimal() and len(year) == 4):
        raise DocumentError(f"{name}: year is not a year of four figures")
    if kind not in SOURCE_KINDS:
        raise DocumentError(f"{name}: kind is not one of {', '.join(SOURCE_KINDS)}")
    if not url.startswith(("https://", "http://")):
        raise DocumentError(f"{name}: url is not a web address")
    publisher, title = str(front["publisher"]), str(front["title"])
    return Source(1, publisher, title, int(year), kind, url, read_from=name)


def _sections(body: list[str], first_line: int, title: str) -> Iterator[Section]:
    """A section for each heading that has text under it, headings of any level."""
    heading, start = title, 0
    borders = [i for i, text in enumerate(body) if text.startswith("#")]
    for end in (*borders, len(body)):
        if lines := _passages(body[start:end], first_line + start):
            yield Section(heading, TEXT if start == 0 else f"{TEXT}-{first_line + start}", lines)
        heading, start = (body[end].strip("# ") if end < len(body) else ""), end + 1


def _passages(body: list[str], number: int) -> tuple[Line, ...]:
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_TOKENS,
        chunk_overlap=0,
        length_function=count_tokens,
        separators=["\n\n", "\n", ". ", " ", ""],
        keep_separator="end",
    )
    passages = splitter.split_text("\n".join(body))
    return tuple(
        Line(" ".join(text.split()), (1,), None, None, None, "plain", number)
        for text in passages
        if text.strip()
    )

"""Articles cut into the pieces that are indexed."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from langchain_core.documents import Document

from vectorstore.articles import Article, Library, Line, Section
from vectorstore.tokens import count_tokens

CHUNK_TOKENS = 220
"""Longest chunk, in o200k tokens; with its heading it stays under the encoder's 256 word pieces."""
ANSWERS = "answers"
"""Section kind of a chunk that is one question the article answers; it is never shown."""
_QUESTIONS_TO_ASK = "questions"

# Measured on the first articles: 3.0 characters a token where words are longest. Below 2.5
# there is no need to load the counter.
_SURE_CHARACTERS = CHUNK_TOKENS * 5 // 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """One indexed piece: a section, or some lines of a long one, or a question it answers."""

    chunk_id: str
    """`<article id>#<section kind>`, with `.2` and so on behind it where a section was split."""
    article_id: str
    title: str
    section: str
    section_kind: str
    lines: tuple[Line, ...]
    """Empty for a question."""
    text: str
    """One claim a line, without conditions and source numbers."""

    @property
    def indexed_text(self) -> str:
        """What is encoded: a question alone, else with title and heading before it."""
        if self.section_kind == ANSWERS:
            return self.text
        return f"{self.title}. {self.section}. {self.text}"

    @property
    def content_hash(self) -> str:
        """SHA-256 of the indexed text, in hexadecimal."""
        return content_hash(self.indexed_text)

    def as_document(self) -> Document:
        """The chunk as it stands in the vector store, its own text in the metadata."""
        metadata: dict[str, str | int] = {
            "chunk_id": self.chunk_id,
            "article_id": self.article_id,
            "title": self.title,
            "section": self.section,
            "section_kind": self.section_kind,
            "first_line": self.lines[0].number if self.lines else 0,
            "last_line": self.lines[-1].number if self.lines else 0,
        }
        return Document(id=self.chunk_id, page_content=self.indexed_text, metadata=metadata)


def content_hash(text: str) -> str:
    """SHA-256 of a text, in hexadecimal: the key of its vector."""
    return hashlib.sha256(text.encode()).hexdigest()


def question_id(article_id: str, number: int) -> str:
    """Id of the chunk that is one of an article's questions, counted from 1."""
    return f"{article_id}#{ANSWERS}.{number}"


def chunk_library(library: Library) -> tuple[Chunk, ...]:
    """Every chunk of every article, in order."""
    return tuple(chunk for article in library.articles.values() for chunk in chunk_article(article))


def chunk_article(article: Article) -> Iterator[Chunk]:
    """The article's sections, split at line borders where long, then the questions it answers.

    Questions to ask are no chunk: they claim nothing, cite nothing, and read like what is asked.
    """
    for section in article.sections:
        if section.kind == _QUESTIONS_TO_ASK:
            continue
        for part, lines in enumerate(_split(section), start=1):
            suffix = f".{part}" if part > 1 else ""
            yield Chunk(
                chunk_id=f"{article.article_id}#{section.kind}{suffix}",
                article_id=article.article_id,
                title=article.title,
                section=section.heading,
                section_kind=section.kind,
                lines=lines,
                text=_joined(lines),
            )
    for number, question in enumerate(article.answers, start=1):
        yield Chunk(
            chunk_id=question_id(article.article_id, number),
            article_id=article.article_id,
            title=article.title,
            section="",
            section_kind=ANSWERS,
            lines=(),
            text=question,
        )


def _split(section: Section) -> list[tuple[Line, ...]]:
    """Runs of lines that fit, as even as whole lines allow; no run for an empty section."""
    if not section.lines or len(_joined(section.lines)) <= _SURE_CHARACTERS:
        return [section.lines] if section.lines else []
    sizes = [count_tokens(line.text) + 1 for line in section.lines]
    room = max(CHUNK_TOKENS // 2, CHUNK_TOKENS - max(sizes) // 2)
    target = sum(sizes) / -(-sum(sizes) // room)
    runs: list[list[Line]] = [[]]
    before, filled = 0, 0
    for line, size in zip(section.lines, sizes, strict=True):
        is_even = before + filled + size / 2 > target * len(runs)
        if runs[-1] and (is_even or filled + size > CHUNK_TOKENS):
            runs.append([])
            before, filled = before + filled, 0
        runs[-1].append(line)
        filled += size
    return [tuple(run) for run in runs]


def _joined(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)

"""Markdown with or without front matter."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from vectorstore.reading.blocks import Block, Reading, table_rows
from vectorstore.reading.text import parted


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file.

    Raises:
        DocumentError: it is not text, or its front matter is not YAML.
    """
    stated, text = parted(path, fence="---")
    return Reading(stated, _blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "table_open":
            end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
            yield from table_rows(_rows(tokens[place:end]))
            place = end
        elif token.type == "inline" and (told := _plain(token.children or ())):
            before = tokens[place - 1]
            is_heading = before.type == "heading_open"
            yield Block(told, int(before.tag[1:]) if is_heading else 0)
        place += 1


def _rows(tokens: Sequence[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_plain(token.children or ()))
    return rows


def _plain(children: Sequence[Token]) -> str:
    """The words of some inline tokens; pictures and raw HTML say nothing."""
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    ]
    return " ".join("".join(parts).split())

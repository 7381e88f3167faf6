"""Markdown with or without front matter."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from vectorstore.articles import split_front_matter
from vectorstore.errors import ArticleError, DocumentError
from vectorstore.reading.blocks import Block, Reading, table_rows
from vectorstore.reading.text import stated_of, text_of

_FENCE = "---"


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file.

    Raises:
        DocumentError: it is not text, or its front matter is not YAML.
    """
    text = text_of(path)
    stated: dict[str, str] = {}
    if text.startswith(_FENCE):
        try:
            front, body, _ = split_front_matter(text, path.name)
        except ArticleError as error:
            raise DocumentError(str(error)) from error
        stated = stated_of(front)
        text = "\n".join(body)
    return Reading(stated, _blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    level, is_cell, rows = 0, False, list[list[str]]()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "th_open" | "td_open":
                is_cell = True
            case "th_close" | "td_close":
                is_cell = False
            case "table_close":
                yield from table_rows(rows)
            case "inline":
                told = _plain(token.children or ())
                if is_cell:
                    rows[-1].append(told)
                elif told:
                    yield Block(told, level)


def _plain(children: Sequence[Token]) -> str:
    """The words of some inline tokens; pictures and raw HTML say nothing."""
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    ]
    return " ".join("".join(parts).split())

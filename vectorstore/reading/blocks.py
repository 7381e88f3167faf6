"""What every parser gives: what a file states of itself, and its text in order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a table row or a heading."""

    text: str
    """On one line, without markup; not empty."""
    level: int = 0
    """1 .. 6 for a heading, 0 for text."""
    page: int | None = None
    """Page it begins on, from 1; None where a format has no pages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as it was read."""

    stated: Mapping[str, str]
    """What the file says of itself by the keys of a front matter; may be empty."""
    blocks: Iterable[Block]
    """Its text; may be read once alone."""


def row_text(head: list[str], cells: list[str]) -> str:
    """A table row as one text: each cell behind its column's head, where there is a head.

    Args:
        head: The heads; empty for a row that has none, as the head row itself.
        cells: The row's cells, some of which may be empty.
    """
    told = [" ".join(cell.split()) for cell in cells]
    if len(head) == len(told) and any(head):
        pairs = zip(head, told, strict=True)
        return "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
    return "; ".join(cell for cell in told if cell)


def table_rows(rows: Iterable[list[str]], page: int | None = None) -> Iterator[Block]:
    """A table as one block a row, the first row taken for its head."""
    head: list[str] = []
    for number, cells in enumerate(rows):
        cells = [" ".join(cell.split()) for cell in cells]
        if number == 0 and sum(bool(cell) for cell in cells) > 1:
            head = cells
            continue
        text = row_text(head, cells)
        if text:
            yield Block(text, page=page)

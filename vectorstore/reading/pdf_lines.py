"""Words of a PDF page put into lines in the order in which they are read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

LEAST_COLUMN_ROWS = 5
"""Rows with text on both sides of a gutter from which a page has two columns."""
GUTTER_PT = 9.0
"""Least width of a gutter, in points; a space between words is about 3."""
FILLED = 0.55
"""Share of its column that the usual line of running text fills; cells of a table fill less."""
_EDGE_LINES = 2
_MIDDLE = (0.35, 0.65)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_DIGITS = re.compile(r"\d+")


class Word(NamedTuple):
    """A word and where it stands, in points from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    """Of its letters, in points."""


class Row(NamedTuple):
    """A table: one text a row, and where it stands."""

    rows: tuple[str, ...]
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column, or one row of a table."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    column: int
    """0 for the whole width or the left column, 1 for the right one."""
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's lines in reading order."""

    number: int
    height: float
    lines: tuple[Line, ...]


def lines_of(words: Sequence[Word], tables: Sequence[Row], width: float) -> list[Line]:
    """The lines of a page: where it has two columns, the left one before the right one.

    What stands across the gutter, as a title does, parts the columns above from those below.
    """
    rows = _rows(words)
    gutter = _gutter(rows, width)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    entries: list[tuple[float, list[Word] | Row]] = [(row[0].top, row) for row in rows]
    entries += [(table.top, table) for table in tables]
    for _, entry in sorted(entries, key=lambda item: item[0]):
        x0, x1 = _extent(entry)
        is_across = gutter is None or (
            x0 < gutter - 1 and x1 > gutter + 1 and not _parts(entry, gutter)
        )
        if is_across:
            ordered += [*left, *right]
            left, right = [], []
            ordered += _lines(entry, 0)
        elif isinstance(entry, Row):
            side = left if x1 <= (gutter or 0) + 1 else right
            side += _lines(entry, int(side is right))
        else:
            left += _lines([word for word in entry if word.x1 <= (gutter or 0) + 1], 0)
            right += _lines([word for word in entry if word.x1 > (gutter or 0) + 1], 1)
    return [*ordered, *left, *right]


def without_running(pages: Sequence[PageLines]) -> list[PageLines]:
    """The pages without page numbers and without the heads and feet that most of them share."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({key for _, keys in _edge_keys(page) for key in keys})
    least = 2 if len(pages) < 5 else max(3, len(pages) // 4)
    kept = []
    for page in pages:
        gone = {
            id(line)
            for line, keys in _edge_keys(page)
            if _PAGE_NUMBER.fullmatch(line.text.strip()) or max(seen[key] for key in keys) >= least
        }
        kept.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)))
    return kept


def _edges(page: PageLines) -> list[Line]:
    """The outermost printed lines: those of the first and last heights, in either column."""
    lines = [line for line in page.lines if not line.is_row]
    tops = sorted({round(line.top) for line in lines})
    heights = {*tops[:_EDGE_LINES], *tops[-_EDGE_LINES:]}
    outer = (0.12 * page.height, 0.88 * page.height)
    return [
        line for line in lines if round(line.top) in heights and not outer[0] < line.top < outer[1]
    ]


def _edge_keys(page: PageLines) -> Iterator[tuple[Line, tuple[str, str]]]:
    """Each outermost line by its own words and by all that stand at its height.

    On a page of two columns a head is cut at the space between them, on the next it is one line.
    """
    edges = sorted(_edges(page), key=lambda line: line.x0)
    for line in edges:
        beside = (other.text for other in edges if round(other.top) == round(line.top))
        yield line, (_key(line.text), _key(" ".join(beside)))


def _key(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.lower().split()))


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share a height, from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        if rows and abs(rows[-1][0].bottom - word.bottom) <= max(2.0, 0.35 * word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _gutter(rows: Sequence[Sequence[Word]], width: float) -> float | None:
    """Where the space between two columns of running text lies; None where there is none."""
    best: tuple[int, float] = (0, 0.0)
    low, high = int(_MIDDLE[0] * width), int(_MIDDLE[1] * width)
    for x in range(low, high, 2):
        sides = [row for row in rows if _has_gap(row, x)]
        crossed = sum(any(w.x0 < x < w.x1 for w in row) for row in rows)
        if len(sides) >= LEAST_COLUMN_ROWS and len(sides) > 2 * crossed:
            best = max(best, (len(sides) - crossed, float(x)))
    if not best[0]:
        return None
    gutter = best[1]
    sides = [row for row in rows if _has_gap(row, gutter)]
    begins = min(row[0].x0 for row in sides)
    ends = max(row[-1].x1 for row in sides)
    lefts = [max(w.x1 for w in row if w.x1 <= gutter) - begins for row in sides]
    rights = [ends - min(w.x0 for w in row if w.x0 >= gutter) for row in sides]
    fills = [
        (max(w.x1 for w in row if w.x0 >= gutter) - min(w.x0 for w in row if w.x0 >= gutter))
        for row in sides
    ]
    is_text = median(lefts) >= FILLED * (gutter - begins) and median(fills) >= FILLED * max(rights)
    return gutter if is_text else None


def _has_gap(row: Sequence[Word], x: float) -> bool:
    """Whether the row has words on both sides of x, a gutter's width apart."""
    left = max((w.x1 for w in row if w.x1 <= x), default=None)
    right = min((w.x0 for w in row if w.x0 >= x), default=None)
    if left is None or right is None or any(w.x0 < x < w.x1 for w in row):
        return False
    return right - left >= GUTTER_PT


def _parts(entry: list[Word] | Row, gutter: float) -> bool:
    return not isinstance(entry, Row) and _has_gap(entry, gutter)


def _extent(entry: list[Word] | Row) -> tuple[float, float]:
    if isinstance(entry, Row):
        return entry.x0, entry.x1
    return min(w.x0 for w in entry), max(w.x1 for w in entry)


def _lines(entry: list[Word] | Row, column: int) -> list[Line]:
    if isinstance(entry, Row):
        return [
            Line(text, entry.x0, entry.x1, entry.top, entry.bottom, 0.0, column, is_row=True)
            for text in entry.rows
        ]
    if not entry:
        return []
    x0, x1 = _extent(entry)
    top, bottom = min(w.top for w in entry), max(w.bottom for w in entry)
    size = median(w.size for w in entry)
    return [Line(" ".join(w.text for w in entry), x0, x1, top, bottom, size, column)]

"""Printed lines joined to paragraphs: hyphens at line ends, headings, columns and pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vectorstore.reading.blocks import Block
from vectorstore.reading.pdf_lines import Line
from vectorstore.spelling import Vocabulary

HEADING = 1.12
"""Size of a heading's letters, as a multiple of the size of most text."""
_LONGEST_HEADING = 140
_APART = 0.75
"""Space between two lines from which a paragraph ends, as a share of the letters' size."""
_SHORT = 0.75
"""Share of its column's width below which a line that ends a sentence ends a paragraph."""
_BULLET = re.compile(r"^(?:[•‣◦▪●○■–*·]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
_MARK = re.compile(r"^[•‣◦▪●○■·]\s*")
_HYPHEN = re.compile(r"(?P<left>[^\W_]+)[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+")


def paragraphs(lines: Sequence[tuple[int, Line]]) -> Iterator[Block]:
    """Paragraphs, headings and table rows of a whole document, in order.

    Args:
        lines: Each with the number of its page, in reading order.
    """
    joiner = _Joiner([line.text for _, line in lines])
    size = _usual_size(lines)
    widths = _widths(lines)
    open_text, open_page, level = "", 0, 0
    before: tuple[int, Line] | None = None
    for page, line in lines:
        own_level = _level(line, size)
        is_new = before is None or own_level != level or _ends(before, (page, line), widths)
        if is_new and open_text:
            yield Block(_MARK.sub("", open_text), level, open_page)
            open_text = ""
        open_page = open_page if open_text else page
        open_text = joiner.joined(open_text, line.text) if open_text else line.text
        level, before = own_level, (page, line)
    if open_text:
        yield Block(_MARK.sub("", open_text), level, open_page)


class _Joiner:
    """Joins lines; knows which words a hyphen at a line's end belongs to."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = {word.lower() for text in lines for word in _WORD.findall(text)}
        self._english = Vocabulary(())

    def joined(self, text: str, following: str) -> str:
        broken, rest = _HYPHEN.search(text), _WORD.match(following)
        if broken is None or rest is None or not following[0].islower():
            return f"{text} {following}"
        left, right = broken["left"].lower(), rest[0].lower()
        whole = left + right
        is_whole = whole in self._english or whole in self._words
        is_pair = left in self._english and right in self._english
        is_name = any(c.isdigit() for c in left) or broken["left"].isupper()
        bare = text[: broken.end("left")]
        return (
            f"{bare}-{following}" if is_name or (is_pair and not is_whole) else f"{bare}{following}"
        )


def _usual_size(lines: Sequence[tuple[int, Line]]) -> float:
    sizes: Counter[float] = Counter()
    for _, line in lines:
        if not line.is_row:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _widths(lines: Sequence[tuple[int, Line]]) -> dict[tuple[int, int], float]:
    """Where the right edge of each page's columns lies."""
    edges: dict[tuple[int, int], float] = {}
    for page, line in lines:
        key = (page, line.column)
        edges[key] = max(edges.get(key, 0.0), line.x1)
    return edges


def _level(line: Line, usual: float) -> int:
    if line.is_row or len(line.text) > _LONGEST_HEADING or not usual:
        return 0
    ratio = line.size / usual
    if ratio < HEADING:
        return 0
    return 1 if ratio >= 1.6 else 2 if ratio >= 1.3 else 3


def _ends(
    before: tuple[int, Line], now: tuple[int, Line], edges: dict[tuple[int, int], float]
) -> bool:
    """Whether a paragraph ends between two lines that follow each other."""
    (page, last), (next_page, line) = before, now
    if last.is_row or line.is_row or _BULLET.match(line.text):
        return True
    is_closed = last.text.rstrip().endswith((".", "!", "?", ":", '"', "”"))
    if page != next_page or last.column != line.column or line.top < last.top:
        return is_closed
    if line.top - last.bottom > _APART * max(last.size, line.size):
        return True
    width = edges[page, last.column] - last.x0
    return is_closed and last.x1 - last.x0 < _SHORT * width

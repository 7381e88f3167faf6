"""Text as the page shows it: the library's Markdown, other text made harmless, a copy to paste."""

import re
from collections.abc import Iterable

# What Streamlit's Markdown gives a meaning: CommonMark, its own colors, icons and formulas.
_MARKS = re.compile(r"([\\`*_\[\]{}()<>#|~:$&^=!])")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_EMPHASIS = re.compile(r"\*{1,2}([^*\n]+)\*{1,2}")
_HEADING = re.compile(r"^#+ ", re.MULTILINE)


def shown(markdown: str) -> str:
    """Markdown as Streamlit shows it: a dollar sign is a dollar, not a formula."""
    return markdown.replace("\\$", "$").replace("$", "\\$")


def escaped(text: str) -> str:
    """Any text as Markdown that shows it as it stands."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def marked(line: str, sentences: Iterable[str]) -> str:
    """A line of a passage as Markdown, in which these sentences stand out.

    Args:
        line: One line of plain text.
        sentences: Texts to mark; those that do not stand in the line are passed over.
    """
    held = [sentence for sentence in sentences if sentence and sentence in line]
    pieces = [line]
    if held:
        longest_first = sorted(held, key=len, reverse=True)
        pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", line)
    return "".join(
        f":yellow-background[**{escaped(piece)}**]" if piece in held else _spaced(piece)
        for piece in pieces
        if piece
    )


def plain_copy(markdown: str) -> str:
    """An answer's Markdown as text to paste anywhere: links spelled out, no marks."""
    text = _LINK.sub(r"\1 (\2)", markdown)
    text = _EMPHASIS.sub(r"\1", _HEADING.sub("", text))
    return re.sub(r"\\([^\w\s])", r"\1", text).strip()


def _spaced(piece: str) -> str:
    """The piece escaped, with the spaces that part it from its neighbors."""
    if not piece.strip():
        return " "
    before = " " if piece[0].isspace() else ""
    after = " " if piece[-1].isspace() else ""
    return f"{before}{escaped(piece)}{after}"

"""The visit sheet as a PDF: one page where it fits, with what the page shows and no more.

Whoever needs a PDF imports this module then: `reportlab` takes a second to import.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from chains.visit.markdown import NOTES, QUESTIONS
from chains.visit.sheet import SheetPart, VisitSheet, made_words

SIZES_PT: Final = (10.5, 10.0, 9.5, 9.0, 8.5)
"""Type sizes that are tried, largest first, until the sheet fits on one page."""
MANY_PAGES_PT: Final = 10.0
"""Type size of a sheet that needs more than one page."""
_MARGIN_PT: Final = 46.0
_FRAME_PT: Final = 6.0
"""What reportlab's frame keeps free on each side."""
_LABEL_PT: Final = 104.0
"""Width of the column of labels."""
_ACCENT: Final = "#8a3a5b"
_SOFT: Final = "#f7efe9"
_QUIET: Final = "#5d5057"
_INK: Final = "#2c2328"
_FONTS: Final = (("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), ("Vera.ttf", "VeraBd.ttf"))
"""Best first: DejaVu has the letters of most languages of Europe; Vera comes with reportlab."""


@dataclass(frozen=True, slots=True)
class _Font:
    plain: str
    bold: str
    glyphs: frozenset[int]

    def shown(self, text: str) -> str:
        """The text with a near letter for each that the font lacks, ready for a paragraph."""
        return escape("".join(self._drawn(one) for one in text))

    def _drawn(self, one: str) -> str:
        if ord(one) in self.glyphs:
            return one
        bare = "".join(
            part for part in unicodedata.normalize("NFKD", one) if ord(part) in self.glyphs
        )
        # A picture (an emoji) goes without a trace, a letter of another script leaves a mark.
        return bare or ("" if unicodedata.category(one).startswith(("S", "M", "C")) else "?")


def sheet_pdf(sheet: VisitSheet) -> bytes:
    """The sheet as PDF bytes, on US letter paper; in the smallest of the sizes where it needs it.

    Letters that no font at hand can draw are drawn as the nearest letter, or as "?".
    """
    for size in SIZES_PT:
        made, pages = _build(sheet, size)
        if pages == 1:
            return made
    return _build(sheet, MANY_PAGES_PT)[0]


def _build(sheet: VisitSheet, size_pt: float) -> tuple[bytes, int]:
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=letter,
        leftMargin=_MARGIN_PT,
        rightMargin=_MARGIN_PT,
        topMargin=_MARGIN_PT * 0.85,
        bottomMargin=_MARGIN_PT * 0.85,
        title="Visit sheet",
        author="",
        lang="en-US",
    )
    width = document.width - 2 * _FRAME_PT
    document.build(_story(sheet, _Style(size_pt, _font()), width))
    return out.getvalue(), document.page


class _Style:
    """Paragraphs in one type size."""

    def __init__(self, size_pt: float, font: _Font) -> None:
        self.size_pt, self.font = size_pt, font

    def paragraph(self, text: str, *, look: str = "plain") -> Flowable:
        """A paragraph of escaped text; `look` is plain, title, heading, label or small."""
        return Paragraph(self.font.shown(text), self._look(look))

    def _look(self, look: str) -> ParagraphStyle:
        scale = {"title": 1.8, "heading": 1.12, "small": 0.8}.get(look, 1.0)
        is_bold = look in ("title", "heading", "label")
        colors = {"title": _ACCENT, "heading": _ACCENT, "small": _QUIET}
        size = self.size_pt * scale
        return ParagraphStyle(
            look,
            fontName=self.font.bold if is_bold else self.font.plain,
            fontSize=size,
            leading=size * 1.3,
            textColor=colors.get(look, _INK),
            spaceBefore=size * 0.75 if look == "heading" else 0,
            spaceAfter=size * 0.25 if look == "heading" else 0,
        )


def _story(sheet: VisitSheet, style: _Style, width: float) -> list[Flowable]:
    story: list[Flowable] = [
        style.paragraph(sheet.title, look="title"),
        style.paragraph(made_words(sheet), look="small"),
        HRFlowable(width="100%", thickness=1.4, color=_ACCENT, spaceBefore=5, spaceAfter=1),
    ]
    for part in sheet.parts:
        story.append(style.paragraph(part.title, look="heading"))
        story.append(_lines(part, style, width))
    for title, texts in ((QUESTIONS, _numbered(sheet)), (NOTES, sheet.notes.splitlines())):
        if texts:
            story.append(style.paragraph(title, look="heading"))
            story.append(_box(texts, style, width))
    end: list[Flowable] = [
        Spacer(1, style.size_pt),
        style.paragraph(sheet.origin, look="small"),
        style.paragraph(sheet.notice, look="small"),
    ]
    return [*story, KeepTogether(end)]


def _numbered(sheet: VisitSheet) -> list[str]:
    return [f"{number}. {text}" for number, text in enumerate(sheet.questions, start=1)]


def _lines(part: SheetPart, style: _Style, width: float) -> Flowable:
    """The lines of a part; a label that repeats the one above it is left out."""
    has_labels = any(label for label, _ in part.lines)
    rows, above = [], ""
    for label, words in part.lines:
        first = style.paragraph(
            "•" if not has_labels else label if label != above else "",
            look="label" if has_labels else "plain",
        )
        rows.append([first, style.paragraph(words)])
        above = label
    first_width = _LABEL_PT if has_labels else style.size_pt * 1.4
    table = Table(rows, colWidths=[first_width, width - first_width], hAlign="LEFT", splitInRow=1)
    table.setStyle(TableStyle(_tight(left=0)))
    return table


def _box(texts: Sequence[str], style: _Style, width: float) -> Flowable:
    """Lines on a soft ground, a row each; a box and a line that are long go on to the next page."""
    rows = [[style.paragraph(text or " ")] for text in texts]
    table = Table(rows, colWidths=[width], hAlign="LEFT", splitInRow=1)
    table.setStyle(TableStyle([*_tight(left=8), ("BACKGROUND", (0, 0), (-1, -1), _SOFT)]))
    return table


def _tight(*, left: int) -> list[tuple[str, tuple[int, int], tuple[int, int], object]]:
    whole = (0, 0), (-1, -1)
    return [
        ("VALIGN", *whole, "TOP"),
        ("LEFTPADDING", *whole, left),
        ("RIGHTPADDING", *whole, 6),
        ("TOPPADDING", *whole, 1.6),
        ("BOTTOMPADDING", *whole, 1.6),
    ]


@cache
def _font() -> _Font:
    """The best pair of fonts of this machine, registered with reportlab."""
    for plain_file, bold_file in _FONTS:
        try:
            plain = TTFont(Path(plain_file).stem, plain_file)
            bold = TTFont(Path(bold_file).stem, bold_file)
        except TTFError:
            continue
        registerFont(plain)
        registerFont(bold)
        glyphs = frozenset(plain.face.charToGlyph) & frozenset(bold.face.charToGlyph)
        return _Font(plain.fontName, bold.fontName, glyphs)
    raise FileNotFoundError("the fonts that reportlab ships are missing: install it again")

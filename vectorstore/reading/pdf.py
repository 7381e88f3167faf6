"""PDF: page by page, columns in reading order, ruled tables as rows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vectorstore.errors import DocumentError
from vectorstore.reading.blocks import Block, Reading, table_rows
from vectorstore.reading.pdf_lines import PageLines, Row, Word, lines_of, without_running
from vectorstore.reading.pdf_paragraphs import paragraphs

MOST_PAGES = 3000
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"^(?:untitled|\(anonymous\)|microsoft word - .*|.*\.(?:docx?|indd|pdf|qxp))$", re.I
)
_KEYS = {
    "title": ("Title",),
    "publisher": ("Publisher", "Company"),
    "licence": ("Licence", "License", "Rights"),
    "audience": ("Audience",),
    "kind": ("Kind",),
    "url": ("URL", "Url"),
    "year": ("Year",),
}
"""Keys of a PDF's own description; all but the title are custom ones."""


def read_pdf(path: Path) -> Reading:
    """Read a PDF; its pages are counted from 1 as a viewer counts them.

    Raises:
        DocumentError: it needs a password, is no PDF, or has no text, as a scan has none.
    """
    import pdfplumber  # noqa: PLC0415 - 0.5 s that only PDF needs
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise DocumentError(f"{path.name}: has more than {MOST_PAGES} pages; split it")
            stated = _stated(pdf.metadata or {})
            pages = [_page(page) for page in pdf.pages]
    except PdfminerException as error:
        is_locked = isinstance(error.args[0], PDFPasswordIncorrect | PDFEncryptionError)
        what = "needs a password; save a copy without one" if is_locked else "is no readable PDF"
        raise DocumentError(f"{path.name}: {what}") from error
    if not any(page.lines for page in pages):
        raise DocumentError(
            f"{path.name}: holds no text, as a scan does; run text recognition (OCR) over it first"
        )
    return Reading(stated, _blocks(pages))


def _stated(metadata: dict[str, Any]) -> dict[str, str]:
    told = {key: " ".join(str(value).split()) for key, value in metadata.items()}
    found = {
        key: next((told[name] for name in names if told.get(name)), "")
        for key, names in _KEYS.items()
    }
    if _NO_TITLE.match(found["title"]):
        found["title"] = ""
    for key in ("ModDate", "CreationDate"):
        if date := _DATE.match(told.get(key, "")):
            found["made"] = "-".join((date[1], date[2] or "01", date[3] or "01"))
            break
    return {key: value for key, value in found.items() if value}


def _page(page: Any) -> PageLines:  # noqa: ANN401 - pdfplumber carries no types
    """The lines of a page in reading order, its tables in their places."""
    words = [
        Word(w["text"], w["x0"], w["x1"], w["top"], w["bottom"], w["size"])
        for w in page.extract_words(extra_attrs=["size"], use_text_flow=False)
    ]
    tables = []
    for found in page.find_tables():
        rows = [[cell or "" for cell in row] for row in found.extract()]
        if len(rows) < 2 or max(map(len, rows)) < 2:
            continue  # a frame around text is no table
        x0, top, x1, bottom = found.bbox
        words = [
            w
            for w in words
            if not (
                x0 - 1 <= w.x0 and w.x1 <= x1 + 1 and top - 1 <= w.top and w.bottom <= bottom + 1
            )
        ]
        told = tuple(block.text for block in table_rows(rows))
        tables += [Row(told, x0, x1, top, bottom)] if told else []
    lines = lines_of(words, tables, float(page.width))
    number = int(page.page_number)
    page.close()
    return PageLines(number, float(page.height), tuple(lines))


def _blocks(pages: list[PageLines]) -> Iterator[Block]:
    kept = without_running(pages)
    lines = [(page.number, line) for page in kept for line in page.lines]
    yield from paragraphs(lines)

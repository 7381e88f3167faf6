"""Word documents (.docx): paragraphs and tables in their order; headers and footers left out."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from vectorstore.errors import DocumentError
from vectorstore.reading.blocks import Block, Reading, table_rows

MOST_UNPACKED_BYTES = 300_000_000
"""A document that unpacks to more is not read: a few kilobytes can unpack to many gigabytes."""
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def read_docx(path: Path) -> Reading:
    """Read a Word document.

    Raises:
        DocumentError: it is broken, protected by a password, or unpacks to too much.
    """
    from docx import Document  # noqa: PLC0415 - 0.3 s that only Word documents need

    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise DocumentError(
            f"{path.name}: is broken or protected by a password; save it anew as .docx"
        ) from error
    if size > MOST_UNPACKED_BYTES:
        raise DocumentError(f"{path.name}: is too large when unpacked; split it")
    document = Document(str(path))
    core = document.core_properties
    stated = {"title": core.title or "", "url": core.identifier or ""}
    if not stated["url"].startswith("http"):
        del stated["url"]
    if core.modified is not None:
        stated["made"] = core.modified.date().isoformat()
    return Reading({k: v for k, v in stated.items() if v}, _blocks(document))


def _blocks(document: object) -> Iterator[Block]:
    from docx.document import Document  # noqa: PLC0415 - as above
    from docx.table import Table  # noqa: PLC0415 - as above

    if not isinstance(document, Document):
        return
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from table_rows([[cell.text for cell in row.cells] for row in part.rows])
            continue
        text = " ".join(part.text.split())
        if text:
            yield Block(text, _level(str(part.style.name) if part.style else ""))


def _level(style: str) -> int:
    if style == "Title":
        return 1
    found = _HEADING.match(style)
    return min(6, int(found[1])) if found else 0

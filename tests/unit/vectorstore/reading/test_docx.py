import zipfile

import pytest
from docx import Document

from vectorstore.errors import DocumentError
from vectorstore.reading.read import read_file


def test_paragraphs_and_tables_in_their_order_without_head_and_foot(tmp_path):
    document = Document()
    document.core_properties.title = "Lymphedema care"
    document.sections[0].header.paragraphs[0].text = "Clinic of the town"
    document.add_heading("Lymphedema", 1)
    document.add_paragraph("Swelling of the arm can be treated.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells),
        ("Sleeve", "Worn", "Class 1", "by day"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("Ask early.", style="List Bullet")
    document.save(tmp_path / "l.docx")
    reading = read_file(tmp_path / "l.docx")
    assert [(b.level, b.text) for b in reading.blocks] == [
        (1, "Lymphedema"),
        (0, "Swelling of the arm can be treated."),
        (0, "Sleeve: Class 1; Worn: by day"),
        (0, "Ask early."),
    ]
    assert reading.stated["title"] == "Lymphedema care"


@pytest.mark.parametrize("raw", [b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 locked"])
def test_a_broken_or_locked_document_is_told(tmp_path, raw):
    (tmp_path / "l.docx").write_bytes(raw)
    with pytest.raises(DocumentError, match=r"l\.docx: is broken or protected"):
        read_file(tmp_path / "l.docx")


def test_a_document_without_its_parts_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "l.docx", "w") as packed:
        packed.writestr("other.txt", "no document")
    with pytest.raises(DocumentError, match=r"l\.docx: is broken"):
        read_file(tmp_path / "l.docx")

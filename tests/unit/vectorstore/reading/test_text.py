import pytest

from vectorstore.errors import DocumentError
from vectorstore.reading.read import read_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_paragraphs_end_at_empty_lines(tmp_path, encoding):
    text = "# Caf\u00e9 hours\r\n\r\nOpen\r\nall day.\r\n\r\n\r\nClosed at night."
    (tmp_path / "t.txt").write_bytes(text.encode(encoding))
    assert [(b.level, b.text) for b in read_file(tmp_path / "t.txt").blocks] == [
        (1, "Caf\u00e9 hours"),
        (0, "Open all day."),
        (0, "Closed at night."),
    ]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "is empty"),
        ("Caf\u00e9".encode("latin-1"), "is not UTF-8 text; save it as UTF-8"),
        (b"\x00\x01\x02binary", "is not text"),
    ],
)
def test_what_is_no_text_is_told(tmp_path, raw, told):
    (tmp_path / "t.txt").write_bytes(raw)
    with pytest.raises(DocumentError, match=rf"t\.txt: {told}"):
        read_file(tmp_path / "t.txt")

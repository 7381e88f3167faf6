import pytest

from vectorstore.errors import DocumentError
from vectorstore.reading import read
from vectorstore.reading.read import files_in, read_file


def test_folders_are_walked_in_order_and_each_file_is_given_once(tmp_path):
    for name in ("b/2.md", "a/1.txt", "a/.hidden.md", ".git/3.md", "a/picture.png", "c.PDF"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = files_in([tmp_path, tmp_path / "a", tmp_path / "b" / "2.md"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/1.txt", "b/2.md", "c.PDF"]


def test_a_file_that_is_not_there_or_of_another_kind_is_told(tmp_path):
    with pytest.raises(DocumentError, match=r"none\.md: cannot be read \(No such file"):
        read_file(tmp_path / "none.md")
    (tmp_path / "p.png").write_bytes(b"x")
    with pytest.raises(DocumentError, match=r"p\.png: is none of \.md"):
        read_file(tmp_path / "p.png")


def test_a_file_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "MOST_BYTES", 3)
    (tmp_path / "t.txt").write_text("four", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"t\.txt: is larger than .* split it"):
        read_file(tmp_path / "t.txt")

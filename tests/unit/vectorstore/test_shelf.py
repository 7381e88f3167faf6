import shutil

import pytest

from tests.unit.vectorstore.small_library import article_text
from vectorstore.chunking import CHUNK_TOKENS
from vectorstore.errors import DocumentError
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import open_index
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import add_to_shelf, load_shelf, read_document
from vectorstore.tokens import count_tokens

FRONT = {
    "publisher": "Cancer Institute",
    "title": "Scalp cooling",
    "year": "2024",
    "url": "https://www.cancer.gov/scalp-cooling",
    "kind": "patient_page",
}
BODY = (
    "Scalp cooling caps can keep some hair during chemotherapy.\n\n# Who it suits\n\nMost people."
)


def _document(path, body=BODY, **replaced):
    front = {key: value for key, value in (FRONT | replaced).items() if value is not None}
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    path.write_text(f"---\n{lines}\n---\n{body}\n", encoding="utf-8")
    return path


def test_a_plain_document_becomes_an_article_with_its_source(tmp_path):
    article = read_document(_document(tmp_path / "caps.txt"))
    assert [section.heading for section in article.sections] == ["Scalp cooling", "Who it suits"]
    assert article.sections[1].lines[0].text == "Most people."
    assert article.sections[1].lines[0].citations == (1,)
    assert article.sources[1].url == FRONT["url"]


def test_a_long_text_is_cut_by_tokens_and_loses_no_word(tmp_path):
    body = " ".join(f"Sentence number {n} tells of scalp cooling." for n in range(150))
    lines = read_document(_document(tmp_path / "caps.md", body)).sections[0].lines
    assert len(lines) > 3
    assert all(count_tokens(line.text) <= CHUNK_TOKENS for line in lines)
    assert " ".join(line.text for line in lines) == body


@pytest.mark.parametrize("key", list(FRONT))
def test_a_missing_key_is_told_with_the_file(tmp_path, key):
    with pytest.raises(DocumentError, match=rf"caps\.md: .*{key}"):
        read_document(_document(tmp_path / "caps.md", **{key: None}))


@pytest.mark.parametrize(
    ("replaced", "complaint"),
    [
        ({"year": "soon"}, "year"),
        ({"kind": "blog"}, "kind"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"body": " "}, "no text"),
    ],
)
def test_a_wrong_value_is_told(tmp_path, replaced, complaint):
    with pytest.raises(DocumentError, match=complaint):
        read_document(_document(tmp_path / "caps.md", **replaced))


def test_a_bad_document_does_not_keep_out_the_others(tmp_path):
    _document(tmp_path / "a.md", publisher=None)
    _document(tmp_path / "b.md")
    (tmp_path / "c.txt").write_bytes(b"\xff")
    (tmp_path / "d.png").write_bytes(b"not looked at")
    results = list(add_to_shelf([tmp_path, tmp_path / "none.md"], tmp_path / "data"))
    assert [isinstance(result, DocumentError) for result in results] == [True, False, True, True]
    assert len(load_shelf(tmp_path / "data")) == 1


def test_the_same_content_twice_is_one_document(tmp_path):
    first = _document(tmp_path / "a.md")
    second = _document(tmp_path / "b.md")
    one, other = add_to_shelf([first, second], tmp_path / "data")
    assert one == other
    assert len(load_shelf(tmp_path / "data")) == 1


def test_no_shelf_holds_no_documents(tmp_path):
    assert len(load_shelf(tmp_path)) == 0


def test_what_is_on_the_shelf_is_found_beside_the_library(tmp_path, library_dir):
    library = shutil.copytree(library_dir, tmp_path / "library")
    settings = VectorStoreSettings(data_dir=tmp_path / "data", library_dir=library)
    own = tmp_path / "own.md"
    own.write_text(article_text("walking", id="own", title="Dancing"), encoding="utf-8")
    shelved = list(add_to_shelf([_document(tmp_path / "caps.md"), own], settings.data_dir))
    index = open_index(settings)
    retriever = HybridRetriever(index=index)
    hit = retriever.search("cold caps to keep my hair")[0]
    assert hit.article_id == shelved[0]
    assert index.sources(hit.chunk_id)[0].title == "Scalp cooling"
    assert retriever.search("What counts as a fever?")[0].article_id == "fever"
    assert shelved[1] in {found.article_id for found in retriever.search("dancing")}
    index.close()

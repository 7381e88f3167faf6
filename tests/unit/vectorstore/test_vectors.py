import numpy as np
import pytest

from tests.unit.vectorstore.small_library import article_text
from tests.unit.vectorstore.test_embeddings import CountingEmbeddings
from vectorstore.articles import load_library
from vectorstore.chunking import content_hash
from vectorstore.errors import ConfigurationError
from vectorstore.settings import LIBRARY_DIR
from vectorstore.vectors import (
    SHIPPED_QUESTIONS,
    SHIPPED_VECTORS,
    questions_of,
    read_vectors,
    ship_vectors,
    texts_of,
    write_vectors,
)


def test_vectors_come_back_as_they_were_kept(tmp_path):
    vectors = {"b": np.array([0.5, -0.25], np.float32), "a": np.array([1.0, 0.0], np.float32)}
    write_vectors(tmp_path / "new" / "v.npz", vectors)
    back = read_vectors(tmp_path / "new" / "v.npz")
    assert {key: row.tolist() for key, row in back.items()} == {"a": [1.0, 0.0], "b": [0.5, -0.25]}


def test_the_same_vectors_give_the_same_bytes(tmp_path):
    rows = {key: np.random.default_rng(1).random(4, np.float32) for key in "abc"}
    write_vectors(tmp_path / "1.npz", rows)
    write_vectors(tmp_path / "2.npz", dict(reversed(rows.items())))
    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


def test_no_file_is_no_vectors_and_a_broken_one_is_told(tmp_path):
    assert read_vectors(tmp_path / "none.npz") == {}
    (tmp_path / "v.npz").write_bytes(b"broken")
    with pytest.raises(ConfigurationError, match=r"v\.npz"):
        read_vectors(tmp_path / "v.npz")


def test_only_what_changed_is_encoded_and_what_vanished_is_dropped(tmp_path):
    article, vectors, encoder = tmp_path / "fever.md", tmp_path / "v.npz", CountingEmbeddings()
    article.write_text(article_text("fever"), encoding="utf-8")
    first = ship_vectors(texts_of(load_library(tmp_path)), vectors, encoder)
    assert (first.kept, first.dropped) == (0, 0)
    assert ship_vectors(texts_of(load_library(tmp_path)), vectors, encoder).encoded == 0
    changed = article_text("fever").replace("a blood test", "blood drawn")
    article.write_text(changed, encoding="utf-8")
    encoder.seen.clear()
    change = ship_vectors(texts_of(load_library(tmp_path)), vectors, encoder)
    assert (change.encoded, change.dropped) == (2, 2)  # the line, and the section it stands in
    assert all("blood drawn" in text for text in encoder.seen)


@pytest.mark.parametrize(
    ("texts", "path"), [(texts_of, SHIPPED_VECTORS), (questions_of, SHIPPED_QUESTIONS)]
)
def test_the_shipped_vectors_are_those_of_the_library(texts, path):
    needed = set(map(content_hash, texts(load_library(LIBRARY_DIR))))
    shipped = set(read_vectors(path))
    message = f"{len(needed - shipped)} missing, {len(shipped - needed)} too many: run make vectors"
    assert shipped == needed, message

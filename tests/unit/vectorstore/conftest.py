"""A small library, and an index built from it once for all tests."""

from pathlib import Path

import pytest

from tests.unit.vectorstore.small_library import ARTICLES, article_text
from vectorstore import ingest
from vectorstore.embeddings import MiniLMEmbeddings
from vectorstore.ingest import open_index
from vectorstore.settings import VectorStoreSettings


@pytest.fixture
def write_article(tmp_path):
    """Writes one article to a folder of its own and gives its path."""

    def write(article_id: str = "letrozole", text: str | None = None, **replaced: str) -> Path:
        path = tmp_path / f"{article_id}.md"
        path.write_text(text or article_text(article_id, **replaced), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def library_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    for article_id in ARTICLES:
        (folder / f"{article_id}.md").write_text(article_text(article_id), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def encoder():
    return MiniLMEmbeddings()


@pytest.fixture(autouse=True)
def _one_encoder(monkeypatch, encoder):
    """Every index opened in a test shares one encoder: loading the model takes half a second."""
    monkeypatch.setattr(ingest, "make_embeddings", lambda _settings: encoder)


@pytest.fixture(scope="session")
def index(library_dir, tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("data")
    opened = open_index(VectorStoreSettings(data_dir=data_dir, library_dir=library_dir))
    yield opened
    opened.close()

import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from vectorstore.articles import load_library
from vectorstore.chroma_index import ChromaIndex
from vectorstore.chunking import chunk_library
from vectorstore.errors import ConfigurationError, SearchUnavailableError
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import open_index
from vectorstore.settings import VectorStoreSettings


@pytest.fixture(scope="module")
def chunks(library_dir):
    return [chunk for chunk in chunk_library(load_library(library_dir)) if chunk.lines]


@pytest.fixture
def vectors(tmp_path, encoder):
    opened = ChromaIndex.in_folder(tmp_path / "chroma", encoder)
    yield opened
    opened.close()


def test_the_nearest_chunk_of_a_text_is_itself(vectors, chunks, encoder):
    vectors.add("library", chunks)
    asked = encoder.embed_documents([chunks[2].indexed_text, chunks[5].indexed_text])
    first, second = vectors.nearest("library", asked, limit=3)
    assert [row[0].chunk_id for row in (first, second)] == [chunks[2].chunk_id, chunks[5].chunk_id]
    assert first[0].similarity == pytest.approx(1.0, abs=1e-4)
    assert [n.similarity for n in first] == sorted((n.similarity for n in first), reverse=True)


def test_similarities_are_cosines_with_the_nearest_of_the_vectors(vectors, chunks, encoder):
    vectors.add("library", chunks)
    asked = encoder.embed_documents(["fever at night", "thin bones"])
    ids = [chunks[0].chunk_id, chunks[4].chunk_id, "unknown"]
    got = vectors.similarities("library", asked, ids)
    for chunk in (chunks[0], chunks[4]):
        row = np.array(encoder.embed_query(chunk.indexed_text))
        assert got[chunk.chunk_id] == pytest.approx(max(row @ np.array(a) for a in asked), abs=1e-4)
    assert "unknown" not in got


def test_nothing_asked_is_nothing_found(vectors, encoder):
    assert vectors.nearest("library", [], limit=3) == []
    assert vectors.nearest("questions", [encoder.embed_query("x")], limit=3) == [[]]
    assert vectors.similarities("library", [], ["x"]) == {}
    assert vectors.similarities("library", [encoder.embed_query("x")], ["x"]) == {}


def test_adding_twice_changes_nothing(vectors, chunks):
    steps = []
    vectors.add("library", chunks, progress=lambda *step: steps.append(step))
    vectors.add("library", chunks)
    assert vectors.count("library") == len(chunks)
    assert vectors.count("questions") == 0
    assert steps[-1] == (len(chunks), len(chunks), "indexing the library")


def test_what_was_added_is_there_when_the_folder_is_opened_again(tmp_path, chunks, encoder):
    first = ChromaIndex.in_folder(tmp_path, encoder)
    first.add("library", chunks)
    first.close()
    second = ChromaIndex.in_folder(tmp_path, encoder)
    assert second.count("library") == len(chunks)
    second.close()


@pytest.fixture
def server(tmp_path):
    """A Chroma server on this machine; gives its host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [chroma, "run", "--path", tmp_path / "server", "--host", "127.0.0.1", "--port"]
    process = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL)
    try:
        _wait_until_open(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_open(port):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("the Chroma server did not start")


def test_a_server_holds_the_same_index(server, tmp_path, library_dir, index):
    settings = VectorStoreSettings(
        data_dir=tmp_path / "data", library_dir=library_dir, chroma_host=server
    )
    steps = []
    first = open_index(settings, lambda *step: steps.append(step))
    asked = "What counts as a fever?"
    hits = HybridRetriever(index=first).search(asked)
    assert [h.chunk_id for h in hits] == [
        h.chunk_id for h in HybridRetriever(index=index).search(asked)
    ]
    assert steps
    steps.clear()
    second = open_index(settings, lambda *step: steps.append(step))
    assert steps == []
    first.close()
    second.close()


def test_a_server_that_does_not_answer_is_told(encoder):
    with pytest.raises(SearchUnavailableError, match="does not answer"):
        ChromaIndex.on_server("127.0.0.1:9", encoder, suffix="")


def test_a_host_that_is_none_is_told(encoder):
    with pytest.raises(ConfigurationError, match="CHROMA_HOST"):
        ChromaIndex.on_server("http://", encoder, suffix="")

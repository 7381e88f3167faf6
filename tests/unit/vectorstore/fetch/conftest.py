"""A host on this machine that answers in the real forms, and a client that waits for nothing."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from vectorstore.fetch.http import PoliteClient
from vectorstore.settings import VectorStoreSettings

CUT_OFF = "cut off"
"""Instead of an answer: the connection breaks in the middle of the body."""


@dataclass
class Answer:
    body: str = ""
    status: int = 200
    headers: dict = field(default_factory=dict)


@dataclass
class Request:
    path: str
    query: dict
    headers: dict


class Host:
    """Answers by path: one answer for always, or several, one after the other."""

    def __init__(self):
        self.answers = {}
        self.requests = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def asked(self, path=None):
        """Requests so far, robots.txt aside."""
        pages = [request for request in self.requests if request.path != "/robots.txt"]
        return pages if path is None else [r for r in self.requests if r.path == path]

    def _next(self, request):
        answer = self.answers.get(request.path, Answer("nothing here", 404))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        return answer(request) if callable(answer) else answer

    def _handler(host):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                parts = urlsplit(self.path)
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                request = Request(parts.path, query, dict(self.headers))
                host.requests.append(request)
                answer = host._next(request)
                self.close_connection = True
                if answer == CUT_OFF:
                    self.send_response(200)
                    self.send_header("Content-Length", "1000")
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self.wfile.write(b"<html>half a")
                    return
                body = answer.body.encode()
                self.send_response(answer.status)
                self.send_header("Connection", "close")
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(b"" if answer.status == 304 else body)

            def log_message(self, *_):
                pass

        return Handler


@pytest.fixture
def host():
    host = Host()
    yield host
    host.server.shutdown()
    host.server.server_close()


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(clock):
    client = PoliteClient(sleep=clock.sleep, clock=clock)
    yield client
    client.close()


@pytest.fixture
def settings(tmp_path):
    return VectorStoreSettings(data_dir=tmp_path / "data")


@pytest.fixture
def fetch(client, settings, capsys, monkeypatch, encoder):
    """Runs one source; gives the outcome, the shelf, and what was told.

    The shelf as documents by title: headings, in order, and the words under them.
    """
    from vectorstore.fetch.operator_run import fetch_source, put_on_shelf

    monkeypatch.setattr("vectorstore.embeddings.make_embeddings", lambda _: encoder)

    def run(source, asked_for=("all",)):
        outcome = fetch_source(source, client, settings, list(asked_for))
        assert put_on_shelf(source.name, settings) == 0
        return outcome, on_shelf(settings), capsys.readouterr().err

    return run


def on_shelf(settings):
    """What the index that is pointed to holds."""
    from vectorstore.embeddings import encoder_name
    from vectorstore.shelf import open_current

    shelf = open_current(settings, encoder_name(settings))
    found = {}
    for document_id, document in shelf.documents():
        sections = found.setdefault(document.title, {})
        number = 1
        while passage := shelf.passage(f"{document_id}#{number}"):
            told = " ".join(passage.text.split())
            sections[passage.section] = f"{sections.get(passage.section, '')} {told}".strip()
            number += 1
    shelf.close()
    return found


@pytest.fixture
def front_matter(settings):
    """The front matter of a fetched document, by its file's stem."""
    from vectorstore.articles import split_front_matter

    def read(source, stem):
        path = settings.data_dir / "fetched" / source / f"{stem}.md"
        return split_front_matter(path.read_text(encoding="utf-8"), path.name)[0]

    return read

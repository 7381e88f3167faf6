"""A server of OpenAI's interface that does what a test tells it, misbehaving included."""

import asyncio
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

_PASSAGE = re.compile(r"^\[(\d+)\] (?:\(([^)]*)\) )?(.+)$", re.MULTILINE)


class CutError(ConnectionError):
    """The connection is dropped here."""


@dataclass(frozen=True)
class Reply:
    """What one request gets."""

    text: str = ""
    status: int = 200
    wait_s: float = 0.0
    """Before the first byte."""
    hang_after: int | None = None
    """Words after which nothing more comes."""
    cut_after: int | None = None
    """Words after which the connection is dropped."""
    raw: str | None = None
    """Sent as the whole body instead."""
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""
    """Message of an error body."""
    finish: bool = True
    """Whether the end is told."""


@dataclass
class ModelServer:
    """What it was asked, and how it answers."""

    url: str = ""
    behave: Callable[[dict], Reply] = lambda _body: Reply("ok")
    bodies: list[dict] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def asked(self) -> list[str]:
        """The text of each request that was a turn's, probes left out."""
        texts = ["\n".join(m["content"] for m in body["messages"]) for body in self.bodies]
        return [text for text in texts if "PASSAGES" in text]

    async def complete(self, request: Request) -> Response:
        body = await request.json()
        self.bodies.append(body)
        self.keys.append(request.headers.get("authorization", ""))
        reply = self.behave(body)
        await asyncio.sleep(reply.wait_s)
        if reply.raw is not None:
            return PlainTextResponse(reply.raw, headers=reply.headers)
        if reply.status != 200:
            error = {"message": reply.error or "no", "type": "t", "code": None}
            return JSONResponse({"error": error}, reply.status, reply.headers)
        if not body.get("stream"):
            return JSONResponse(_whole(reply.text))
        return StreamingResponse(_streamed(reply), media_type="text/event-stream")


def passages_in(body: dict) -> list[tuple[int, str, str]]:
    """Number, hint and text of each passage of a prompt."""
    text = "\n".join(message["content"] for message in body["messages"])
    part = text.partition("<PASSAGES>")[2].partition("</PASSAGES>")[0]
    return [(int(n), hint, line) for n, hint, line in _PASSAGE.findall(part)]


def faithful(body: dict, most: int = 6) -> Reply:
    """An answer of the passages' own sentences, each with its number."""
    found = [row for row in passages_in(body) if not row[1]][:most]
    lines = [f"{_first_sentence(text)} [{n}]" for n, _, text in found]
    return Reply(" ".join(lines[:2]) + "\n\n" + "\n".join(f"- {line}" for line in lines[2:]))


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text)[0]


def _whole(text: str) -> dict:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    return _frame("chat.completion") | {"choices": [choice], "usage": usage}


def _frame(kind: str) -> dict:
    return {"id": "c1", "object": kind, "created": 1, "model": "scripted"}


async def _streamed(reply: Reply):
    words = re.findall(r"\S+\s*|\s+", reply.text)
    for at, word in enumerate(words):
        if at == reply.cut_after:
            raise CutError
        if at == reply.hang_after:
            await asyncio.sleep(30)
        yield _event({"index": 0, "delta": {"role": "assistant", "content": word}})
        await asyncio.sleep(0)
    if reply.finish:
        yield _event({"index": 0, "delta": {}, "finish_reason": "stop"})
        usage = {"prompt_tokens": 1234, "completion_tokens": 56, "total_tokens": 1290}
        yield _event(usage=usage)
        yield "data: [DONE]\n\n"


def _event(*choices: dict, **more: object) -> str:
    frame = _frame("chat.completion.chunk") | {"choices": list(choices)} | more
    return f"data: {json.dumps(frame)}\n\n"


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """Serve on a free port of this machine until the block ends."""
    scripted = ModelServer()
    models = {"object": "list", "data": [{"id": "scripted", "object": "model"}]}

    async def listed(_request: Request) -> Response:
        return JSONResponse(models)

    routes = [
        Route("/v1/models", listed),
        Route("/v1/chat/completions", scripted.complete, methods=["POST"]),
    ]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(
        Starlette(routes=routes),
        host="127.0.0.1",
        port=port,
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    scripted.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield scripted
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)

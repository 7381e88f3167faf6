"""The one place that talks to a chat model; `langchain_openai` is imported here, on first use."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from chains.events import SentMessage
from chains.model.endpoint import OPENAI, Endpoint
from chains.model.failures import ModelFailure, failure_of

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

logger = logging.getLogger(__name__)

HEARTBEAT_S = 0.3
"""How often a wait for words looks up, so that a stop takes hold."""
MOST_ANSWER_TOKENS = 900
RETRIES = 2
"""Made by the client library, with its jitter; the time limits here hold over all of them."""
LONGEST_WAIT_S = 2
"""Longest wait between two tries that a server may ask for."""
_END: Final = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may take, in seconds."""

    first_word_s: float
    """Without any word, at the start and between two words."""
    whole_s: float


@dataclass(slots=True)
class Tokens:
    """What a call used, as the service counts; 0 where it does not say."""

    prompt: int = 0
    completion: int = 0


class ChatClient:
    """Asks one service; safe to share between threads, holds nothing of anybody."""

    def __init__(self, endpoint: Endpoint, limits: Limits) -> None:
        """Prepare; nothing is imported or asked yet."""
        self.endpoint = endpoint
        self.limits = limits
        self._lock = threading.Lock()
        self._chat: ChatOpenAI | None = None
        self._model = endpoint.model

    @property
    def model(self) -> str:
        """The model's name; "its first model" until the service was asked."""
        return self._model or "its first model"

    def stream(self, messages: Sequence[SentMessage], used: Tokens) -> Iterator[str | None]:
        """Words of an answer as they come; None while there is nothing new.

        Args:
            messages: What is sent, exactly.
            used: Filled in with what the service counted.

        Raises:
            ModelFailure: No whole answer within the limits.
        """
        self.warm_up()  # not of the time that the service has
        return _paced(lambda: self._words(messages, used), self.limits)

    def ask_json(
        self, messages: Sequence[SentMessage], schema: dict[str, object], timeout_s: float
    ) -> str:
        """One answer in a JSON schema, as text; not yet held against it.

        Raises:
            ModelFailure: No answer within the limit.
        """

        def words() -> Iterator[str]:
            form = {"name": "reading", "schema": schema, "strict": True}
            asked = self._opened().bind(
                response_format={"type": "json_schema", "json_schema": form}
            )
            with _untraced():
                yield str(asked.invoke(_as_pairs(messages)).text)

        limits = Limits(timeout_s, timeout_s)
        return "".join(word for word in _paced(words, limits) if word)

    def warm_up(self) -> None:
        """Import what the first call needs; nothing is sent."""
        import langchain_openai  # noqa: F401, PLC0415

    def close(self) -> None:
        """Give back the connections."""
        with self._lock:
            if self._chat is not None:
                self._chat.root_client.close()
            self._chat = None

    def is_well(self) -> bool:
        """Ask something small that is nobody's; True when words come back."""
        hello = SentMessage.model_validate({
            "role": "user",
            "parts": [{"text": "Answer with one word: ready"}],
        })
        try:
            return any(self.stream([hello], Tokens()))
        except ModelFailure:
            return False

    def _words(self, messages: Sequence[SentMessage], used: Tokens) -> Iterator[str]:
        chat = self._opened()
        text, reason = "", ""
        with _untraced():
            for chunk in chat.stream(_as_pairs(messages), stream_usage=True):
                if chunk.usage_metadata is not None:
                    used.prompt = chunk.usage_metadata["input_tokens"]
                    used.completion = chunk.usage_metadata["output_tokens"]
                reason = str(chunk.response_metadata.get("finish_reason") or reason)
                if words := str(chunk.text):
                    text += words
                    yield words
        if not text.strip():
            raise ModelFailure("empty")
        # A stream that ends without saying why was cut, unless its last sentence is whole.
        if not reason and not text.rstrip().endswith((".", "!", "?", "]", ")", "*")):
            raise ModelFailure("cut")

    def _opened(self) -> "ChatOpenAI":
        with self._lock:
            if self._chat is None:
                self._chat = self._open()
            return self._chat

    def _open(self) -> "ChatOpenAI":
        # 2 s of imports that the embedded path does not need.
        from langchain_openai import ChatOpenAI  # noqa: PLC0415
        from openai import DefaultHttpxClient  # noqa: PLC0415

        here = self.endpoint.is_loopback
        is_openai = self.endpoint.url == OPENAI
        chat = ChatOpenAI(
            model=self._model or "",
            api_key=self.endpoint.key,
            base_url=self.endpoint.url,
            timeout=self.limits.first_word_s,
            max_retries=RETRIES,
            use_responses_api=False,
            # What is said to stay on this machine goes through no proxy and follows no redirect.
            http_client=DefaultHttpxClient(
                trust_env=not here,
                follow_redirects=False,
                event_hooks={"request": [_only_while_awaited], "response": [_without_long_waits]},
            ),
            openai_proxy=None,
            # Reasoning models of OpenAI take no temperature and spend tokens before they answer.
            temperature=None if is_openai else 0.2,
            extra_body=None if is_openai else {"max_tokens": MOST_ANSWER_TOKENS},
        )
        if self._model is None:
            listed = next(iter(chat.root_client.models.list()), None)
            if listed is None:
                raise ModelFailure("missing")
            self._model = chat.model_name = str(listed.id)
        return chat


class GivenUpError(ConnectionError):
    """Nobody waits for this answer any more; nothing more is sent for it."""


_call = threading.local()
"""Of a thread that reads an answer: whether it is still waited for."""


def _only_while_awaited(_request: object) -> None:
    """The library tries again on its own; not for a turn that was answered meanwhile."""
    is_over: threading.Event | None = getattr(_call, "is_over", None)
    if is_over is not None and is_over.is_set():
        raise GivenUpError


class _Response(Protocol):
    @property
    def headers(self) -> MutableMapping[str, str]: ...


def _without_long_waits(response: _Response) -> None:
    """A server that asks to be left alone for long is not waited for: the library retries soon."""
    for name, most in (("retry-after", LONGEST_WAIT_S), ("retry-after-ms", 1000 * LONGEST_WAIT_S)):
        asked = response.headers.get(name)
        if asked is not None and not (asked.isdigit() and int(asked) <= most):
            del response.headers[name]


def _as_pairs(messages: Sequence[SentMessage]) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in messages]


def _untraced() -> AbstractContextManager[None]:
    """LangChain would send prompts to its tracing service where a variable of it is set."""
    from langsmith import tracing_context  # noqa: PLC0415

    return tracing_context(enabled=False)


def _paced(open_words: Callable[[], Iterator[str]], limits: Limits) -> Iterator[str | None]:
    """Read words in a thread of their own, so that no wait within the library outlasts the limits.

    The library honours a server's wish to wait two minutes before it tries again, and its
    timeouts count from one byte to the next.
    """
    words: queue.SimpleQueue[object] = queue.SimpleQueue()
    is_over = threading.Event()

    def pump() -> None:
        has_begun = False
        _call.is_over = is_over
        try:
            for word in open_words():
                if is_over.is_set():
                    return
                has_begun = True
                words.put(word)
            words.put(_END)
        except Exception as error:  # noqa: BLE001 - told to the turn that waits, as its kind
            words.put(failure_of(error, has_begun=has_begun))

    threading.Thread(target=pump, name="model", daemon=True).start()
    try:
        yield from _taken(words, limits)
    finally:
        is_over.set()


def _taken(words: "queue.SimpleQueue[object]", limits: Limits) -> Iterator[str | None]:
    started = last = time.monotonic()
    while True:
        until = min(started + limits.whole_s, last + limits.first_word_s)
        left = until - time.monotonic()
        if left <= 0:
            raise ModelFailure("timeout")
        try:
            found = words.get(timeout=min(left, HEARTBEAT_S))
        except queue.Empty:
            yield None
            continue
        last = time.monotonic()
        if found is _END:
            return
        if isinstance(found, ModelFailure):
            logger.warning("the model failed: %s", found.kind)
            raise found
        yield str(found)

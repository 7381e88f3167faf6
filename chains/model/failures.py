"""What can go wrong between us and a model, each with the one line a person is told."""

import json
from typing import Literal

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelTimeoutError,
)

from chains.errors import TurnError

FailureKind = Literal[
    "key",
    "busy",
    "server",
    "timeout",
    "unreachable",
    "missing",
    "refused",
    "too_long",
    "cut",
    "empty",
    "malformed",
    "language",
    "unsupported",
    "echo",
    "resting",
]
_KINDS: tuple[tuple[type[BaseException], FailureKind], ...] = (
    (ModelAuthenticationError, "key"),
    (ModelPermissionDeniedError, "key"),
    (ModelRateLimitError, "busy"),
    (ContextOverflowError, "too_long"),
    (ModelTimeoutError, "timeout"),
    (ModelConnectionError, "unreachable"),
    (ModelNotFoundError, "missing"),
    (ModelAPIError, "server"),
    (json.JSONDecodeError, "malformed"),
)
DEAD: frozenset[FailureKind] = frozenset({
    *("key", "busy", "server", "timeout", "unreachable", "missing", "cut"),
})
"""Failures of the service itself: the next person would wait for nothing."""
LINE = "*{why} This answer comes straight from the library.*"
WHY: dict[FailureKind, str] = {
    "key": "The language model did not accept our key.",
    "busy": "The language model has too much to do just now.",
    "server": "The language model has a fault just now.",
    "timeout": "The language model took too long.",
    "unreachable": "The language model cannot be reached just now.",
    "missing": "The language model that is set cannot be found.",
    "refused": "The language model did not take the question.",
    "too_long": "The question was too long for the language model.",
    "cut": "The language model stopped in the middle.",
    "empty": "The language model gave no answer.",
    "malformed": "The language model gave nothing that could be read.",
    "language": "The language model did not answer in English.",
    "unsupported": "The language model said too much that the sources do not say.",
    "echo": "The language model did not answer the question.",
    "resting": "The language model is not answering just now.",
}


class ModelFailure(TurnError):
    """The model's part of a turn failed; its text is the line that is told."""

    def __init__(self, kind: FailureKind) -> None:
        """Name what failed."""
        super().__init__(LINE.format(why=WHY[kind]))
        self.kind: FailureKind = kind


def failure_of(error: BaseException, *, has_begun: bool) -> ModelFailure:
    """The failure behind an error of the client library; its text is never kept or shown.

    Args:
        error: What was raised. Its message may hold a part of the key.
        has_begun: True when words had come before: then a lost connection is a cut one.
    """
    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, ModelInvalidRequestError):
        return ModelFailure("too_long" if _is_of_length(str(error)) else "refused")
    for known, kind in _KINDS:
        if isinstance(error, known):
            is_lost = kind == "unreachable" and has_begun
            return ModelFailure("cut" if is_lost else kind)
    name = type(error).__name__
    if "Timeout" in name:
        return ModelFailure("timeout")
    if "Protocol" in name or "Read" in name or "Connect" in name:
        return ModelFailure("cut" if has_begun else "unreachable")
    return ModelFailure("server" if name == "APIError" else "malformed")


def _is_of_length(message: str) -> bool:
    lowered = message.lower()
    words = ("exceed", "length", "too long", "maximum", "size")
    return "context" in lowered and any(word in lowered for word in words)

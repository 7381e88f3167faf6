"""Listening to the parts of a turn, without the turn knowing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from chains.services import Services


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a part: what went in, what came out."""

    part: str
    method: str
    given: tuple[Any, ...]
    result: Any
    ms: float


class Watched:
    """Stands for a part; notes each call of a method and passes it on."""

    def __init__(self, part: object, name: str, heard: list[Call]) -> None:
        """Stand for `part`; what is heard is added to `heard`."""
        self._part, self._name, self._heard = part, name, heard

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - whatever the part has
        """What the part has under this name; a method is listened to."""
        value = getattr(self._part, method)
        if method == "for_one_turn":
            return lambda *given: Watched(value(*given), self._name, self._heard)
        return self._listening(method, value) if callable(value) else value

    def _listening(self, method: str, called: Callable[..., Any]) -> Callable[..., Any]:
        def listened(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            started = time.perf_counter()
            result = called(*given, **named)
            ms = 1000 * (time.perf_counter() - started)
            self._heard.append(Call(self._name, method, given, result, round(ms, 2)))
            return result

        return listened


def watched(services: Services, heard: list[Call]) -> Services:
    """The services with searcher, composer and grounder listened to.

    The rest, the store among it, is as it was; nothing shared is changed.
    """
    parts = {
        name: cast("Any", Watched(getattr(services, name), name, heard))
        for name in ("searcher", "composer", "grounder")
    }
    return replace(services, **parts)

"""How long a prompt may be: what is set, or less where a service could not take that much."""

import threading

from chains.model.failures import FailureKind

LEAST = 2_000
"""Tokens below which rules and question leave no room for passages."""


class Budget:
    """A number of the process; safe to share between threads."""

    def __init__(self, tokens: int) -> None:
        """Begin with what is set, in o200k tokens."""
        self._tokens = tokens
        self._lock = threading.Lock()

    @property
    def tokens(self) -> int:
        """Most tokens of the next prompt."""
        return self._tokens

    def after(self, kind: FailureKind) -> None:
        """Ask for half where a prompt was too long: a local server may hold 4,000 tokens or fewer.

        The turn that found out is answered from the library; the next one fits.
        """
        if kind == "too_long":
            with self._lock:
                self._tokens = max(LEAST, self._tokens // 2)

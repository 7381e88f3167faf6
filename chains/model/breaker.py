"""A circuit breaker of the process: nobody waits for a service that another just found dead."""

import threading
import time
from collections.abc import Callable

from chains.model.failures import DEAD, FailureKind

REST_S = 30.0
"""First rest after a failure; doubled with each one that follows."""
LONGEST_REST_S = 900.0
MOST_POOR = 3
"""Answers in a row that could not be used after which the service rests too."""


class Breaker:
    """Counts of outcomes, nothing of anybody; safe to share between threads.

    While it is open, turns are answered without the model at once. When a rest is over, a probe
    that holds no words of anybody is sent beside the turns, and only its success closes it: no
    person is the one who finds out.
    """

    def __init__(
        self, probe: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin closed.

        Args:
            probe: Asks the service something small; True when it answers. Run in a thread.
            clock: Seconds.
        """
        self._probe = probe
        self._clock = clock
        self._lock = threading.Lock()
        self._rests_until: float | None = None
        self._failures = 0
        self._poor = 0
        self._is_probing = False

    def may_ask(self) -> bool:
        """True when the service may be asked; a rest that is over starts the probe."""
        with self._lock:
            if self._rests_until is None:
                return True
            if self._clock() >= self._rests_until and not self._is_probing:
                self._is_probing = True
                threading.Thread(target=self._look, name="model-probe", daemon=True).start()
            return False

    def succeeded(self) -> None:
        """A whole answer came and could be used."""
        with self._lock:
            self._rests_until = None
            self._failures = self._poor = 0

    def failed(self, kind: FailureKind) -> None:
        """An answer did not come or could not be used."""
        with self._lock:
            if kind not in DEAD:
                self._poor += kind not in ("too_long", "refused")
                if self._poor < MOST_POOR:
                    return
            self._rest()

    def _rest(self) -> None:
        rest = min(REST_S * 2**self._failures, LONGEST_REST_S)
        self._failures = min(self._failures + 1, 10)
        self._rests_until = self._clock() + rest

    def _look(self) -> None:
        is_well = self._probe()
        with self._lock:
            self._is_probing = False
            if is_well:
                # The count of failures stays until an answer was whole: what answers a probe and
                # hangs at questions rests longer each time.
                self._rests_until = None
                self._poor = 0
            else:
                self._rest()

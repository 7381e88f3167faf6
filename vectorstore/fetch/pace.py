"""Not too fast: a pause between two requests to one host."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

DEFAULT_PAUSE_S = 1.0
PAUSES_S = {
    # "no more than three requests a second", ten with a key: NCBI, E-utilities, usage guidelines.
    "eutils.ncbi.nlm.nih.gov": 0.34,
    # 240 requests a minute from one address: open.fda.gov, authentication.
    "api.fda.gov": 0.25,
    "dailymed.nlm.nih.gov": 0.5,
    # 85 requests a minute from one address: MedlinePlus web service, acceptable use.
    "wsearch.nlm.nih.gov": 0.75,
    "www.cancer.gov": 1.0,
}
"""Seconds between two requests at least, by host."""


@dataclass
class Pace:
    """Holds requests to one host apart; for one thread."""

    pause_s: float | None = None
    """The operator's own seconds; no host with an entry above is asked faster than that."""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: dict[str, float] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def ask_for(self, host: str, pause_s: float) -> None:
        """Keep at least this many seconds apart at a host that asks for it (Crawl-delay)."""
        self._asked[host] = pause_s

    def wait(self, host: str) -> None:
        """Sleep until the host may be asked again, and count this request."""
        own = DEFAULT_PAUSE_S if self.pause_s is None else self.pause_s
        published = PAUSES_S.get(host)
        pause = own if published is None else max(published, self.pause_s or 0.0)
        pause = max(pause, self._asked.get(host, 0.0))
        now = self.clock()
        ahead = self._next.get(host, now) - now
        if ahead > 0:
            self.sleep(ahead)
        self._next[host] = max(now, now + ahead) + pause

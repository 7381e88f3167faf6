"""robots.txt: what a host asks automatic readers to leave alone (RFC 9309)."""

from collections.abc import Callable
from urllib.robotparser import RobotFileParser

AGENT = "CareThread"
"""The name a robots.txt may call this program by."""
LONGEST_DELAY_S = 60.0
"""A Crawl-delay above this is cut to it: no run could end otherwise."""


class Robots:
    """The rules of each host, read once."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        """Take what reads `/robots.txt`: its text, "" where there is none, None where unknown."""
        self._read = read
        self._rules: dict[str, RobotFileParser] = {}

    def allows(self, origin: str, url: str) -> bool:
        """Whether the host behind `origin` (scheme and host) lets this address be read.

        A host that fails to give its rules (5xx) forbids all, as RFC 9309 has it.
        """
        return self._of(origin).can_fetch(AGENT, url)

    def delay_s(self, origin: str) -> float:
        """Seconds the host asks for between two requests; 0 where it asks for nothing."""
        return min(float(self._of(origin).crawl_delay(AGENT) or 0), LONGEST_DELAY_S)

    def _of(self, origin: str) -> RobotFileParser:
        if origin not in self._rules:
            text = self._read(f"{origin}/robots.txt")
            rules = RobotFileParser()
            rules.parse(["User-agent: *", "Disallow: /"] if text is None else text.splitlines())
            self._rules[origin] = rules
        return self._rules[origin]

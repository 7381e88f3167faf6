"""Polite requests: who we are, how often, what again, what only if it changed."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from vectorstore.fetch.failures import NothingThereError, PageError, UnreachableError
from vectorstore.fetch.pace import Pace
from vectorstore.fetch.robots import Robots

USER_AGENT = "CareThread/0.1 (patient education; fetches on an operator's command)"
TIMEOUT_S = 30.0
LARGEST_BODY_BYTES = 30_000_000
"""A whole FDA label in XML is 1 to 5 MB; what is larger is not a page for a patient."""
ATTEMPTS = 5
ATTEMPTS_TO_CONNECT = 2
"""Where nothing answers at all the operator is told soon."""
REDIRECTS = 5
LONGEST_WAIT_S = 120.0
_RETRIED = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host gave us to ask "has it changed?" with; empty where it gave nothing."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    body: bytes
    """Empty where `unchanged`."""
    validators: Validators
    unchanged: bool = False
    """The host answered that it is as we have it (304)."""


class _TransientError(Exception):
    """Worth another try: an overloaded host, or a connection that broke."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


class _NoConnectionError(_TransientError):
    """The host did not even answer the telephone."""


class PoliteClient:
    """GET requests alone, one after the other; close it after use."""

    def __init__(
        self,
        *,
        pause_s: float | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        go_by_api_terms: bool = False,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Open nothing yet.

        Args:
            pause_s: seconds between two requests; None for what each host publishes, else 1.
            sleep: waits; tests give their own.
            clock: seconds that only grow.
            go_by_api_terms: read a documented API although its robots.txt, written for
                crawlers, forbids it; the operator's own decision.
            timeout_s: seconds a host may stay silent.
        """
        self._client = httpx.Client(timeout=timeout_s, headers={"User-Agent": USER_AGENT})
        self._pace = Pace(pause_s=pause_s, clock=clock, sleep=sleep)
        self._robots = Robots(self._rules_of)
        self._sleep = sleep
        self._go_by_api_terms = go_by_api_terms

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        known: Validators | None = None,
    ) -> Reply:
        """Ask for an address, again where that may help, and only if it changed where known.

        Args:
            url: http or https.
            params: appended as a query.
            known: what the last answer gave; None asks for the whole.

        Raises:
            UnreachableError: the host cannot be reached at all.
            NothingThereError: 404 or 410.
            PageError: robots.txt forbids it, or it could not be had; names the address
                without its query, which may hold the operator's words.
        """
        asked = str(httpx.URL(url).copy_merge_params(dict(params))) if params else url
        for _ in range(REDIRECTS):
            self._hold_to_robots(asked)
            response = self._with_retries(asked, _conditions(known))
            if response.status_code not in _MOVED:
                return _reply(response, url, known)
            asked = _same_site(asked, response.headers.get("location", ""))
        raise PageError(f"{_plain(url)}: is sent on and on and never arrives")

    def _hold_to_robots(self, url: str) -> None:
        origin = _origin(url)
        if self._robots.allows(origin, url):
            if delay := self._robots.delay_s(origin):
                self._pace.ask_for(urlsplit(url).netloc, delay)
        elif not self._go_by_api_terms:
            raise PageError(f"{_plain(url)}: left alone, as robots.txt of the host asks")

    def _rules_of(self, url: str) -> str | None:
        try:
            response = self._with_retries(url, {})
        except PageError:
            return None
        if response.status_code >= 500:
            return None
        return response.text if response.status_code == 200 else ""

    def _with_retries(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        retrying = Retrying(
            stop=_is_enough,
            wait=_wait_s,
            retry=retry_if_exception_type(_TransientError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._once, url, headers)
        except _NoConnectionError as error:
            raise UnreachableError(urlsplit(url).netloc) from error
        except _TransientError as error:
            raise PageError(f"{_plain(url)}: {error}") from error

    def _once(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        self._pace.wait(urlsplit(url).netloc)
        try:
            response = self._read(url, headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise _NoConnectionError("cannot be reached") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise PageError(f"{_plain(url)}: is not a web address") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _TransientError("the connection broke off") from error
        if response.status_code in _RETRIED:
            wait_s = _retry_after_s(response.headers.get("retry-after", ""))
            raise _TransientError(f"the host answers {response.status_code}", wait_s)
        return response

    def _read(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        """The response with its whole body, which is cut off where it is too large."""
        with self._client.stream("GET", url, headers=dict(headers)) as response:
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > LARGEST_BODY_BYTES:
                    raise PageError(f"{_plain(url)}: is larger than a page should be")
        kept = [(k, v) for k, v in response.headers.items() if k != "content-encoding"]
        return httpx.Response(response.status_code, headers=kept, content=bytes(body))


def _conditions(known: Validators | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _reply(response: httpx.Response, url: str, known: Validators | None) -> Reply:
    status = response.status_code
    if status == 304 and known is not None:
        return Reply(b"", known, unchanged=True)
    if status in (404, 410):
        raise NothingThereError(f"{_plain(url)}: is not there")
    if status != 200:
        raise PageError(f"{_plain(url)}: the host answers {status}")
    headers = response.headers
    validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""))
    return Reply(response.content, validators)


def _is_enough(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    limit = ATTEMPTS_TO_CONNECT if isinstance(error, _NoConnectionError) else ATTEMPTS
    return state.attempt_number >= limit


def _wait_s(state: RetryCallState) -> float:
    """What the host asked for, else 1, 2, 4 ... seconds, each half to whole by chance."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _TransientError) and error.wait_s is not None:
        return min(error.wait_s, LONGEST_WAIT_S)
    return min(2.0 ** (state.attempt_number - 1), 30.0) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def _retry_after_s(value: str) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date; None where unreadable."""
    if value.strip().isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _same_site(url: str, location: str) -> str:
    """Where a redirect leads, on the same host with or without `www.`.

    Raises:
        PageError: it leads to another host, whose rules and licence nobody looked at.
    """
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    if not location or here.netloc.removeprefix("www.") != there.netloc.removeprefix("www."):
        raise PageError(f"{_plain(url)}: has moved to another host")
    return target


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _plain(url: str) -> str:
    """The address without its query, which may hold a key or the operator's words."""
    return url.split("?", maxsplit=1)[0]

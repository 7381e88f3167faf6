"""One run over one source: what is kept, what failed, what is told."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TextIO

from vectorstore.errors import DocumentError
from vectorstore.fetch.documents import FetchedDocument
from vectorstore.fetch.failures import LeftOutError, UnreachableError, WithdrawnError
from vectorstore.fetch.http import PoliteClient, Reply, Validators
from vectorstore.fetch.shelved import SourceFolder


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to fetch."""

    name: str
    """Of its file; the same thing has the same name in every run."""
    url: str
    """The address to ask, as far as it is known beforehand."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One thing as it came."""

    wanted: Wanted
    document: FetchedDocument | None
    """None where the host says it is as we have it."""
    validators: Validators = field(default_factory=Validators)


def each_by_itself(
    client: PoliteClient,
    wanted: Iterable[Wanted],
    known: Mapping[str, Validators],
    read: Callable[[Wanted, Reply], FetchedDocument],
) -> Iterator[Fetched | DocumentError]:
    """Ask for one thing after the other, only where it changed; one that fails stops none.

    Args:
        client: Asks politely.
        wanted: What to ask for.
        known: What the last answer said of its own age, by name.
        read: Makes a document of an answer.
    """
    for one in wanted:
        try:
            reply = client.get(one.url, known=known.get(one.name))
            document = None if reply.unchanged else read(one, reply)
            yield Fetched(one, document, reply.validators)
        except DocumentError as error:
            yield error


class Source(Protocol):
    """Where documents come from."""

    @property
    def name(self) -> str:
        """Of its folder."""

    @property
    def batch(self) -> int:
        """How many are asked for at once."""

    def wanted(self, client: PoliteClient) -> Iterator[Wanted | DocumentError]:
        """What to fetch, or what cannot be found."""

    def fetch(
        self, client: PoliteClient, wanted: list[Wanted], known: dict[str, Validators]
    ) -> Iterator[Fetched | DocumentError]:
        """Fetch some of it, at most `batch` at once; an error stands for what it names."""


@dataclass
class Outcome:
    """What became of a run; counts of documents."""

    source: str
    fetched: int = 0
    """New, or changed since the last time."""
    unchanged: int = 0
    already: int = 0
    """Fetched by the same run before it was broken off, and not asked for again."""
    left_out: int = 0
    failed: int = 0
    not_shelved: int = 0
    """Kept in the source's folder and not taken by the shelf."""
    unreachable: str = ""
    """The host that could not be reached, where that ended the run."""

    @property
    def status(self) -> int:
        """Exit status: 0 all well, 1 part of it failed, 2 nothing could be done."""
        if self.unreachable:
            return 1 if self.fetched + self.unchanged else 2
        return 1 if self.failed or self.not_shelved else 0


class Teller:
    """Progress and failures on standard error; standard output stays for data."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream`, else to standard error as it is now."""
        self._stream = stream or sys.stderr
        self._open_line = False

    def progress(self, outcome: Outcome, total: int) -> None:
        """One line, written over where that can be seen, else one in twenty-five."""
        done = outcome.fetched + outcome.unchanged + outcome.already
        seen = done + outcome.left_out + outcome.failed
        text = f"{outcome.source}: {seen} of {total}"
        if self._stream.isatty():
            self._stream.write(f"\r{text}")
            self._open_line = True
        elif seen % 25 == 0 or seen == total:
            self._stream.write(f"{text}\n")
        self._stream.flush()

    def line(self, text: str) -> None:
        """One plain line."""
        if self._open_line:
            self._stream.write("\n")
            self._open_line = False
        self._stream.write(" ".join(text.split()) + "\n")
        self._stream.flush()


def run_source(
    source: Source, client: PoliteClient, folder: SourceFolder, key: list[str]
) -> Outcome:
    """Fetch all that a source wants; what one page does never stops the others.

    Args:
        source: where from.
        client: asks politely.
        folder: where documents and their notes lie.
        key: what was asked for; the same again goes on where a broken run stopped.

    Returns:
        The counts; what failed was told on standard error.
    """
    outcome, teller = Outcome(source.name), Teller()
    began = folder.begin(key)
    try:
        wanted = list(_found(source.wanted(client), outcome, teller))
        todo = [one for one in wanted if not folder.is_done(one.name, began)]
        outcome.already = len(wanted) - len(todo)
        total = len(wanted) + outcome.failed
        for start in range(0, len(todo), source.batch):
            part = todo[start : start + source.batch]
            known = {w.name: kept.validators for w in part if (kept := folder.kept(w.name))}
            for result in source.fetch(client, part, known):
                _take_in(result, folder, outcome, teller)
                teller.progress(outcome, total)
    except UnreachableError as error:
        outcome.unreachable = error.host
        if outcome.status == 2 and not outcome.already:
            folder.finish()
        return outcome
    folder.finish()
    return outcome


def _found(
    results: Iterable[Wanted | DocumentError], outcome: Outcome, teller: Teller
) -> Iterator[Wanted]:
    names: set[str] = set()
    for result in results:
        if isinstance(result, Wanted):
            if result.name not in names:
                names.add(result.name)
                yield result
        else:
            _count(result, outcome, teller)


def _take_in(
    result: Fetched | DocumentError, folder: SourceFolder, outcome: Outcome, teller: Teller
) -> None:
    if isinstance(result, DocumentError):
        if isinstance(result, WithdrawnError):
            folder.drop(result.name)
        _count(result, outcome, teller)
        return
    name = result.wanted.name
    kept = folder.kept(name)
    try:
        if result.document is not None:
            url = result.wanted.url
            changed = folder.keep(name, result.document, url, result.validators)
        else:
            changed = False
            if kept is not None:
                folder.touch(name, kept)
    except DocumentError as error:
        _count(error, outcome, teller)
        return
    if changed:
        outcome.fetched += 1
    else:
        outcome.unchanged += 1


def _count(error: DocumentError, outcome: Outcome, teller: Teller) -> None:
    teller.line(str(error))
    if isinstance(error, LeftOutError):
        outcome.left_out += 1
    else:
        outcome.failed += 1

"""Recorded conversations played again with the code as it is now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chains.__main__ import Request, answer_request
from chains.lab.expectations import Miss, misses
from chains.lab.lines import Line
from chains.lab.scratch import scratch
from chains.record import TurnRecord
from chains.services import Services


@dataclass(frozen=True, slots=True)
class Played:
    """One message and what became of it now."""

    line: Line
    record: TurnRecord
    misses: tuple[Miss, ...]
    """What was expected and is not so."""

    @property
    def is_fine(self) -> bool:
        """True when nothing that was expected is missing."""
        return not self.misses

    def as_line(self) -> Line:
        """The line with its record of now: the next baseline."""
        return self.line.model_copy(update={"record": self.record})


def play(lines: Iterable[Line], services: Services) -> Iterator[Played]:
    """Send messages in their order, each thread with its memory, to a store that is thrown away.

    Args:
        lines: Any number of threads, mixed as one likes.
        services: The shared parts; their store is not touched.
    """
    with scratch(services) as copy:
        for line in lines:
            request = Request(
                thread_id=line.thread_id,
                message=line.message,
                person_id=line.person_id,
                about=line.about,
            )
            record = answer_request(request, copy)
            yield Played(line, record, tuple(misses(line.expected, record)))

"""Two composers behind one interface: the library's own, and a model's over the same passages."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from chains.compose import EmbeddedComposer
from chains.compose.draft import Claim, Draft
from chains.events import TurnEvent
from chains.record import Usage
from chains.stages import CondensedQuestion
from memory.records import Card, Fact, Thread, Turn
from vectorstore.hits import Hit


@dataclass(frozen=True, slots=True)
class ComposeTask:
    """What one answer is to be composed from."""

    question: CondensedQuestion
    hits: tuple[Hit, ...]
    """At least one, best first."""
    card: Card
    left_out: tuple[str, ...]
    """Medicines that were asked about and that no source here speaks of."""
    turn: Turn
    thread: Thread


class TurnComposer(Protocol):
    """Composes one answer."""

    usage: Usage
    """Tokens of a model so far; zero without one."""

    def compose_turn(self, task: ComposeTask) -> Generator[TurnEvent, None, Draft]:
        """The draft of the answer; what it tells on the way is the beginning of its text."""
        ...


class SecondReading(Protocol):
    """What was taken of what a model proposed on reading a message."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """New facts whose words stand in the message."""
        ...

    @property
    def question(self) -> str:
        """A question that stands alone; empty where ours is kept."""
        ...


class ModelPart(Protocol):
    """What a turn needs of the room of the model."""

    def composer(self, embedded: EmbeddedComposer) -> TurnComposer:
        """A composer for one turn, standing on the embedded one."""
        ...

    def warm_up(self) -> None:
        """Load what the first answer needs; nothing is sent."""
        ...

    def read(
        self,
        question: CondensedQuestion,
        card: Card,
        facts: Sequence[Fact],
        turn: Turn,
        person_id: str,
    ) -> Generator[TurnEvent, None, SecondReading | None]:
        """Let a model help to read a message that is a question; None where it does not."""
        ...

    def says(self, claim: Claim) -> bool:
        """Whether the lines that a model's claim cites say it."""
        ...


class LibraryComposer:
    """The embedded composer behind the interface: the whole draft at once, nothing on the way."""

    usage = Usage()

    def __init__(self, embedded: EmbeddedComposer) -> None:
        """Stand on the composer of one turn."""
        self._embedded = embedded

    def compose_turn(self, task: ComposeTask) -> Generator[TurnEvent, None, Draft]:
        """The draft, assembled from the library."""
        yield from ()
        return self._embedded.compose(task.question, task.hits, task.card, left_out=task.left_out)

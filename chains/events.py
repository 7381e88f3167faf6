"""What a turn tells whoever asked, step by step."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from chains.record import TurnRecord

StageName = Literal[
    "triage", "completeness", "extraction", "condense", "retrieve", "compose", "ground"
]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StageStarted(_Event):
    """A step begins."""

    type: Literal["stage"] = "stage"
    stage: StageName


class Notice(_Event):
    """One plain line to the person about the turn itself."""

    type: Literal["notice"] = "notice"
    text: str


class TextDelta(_Event):
    """A piece of what the person reads; joined since the last restart they are its whole text."""

    type: Literal["text"] = "text"
    text: str


class CitationFound(_Event):
    """A source of the answer, by its number."""

    type: Literal["citation"] = "citation"
    n: int
    title: str
    url: str


class TextRestarted(_Event):
    """The pieces so far are withdrawn: the text begins anew with the next one."""

    type: Literal["restarted"] = "restarted"


class Waiting(_Event):
    """Nothing new yet; lets a stop take hold while a model is waited for. Never stored."""

    type: Literal["waiting"] = "waiting"


class SentPart(_Event):
    """A piece of what was sent; the pieces of a message, joined, are its exact text."""

    text: str
    fact_id: str = ""
    """The fact it tells, with which it goes when that is forgotten."""
    message_id: str = ""
    """The earlier message it repeats, with which it goes when that is deleted."""


class SentMessage(_Event):
    """One message of what was sent."""

    role: Literal["system", "user"]
    parts: tuple[SentPart, ...]

    @property
    def text(self) -> str:
        """The exact text."""
        return "".join(part.text for part in self.parts)


class Sent(_Event):
    """What is about to leave for a model, word for word; kept before it leaves."""

    type: Literal["sent"] = "sent"
    purpose: Literal["answer", "reading"] = "answer"
    host: str
    model: str
    messages: tuple[SentMessage, ...]
    prompt_tokens: int
    """Counted here, before sending."""


class ModelUsed(_Event):
    """How the model's part of a turn went; holds no words of it."""

    type: Literal["model"] = "model"
    kept: int
    """Sentences that were released."""
    dropped: dict[str, int]
    """Sentences that were not, by reason."""
    handed_over: str = ""
    """Why the library answered instead; empty where the model did."""


class TurnFinished(_Event):
    """The last event of a turn that came to its end."""

    type: Literal["finished"] = "finished"
    record: TurnRecord


TurnEvent = Annotated[
    StageStarted
    | Notice
    | TextDelta
    | TextRestarted
    | Waiting
    | Sent
    | ModelUsed
    | CitationFound
    | TurnFinished,
    Field(discriminator="type"),
]
TURN_EVENT: TypeAdapter[TurnEvent] = TypeAdapter(TurnEvent)
"""Reads a stored event: `TURN_EVENT.validate_json(payload)`."""


def text_so_far(events: Iterable[TurnEvent]) -> str:
    """What a reader has before them: the pieces since the last restart, joined."""
    text = ""
    for event in events:
        if isinstance(event, TextRestarted):
            text = ""
        elif isinstance(event, TextDelta):
            text += event.text
    return text

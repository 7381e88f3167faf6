"""What a turn tells whoever asked, step by step."""

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
    """A piece of what the person reads; the pieces of a turn, joined, are its whole text."""

    type: Literal["text"] = "text"
    text: str


class CitationFound(_Event):
    """A source of the answer, by its number."""

    type: Literal["citation"] = "citation"
    n: int
    title: str
    url: str


class TurnFinished(_Event):
    """The last event of a turn that came to its end."""

    type: Literal["finished"] = "finished"
    record: TurnRecord


TurnEvent = Annotated[
    StageStarted | Notice | TextDelta | CitationFound | TurnFinished, Field(discriminator="type")
]
TURN_EVENT: TypeAdapter[TurnEvent] = TypeAdapter(TurnEvent)
"""Reads a stored event: `TURN_EVENT.validate_json(payload)`."""

"""What the steps of a turn hand to each other: small, frozen, typed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

TriageLevel = Literal["none", "same_day", "urgent", "emergency"]
CutReason = Literal[
    "mid_word",
    "dangling",
    "open_bracket",
    "open_quotation",
    "open_list",
    "open_figure",
    "content_word",
    "field_limit",
]
TurnKind = Literal["answer", "clarification", "emergency", "no_source", "out_of_scope", "memory"]


class Stage(BaseModel):
    """Base of what a step returns."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TriageFlag(Stage):
    """One red flag that a message raised."""

    code: str
    """Row of `chains/rules/red_flags.csv`, T1 .. T16."""
    evidence: str
    """The words that raised it, as written."""


class TriageResult(Stage):
    """How soon a person needs help; `level` is that of the most severe flag."""

    level: TriageLevel = "none"
    flags: tuple[TriageFlag, ...] = ()

    @property
    def needs_help_now(self) -> bool:
        """True when the urgent card comes first and nothing long after it."""
        return self.level in ("urgent", "emergency")


class Completeness(Stage):
    """Whether a message is whole; if not, where it stops and how it may go on."""

    label: Literal["complete", "truncated"] = "complete"
    reason: CutReason | None = None
    fragment: str | None = None
    """The last words before the cut, as written; the broken word alone when one is broken."""
    guesses: tuple[str, ...] = ()
    """Likely endings, best first: whole words that replace a broken word, or words that follow."""
    confidence: float = 1.0
    """That the label is right, in 0.5 .. 1."""

    @property
    def is_cut_off(self) -> bool:
        """True when the person is asked to finish the message."""
        return self.label == "truncated"


class LastTurn(Stage):
    """The turn before this one, as later steps need it."""

    message: str
    kind: TurnKind
    question: str
    """Its standalone question."""
    message_id: str = ""
    asked: bool = False
    """True when our answer ended in a question to the person."""
    offered: tuple[str, ...] = ()
    """What it offered to go on with: endings of a clarification, related questions of an answer."""


class CondensedQuestion(Stage):
    """A question that stands alone, with what it was made from."""

    raw: str
    standalone: str
    searched: str = ""
    """The standalone question as it is searched and compared, its spelling repaired."""
    added: tuple[str, ...] = ()
    """Entities taken from the card or the conversation, in the order they were added."""
    history: tuple[LastTurn, ...] = ()
    """The last turns, oldest first."""

    @property
    def standing(self) -> str:
        """The question as it is held against the library: repaired where that was done."""
        return self.searched or self.standalone


class AnswerSentence(Stage):
    """A medical claim of an answer, with the numbers of the sources that say it."""

    text: str
    citations: tuple[int, ...]
    chunk_id: str
    """The passage it stands in."""


class AnswerSource(Stage):
    """One source of an answer."""

    n: int
    title: str
    publisher: str
    year: int
    url: str
    evidence: str
    """Kind of source: guideline, label, review, trial, observational, laboratory, patient_page."""
    passage_ids: tuple[str, ...]


class Link(Stage):
    """A page to read."""

    title: str
    url: str


class Service(Stage):
    """A service that helps, by name."""

    name: str
    url: str


class RelatedQuestion(Stage):
    """A question the library answers, with the first words of that answer."""

    question: str
    preview: str


class Answer(Stage):
    """What the person sees, in parts; `markdown` is the whole of it."""

    kind: TurnKind
    markdown: str
    sentences: tuple[AnswerSentence, ...] = ()
    sources: tuple[AnswerSource, ...] = ()
    questions_to_ask: tuple[str, ...] = ()
    further_reading: tuple[Link, ...] = ()
    services: tuple[Service, ...] = ()
    related_questions: tuple[RelatedQuestion, ...] = ()
    general: bool = True
    used_facts: tuple[str, ...] = ()


class GroundingReport(Stage):
    """Every claim of an answer held against the passage it cites."""

    supported: int = 0
    dropped: tuple[str, ...] = ()
    """Texts of claims no cited passage says; they are not in the answer that goes out."""

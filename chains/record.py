"""The JSON record of a turn: the same for the page, the command line, the tests and the evals."""

from pydantic import BaseModel, ConfigDict, Field

from chains.stages import (
    Answer,
    AnswerSentence,
    AnswerSource,
    Completeness,
    Link,
    RelatedQuestion,
    Service,
    TriageResult,
    TurnKind,
)
from chains.tables import Interaction
from memory.records import Card, Fact
from vectorstore.chunking import Chunk
from vectorstore.hits import Hit
from vectorstore.ingest import LibraryIndex
from vectorstore.passages import Passage, passage
from vectorstore.shelf import SHELF_PREFIX


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SentenceRecord(_Part):
    """A medical claim and the numbers of its sources."""

    text: str
    citations: tuple[int, ...]


class AnswerRecord(_Part):
    """The answer as the person sees it, and its parts."""

    markdown: str = ""
    sentences: tuple[SentenceRecord, ...] = ()
    sources: tuple[AnswerSource, ...] = ()
    questions_to_ask: tuple[str, ...] = ()
    further_reading: tuple[Link, ...] = ()
    services: tuple[Service, ...] = ()
    related_questions: tuple[RelatedQuestion, ...] = ()
    general: bool = True
    used_facts: tuple[str, ...] = ()


class Usage(_Part):
    """Tokens of a language model; zero without one."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class TurnRecord(_Part):
    """One turn, whole. Every field is always there."""

    thread_id: str
    turn: int
    message: str
    kind: TurnKind
    triage: TriageResult
    completeness: Completeness
    facts: tuple[Fact, ...] = ()
    card: dict[str, tuple[Fact, ...]] = Field(default_factory=dict)
    standalone_question: str
    passages: tuple[Passage, ...] = ()
    answer: AnswerRecord
    timings_ms: dict[str, float] = Field(default_factory=dict)
    usage: Usage = Usage()


def answer_record(answer: Answer) -> AnswerRecord:
    """The answer without what only later steps need (its kind, the chunk of each sentence)."""
    return AnswerRecord(
        **answer.model_dump(exclude={"kind", "sentences"}),
        sentences=tuple(map(_sentence_record, answer.sentences)),
    )


def card_record(cards: dict[str, Card]) -> dict[str, tuple[Fact, ...]]:
    """What is known after the turn, by whom it is about; `self` is always there."""
    return {"self": ()} | {subject: card.facts for subject, card in cards.items()}


def cited_record(chunk: Chunk, index: LibraryIndex) -> Passage:
    """A passage the answer cites that was not among the hits; its score is 0."""
    hit = Hit(
        chunk_id=chunk.chunk_id,
        article_id=chunk.article_id,
        title=chunk.title,
        section=chunk.section,
        section_kind=chunk.section_kind,
        text=chunk.text,
        score=0.0,
        similarity=0.0,
    )
    return passage(index, hit)


def is_of_shelf(passage: Passage) -> bool:
    """True for a passage of a document that was put beside our own articles."""
    return passage.id.startswith(SHELF_PREFIX)


def row_record(row: Interaction) -> Passage:
    """A row of the interaction table as a passage."""
    return Passage(
        id=row.row_id,
        title=f"{row.a} and {row.b}",
        section="Interactions",
        text=f"{row.effect}\n{row.advice}",
        source=f"{row.publisher}: {row.title}",
        url=row.url,
        score=0.0,
    )


def passage_record(hit: Hit, index: LibraryIndex) -> Passage:
    """A hit with the source it rests on most; a section of questions rests on none."""
    return passage(index, hit).model_copy(update={"score": round(hit.score, 4)})


def _sentence_record(sentence: AnswerSentence) -> SentenceRecord:
    return SentenceRecord(text=sentence.text, citations=sentence.citations)

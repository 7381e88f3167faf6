"""What a turn has found so far: its timings and, at its end, its record."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from chains.events import StageName, StageStarted
from chains.record import (
    TurnRecord,
    Usage,
    answer_record,
    card_record,
    cited_record,
    passage_record,
    row_record,
)
from chains.stages import Answer, Completeness, TriageResult
from chains.tables import Tables
from memory.records import Card, Fact, Turn
from vectorstore.hits import Hit
from vectorstore.ingest import LibraryIndex
from vectorstore.passages import Passage, shelf_passage


@dataclass(slots=True)
class TurnNotes:
    """Filled in by the steps, in order; one for each turn."""

    turn: Turn
    triage: TriageResult = field(default_factory=TriageResult)
    completeness: Completeness = field(default_factory=Completeness)
    facts: tuple[Fact, ...] = ()
    cards: dict[str, Card] = field(default_factory=dict)
    standalone: str = ""
    hits: tuple[Hit, ...] = ()
    usage: Usage = field(default_factory=Usage)
    _laps: dict[str, float] = field(default_factory=dict)
    _started: float = field(default_factory=time.perf_counter)
    _lap: tuple[str, float] | None = None

    def begin(self, stage: StageName) -> StageStarted:
        """Start a step's clock, end that of the step before it."""
        self._end_lap()
        self._lap = (stage, time.perf_counter())
        return StageStarted(stage=stage)

    def record(self, answer: Answer, index: LibraryIndex, tables: Tables) -> TurnRecord:
        """The record of the turn, with every field.

        Its passages are those that were retrieved, then others that the answer cites.
        """
        self._end_lap()
        total = 1000 * (time.perf_counter() - self._started)
        return TurnRecord(
            thread_id=self.turn.thread_id,
            turn=self.turn.number,
            message=self.turn.message,
            kind=answer.kind,
            triage=self.triage,
            completeness=self.completeness,
            facts=self.facts,
            card=card_record(self.cards),
            standalone_question=self.standalone or self.turn.message,
            passages=(
                *(passage_record(hit, index) for hit in self.hits),
                *self._also_cited(answer, index, tables),
            ),
            answer=answer_record(answer),
            timings_ms={**self._laps, "total": round(total, 2)},
            usage=self.usage,
        )

    def _also_cited(self, answer: Answer, index: LibraryIndex, tables: Tables) -> Iterator[Passage]:
        found = {hit.chunk_id for hit in self.hits}
        cited = dict.fromkeys(sentence.chunk_id for sentence in answer.sentences)
        cited |= dict.fromkeys(i for source in answer.sources for i in source.passage_ids)
        for chunk_id in cited:
            if chunk_id in index.chunks and chunk_id not in found:
                yield cited_record(index.chunks[chunk_id], index)
            elif chunk_id in tables.by_id:
                yield row_record(tables.by_id[chunk_id])
            elif (shelved := index.shelf.passage(chunk_id)) is not None:
                yield shelf_passage(shelved)

    def _end_lap(self) -> None:
        if self._lap is not None:
            stage, since = self._lap
            self._laps[stage] = round(1000 * (time.perf_counter() - since), 2)
            self._lap = None

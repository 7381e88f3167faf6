"""Milliseconds of the reading steps, of one core, p95 over messages of all sets."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from chains.completeness import completeness
from chains.condense import condense
from chains.extraction import extract
from chains.intent import intent
from chains.lexicon import load_lexicon
from chains.stages import LastTurn
from chains.triage import triage
from evals.cases import EVALS, read_rows, sampled
from evals.figures import Figure, p95
from memory.records import Card, Fact

STEP = "speed"
OF_EACH_SET = 400
GOAL_BOTH, GOAL_ALL = 10.0, 15.0
_SETS = ("completeness/cases", "extraction/cases", "triage/cases")
_CARD = Card(
    facts=(
        Fact(
            fact_id="f",
            kind="medication",
            name="ribociclib",
            status="current",
            evidence="ribociclib",
        ),
    )
)
_LAST = LastTurn(
    message="what about grapefruit", kind="answer", question="Can I eat grapefruit on ribociclib?"
)


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Each step is warm: tables and dictionary are read before the clock starts."""
    messages = _messages(sample)
    for message in messages[:5]:
        _all(message)
    return [
        p95(STEP, "completeness", _times(_completeness, messages), goal=None),
        p95(STEP, "extraction", _times(_extraction, messages), goal=None),
        p95(STEP, "completeness and extraction", _times(_both, messages), goal=GOAL_BOTH),
        p95(STEP, "all reading steps", _times(_all, messages), goal=GOAL_ALL),
    ]


def _messages(sample: int | None) -> list[str]:
    texts = []
    for name in _SETS:
        rows = read_rows(EVALS / f"{name}.jsonl")
        texts += [row["text"] for row in sampled(rows, sample or OF_EACH_SET)]
    return texts


def _times(step: Callable[[str], object], messages: Sequence[str]) -> list[float]:
    times = []
    for message in messages:
        started = time.process_time()
        step(message)
        times.append(1000 * (time.process_time() - started))
    return times


def _completeness(message: str) -> None:
    completeness(message, _LAST, _CARD, lexicon=load_lexicon())


def _extraction(message: str) -> Sequence[Fact]:
    return extract(message, _CARD, lexicon=load_lexicon())


def _both(message: str) -> None:
    _completeness(message)
    _extraction(message)


def _all(message: str) -> None:
    triage(message)
    _completeness(message)
    facts = _extraction(message)
    intent(message, facts, _LAST, lexicon=load_lexicon())
    condense(message, [_LAST], _CARD, lexicon=load_lexicon())

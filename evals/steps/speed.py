"""Milliseconds of the reading steps, of one core, p95 over messages of all sets."""

import time
from collections.abc import Callable
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
_SETS = (
    *("completeness/cases", "completeness/blind_dev", "extraction/cases", "extraction/blind_dev"),
    "triage/cases",
)
_WARM_UP = "What helps with tiredess while on letrozole"
"""Names a drug and a symptom and holds a misspelling, so that each table is read."""
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


Laps = dict[str, float]
"""Milliseconds of each step on one message."""


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Each message is read once, all steps in turn; tables are read before the clock starts."""
    _laps(_WARM_UP)
    laps = [_laps(message) for message in _messages(sample)]
    both = [lap["completeness"] + lap["extraction"] for lap in laps]
    return [
        p95(STEP, "completeness", [lap["completeness"] for lap in laps], goal=None),
        p95(STEP, "extraction", [lap["extraction"] for lap in laps], goal=None),
        p95(STEP, "completeness and extraction", both, goal=GOAL_BOTH),
        p95(STEP, "all reading steps", [sum(lap.values()) for lap in laps], goal=GOAL_ALL),
    ]


def _messages(sample: int | None) -> list[str]:
    texts: dict[str, None] = {}
    for name in _SETS:
        rows = read_rows(EVALS / f"{name}.jsonl")
        texts |= dict.fromkeys(row["text"] for row in sampled(rows, sample or OF_EACH_SET))
    return list(texts)


def _laps(message: str) -> Laps:
    lexicon, facts = load_lexicon(), list[Fact]()
    steps: dict[str, Callable[[], object]] = {
        "triage": lambda: triage(message),
        "completeness": lambda: completeness(message, _LAST, _CARD, lexicon=lexicon),
        "extraction": lambda: facts.extend(extract(message, _CARD, lexicon=lexicon)),
        "intent": lambda: intent(message, facts, _LAST, lexicon=lexicon),
        "condense": lambda: condense(message, [_LAST], _CARD, lexicon=lexicon),
    }
    return {name: _timed(step) for name, step in steps.items()}


def _timed(step: Callable[[], object]) -> float:
    started = time.process_time()
    step()
    return 1000 * (time.process_time() - started)

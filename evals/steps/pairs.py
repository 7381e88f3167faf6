"""Pairs of question and card: what comes first in the answer, and the same without the card."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chains.record import TurnRecord
from evals.answers.scoring import Point, sentences_of, ways_of
from evals.cases import EVALS, Row, read_cases, sampled
from evals.figures import Figure, count, share, unscored
from evals.product import last_record

STEP = "pairs"
SETS = {"blind held": "blind_held.jsonl", "blind dev": "blind_dev.jsonl"}
GOAL = 90.0
_OWN_PARTS = re.compile(r"^### (?:What this means for|It depends on|What to check with)")


class Pair(NamedTuple):
    """A question asked by somebody whose card the turns before it make."""

    pair_id: str
    turns: tuple[str, ...]
    question: str
    first: Point
    """What the answer is about at once."""
    not_first: Point
    """What it must not be about: another's type, stage or medicine."""


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """How often the right thing comes first, with the card and, beside it, without."""
    figures = []
    for name, file in SETS.items():
        pairs = sampled(read_cases(EVALS / "pairs" / file, read_pair), sample)
        measure = f"right section first, {name}"
        if not pairs:
            figures.append(unscored(STEP, measure, "its file of cases is absent", goal=GOAL))
            continue
        ours = count([is_right(pair, pair.turns) for pair in pairs])
        without = count([is_right(pair, ()) for pair in pairs])
        figures.append(
            share(STEP, measure, ours, goal=GOAL, baselines={"without the card": without})
        )
    return figures


def read_pair(row: Row) -> Pair:
    """A pair as it was written."""
    return Pair(
        row["id"],
        tuple(row["turns"]),
        row["question"],
        Point("first", ways_of(row["first"]["any"])),
        Point("not first", ways_of(row["not_first"]["any"])),
    )


def is_right(pair: Pair, turns: Sequence[str]) -> bool:
    """Whether the answer begins with what it should and with nothing that it should not."""
    name = f"pair {pair.pair_id} {len(turns)}"
    begun = beginning(last_record(name, [*turns, pair.question]))
    return pair.first.is_in(begun) and not pair.not_first.is_in(begun)


def beginning(record: TurnRecord) -> list[str]:
    """The sentences of the short answer and of the parts that are this person's own."""
    told: list[str] = []
    for part in record.answer.markdown.split("\n\n"):
        if part.startswith("### ") and not _OWN_PARTS.match(part):
            break
        told.append(part)
    return sentences_of("\n".join(told))

"""Questions in and beside the field, through the whole turn: answered, or refused?"""

from pathlib import Path

from evals.cases import EVALS, read_rows, sampled
from evals.figures import Figure, count, share
from evals.product import last_record

STEP = "retrieval"
GOAL_ANSWERED, GOAL_REFUSED = 97.0, 95.0
REFUSALS = frozenset({"out_of_scope", "no_source"})
UNDECIDED = frozenset({"emergency"})
"""A red flag comes first whatever was asked, so it says nothing of scope outside the field."""


def scope_files(folder: Path = EVALS / "retrieval") -> list[Path]:
    """The sets that are here."""
    return sorted(folder.glob("scope_blind_*.jsonl"))


def scope_figures(sample: int | None = None) -> list[Figure]:
    """In scope answered and out of scope refused, of every set."""
    figures: list[Figure] = []
    for path in scope_files():
        name = path.stem.removeprefix("scope_blind_")
        rows = sampled(read_rows(path), sample)
        kinds = {
            row["id"]: last_record(f"scope-{row['id']}", [row["question"]]).kind for row in rows
        }
        inside = [kinds[row["id"]] for row in rows if row["scope"] == "in"]
        outside = [kinds[row["id"]] for row in rows if row["scope"] == "out"]
        answered = count([kind not in REFUSALS and kind != "clarification" for kind in inside])
        refused = count([kind in REFUSALS for kind in outside if kind not in UNDECIDED])
        figures += [
            share(STEP, f"in scope answered, {name}", answered, goal=GOAL_ANSWERED),
            share(STEP, f"out of scope refused, {name}", refused, goal=GOAL_REFUSED),
        ]
    return figures

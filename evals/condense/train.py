"""The weights of what completes a follow-up, learnt from rows with gold.

`python -m evals.condense.train` prints what they do to lots that were left out, and writes
`chains/rules/followup_weights.csv`. `proposals.jsonl` holds what the rules made of each row before
they had been mended by its lot: what rules make of rows they were mended by would look too good to
be doubted. Nothing here is drawn at random: the same rows give the same weights.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chains.condense import with_supplied
from chains.condense.candidates import Reading, parts_of
from chains.condense.conversation import Conversation
from chains.condense.signs import Signs
from chains.condense.supplied import WEIGHTS, candidates
from chains.condense.wording import load_wording
from chains.lexicon import load_lexicon
from chains.stages import LastTurn
from evals.condense import measure
from evals.steps.followups import FollowUp, has_all, has_none_else
from memory.records import Card, Fact

PROPOSALS = Path(__file__).parent / "proposals.jsonl"
_RIDGE = 8.0
"""Strength of the pull to zero."""
_FEWEST = 6
"""Examples that must have a sign."""
_ROUNDS = 12
_SMALLEST = 0.02
"""Weights below are left out of the file."""


@dataclass(frozen=True)
class Example:
    """A row: what was said, what the rules made of it, what a person would have written."""

    lot: str
    follow_up: FollowUp
    talk: Conversation
    proposed: str
    signs: tuple[Signs, ...]
    """Of each thing that could complete it."""
    is_gold: tuple[bool, ...]
    """Whether it stands in the gold."""


def read_examples(path: Path = PROPOSALS) -> list[Example]:
    """All rows, in the order of the file."""
    return [_example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def fit(examples: Iterable[Example]) -> dict[str, float]:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    rows = [row for example in examples for row in example.signs]
    truth = np.array([is_so for e in examples for is_so in e.is_gold], dtype=np.float64)
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= _FEWEST)
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                table[at, place[name]] = value
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        guess = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (truth - guess) - _RIDGE * weights
        scaled = table * np.sqrt(guess * (1 - guess) + 1e-6)[:, None]
        # Fewer rows than signs: the smaller of the two equal systems is solved.
        inner = scaled @ scaled.T + _RIDGE * np.eye(len(rows))
        weights += (slope - scaled.T @ np.linalg.solve(inner, scaled @ slope)) / _RIDGE
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def figures(examples: Sequence[Example], weights: Mapping[str, float]) -> dict[str, int]:
    """Rows with all of the gold, and with none that it lacks, by the rules and with the weights."""
    found: Counter[str] = Counter()
    for example in examples:
        case, rules = example.follow_up, example.proposed
        text = with_supplied(case.message, rules, example.talk, weights)
        if case.is_alone:
            found["alone"] += 1
            found["alone, rules"] += rules == case.message
            found["alone, learnt"] += text == case.message
            continue
        found["leaning"] += 1
        for name, question in (("rules", rules), ("learnt", text)):
            found[f"present, {name}"] += has_all(case, question)
            found[f"none lacking, {name}"] += has_none_else(case, question)
            found[f"both, {name}"] += has_all(case, question) and has_none_else(case, question)
    return dict(found)


def _example(row: dict[str, object]) -> Example:
    lexicon = load_lexicon()
    message, proposed = str(row["message"]), str(row["proposed"])
    case = FollowUp(
        message,
        str(row["gold"]),
        is_alone=bool(row["standalone"]),
        rewritten={},
        present=frozenset(_texts(row["present"])),
        absent=frozenset(_texts(row["absent"])),
    )
    facts = [
        Fact.model_validate({"fact_id": f"f{at}", "evidence": "", "subject": row["subject"]} | fact)
        for at, fact in enumerate(_rows(row["card"]))
    ]
    talk = Conversation(
        tuple(LastTurn.model_validate(turn) for turn in _rows(row["history"])),
        Card(subject=str(row["subject"]), facts=tuple(facts)),
        lexicon,
        load_wording(),
    )
    found = candidates(Reading(message, proposed, talk))
    wanted = _wanted(case)
    return Example(
        str(row["lot"]),
        case,
        talk,
        proposed,
        tuple(candidate.signs for candidate in found),
        tuple(bool(parts_of(c.entity.key, lexicon) & wanted) for c in found),
    )


def _wanted(case: FollowUp) -> frozenset[str]:
    """All that the gold names, by the lexicon's names."""
    lexicon = load_lexicon()
    named = [measure.things(text, lexicon) for text in (case.gold, *case.present)]
    unwanted = [measure.things(text, lexicon) for text in case.absent]
    return frozenset().union(*named) - frozenset().union(*unwanted)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _rows(value: object) -> list[dict[str, object]]:
    return [dict(item) for item in value] if isinstance(value, list) else []


def _write(weights: Mapping[str, float]) -> None:
    with WEIGHTS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("sign", "weight"))
        for name, weight in sorted(weights.items()):
            if abs(weight) >= _SMALLEST:
                writer.writerow((name, f"{weight:.3f}"))


def main() -> None:
    """Print the figures of each lot left out, then learn from all and write the weights."""
    examples = read_examples()
    for lot in dict.fromkeys(example.lot for example in examples):
        weights = fit([example for example in examples if example.lot != lot])
        print(lot, figures([example for example in examples if example.lot == lot], weights))
    _write(fit(examples))


if __name__ == "__main__":
    main()

"""Commands to the card: done, said, and nothing else touched."""

from pathlib import Path
from typing import NamedTuple

from chains.record import TurnRecord
from evals.cases import EVALS, Row, read_cases, sampled
from evals.figures import Figure, count, share, unscored
from evals.product import last_record
from memory.records import Fact

STEP = "commands"
FOLDER = EVALS / "commands"
BLIND = FOLDER / "blind.jsonl"
SEEN = ("blind_dev", "own", "own3", "lot4")
"""Files of cases that were read while the step was mended."""


class Case(NamedTuple):
    """What was told, the command, and how the cards must stand after it."""

    case_id: str
    turns: tuple[str, ...]
    command: str
    kind: str | None
    """Kind of the turn's record; None where any will do."""
    gone: tuple[str, ...]
    """Names, or `kind:value`, that no card holds."""
    there: tuple[str, ...]
    says: tuple[str, ...]
    """Words of the reply, lower case."""


class Outcome(NamedTuple):
    """What was right of a case."""

    is_gone: bool
    is_there: bool
    is_said: bool


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Commands carried out, then each of its parts alone; held back, then seen and our own."""
    return [*_held(sample), *_seen(sample)]


def _seen(sample: int | None) -> list[Figure]:
    """Commands carried out on the files that were read while the step was mended."""
    figures = []
    for name in SEEN:
        cases = sampled(read_cases(FOLDER / f"{name}.jsonl", read_case), sample)
        title = f"command done, {name.replace('_', ' ')}"
        done = [all(run(case, name)) for case in cases]
        figures.append(
            share(STEP, title, count(done))
            if done
            else unscored(STEP, title, "its file of cases is absent")
        )
    return figures


def _held(sample: int | None) -> list[Figure]:
    cases = sampled(read_cases(BLIND, read_case), sample)
    names = ("command done, blind", "what goes is gone", "what stays is there", "the reply says it")
    if not cases:
        lost = [unscored(STEP, name, "its file of cases is absent") for name in names[1:]]
        why = "its file of cases is absent"
        return [unscored(STEP, names[0], why, goal=100.0), *lost]
    outcomes = [run(case) for case in cases]
    return [
        share(STEP, names[0], count([all(one) for one in outcomes]), goal=100.0),
        share(STEP, names[1], count([one.is_gone for one in outcomes])),
        share(STEP, names[2], count([one.is_there for one in outcomes])),
        share(STEP, names[3], count([one.is_said for one in outcomes])),
    ]


def read_case(row: Row) -> Case:
    """A case as it was written: what is expected stands in `after`, or beside the command."""
    after = row.get("after", row)
    return Case(
        row["id"],
        tuple(row["turns"]),
        row["command"],
        after.get("kind"),
        tuple(after["gone"]),
        tuple(after["there"]),
        tuple(word.lower() for word in row.get("says", ())),
    )


def run(case: Case, file: str = "blind") -> Outcome:
    """Tell, command, and look at the cards and the reply; `file` keeps cases of one id apart."""
    record = last_record(f"command {file} {case.case_id}", [*case.turns, case.command])
    reply = record.answer.markdown.lower()
    return Outcome(
        is_gone=not any(is_known(record, name) for name in case.gone),
        is_there=all(is_known(record, name) for name in case.there),
        is_said=case.kind in (None, record.kind) and all(word in reply for word in case.says),
    )


def is_known(record: TurnRecord, name: str) -> bool:
    """Whether any card holds a fact of this name or kind, or of `kind:value` or `name:value`."""
    label, _, value = name.lower().rpartition(":")
    facts = [fact for card in record.card.values() for fact in card if not fact.negated]
    return any(_matches(fact, label, value) for fact in facts)


def _matches(fact: Fact, label: str, value: str) -> bool:
    name, told = fact.name.lower(), fact.attributes.get("value", "").lower()
    if not label:
        return value in (name, fact.kind)
    return (label == fact.kind and value in (name, told)) or (label == name and value == told)

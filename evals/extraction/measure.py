"""Score fact extraction on the cases beside this file: precision, recall, F1, time.

    python -m evals.extraction.measure [--all]     (--all prints every miss)

A fact counts when kind, name, status or value, subject and denial agree.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from chains.extraction import extract
from memory.records import Card, Fact

CASES = Path(__file__).with_name("cases.jsonl")


class Said(NamedTuple):
    """What is compared of a fact."""

    kind: str
    name: str
    status_or_value: str | None
    subject: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One message with the facts a careful reader takes from it."""

    case_id: str
    text: str
    about: str
    expected: tuple[Said, ...]
    attributes: tuple[tuple[Said, dict[str, str]], ...]
    """What is also checked of some facts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case beside what was read."""

    case: Case
    missed: tuple[Said, ...]
    extra: tuple[Said, ...]
    wrong_attributes: tuple[str, ...]
    seconds: float


def read_cases(path: Path = CASES) -> Iterator[Case]:
    """The cases of a file, in order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected = tuple(
            Said(f["kind"], f["name"], f["status"] or f["value"], f["subject"], f["negated"])
            for f in row["expected"]
        )
        pairs = zip(expected, row["expected"], strict=True)
        attributes = tuple((said, f["attributes"]) for said, f in pairs if "attributes" in f)
        yield Case(row["id"], row["text"], row["subject_default"], expected, attributes)


def said(fact: Fact) -> Said:
    """What is compared of a fact."""
    value = fact.attributes.get("value") if fact.kind in {"biomarker", "lab"} else fact.status
    status = None if fact.negated and fact.kind in {"medication", "procedure"} else value
    return Said(fact.kind, fact.name, status, fact.subject, fact.negated)


def run_case(case: Case) -> Outcome:
    """Read one case and compare."""
    began = time.perf_counter()
    facts = extract(case.text, Card(subject=case.about), about=case.about)
    seconds = time.perf_counter() - began
    found = {said(fact): fact for fact in facts}
    wrong = tuple(
        f"{one.name}.{key}: {found[one].attributes.get(key)!r} != {value!r}"
        for one, attributes in case.attributes
        if one in found
        for key, value in attributes.items()
        if found[one].attributes.get(key) != value
    )
    missed = tuple(one for one in case.expected if one not in found)
    extra = tuple(one for one in found if one not in case.expected)
    return Outcome(case, missed, extra, wrong, seconds)


def summarize(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Precision, recall, F1, share of right attributes, p95 milliseconds."""
    counts: Counter[str] = Counter()
    times = []
    for outcome in outcomes:
        counts["hit"] += len(outcome.case.expected) - len(outcome.missed)
        counts["missed"] += len(outcome.missed)
        counts["extra"] += len(outcome.extra)
        counts["wrong"] += len(outcome.wrong_attributes)
        counts["attributes"] += sum(len(checked) for _, checked in outcome.case.attributes)
        times.append(outcome.seconds)
    precision = counts["hit"] / max(1, counts["hit"] + counts["extra"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["missed"])
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "attributes": round(1 - counts["wrong"] / max(1, counts["attributes"]), 3),
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)] * 1000, 2),
    }


def main() -> None:
    """Print the summary, and with --all every case that is not right."""
    outcomes = [run_case(case) for case in read_cases()]
    if "--all" in sys.argv:
        for outcome in outcomes:
            if outcome.missed or outcome.extra or outcome.wrong_attributes:
                print(f"{outcome.case.case_id} {outcome.case.text}")
                for sign, ones in (("-", outcome.missed), ("+", outcome.extra)):
                    for one in ones:
                        print(f"    {sign} {' | '.join(str(part) for part in one)}")
                for line in outcome.wrong_attributes:
                    print(f"    ~ {line}")
    half = len(outcomes) // 2
    for name, part in (
        ("all", outcomes),
        ("first half", outcomes[:half]),
        ("rest", outcomes[half:]),
    ):
        print(name, len(part), summarize(part))


if __name__ == "__main__":
    main()

"""Score fact extraction: precision, recall and F1, by kind, with 95% intervals, and time.

    python -m evals.extraction.measure [--all]     (--all prints every miss)

Two sets stand beside this file: `cases.jsonl`, written by those who wrote the code, and
`blind_dev.jsonl`, written by someone who had not seen it. A fact counts when kind, name, status or
value, subject and denial agree; facts listed as optional count neither way. The baseline takes
every name that the lexicon finds for a fact of the writer, whatever the words around it say.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from chains.extraction import extract
from chains.lexicon import load_lexicon
from memory.records import Card, Fact

CASES = Path(__file__).with_name("cases.jsonl")
BLIND_DEV = Path(__file__).with_name("blind_dev.jsonl")
_BY_VALUE = frozenset({"biomarker", "lab"})
_Z = 1.959964
"""Normal quantile of a two-sided 95% interval."""


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
    optional: frozenset[Said]
    """Facts that a careful reader may take or leave."""
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


Reader = Callable[[Case], Sequence[Fact]]


def read_cases(path: Path = CASES) -> Iterator[Case]:
    """The cases of a file, in order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected = tuple(map(_wanted, row["expected"]))
        checked = tuple(
            (one, wanted)
            for one, fact in zip(expected, row["expected"], strict=True)
            if (wanted := _checked(fact))
        )
        yield Case(
            case_id=row["id"],
            text=row["text"],
            about=row.get("about") or row["subject_default"],
            expected=expected,
            optional=frozenset(map(_wanted, row.get("optional", ()))),
            attributes=checked,
        )


def _wanted(row: dict[str, Any]) -> Said:
    value = row["value"] if row["kind"] in _BY_VALUE else row["status"]
    return Said(row["kind"], row["name"], value, row["subject"], row["negated"])


def _checked(row: dict[str, Any]) -> dict[str, str]:
    dose = {"dose": row["dose"]} if row.get("dose") else {}
    return {**row.get("attributes", {}), **dose}


def said(fact: Fact) -> Said:
    """What is compared of a fact."""
    value = fact.attributes.get("value") if fact.kind in _BY_VALUE else fact.status
    return Said(fact.kind, fact.name, value, fact.subject, fact.negated)


def extracted(case: Case) -> Sequence[Fact]:
    """The facts that the product reads, with nothing known before."""
    return extract(case.text, Card(subject=case.about), about=case.about)


def matched(case: Case) -> Sequence[Fact]:
    """The baseline: every name of the lexicon, current, of the thread's person, never denied."""
    kinds = Fact.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
    facts = []
    for at, mention in enumerate(load_lexicon().mentions(case.text)):
        kind = "medication" if mention.kind == "drug" else mention.kind
        if kind in kinds:
            timed = kind in {"medication", "procedure"}
            facts.append(
                Fact(
                    fact_id=str(at),
                    kind=kind,
                    name=mention.name,
                    status="current" if timed else None,
                    subject=case.about,
                    attributes={"value": "positive"} if kind in _BY_VALUE else {},
                    evidence=mention.text,
                )
            )
    return facts


def run_case(case: Case, reader: Reader = extracted) -> Outcome:
    """Read one case and compare."""
    began = time.process_time()
    facts = reader(case)
    seconds = time.process_time() - began
    found = {said(fact): fact for fact in facts}
    wrong = tuple(
        f"{one.name}.{key}: {found[one].attributes.get(key)!r} != {value!r}"
        for one, attributes in case.attributes
        if one in found
        for key, value in attributes.items()
        if found[one].attributes.get(key) != value
    )
    missed = tuple(one for one in case.expected if one not in found)
    extra = tuple(one for one in found if one not in case.expected and one not in case.optional)
    return Outcome(case, missed, extra, wrong, seconds)


def interval(hits: int, trials: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share; 0 to 1 when nothing was tried."""
    if not trials:
        return (0.0, 1.0)
    share, spread = hits / trials, _Z**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return (max(0.0, middle - half), min(1.0, middle + half))


class Tally(NamedTuple):
    """How many facts were found, missed and invented."""

    hit: int
    missed: int
    extra: int

    @property
    def precision(self) -> float:
        """Share of the facts read that are right; 1 when none was read."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of the facts said that were read; 1 when none was said."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / max(1, 2 * self.hit + self.missed + self.extra)

    def __str__(self) -> str:
        """Figures for a reader."""
        low, high = interval(self.hit, self.hit + self.extra)
        recall_low, recall_high = interval(self.hit, self.hit + self.missed)
        return (
            f"precision {self.precision:.3f} [{low:.3f}, {high:.3f}]"
            f"  recall {self.recall:.3f} [{recall_low:.3f}, {recall_high:.3f}]"
            f"  F1 {self.f1:.3f}  ({self.hit} right, {self.missed} missed, {self.extra} extra)"
        )


def tally(outcomes: Iterable[Outcome], kind: str | None = None) -> Tally:
    """Counts over the facts of one kind, or of all."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        wanted = [one for one in outcome.case.expected if kind in {None, one.kind}]
        missed = sum(one in outcome.missed for one in wanted)
        counts["hit"] += len(wanted) - missed
        counts["missed"] += missed
        counts["extra"] += sum(kind in {None, one.kind} for one in outcome.extra)
    return Tally(counts["hit"], counts["missed"], counts["extra"])


def summarize(all_outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Precision, recall, F1, share of right attributes, p95 milliseconds."""
    outcomes = tuple(all_outcomes)
    facts = tally(outcomes)
    wrong = sum(len(outcome.wrong_attributes) for outcome in outcomes)
    checked = sum(len(wanted) for o in outcomes for _, wanted in o.case.attributes)
    times = sorted(outcome.seconds for outcome in outcomes)
    return {
        "precision": round(facts.precision, 3),
        "recall": round(facts.recall, 3),
        "f1": round(facts.f1, 3),
        "attributes": round(1 - wrong / max(1, checked), 3),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
    }


def _print_misses(outcome: Outcome) -> None:
    if not (outcome.missed or outcome.extra or outcome.wrong_attributes):
        return
    print(f"{outcome.case.case_id} {outcome.case.text}")
    for sign, ones in (("-", outcome.missed), ("+", outcome.extra)):
        for one in ones:
            print(f"    {sign} {' | '.join(str(part) for part in one)}")
    for line in outcome.wrong_attributes:
        print(f"    ~ {line}")


def _print_kinds(outcomes: Sequence[Outcome]) -> None:
    said_kinds = Counter(one.kind for o in outcomes for one in (*o.case.expected, *o.extra))
    for kind, _ in said_kinds.most_common():
        print(f"  {kind:18} {tally(outcomes, kind)}")


def main() -> None:
    """Print both sets beside the baseline; with --all every case that is not right."""
    for path in (CASES, BLIND_DEV):
        cases = list(read_cases(path))
        load_lexicon()
        outcomes = [run_case(case) for case in cases]
        if "--all" in sys.argv:
            for outcome in outcomes:
                _print_misses(outcome)
        print(path.name, len(cases), "messages", summarize(outcomes))
        print(f"  all                {tally(outcomes)}")
        print(f"  baseline           {tally([run_case(case, matched) for case in cases])}")
        _print_kinds(outcomes)


if __name__ == "__main__":
    main()

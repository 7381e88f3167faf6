"""How well cut-off messages are found: `python -m evals.completeness.measure [DATA]`.

DATA is a folder with `truncation_dev.jsonl` (rows of id, text, label); without it only our own
cases are measured.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chains.completeness import completeness
from chains.completeness.word_lists import WordClass, load_word_lists
from chains.lexicon import load_lexicon
from chains.stages import LastTurn
from memory.records import Card, Fact, FactKind

CASES = Path(__file__).with_name("cases.jsonl")
BLIND_CASES = Path(__file__).with_name("blind_dev.jsonl")
_END_MARKS = re.compile(r"[\s.!?]+$")
_FUNCTION_CLASSES: tuple[WordClass, ...] = (
    "determiner",
    "possessive",
    "preposition",
    "firm_preposition",
    "conjunction",
    "auxiliary",
    "contraction",
    "subject_pronoun",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One message and what is expected of it."""

    case_id: str
    text: str
    is_cut: bool
    reason: str | None
    endings: tuple[str, ...]
    last_turn: LastTurn | None
    card: Card
    tags: tuple[str, ...]
    is_held_out: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the table."""

    name: str
    cases: tuple[Case, ...]

    def share_right(self, finds_cut: Callable[[Case], bool]) -> float:
        """Percent of the group that `finds_cut` labels as expected; 0 when it is empty."""
        right = sum(finds_cut(case) == case.is_cut for case in self.cases)
        return 100 * right / max(len(self.cases), 1)


def read_cases(path: Path = CASES) -> tuple[Case, ...]:
    """Our own cases."""
    return tuple(_own_case(json.loads(line)) for line in _lines(path))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as rows:
        yield from (row for row in rows if row.strip())


def _own_case(row: dict[str, object]) -> Case:
    known = row["card"]
    return Case(
        case_id=str(row["id"]),
        text=str(row["text"]),
        is_cut=row["expected"] == "truncated",
        reason=str(row["reason"]) if row["reason"] else None,
        endings=tuple(map(str, row["endings"])) if isinstance(row["endings"], list) else (),
        last_turn=_last_turn(row["last_turn"]),
        card=_card(known if isinstance(known, dict) else {}),
        tags=tuple(map(str, row["tags"])) if isinstance(row["tags"], list) else (),
        is_held_out=row["split"] == "held",
    )


def _last_turn(kind: object) -> LastTurn | None:
    if kind in ("asked", "answer"):
        return LastTurn(message="hello", kind="answer", question="hello", asked=kind == "asked")
    if kind == "clarification":
        return LastTurn(message="the dose was", kind="clarification", question="the dose was")
    return None


def _card(known: dict[FactKind, list[str]]) -> Card:
    facts = [
        Fact(
            fact_id=f"{kind}-{name}",
            kind=kind,
            name=name,
            status="current" if kind == "medication" else None,
            attributes={"value": "positive"} if kind == "biomarker" else {},
            evidence=name,
        )
        for kind, names in known.items()
        for name in names
    ]
    return Card(facts=tuple(facts))


def read_messages(path: Path) -> tuple[Case, ...]:
    """Rows of `truncation_dev.jsonl`, the ambiguous ones left out."""
    rows = (json.loads(line) for line in _lines(path))
    return tuple(
        Case(
            case_id=row["id"],
            text=row["text"],
            is_cut=row["label"] != "complete",
            reason=None if row["label"] == "complete" else row["label"],
            endings=(),
            last_turn=None,
            card=Card(),
            tags=(row["label"],),
            is_held_out=False,
        )
        for row in rows
        if row["label"] != "ambiguous"
    )


def finds_cut(case: Case) -> bool:
    """The step itself."""
    return completeness(case.text, case.last_turn, case.card).is_cut_off


def lacks_end_mark(case: Case) -> bool:
    """Baseline: cut when nothing like punctuation stands at the end."""
    return case.text.rstrip()[-1:].isalnum()


def _last_word(case: Case) -> str:
    words = re.findall(r"[A-Za-z']+", case.text)
    return words[-1].lower() if words else ""


def ends_in_listed_word(case: Case) -> bool:
    """Baseline: cut when the last word is a function word and no mark follows."""
    return lacks_end_mark(case) and load_word_lists().has(_last_word(case), *_FUNCTION_CLASSES)


def ends_in_unknown_word(case: Case) -> bool:
    """Baseline: cut when the last word stands in no dictionary and no mark follows."""
    lexicon, word = load_lexicon(), _last_word(case)
    known = lexicon.is_english(word) or word in lexicon.vocabulary()
    return lacks_end_mark(case) and not known


SYSTEMS: dict[str, Callable[[Case], bool]] = {
    "no end mark": lacks_end_mark,
    "last-word list": ends_in_listed_word,
    "unknown word": ends_in_unknown_word,
    "CareThread": finds_cut,
}


def stripped(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases without punctuation at their end."""
    return tuple(
        Case(**{**_fields(case), "text": _END_MARKS.sub("", case.text)})  # type: ignore[arg-type]
        for case in cases
    )


def _fields(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in Case.__slots__}


def message_groups(cases: Sequence[Case]) -> list[Group]:
    """Real messages by label, as they are and stripped."""
    groups = []
    for view, rows in (("", cases), (" stripped", stripped(cases))):
        for label in ("complete", "mid_word", "dangling"):
            members = tuple(case for case in rows if label in case.tags)
            groups.append(Group(f"real {label}{view}", members))
    return groups


def own_groups(cases: Sequence[Case]) -> list[Group]:
    """Our own cases: what was tuned on, what was held out, and by tag."""
    groups = []
    for half in (False, True):
        rows = [case for case in cases if case.is_held_out == half]
        name = "held out" if half else "tuned"
        for kind in ("chat", "content", "phone"):
            for is_cut in (False, True):
                members = tuple(c for c in rows if kind in c.tags and c.is_cut == is_cut)
                groups.append(Group(f"own {kind} {'cut' if is_cut else 'whole'}, {name}", members))
    return groups


def blind_groups(cases: Sequence[Case]) -> list[Group]:
    """Cases written by someone who had not seen the code, by kind."""
    kinds = dict.fromkeys(tag for case in cases for tag in case.tags)
    return [Group(f"blind {kind}", tuple(c for c in cases if kind in c.tags)) for kind in kinds]


def share_guessed(cases: Sequence[Case], *, first: int = 3) -> Group:
    """Cases whose ending is wanted and stands in the first guesses, as a group of hits."""
    wanted = [case for case in cases if case.endings]
    hits = tuple(case for case in wanted if _is_guessed(case, first))
    return Group(f"{len(hits)} of {len(wanted)}", hits)


def _is_guessed(case: Case, first: int) -> bool:
    guesses = completeness(case.text, case.last_turn, case.card).guesses[:first]
    return any(guess.lower() in case.endings for guess in guesses)


def p95_ms(cases: Sequence[Case]) -> float:
    """95th percentile of the step's time, in milliseconds; the tables are read before."""
    finds_cut(cases[0])
    times = []
    for case in cases:
        start = time.perf_counter()
        finds_cut(case)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[int(0.95 * len(times))]


def _print_table(groups: Sequence[Group]) -> None:
    print(f"{'':34}{'n':>5}" + "".join(f"{name:>16}" for name in SYSTEMS))
    for group in groups:
        shares = "".join(f"{group.share_right(system):16.1f}" for system in SYSTEMS.values())
        print(f"{group.name:34}{len(group.cases):5}{shares}")


def _print_errors(cases: Sequence[Case]) -> None:
    for case in cases:
        found = completeness(case.text, case.last_turn, case.card)
        if found.is_cut_off != case.is_cut:
            print(f"{case.case_id:40} {found.reason} {found.confidence} {case.text[-70:]!r}")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="folder of truncation_dev.jsonl")
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    parser.add_argument("--held", action="store_true", help="errors of the held-out half too")
    arguments = parser.parse_args()
    own, blind = read_cases(), read_cases(BLIND_CASES)
    real = read_messages(arguments.data / "truncation_dev.jsonl") if arguments.data else ()
    groups = message_groups(real) if real else []
    _print_table([*groups, *own_groups(own), *blind_groups(blind)])
    for half, rows in (("tuned", False), ("held out", True)):
        endings = share_guessed([case for case in own if case.is_held_out == rows])
        print(f"ending in the first 3 guesses, {half}: {endings.name}")
    broken = [case for case in blind if "real_word" not in case.tags]
    print(f"ending in the first 3 guesses, blind: {share_guessed(broken).name}")
    print(f"p95: {p95_ms([*own, *blind, *real]):.2f} ms")
    if arguments.errors:
        shown = [case for case in own if arguments.held or not case.is_held_out]
        _print_errors([*shown, *blind, *real, *stripped(real)])


if __name__ == "__main__":
    main()

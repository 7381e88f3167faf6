"""Whose fact is whose: each on its own card, none on another."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.cases import EVALS, Row, read_cases, sampled
from evals.figures import Figure, count, share, unscored
from evals.product import last_record
from memory.records import SELF, Fact

STEP = "relatives"
CLEAN = "no fact on a wrong card, messages"
FOLDER = EVALS / "relatives"
BLIND = FOLDER / "blind.jsonl"
SEEN = ("blind_dev", "own", "own3", "lot4")
"""Files of cases that were read while the step was mended."""


class Named(NamedTuple):
    """A fact by what it is about."""

    kind: str
    name: str
    """Lower case; of a marker also with its value: "her2 positive"."""


Cards = dict[str, frozenset[Named]]


class Case(NamedTuple):
    """Messages of one person, and the facts that are certain, by whose they are."""

    case_id: str
    turns: tuple[str, ...]
    cards: Cards


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Facts on the right card, beside one card for everything; messages that fill no wrong card."""
    figures = _figures(BLIND, sample, ("facts on the right card, blind", CLEAN), goal=98.0)
    for file in SEEN:
        said = file.replace("_", " ")
        path = FOLDER / f"{file}.jsonl"
        figures += _figures(path, sample, (f"facts on the right card, {said}", f"{CLEAN}, {said}"))
    return figures


def _figures(
    path: Path, sample: int | None, names: tuple[str, str], goal: float | None = None
) -> list[Figure]:
    cases = sampled(read_cases(path, read_case), sample)
    if not cases:
        why = "its file of cases is absent"
        return [unscored(STEP, names[0], why, goal=goal), unscored(STEP, names[1], why)]
    found = [cards_after(case, path.stem) for case in cases]
    right, plain, clean = [], [], []
    for case, cards in zip(cases, found, strict=True):
        for subject, facts in case.cards.items():
            right += [_is_right(cards, subject, fact) for fact in facts]
            plain += [subject == SELF and _is_anywhere(cards, fact) for fact in facts]
        clean.append(_is_clean(case.cards, cards))
    baselines = {"one card": count(plain)}
    return [
        share(STEP, names[0], count(right), goal=goal, baselines=baselines),
        share(STEP, names[1], count(clean)),
    ]


def read_case(row: Row) -> Case:
    """A case as it was written."""
    cards = {
        subject: frozenset(Named(kind, name.lower()) for kind, name in facts)
        for subject, facts in row["cards"].items()
    }
    return Case(row["id"], tuple(row["turns"]), cards)


def cards_after(case: Case, file: str = "blind") -> Cards:
    """What the cards hold after the last message; `file` keeps cases of one id apart."""
    record = last_record(f"relative {file} {case.case_id}", case.turns)
    return {
        subject: frozenset(named for f in facts if not f.negated for named in _names(f))
        for subject, facts in record.card.items()
    }


def _names(fact: Fact) -> Iterator[Named]:
    """What a case may call a fact: by its name, or by its name and value."""
    name = fact.name.lower()
    yield Named(fact.kind, name)
    if value := fact.attributes.get("value"):
        yield Named(fact.kind, f"{name} {value.lower()}")


def _is_right(cards: Cards, subject: str, fact: Named) -> bool:
    return fact in cards.get(subject, frozenset())


def _is_anywhere(cards: Cards, fact: Named) -> bool:
    return any(fact in facts for facts in cards.values())


def _is_clean(wanted: Cards, cards: Cards) -> bool:
    """No fact of one person on another's card; nothing kept of those who have no card."""
    known = frozenset().union(*wanted.values()) if wanted else frozenset[Named]()
    for subject, facts in cards.items():
        theirs = wanted.get(subject, frozenset())
        if any(fact in known and fact not in theirs for fact in facts):
            return False
    return bool(known) or not any(cards.values())

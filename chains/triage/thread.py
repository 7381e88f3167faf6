"""Red flags of a message within its thread: what the card and the messages before add to it.

`triage` is the floor: nothing here lowers what a message raises by itself, and every flag needs
a sign in the message itself, so that what was said before does not raise its card again.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chains.errors import RuleError
from chains.stages import TriageLevel, TriageResult
from chains.triage.rating import NOT_SYMPTOMS, Found, find, rated
from chains.triage.rules import LEVELS, RULES, load_rules, severity
from chains.triage.signs import Finding
from memory.records import Card

MESSAGES_READ = 3
_LASTING = frozenset({"vomit_plain", "diarrhea"})
"""Told in two messages: fluid is being lost for longer."""
_LOSING_FLUID = "T13"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known beside the message; both may be missing."""

    card: Card | None = None
    """Of the person the message is about."""
    earlier: tuple[str, ...] = ()
    """Messages before it about the same person, oldest first; the last three are read."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """Signs that weigh more with a fact of the card: a row of `red_flag_card_rows.csv`."""

    code: str
    level: TriageLevel
    signs: frozenset[str]
    needs: str
    """A name of `red_flag_card_facts.csv`."""


@dataclass(frozen=True, slots=True)
class CardFact:
    """Facts of the card that count as one: a row of `red_flag_card_facts.csv`."""

    name: str
    kind: str
    names: frozenset[str]


def triage_in_thread(text: str, told: Told) -> TriageResult:
    """Find the red flags of a message with what is known of the person.

    Args:
        text: the message, as for `triage`.
        told: card and messages before, as far as there are any.

    Returns:
        As `triage`, never of a lower level than it gives.

    Raises:
        RuleError: A table of `chains/rules` is broken. Never for the text's sake.
    """
    return found_in_thread(find(text), told)


def found_in_thread(seen: Found, told: Told) -> TriageResult:
    """As `triage_in_thread`, of a message that is read already; without a sign nothing is added."""
    reading, found = seen
    earlier = told.earlier[-MESSAGES_READ:] if found else ()
    before = [(rated(*each), each[1]) for each in map(find, earlier)]
    return rated(reading, [*found, *_with_card(found, told.card), *_with_before(found, before)])


def _with_card(found: Sequence[Finding], card: Card | None) -> Iterator[Finding]:
    if card is None or not found:
        return
    rows, facts = load_card_rows()
    held = {fact.name for fact in facts if _holds(card, fact)}
    signs = {finding.sign: finding for finding in reversed(found)}
    for row in rows:
        if row.needs in held and row.signs <= signs.keys():
            place = min((signs[sign] for sign in row.signs), key=lambda f: f.place.first).place
            yield Finding("+".join(sorted(row.signs)) + "+", row.code, row.level, place)


def _holds(card: Card, fact: CardFact) -> bool:
    if fact.kind == "medication":
        return any(each.name in fact.names for each in card.current_medications())
    return any(
        not each.negated and each.kind == fact.kind and each.name in fact.names
        for each in card.facts
    )


def _with_before(
    found: Sequence[Finding], before: Sequence[tuple[TriageResult, Sequence[Finding]]]
) -> Iterator[Finding]:
    """A sign of this message that is more beside one of the messages before."""
    old = {finding.sign for _, signs in before for finding in signs}
    new = [finding for finding in found if finding.sign not in old]
    for finding in new:
        for pair in load_rules().pairs:
            other = set(pair.signs) - {finding.sign}
            if finding.sign in pair.signs and other <= old:
                yield Finding("+".join(pair.signs), pair.code, pair.level, finding.place)
    yield from _second_symptoms(new, before)
    for finding in found:
        if finding.sign in _LASTING & old:
            yield Finding(f"{finding.sign}+", _LOSING_FLUID, "same_day", finding.place)


def _second_symptoms(
    new: Sequence[Finding], before: Sequence[tuple[TriageResult, Sequence[Finding]]]
) -> Iterator[Finding]:
    """Two different same-day symptoms are urgent; one that had an urgent card had its say."""
    banners = (signs for result, signs in before if not result.needs_help_now)
    codes = {finding.code for signs in banners for finding in signs if _is_symptom(finding)}
    for finding in filter(_is_symptom, new):
        if codes - {finding.code}:
            yield Finding(f"{finding.sign}+", finding.code, "urgent", finding.place)


def _is_symptom(finding: Finding) -> bool:
    is_flag = severity(finding.level) >= severity("same_day") and bool(finding.code)
    return is_flag and finding.code not in NOT_SYMPTOMS and "+" not in finding.sign


@cache
def load_card_rows(folder: Path = RULES) -> tuple[tuple[CardRow, ...], tuple[CardFact, ...]]:
    """Read the two tables, once a process.

    Raises:
        RuleError: A row names a level or a fact that is not known.
    """
    facts = tuple(
        CardFact(row["name"], row["kind"], frozenset(row["names"].split("|")))
        for row in _rows(folder / "red_flag_card_facts.csv")
    )
    names = {fact.name for fact in facts}
    rows = tuple(_card_row(row, names) for row in _rows(folder / "red_flag_card_rows.csv"))
    return rows, facts


def _card_row(row: Mapping[str, str], names: Iterable[str]) -> CardRow:
    level = next((each for each in LEVELS if each == row["level"]), None)
    if level is None or row["needs"] not in names:
        raise RuleError(f"red_flag_card_rows.csv: {row['level']!r} or {row['needs']!r} is unknown.")
    return CardRow(row["code"], level, frozenset(row["signs"].split("+")), row["needs"])


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

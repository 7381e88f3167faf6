"""The red flag tables, read once: signs, pairs of signs, guards."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from chains.errors import RuleError
from chains.stages import TriageLevel
from chains.triage.grids import GridRow, Grids
from chains.triage.patterns import Pattern, WordLists, compile_pattern
from chains.triage.reading import plain_words
from chains.triage.spelling import Speller, ordinary_words

RULES = Path(__file__).parents[1] / "rules"
LEVELS: tuple[TriageLevel, ...] = get_args(TriageLevel)
"""From the mildest to the most severe."""
Lures = Mapping[str, tuple[Pattern, ...]]
_OF_OTHERS = frozenset(
    {"asked", "hearsay", "statistic", "learning", "animal", "contact", "edited"}
    | {"quoted", "feared", "distant", "figure", "allergy", "possible", "story"}
)
"""Words that are nobody's own: asked for, read, counted, feared, of somebody far, a figure."""
_WANING = frozenset({"lasting", "over_later"})
"""What has been as it is for years, and what is told as over: neither is asked of the worst."""
_TOLD_WHEN_OVER = frozenset({"T1", "T4", "T8"})
"""Rows that are told all the same when the sign has gone off by itself."""
GUARDS: Mapping[str, frozenset[str]] = {
    "all": _OF_OTHERS | {"negated", "resolved", "past", "hypothetical", "question", *_WANING},
    "pos": _OF_OTHERS | {"resolved", "past", "hypothetical", "question", *_WANING},
    "neg": frozenset({"negated"}),
    "crisis": frozenset({"negated", "recalled", "asked", "learning"}),
    "past": frozenset({"recalled", "asked", "learning"}),
    "noun": _OF_OTHERS | {"negated", "recalled", "question", "general"},
    "stop": frozenset({"negated", "stop", "hypothetical", "distant", "edited", "amended", "story"}),
    "dose": frozenset({
        "negated",
        "past",
        "hypothetical",
        "question",
        "hearsay",
        "edited",
        "story",
    }),
    "none": frozenset({"learning"}),
}
"""Which guards a row listens to; a pattern with a negation of its own is not read as negated."""


@dataclass(frozen=True, slots=True)
class SignRow:
    """A pattern of `red_flags.csv`."""

    sign: str
    code: str
    """Empty when the sign counts in a pair only."""
    level: TriageLevel
    pattern: Pattern
    unless: tuple[Pattern, ...]
    """Patterns that take it back when they stand in the same sentence."""
    unless_words: frozenset[str]
    """First words of those."""
    guards: frozenset[str]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two signs that together are a red flag: a row of `red_flag_pairs.csv`."""

    code: str
    level: TriageLevel
    signs: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All tables of triage."""

    by_first_word: Mapping[str, tuple[SignRow, ...]]
    grids: Grids
    pairs: tuple[PairRow, ...]
    guards: Mapping[str, tuple[str, ...]]
    """Forms by kind, as `red_flag_guards.csv` has them."""
    speller: Speller


@cache
def load_rules(folder: Path = RULES) -> Rules:
    """Read the tables, once a process; 0.2 s.

    Raises:
        RuleError: A row is broken; the text names it.
    """
    lists = {row["name"]: _split(row["forms"]) for row in _rows(folder / "red_flag_words.csv")}
    lures = _lures(_rows(folder / "red_flag_lures.csv"), lists)
    signs = [_sign(row, lists, lures) for row in _rows(folder / "red_flags.csv")]
    guards = {row["kind"]: _split(row["forms"]) for row in _rows(folder / "red_flag_guards.csv")}
    grids = _grids(_rows(folder / "red_flag_grids.csv"), lists, lures)
    known = {word for sign in signs for word in sign.pattern.words} | grids.words
    known |= {word for forms in guards.values() for form in forms for word in form.split()}
    meant = {row["written"]: row["meant"] for row in _rows(folder / "red_flag_spellings.csv")}
    return Rules(
        by_first_word=_by_first_word(signs),
        grids=grids,
        pairs=tuple(map(_pair, _rows(folder / "red_flag_pairs.csv"))),
        guards=guards,
        speller=Speller(known, ordinary_words(), meant),
    )


def severity(level: TriageLevel) -> int:
    """Rank of a level: 0 for none, 3 for emergency."""
    return LEVELS.index(level)


def _by_first_word(signs: Iterable[SignRow]) -> Mapping[str, tuple[SignRow, ...]]:
    index: dict[str, list[SignRow]] = {}
    for sign in signs:
        for word in sign.pattern.first_words:
            index.setdefault(word, []).append(sign)
    return {word: tuple(rows) for word, rows in index.items()}


def _lures(rows: Iterable[Mapping[str, str]], lists: WordLists) -> Lures:
    """By sign: what takes back each of its rows."""
    lures: dict[str, tuple[Pattern, ...]] = {}
    for row in rows:
        pattern = compile_pattern(row["unless"], lists)
        lures[row["sign"]] = (*lures.get(row["sign"], ()), pattern)
    return lures


def _sign(row: Mapping[str, str], lists: WordLists, lures: Lures) -> SignRow:
    if row["guards"] not in GUARDS:
        raise RuleError(f"red_flags.csv: the guards {row['guards']!r} are not known.")
    unless = (*_unless(row, lists), *lures.get(row["sign"], ()))
    return SignRow(
        sign=row["sign"],
        code=row["code"],
        level=_level(row["level"] or "none"),
        pattern=compile_pattern(row["pattern"], lists),
        unless=unless,
        unless_words=frozenset().union(*(pattern.first_words for pattern in unless)),
        guards=GUARDS[row["guards"]] - _unheard(row),
    )


def _unless(row: Mapping[str, str], lists: WordLists) -> tuple[Pattern, ...]:
    parts = (part.strip() for part in row["unless"].split(";"))
    return tuple(compile_pattern(part, lists) for part in parts if part)


def _grids(rows: Iterable[Mapping[str, str]], lists: WordLists, lures: Lures) -> Grids:
    grids = Grids()
    for row in rows:
        if row["guards"] not in GUARDS:
            raise RuleError(f"red_flag_grids.csv: the guards {row['guards']!r} are not known.")
        unless = (*_unless(row, lists), *lures.get(row["sign"], ()))
        grids.add(
            GridRow(
                sign=row["sign"],
                code=row["code"],
                level=_level(row["level"] or "none"),
                classes=tuple(grids.number(part, lists) for part in row["words"].split(" + ")),
                within=int(row["within"]),
                unless=unless,
                unless_words=frozenset().union(*(pattern.first_words for pattern in unless)),
                guards=GUARDS[row["guards"]] - _unheard(row),
            )
        )
    return grids


def _unheard(row: Mapping[str, str]) -> frozenset[str]:
    """An emergency that has passed off is one still; a bleeding that stopped is not."""
    lasting = row["level"] == "emergency" and row["code"] != "T12"
    unheard = frozenset({"resolved"}) if lasting else frozenset()
    if row["level"] in {"emergency", "urgent"}:
        unheard |= {"lasting"}
    if row["level"] == "emergency" or row["code"] in _TOLD_WHEN_OVER:
        unheard |= {"over_later"}
    return unheard


def _pair(row: Mapping[str, str]) -> PairRow:
    first, _, second = row["signs"].partition("+")
    return PairRow(row["code"], _level(row["level"]), (first, second))


def _level(name: str) -> TriageLevel:
    if name not in LEVELS:
        raise RuleError(f"red_flags.csv: the level {name!r} is not known.")
    return name


def _split(forms: str) -> tuple[str, ...]:
    return tuple(filter(None, (plain_words(form) for form in forms.split("|"))))


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if None in row or None in row.values():
                raise RuleError(f"{path.name}, line {number}: the columns do not match the header.")
            yield row

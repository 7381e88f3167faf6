"""Signs told in any order: a word of each class near the others in one sentence.

A row of `red_flag_grids.csv` crosses two to four classes, such as a part of the body and what has
become of it. A class is written as in `patterns`; `#80-91` in it is a figure in that range.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chains.errors import RuleError
from chains.stages import TriageLevel
from chains.triage.guards import Place
from chains.triage.numbers import number_of
from chains.triage.patterns import Pattern, WordLists, forms_of
from chains.triage.reading import Reading

_MOST = 48
"""Places of one row that are looked at in a message; a longer text says the same again."""
_NEAREST = 4
"""Words of a class tried on either side of a place."""
_RANGE = re.compile(r"#(\d+)-(\d+)")

Hits = Sequence[Place]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of `red_flag_grids.csv`."""

    sign: str
    code: str
    """Empty when the sign counts in a pair only."""
    level: TriageLevel
    classes: tuple[int, ...]
    """Numbers of its classes in `Grids`."""
    within: int
    """Most tokens from its first word up to its last."""
    unless: tuple[Pattern, ...]
    """Patterns that take it back when they stand in the same sentence."""
    unless_words: frozenset[str]
    guards: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Range:
    low: int
    high: int
    number: int


@dataclass(frozen=True, slots=True)
class _Form:
    """Words that stand together, and the classes they are a form of."""

    words: tuple[str, ...]
    classes: list[int]


@dataclass(slots=True)
class Grids:
    """All rows, and their classes by the words that begin a form of them."""

    rows: list[GridRow] = field(default_factory=list)
    """In the order of the table; `add` puts them in."""
    words: set[str] = field(default_factory=set)
    """Every word of every class."""
    _numbers: dict[str, int] = field(default_factory=dict)
    _single: dict[str, list[int]] = field(default_factory=dict)
    """Classes of a form of one word."""
    _longer: dict[str, dict[str, list[_Form]]] = field(default_factory=dict)
    """By first and second word: forms of more words with their classes, the longest first."""
    _ranges: list[_Range] = field(default_factory=list)
    _sizes: dict[int, int] = field(default_factory=dict)
    """How many forms each class has."""
    _by_class: dict[int, list[int]] = field(default_factory=dict)
    """Places in `rows` by the smallest class of the row: most rows are never looked at."""

    def add(self, row: GridRow) -> None:
        """Take a row in."""
        smallest = min(row.classes, key=lambda number: self._sizes[number])
        self._by_class.setdefault(smallest, []).append(len(self.rows))
        self.rows.append(row)

    def number(self, source: str, lists: WordLists) -> int:
        """The number of a class, which is read when it comes for the first time.

        Raises:
            RuleError: It names a list that is not there, or no word.
        """
        if source not in self._numbers:
            number = self._numbers[source] = len(self._numbers)
            ranges = _RANGE.findall(source)
            self._ranges += [_Range(int(low), int(high), number) for low, high in ranges]
            words = "|".join(part for part in source.split("|") if not part.startswith("#"))
            forms = forms_of(words, lists) if words else ()
            if not forms and not ranges:
                raise RuleError(f"red_flag_grids.csv: the class {source!r} has no word.")
            self._sizes[number] = len(set(forms)) + sum(
                int(high) - int(low) for low, high in ranges
            )
            for form in set(forms):
                self._learn(tuple(form.split()), number)
        return self._numbers[source]

    def _learn(self, form: tuple[str, ...], number: int) -> None:
        self.words.update(form)
        if len(form) == 1:
            self._single.setdefault(form[0], []).append(number)
        else:
            same = self._longer.setdefault(form[0], {}).setdefault(form[1], [])
            known = next((each for each in same if each.words == form), None)
            if known is None:
                same.append(_Form(form, [number]))
                same.sort(key=lambda each: -len(each.words))
            else:
                known.classes.append(number)

    def matches(self, reading: Reading) -> Iterator[tuple[GridRow, Place, frozenset[int]]]:
        """Rows whose words stand together, the place from first to last, and their own tokens."""
        hits = self._hits(reading)
        near = sorted(place for number in hits for place in self._by_class.get(number, ()))
        for row in (self.rows[place] for place in near):
            if all(number in hits for number in row.classes):
                yield from _row_matches(row, reading, [hits[number] for number in row.classes])

    def _hits(self, reading: Reading) -> Mapping[int, Hits]:
        """Where each class stands, in order; of two forms that begin there, the longest."""
        hits: dict[int, list[Place]] = {}
        tokens = reading.tokens
        for index, token in enumerate(tokens):
            if token in self._longer:
                self._add_longer(hits, tokens, index)
            for number in self._single.get(token, ()):
                _add(hits, number, Place(index, index + 1))
            value = number_of(token)
            if value is not None:
                for each in self._ranges:
                    if each.low <= value <= each.high:
                        _add(hits, each.number, Place(index, index + 1))
        return hits

    def _add_longer(self, hits: dict[int, list[Place]], tokens: Sequence[str], index: int) -> None:
        if index + 1 == len(tokens):
            return
        for form in self._longer[tokens[index]].get(tokens[index + 1], ()):
            end = index + len(form.words)
            if tokens[index:end] == form.words:
                for number in form.classes:
                    _add(hits, number, Place(index, end))


def _add(hits: dict[int, list[Place]], number: int, place: Place) -> None:
    known = hits.setdefault(number, [])
    if not known or known[-1].first != place.first:
        known.append(place)


def _row_matches(
    row: GridRow, reading: Reading, hits: Sequence[Hits]
) -> Iterator[tuple[GridRow, Place, frozenset[int]]]:
    """The narrowest place for each word of the class that has fewest."""
    rarest = min(range(len(hits)), key=lambda number: len(hits[number]))
    others = [found for number, found in enumerate(hits) if number != rarest]
    for place in hits[rarest][:_MOST]:
        chosen = _together(place, others, reading, row.within)
        if chosen:
            first, last = min(p.first for p in chosen), max(p.last for p in chosen)
            own = frozenset(i for each in chosen for i in range(each.first, each.last))
            yield row, Place(first, last), own


def _together(
    place: Place, others: Iterable[Hits], reading: Reading, within: int
) -> list[Place] | None:
    chosen = [place]
    for found in others:
        near = [each for each in _around(place, found) if _fits(each, chosen, reading, within)]
        if not near:
            return None
        chosen.append(min(near, key=lambda each: abs(each.first - place.first)))
    return chosen


def _around(place: Place, found: Hits) -> Hits:
    at = bisect_left(found, place.first, key=lambda each: each.first)
    return found[max(0, at - _NEAREST) : at + _NEAREST]


def _fits(each: Place, chosen: Sequence[Place], reading: Reading, within: int) -> bool:
    """In the same sentence, near enough, and no word of it taken twice."""
    if reading.opens[each.first] != reading.opens[chosen[0].first]:
        return False
    first = min(each.first, *(place.first for place in chosen))
    last = max(each.last, *(place.last for place in chosen))
    apart = all(each.last <= p.first or p.last <= each.first for p in chosen)
    return apart and last - first <= within

"""Opposites: what the passages call higher, later or worse, a sentence may not call the reverse."""

import csv
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from chains.model.check_alignment import Told
from chains.model.check_parts import Part
from chains.model.check_words import Token, stemmed

_NEAR = 4
_MARGIN = 0.1
_LEAST = 0.34


class Place(NamedTuple):
    """A word of an axis in a clause."""

    at: int
    axis: str
    side: int
    """0 or 1."""


def is_reversed(clause: Part, told: Told) -> bool:
    """Whether a word of a clause has its opposite where the passages speak of the same."""
    there = [(part, place) for part in told.clauses for place in places(part.tokens)]
    for place in places(clause.tokens):
        if _is_doubtful(clause, place):
            continue
        own, other = _fits(clause, place, there, told)
        if other >= _LEAST and other > own + _MARGIN:
            return True
    return False


def _fits(
    clause: Part, place: Place, there: Sequence[tuple[Part, Place]], told: Told
) -> tuple[float, float]:
    """How well the best place of the same side fits, and the best of the other side."""
    best = [0.0, 0.0]
    is_denied = place.at in clause.denials.denied
    near = _near(clause.tokens, place)
    for part, other in there:
        if other.axis != place.axis or _is_doubtful(part, other):
            continue
        is_turned = is_denied != (other.at in part.denials.denied)
        is_other = (place.side != other.side) != is_turned
        means = frozenset(meaning for word in _near(part.tokens, other) for meaning in word.means)
        fit = told.telling(near, means) + 0.5 * told.telling(clause.tokens, part.means)
        best[is_other] = max(best[is_other], fit)
    return best[0], best[1]


def _is_doubtful(part: Part, place: Place) -> bool:
    """Denied from afar, or beside its own opposite: then it says little of which way."""
    if place.at in part.denials.denied and (
        place.at not in part.denials.focus or part.denials.is_nested
    ):
        return True
    sides = {other.side for other in places(part.tokens) if other.axis == place.axis}
    return len(sides) > 1


def _near(words: Sequence[Token], place: Place) -> Sequence[Token]:
    sides = _sides()
    around = words[max(0, place.at - _NEAR) : place.at + _NEAR + 1]
    return [word for word in around if not word.is_light and word.stem not in sides]


def places(words: Sequence[Token]) -> Iterator[Place]:
    """Words of any axis, in order."""
    sides = _sides()
    stems = [word.stem for word in words]
    for at, stem in enumerate(stems):
        for phrase, axis, side in sides.get(stem, ()):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                yield Place(at, axis, side)


@functools.cache
def _sides() -> Mapping[str, Sequence[tuple[tuple[str, ...], str, int]]]:
    """First stem -> (phrase, axis, side)."""
    found: dict[str, list[tuple[tuple[str, ...], str, int]]] = defaultdict(list)
    path = Path(__file__).parents[1] / "rules" / "check_opposites.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for side, forms in enumerate((row["one"], row["other"])):
                for form in forms.split("|"):
                    phrase = tuple(stemmed(form.split()))
                    found[phrase[0]].append((phrase, row["axis"], side))
    return found

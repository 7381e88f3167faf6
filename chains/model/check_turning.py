"""Whether a clause says the opposite of the clause it comes from."""

import re
from typing import NamedTuple

from chains.model.check_alignment import Told, weight
from chains.model.check_contrasts import agreement
from chains.model.check_parts import Part

_CLOSE_BY = 0.08
_OF_LIMITS = 0.25
_SAME_MATTER = 0.38
"""Share of the nearest clause's nearness below which a clause is about something else."""
_LEAST_SHARED = 1.0
_EQUAL = re.compile(
    r"\bas (?:long|well|good|often|likely|effective|safe) as\b"
    r"|\bno (?:clear |real )?difference\b|\b(?:the same|equal(?:ly)?) (?:as|in)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:longer|better|more|higher|worse|shorter|less|lower)\b(?! than \d)", re.IGNORECASE
)
_MUST = re.compile(
    r"\b(?:must|has to|have to|needs? to|only|always|required|but not)\b", re.IGNORECASE
)


def _is_twice_denied(clause: Part, told: Told, close: list[int]) -> bool:
    """A denial within a denial ("not for those whose level is not right") may be said plainly."""
    return not clause.denials.denied and any(told.clauses[at].denials.is_nested for at in close)


class _Votes(NamedTuple):
    alike: float
    turned: float


def is_turned(clause: Part, told: Told) -> bool:
    """Whether the words that are denied on one side are not on the other.

    The words right beside a denial speak first, each where the nearest clause holds it; without
    any, the whole of the nearest clause does.
    """
    nearness = [
        near + _OF_LIMITS * agreement(clause.contrasts, part.contrasts)
        for near, part in zip(told.nearness(clause), told.clauses, strict=True)
    ]
    best = max(nearness)
    close = [at for at, near in enumerate(nearness) if near >= best - _CLOSE_BY]
    if any(told.clauses[at].denials.is_either_way for at in close):
        return _MUST.search(clause.text) is not None and not clause.denials.is_either_way
    if clause.denials.is_either_way or _is_twice_denied(clause, told, close):
        return False
    if _MORE.search(clause.text) and any(_EQUAL.search(told.clauses[at].text) for at in close):
        return not clause.denials.denied  # "as long as" is "not longer"
    votes = _votes(clause, told, nearness)
    if votes.alike or votes.turned:
        return votes.turned > votes.alike
    return max(_balance(clause, told.clauses[at]) for at in close) <= -_LEAST_SHARED


def _votes(clause: Part, told: Told, nearness: list[float]) -> _Votes:
    alike = turned = 0.0
    for at, word in enumerate(clause.tokens):
        if word.is_light and at not in clause.denials.focus:
            continue
        is_denied, is_focus = at in clause.denials.denied, at in clause.denials.focus
        places = [
            (nearness[n], (place in part.denials.denied) == is_denied, place in part.denials.focus)
            for n, part in enumerate(told.clauses)
            for place, its in enumerate(part.tokens)
            if its.means & word.means
        ]
        if not places:
            continue
        best = max(near for near, _, _ in places)
        places = [place for place in places if place[0] >= best - _CLOSE_BY]
        if not is_focus and not any(focus for _, _, focus in places):
            continue
        if any(agrees for _, agrees, _ in places):
            alike += weight(word)
        else:
            turned += weight(word) * (best >= _SAME_MATTER * max(nearness))
    return _Votes(alike, turned)


def _balance(clause: Part, other: Part) -> float:
    """Weight of shared words meant alike less that of words meant as opposites."""
    total = 0.0
    for at, word in enumerate(clause.tokens):
        places = [n for n, its in enumerate(other.tokens) if its.means & word.means]
        if places and not any(meaning.startswith("@") for meaning in word.means):
            denied = at in clause.denials.denied
            is_alike = any((n in other.denials.denied) == denied for n in places)
            total += weight(word) * (1 if is_alike else -1)
    return total


def is_alike(clause: Part, other: Part) -> int:
    """1 when two clauses mean what they share alike, -1 as opposites, 0 when neither."""
    balance = _balance(clause, other)
    return (balance > 0) - (balance < 0)

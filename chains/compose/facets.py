"""The narrow thing a question asks: with food, which hour, a missed dose, how long; as data."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from chains.errors import RuleError
from chains.questions import PLANS

SAME, NEAR, ANOTHER = 0.15, 0.1, -0.12
"""What a question of the library gains that asks for the same thing as the asked one, for a thing
whose answer mostly holds it, and what one loses that asks for another."""


class _Facet(NamedTuple):
    asks: tuple[re.Pattern[str], ...]
    near: str
    is_apart: bool
    """True where nothing but a question that asks for it answers."""
    is_own: bool
    """True where it answers nothing but a question that asks for it."""
    allows: str
    """Another one that is no loss beside this one."""
    is_of_any: bool
    """True where the answer is the same whichever medicine the question names."""


@cache
def load_facets(path: Path = PLANS / "facets.yaml") -> Mapping[str, _Facet]:
    """Read the facets by name.

    Raises:
        RuleError: A facet lacks a key, holds a pattern that is no regular expression, or is near
            to one that there is not.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        facets = {
            row["facet"]: _Facet(
                tuple(map(re.compile, row["asks"])),
                row.get("near", ""),
                row.get("apart", False),
                row.get("own", False),
                row.get("allows", ""),
                row.get("any_medicine", False),
            )
            for row in rows
        }
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error
    named = {name for facet in facets.values() for name in (facet.near, facet.allows)}
    unknown = named - {"", *facets}
    if unknown:
        raise RuleError(f"{path.name}: no facet is named {', '.join(sorted(unknown))}")
    return facets


def facets_of(question: str) -> frozenset[str]:
    """Names of what a question asks for; empty for one that asks for none of them."""
    text = question.lower()
    return frozenset(
        name
        for name, facet in load_facets().items()
        if any(pattern.search(text) for pattern in facet.asks)
    )


def is_of_any_medicine(facets: frozenset[str]) -> bool:
    """Whether the answer is the same whichever medicine is named: its cost, where to read of it."""
    return any(load_facets()[name].is_of_any for name in facets)


def gain(asked: frozenset[str], other: frozenset[str]) -> float:
    """What the likeness of two questions gains, or loses, by what they ask for.

    One that asks for a part alone of what was asked gains less, and loses where it lacks a part
    that nothing else answers, or asks beside it for a thing of its own.

    Args:
        asked: Facets of what was asked.
        other: Facets of a question of the library.
    """
    known = load_facets()
    if any(known[name].allows in other for name in asked):
        return 0.0
    asked = frozenset(name for name in asked if not known[name].allows)
    other = frozenset(name for name in other if not known[name].allows)
    facets = [known[name] for name in asked]
    if shared := asked & other:
        lacks_apart = any(known[name].is_apart for name in asked - other)
        is_of_more = any(known[name].is_own for name in other - asked)
        share = (len(shared) + len(asked)) / (2 * len(asked))
        return SAME * share + 2 * ANOTHER * lacks_apart + ANOTHER * is_of_more
    if any(facet.near in other for facet in facets):
        return NEAR
    if any(facet.is_apart for facet in facets):
        return 2 * ANOTHER
    is_own = any(known[name].is_own for name in other)
    return ANOTHER if other and (asked or is_own) else 0.0

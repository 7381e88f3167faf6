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
                tuple(map(re.compile, row["asks"])), row.get("near", ""), row.get("apart", False)
            )
            for row in rows
        }
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error
    unknown = {facet.near for facet in facets.values()} - {"", *facets}
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


def gain(asked: frozenset[str], other: frozenset[str]) -> float:
    """What the likeness of two questions gains, or loses, by what they ask for.

    Args:
        asked: Facets of what was asked.
        other: Facets of a question of the library.
    """
    if asked & other:
        return SAME
    facets = [load_facets()[name] for name in asked]
    if any(facet.near in other for facet in facets):
        return NEAR
    if any(facet.is_apart for facet in facets):
        return 2 * ANOTHER
    return ANOTHER if asked and other else 0.0

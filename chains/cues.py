"""Cues: the phrases of `rules/context.csv` where a text holds them.

A row has a phrase, a category, a direction (forward, backward or both) and a scope in words (0 = to
the end of the clause). `#` in a phrase stands for a number, `_` for any word. Categories of one
layer exclude each other at a place; layers are read apart.
"""

import csv
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chains.sentences import Word

_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")
_LAYERS = {
    "negated": "polarity",
    "pseudo": "polarity",
    "hypothetical": "supposition",
    "instruction": "supposition",
    "past": "time",
    "planned": "time",
    "on_hold": "time",
    "current": "time",
    "dated": "time",
    "question": "asking",
    "assertion": "saying",
    "terminator": "end",
    "soft_terminator": "end",
    "correction": "correction",
}
LAYERS = frozenset(_LAYERS.values())


class Cue(NamedTuple):
    """A phrase that says how the words near it are meant."""

    first: int
    last: int
    """Words of the text, end exclusive."""
    category: str
    direction: str
    scope: int


class _Pattern(NamedTuple):
    words: tuple[str, ...]
    category: str
    direction: str
    scope: int


def find_cues(words: Sequence[Word], layer: str) -> Iterator[Cue]:
    """Cues of one layer: leftmost first, the longest at each place, none overlapping.

    A phrase may stand in two rows, one for each direction: both are found.
    """
    index = _patterns()[layer]
    at = 0
    while at < len(words):
        plain = words[at].plain
        candidates = index.get(plain, ())
        if plain[0].isdigit() and _NUMBER.fullmatch(plain):
            candidates = (*candidates, *index.get("#", ()))
        found = [pattern for pattern in candidates if _fits(pattern, words, at)]
        length = max((len(pattern.words) for pattern in found), default=1)
        for pattern in found:
            if len(pattern.words) == length:
                last = at + length
                yield Cue(at, last, pattern.category, pattern.direction, pattern.scope)
        at += length


def _fits(pattern: _Pattern, words: Sequence[Word], at: int) -> bool:
    last = at + len(pattern.words) - 1
    if last >= len(words) or words[last].sentence != words[at].sentence:
        return False
    for wanted, word in zip(pattern.words, words[at : last + 1], strict=True):
        if wanted == "#":
            if not _NUMBER.fullmatch(word.plain):
                return False
        elif wanted not in {word.plain, "_"}:
            return False
    return True


@functools.cache
def _patterns() -> dict[str, dict[str, list[_Pattern]]]:
    """Layer -> first word -> patterns, longest first."""
    layers: dict[str, dict[str, list[_Pattern]]] = defaultdict(lambda: defaultdict(list))
    path = Path(__file__).with_name("rules") / "context.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = tuple(row["pattern"].split())
            pattern = _Pattern(words, row["category"], row["direction"], int(row["scope"]))
            layers[_LAYERS[row["category"]]][words[0]].append(pattern)
    for layer in layers.values():
        for patterns in layer.values():
            patterns.sort(key=lambda pattern: -len(pattern.words))
    return layers

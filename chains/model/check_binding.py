"""What a sentence says of a figure, a group or a medicine must be said of that one, no other."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from chains.model.check_alignment import Told, overlap
from chains.model.check_contrasts import Contrasts, contrasts, without
from chains.model.check_parts import Part
from chains.model.check_quantities import Quantity, same
from chains.model.check_words import Token, tokens

_MARGIN = 0.12
_BETWEEN = re.compile(r"[,;]|\b(?:and|or|against|but|versus|vs|while|compared with|than)\b", re.IGNORECASE)
_AGREE = 0.35


class Segment(NamedTuple):
    """The words around one figure."""

    quantity: Quantity
    words: tuple[Token, ...]
    contrasts: Contrasts
    others: tuple[Quantity, ...]
    """Figures that stand right beside it."""


def segments(part: Part) -> list[Segment]:
    """The figures of a part, each with the words that go with it."""
    groups = _groups(part)
    edges = [0]
    for left, right in zip(groups, groups[1:], strict=False):
        edges.append(_edge(part.text, left[-1].end, right[0].start))
    edges.append(len(part.text))
    found = []
    for group, start, end in zip(groups, edges, edges[1:], strict=False):
        words = tuple(
            word
            for word in part.tokens
            if start <= word.start < end and not any(q.start <= word.start < q.end for q in group)
        )
        limits = contrasts(part.text[start:end])
        found += [Segment(q, words, limits, tuple(o for o in group if o is not q)) for q in group]
    return found


def _groups(part: Part) -> list[list[Quantity]]:
    """Figures with nothing between them that parts them: "400 mg every 6 weeks" is one group."""
    groups: list[list[Quantity]] = []
    for quantity in part.quantities:
        last = groups[-1][-1] if groups else None
        if last is not None and not _BETWEEN.search(part.text[last.end : quantity.start]):
            groups[-1].append(quantity)
        elif last is not None and last.unit == quantity.unit and _is_range(part.text, last, quantity):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return groups


def _is_range(text: str, last: Quantity, quantity: Quantity) -> bool:
    return text[last.end : quantity.start].strip() in {"and", "to", "-", "–", "or"} and last.is_about


def _edge(text: str, start: int, end: int) -> int:
    """Where the words of one figure end: at the last comma or "and" before the next."""
    breaks = list(_BETWEEN.finditer(text, start, end))
    return breaks[-1].start() if breaks else end


def is_figure_of_another(said: Part, told: Told) -> bool:
    """Whether a figure of a sentence stands in the passages, but said of something else."""
    there = [(segment, part) for part in told.sentences for segment in segments(part)]
    for segment in segments(said):
        rivals = [pair for pair in there if pair[0].quantity.unit == segment.quantity.unit]
        is_own = [_is_same(segment.quantity, other.quantity) for other, _ in rivals]
        if len(rivals) < 2 or not any(is_own) or all(is_own):
            continue
        scores = [_fit(segment, other, said, part) for other, part in rivals]
        own = max(score for score, mine in zip(scores, is_own, strict=True) if mine)
        other = max(score for score, mine in zip(scores, is_own, strict=True) if not mine)
        if other > own + _MARGIN:
            return True
    return False


def _is_same(one: Quantity, other: Quantity) -> bool:
    return same(one, other, is_loose=one.is_about)


def _fit(segment: Segment, other: Segment, said: Part, part: Part) -> float:
    means = frozenset(meaning for word in other.words for meaning in word.means)
    score = overlap(segment.words, means) + 0.5 * overlap(said.tokens, part.means)
    score += _AGREE * agreement(segment.contrasts, other.contrasts)
    beside = [any(_is_same(q, o) for o in other.others) for q in segment.others if q.unit in {o.unit for o in other.others}]
    return score + _AGREE * sum(1 if held else -1 for held in beside)


def agreement(one: Contrasts, other: Contrasts) -> int:
    """In how many dimensions two texts say the same, less those where they differ."""
    shared = one.keys() & other.keys()
    return sum(1 if one[key] & other[key] else -1 for key in shared)


def is_of_another_group(clause: Part, told: Told, dimension: str) -> bool:
    """Whether what a clause says of one group is said of the other group."""
    values = clause.contrasts[dimension]
    with_value = [bool(values & _limits(part, told, dimension)) for part in told.clauses]
    with_other = [
        bool(limits - values) and not limits & values
        for limits in (_limits(part, told, dimension) for part in told.clauses)
    ]
    if not any(with_other) or not any(with_value):
        return False
    bare = without(clause.text, dimension)
    nearness = told.nearness_of(bare, clause.quantities)
    own = max(n for n, held in zip(nearness, with_value, strict=True) if held)
    other = max(n for n, held in zip(nearness, with_other, strict=True) if held)
    return other > own + _MARGIN


def _limits(part: Part, told: Told, dimension: str) -> frozenset[str]:
    """Values of a clause, else of the sentence it stands in."""
    own = part.contrasts.get(dimension)
    return own or told.sentences[part.sentence].contrasts.get(dimension, frozenset())


def is_of_another_medicine(said: Part, told: Told) -> bool:
    """Whether what a sentence says of a medicine is said of another one of the passages."""
    for kind, name in said.names:
        if kind != "drug":
            continue
        own = [f"@{name}" in part.means for part in told.sentences]
        rival = [
            not held and any(k == "drug" and (k, n) not in said.names for k, n in part.names)
            for held, part in zip(own, told.sentences, strict=True)
        ]
        if not any(own) or not any(rival):
            continue
        words = [word for word in said.tokens if f"@{name}" not in word.means]
        fits = [overlap(words, part.means) for part in told.sentences]
        best = max(fit for fit, held in zip(fits, own, strict=True) if held)
        other = max(fit for fit, held in zip(fits, rival, strict=True) if held)
        if other > best + 2 * _MARGIN:
            return True
    return False

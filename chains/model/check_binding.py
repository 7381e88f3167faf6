"""What a sentence says of a figure, a group or a medicine must be said of that one, no other."""

import re
from typing import NamedTuple

from chains.model.check_alignment import Told, overlap, shared
from chains.model.check_contrasts import Contrasts, agreement, contrasts, without
from chains.model.check_parts import Part
from chains.model.check_same import Quantity, same
from chains.model.check_turning import is_alike
from chains.model.check_words import Token

_MARGIN = 0.12
_LOOSE = frozenset({"", "person", "trial", "times", "tablet"})
_MEDICINE_MARGIN = 0.33
_FAR = 9.0
_ELSEWHERE = 0.9
_ALIKE = 0.4
_FIGURES = 0.5
_NAMED = 0.25
_BETWEEN = re.compile(
    r"[,;]|\b(?:and|or|against|but|versus|vs|while|compared with|than|followed by|then"
    r"|instead of)\b",
    re.IGNORECASE,
)
_AGREE = 0.5
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|rose|fell|took|lived)\b", re.IGNORECASE
)
_LEAD = re.compile(rf"{_VERB.pattern}|:", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|placebo|alone|not given|dummy)\b", re.IGNORECASE)
_ENDS_WITHOUT = re.compile(r"\bwithout(?: it)?\W*$", re.IGNORECASE)
_WITH = re.compile(r"\bwith\b(?! placebo)", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?:when|if|in those|among)\b", re.IGNORECASE)


class Segment(NamedTuple):
    """The words around one figure."""

    quantity: Quantity
    words: tuple[Token, ...]
    contrasts: Contrasts
    others: tuple[Quantity, ...]
    """Figures that stand right beside it."""
    side: int
    """1 for what is said of those with, -1 of those without, 0 of neither."""


def segments(part: Part) -> list[Segment]:
    """The figures of a part, each with the words that go with it."""
    groups = _groups(part)
    edges = [0]
    for left, right in zip(groups, groups[1:], strict=False):
        edges.append(_edge(part.text, left[-1].end, right[0].start))
    edges.append(len(part.text))
    found: list[Segment] = []
    for at, (group, start, end) in enumerate(zip(groups, edges, edges[1:], strict=False)):
        if len(groups) > 1:
            start, end = _own(part.text, group, start, end, at == len(groups) - 1)
        words = tuple(
            word
            for word in part.tokens
            if start <= word.start < end and not any(q.start <= word.start < q.end for q in group)
        )
        if found and _ENDS_WITHOUT.search(part.text[start:end]):
            words += found[-1].words
        limits = contrasts(part.text[start:end])
        side = _side(part.text[start:end])
        found += [Segment(q, words, limits, _others(q, group, part), side) for q in group]
    return found


def _side(text: str) -> int:
    if _WITHOUT.search(text):
        return -1
    return 1 if _WITH.search(text) else 0


def _own(text: str, group: list[Quantity], start: int, end: int, is_last: bool) -> tuple[int, int]:
    """The words of one figure without the predicate that it shares with others."""
    verbs = list(_LEAD.finditer(text, start, group[-1].start))
    start = verbs[-1].end() if verbs else start
    if is_last:
        verb = _VERB.search(text, group[-1].end, end)
        end = verb.start() if verb and not _SUBORDINATE.search(text, group[-1].end, end) else end
    return start, end


def _others(quantity: Quantity, group: list[Quantity], part: Part) -> tuple[Quantity, ...]:
    """Figures of other units beside one; of the whole part where its unit stands there once."""
    if sum(q.unit == quantity.unit for q in part.quantities) == 1:
        group = list(part.quantities)
    return tuple(q for q in group if q is not quantity)


def _groups(part: Part) -> list[list[Quantity]]:
    """Figures with nothing between them that parts them: "400 mg every 6 weeks" is one group."""
    groups: list[list[Quantity]] = []
    for quantity in part.quantities:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and not _BETWEEN.search(part.text[last.end : quantity.start])
            or (
                last is not None
                and last.unit == quantity.unit
                and _is_range(part.text, last, quantity)
            )
        ):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return groups


def _is_range(text: str, last: Quantity, quantity: Quantity) -> bool:
    return (
        text[last.end : quantity.start].strip() in {"and", "to", "-", "–", "or"} and last.is_about
    )


def _edge(text: str, start: int, end: int) -> int:
    """Where the words of one figure end: at the last comma or "and" before the next."""
    breaks = list(_BETWEEN.finditer(text, start, end))
    return breaks[-1].start() if breaks else end


def is_figure_of_another(said: Part, told: Told) -> bool:
    """Whether a figure of a sentence stands in the passages, but said of something else."""
    for segment in segments(said):
        if segment.quantity.unit in _LOOSE or segment.quantity.unit.startswith("per"):
            continue
        own, other = -_FAR, -_FAR
        for part in told.sentences:
            rivals = [s for s in segments(part) if s.quantity.unit == segment.quantity.unit]
            mine = [_is_same(segment.quantity, rival.quantity) for rival in rivals]
            margin = 0.0 if any(mine) else _ELSEWHERE
            if margin and segment.quantity.unit in {"date", "decade"}:
                continue
            for rival, is_mine in zip(rivals, mine, strict=True):
                fit = _fit(segment, rival, said, part, told)
                if is_mine:
                    own = max(own, fit)
                elif not _is_said(rival.quantity, said):
                    other = max(other, fit - margin)
        if other > own + _MARGIN and own > -_FAR:
            return True
    return False


def _single(limits: Contrasts) -> Contrasts:
    """The dimensions of which one value alone is named."""
    return {key: values for key, values in limits.items() if len(values) == 1}


def _names_of(words: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(m for word in words for m in word.means if m.startswith("@"))


def _is_said(quantity: Quantity, said: Part) -> bool:
    return any(_is_same(q, quantity) for q in said.quantities)


def _is_same(one: Quantity, other: Quantity) -> bool:
    return same(one, other, is_loose=one.is_about)


def _fit(segment: Segment, other: Segment, said: Part, part: Part, told: Told) -> float:
    means = frozenset(meaning for word in other.words for meaning in word.means)
    score = overlap(segment.words, means) + 0.5 * told.telling(said.tokens, part.means)
    limits = {**_single(said.contrasts), **segment.contrasts}
    score += _AGREE * agreement(limits, {**_single(part.contrasts), **other.contrasts})
    score += _NAMED * len(_names_of(segment.words) & _names_of(other.words))
    score += _AGREE * segment.side * other.side
    units = {o.unit for o in other.others}
    beside = [any(_is_same(q, o) for o in other.others) for q in segment.others if q.unit in units]
    return score + _AGREE * sum(1 if held else -1 for held in beside)


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
    figured = [_FIGURES * shared(clause.quantities, part.quantities) for part in told.clauses]
    nearness = [near + more for near, more in zip(nearness, figured, strict=True)]
    nearness = [
        near + _ALIKE * is_alike(clause, part)
        for near, part in zip(nearness, told.clauses, strict=True)
    ]
    own = max(n for n, held in zip(_inherited(nearness, told), with_value, strict=True) if held)
    other = max(n for n, held in zip(nearness, with_other, strict=True) if held)
    return other > own + _MARGIN


def _inherited(nearness: list[float], told: Told) -> list[float]:
    """Nearness where "and in 5% after mastectomy" goes on from the clause before it."""
    made = list(nearness)
    for at in range(1, len(made)):
        if told.clauses[at].text.lower().startswith("and "):
            made[at] = max(made[at], made[at - 1])
    return made


def _limits(part: Part, told: Told, dimension: str) -> frozenset[str]:
    """Values of a clause, else of the sentence it stands in."""
    own = part.contrasts.get(dimension)
    return own or told.sentences[part.sentence].contrasts.get(dimension, frozenset())


def is_of_another_medicine(clause: Part, told: Told) -> bool:
    """Whether what a clause says of a medicine is said of another one of the passages."""
    return any(kind == "drug" and _is_of_another(name, clause, told) for kind, name in clause.names)


def _is_of_another(name: str, clause: Part, told: Told) -> bool:
    own = [_speaks_of(name, at, told) for at in range(len(told.sentences))]
    rival = [
        not held
        and any(
            kind == "drug" and (kind, other) not in clause.names and _is_like(name, other, told)
            for kind, other in part.names
        )
        for held, part in zip(own, told.sentences, strict=True)
    ]
    if not any(own) or not any(rival):
        return False
    words = [word for word in clause.tokens if f"@{name}" not in word.means]
    fits = [told.telling(words, told.in_full(at)) for at in range(len(told.sentences))]
    best = max(fit for fit, held in zip(fits, own, strict=True) if held)
    other = max(fit for fit, held in zip(fits, rival, strict=True) if held)
    return other > best + _MEDICINE_MARGIN


def _speaks_of(name: str, at: int, told: Told) -> bool:
    """Whether a sentence names a medicine, or may mean it.

    It may where its passage begins with the medicine, or where that stands before and the sentence
    names none.
    """
    if ("drug", name) in told.sentences[at].names:
        return True
    first = told.passage_of[at]
    if ("drug", name) in told.sentences[first].names:
        return True
    names_none = not any(kind == "drug" for kind, _ in told.sentences[at].names)
    before = told.sentences[first:at]
    return names_none and any(("drug", name) in part.names for part in before)


def _is_like(name: str, other: str, told: Told) -> bool:
    """Whether two medicines are of one role, or share a class."""
    one, two = told.lexicon.drug(name), told.lexicon.drug(other)
    if one is None or two is None:
        return False
    return one.role == two.role or bool(set(one.classes) & set(two.classes))

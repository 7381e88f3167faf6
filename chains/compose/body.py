"""What follows the short answer: the lines nearest to the question, laid out as its plan says."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from chains.compose.kit import ComposerKit
from chains.compose.selection import Candidate, Pool
from chains.questions import Plan

WORD_BUDGET = 260
"""Words of claims; questions, links, sources and notice are not counted."""
LEAST_WORDS = 120
"""Words below which lines follow that are not as near to the question."""
LINES_A_SECTION = 4
ALIKE = 0.87
"""Cosine from which a line says again what was said; read off pairs of lines of the library."""
NEAR = 0.35
"""How far a line lies on the way from the usual line of its articles to the best, from which it is
read beside the best: a subject that all lines share makes none of them near."""
LEAST_NEAR = 0.33
"""Nearness below which no line is read beside another."""
USUAL_BEST = 0.6
"""Nearness that the best line of a pool mostly has: one that says the question's own words must
not shut the others out."""
LEAD_BONUS = 0.1
PLACE_BONUS, NAMED_BONUS, MAIN_ARTICLE_BONUS = 0.12, 0.15, 0.06
OFF_PLAN = 0.15
"""What a line of a section that the plan does not have loses."""
CALL = "when_to_call"
NARROW = ("together", "dose_effect")
"""Kinds of question whose answer keeps to the sections of its plan."""


class Said:
    """What an answer has said so far; what says the same again is left out."""

    def __init__(self, kit: ComposerKit) -> None:
        """Begin with nothing said."""
        self._kit = kit
        self._texts: list[str] = []
        self.words = 0

    @property
    def texts(self) -> frozenset[str]:
        """All that was said."""
        return frozenset(self._texts)

    def add(self, text: str) -> None:
        """Count a text as said."""
        self._texts.append(text)
        self.words += len(text.split())

    def has(self, text: str) -> bool:
        """True when the text was said, in these words or in others."""
        if not self._texts:
            return False
        similarity = self._kit.similarity
        return max(similarity.cosines(similarity.vector(text), self._texts)) >= ALIKE

    def fresh(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that say something new, also against each other."""
        found: list[Candidate] = []
        said = Said(self._kit)
        for candidate in candidates:
            if not self.has(candidate.line.text) and not said.has(candidate.line.text):
                said.add(candidate.line.text)
                found.append(candidate)
        return found


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that are said together: one line, or all steps of a list."""

    lines: tuple[Candidate, ...]
    value: float
    is_near: bool
    may_fill: bool
    """True where it may be said to an answer that would be too short without it."""

    @property
    def section(self) -> tuple[str, str]:
        return _section(self.lines[0])


def nearest(
    candidates: Iterable[Candidate], pool: Pool, share: float = NEAR, lead: Container[str] = ()
) -> list[Candidate]:
    """Those near enough to the question to be read beside the best line, nearest first.

    Lines of a section kind in `lead`, which answers this kind of question, may lie a little
    further off: a list of what helps names things, not what it helps against.
    """
    enough = _floor(pool, share)
    near = [
        c
        for c in candidates
        if c.is_named or c.similarity + LEAD_BONUS * (c.section.kind in lead) >= enough
    ]
    return sorted(near, key=lambda c: (not c.is_named, -c.similarity))


def _floor(pool: Pool, share: float) -> float:
    values = sorted((c.similarity for c in pool.candidates), reverse=True)
    if not values:
        return LEAST_NEAR
    usual = values[len(values) // 2]
    return max(LEAST_NEAR, usual + share * (min(values[0], USUAL_BEST) - usual))


def body(pool: Pool, plan: Plan, said: Said, first: Sequence[str] = ()) -> list[list[Candidate]]:
    """Sections of lines that are for everyone, within the budget of words.

    Args:
        pool: The lines that may be said.
        plan: Which section kinds, in which order.
        said: What the answer has said so far; what is chosen here is not added to it.
        first: Ids of the chunks the short answer stands in: their section is read on first.
    """
    units = sorted(_units(pool, plan), key=lambda unit: -unit.value)
    chosen = _within_budget(units, said)
    chosen += _call(pool, plan, said, chosen)
    order = {id(c.line): place for place, c in enumerate(pool.candidates)}
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in sorted(chosen, key=lambda c: order[id(c.line)]):
        groups.setdefault(_section(candidate), []).append(candidate)

    def place(lines: list[Candidate]) -> tuple[bool, bool, int]:
        kind = lines[0].section.kind
        return (
            not any(c.chunk_id in first for c in lines),
            lines[0].article is not pool.articles[0],
            plan.sections.index(kind) if kind in plan.sections else -1,
        )

    return sorted(groups.values(), key=place)


def _units(pool: Pool, plan: Plan) -> list[_Unit]:
    told = pool.with_verdict("always")
    near = {id(c.line) for c in nearest(told, pool, lead=plan.lead[:1])}
    units: list[_Unit] = []
    steps: Counter[tuple[str, str]] = Counter()
    for candidate in pool.candidates:
        if candidate.fit.verdict != "always":
            continue
        lines: tuple[Candidate, ...] = (candidate,)
        if candidate.line.marker == "step":
            steps[_section(candidate)] += 1
            if steps[_section(candidate)] > 1:
                continue
            lines = tuple(
                c
                for c in pool.of_section(candidate.article, candidate.section.kind)
                if c.line.marker == "step" and c.fit.verdict == "always"
            )
        value = max(_value(c, pool, plan) for c in lines)
        is_of_plan = candidate.section.kind in plan.sections
        is_near = any(id(c.line) in near for c in lines) and (is_of_plan or plan.kind not in NARROW)
        may_fill = candidate.article is pool.articles[0] and is_of_plan
        units.append(_Unit(lines, value, is_near, may_fill))
    return units


def _value(candidate: Candidate, pool: Pool, plan: Plan) -> float:
    value = candidate.similarity + NAMED_BONUS * candidate.is_named
    value += MAIN_ARTICLE_BONUS * (candidate.article is pool.articles[0])
    if candidate.section.kind not in plan.sections:
        return value - OFF_PLAN
    place = plan.sections.index(candidate.section.kind)
    return value + PLACE_BONUS * (1 - place / len(plan.sections))


def _within_budget(units: Iterable[_Unit], said: Said) -> list[Candidate]:
    chosen: list[Candidate] = []
    lines_of: Counter[tuple[str, str]] = Counter()
    words = said.words
    for unit in units:
        size = sum(len(c.line.text.split()) for c in unit.lines)
        room = WORD_BUDGET if unit.is_near else LEAST_WORDS if unit.may_fill else 0
        is_wanted = words + size <= room
        if not is_wanted or lines_of[unit.section] >= LINES_A_SECTION:
            continue
        fresh = [c for c in said.fresh([*chosen, *unit.lines]) if c in unit.lines]
        if not fresh or (len(unit.lines) > 1 and len(fresh) < len(unit.lines)):
            continue
        chosen += fresh
        lines_of[unit.section] += len(fresh)
        words += size
    return chosen


def _call(pool: Pool, plan: Plan, said: Said, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Whom to call and when, where the plan has it and nothing chosen says it."""
    if CALL not in plan.sections or any(c.section.kind == CALL for c in chosen):
        return []
    lines = pool.of_section(pool.articles[0], CALL)
    return said.fresh(c for c in lines if c.fit.verdict == "always")[:1]


def _section(candidate: Candidate) -> tuple[str, str]:
    return candidate.article.article_id, candidate.section.kind

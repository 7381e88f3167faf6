"""Whole answers held against what a good nurse would say: points, boundaries, order, grade."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import textstat

from chains.lexicon import Lexicon
from chains.record import TurnRecord
from evals.cases import Row

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")
_MARKS = re.compile(r"\[\d+\]|[*#_|`>]|\]\([^)]*\)|\[")
_AFTER = re.compile(
    r"^### (?:Where to learn more|Services that may help|Sources|You could also)", re.M
)
_TWO_SYLLABLES = "tablet"
"""Stands for every drug name when the grade is taken: a name is no choice of words."""
_FIRST = 2


class Point(NamedTuple):
    """Something an answer says, or must not say."""

    text: str
    ways: tuple[tuple[re.Pattern[str], ...], ...]
    """Alternatives; the patterns of one are all found in one sentence."""

    def is_in(self, sentences: Iterable[str]) -> bool:
        """Whether one of the sentences says it."""
        return any(
            all(pattern.search(sentence) for pattern in way)
            for sentence in sentences
            for way in self.ways
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation whose last message is a question, and what its answer holds."""

    case_id: str
    turns: tuple[str, ...]
    message: str
    must_hold: tuple[Point, ...]
    must_not: tuple[Point, ...]
    first: Point | None
    """What the first sentences say when the question is answered at once."""
    applies: tuple[Point, ...]
    not_applies: tuple[Point, ...]
    fact: str
    """Name of the fact of the card that the answer must use; empty for general ones."""
    tags: frozenset[str]


class Outcome(NamedTuple):
    """How one answer fared."""

    case: Case
    kind: str
    held: tuple[str, ...]
    missed: tuple[str, ...]
    broken: tuple[str, ...]
    """Points that it must not hold and does."""
    is_first: bool | None
    """None where the case does not say what comes first."""
    conditions: tuple[bool, ...]
    """Whether each point that turns on the card was applied rightly."""
    grade: float
    has_notice: bool
    words: int


def read_case(row: Row) -> Case:
    """A case as it was written."""
    first = row.get("answer_first") or []
    return Case(
        row["id"],
        tuple(row["turns"]),
        row["message"],
        _points(row["must_hold"]),
        _points(row["must_not"]),
        Point("answered first", ways_of(first)) if first else None,
        _points(row.get("applies") or ()),
        _points(row.get("not_applies") or ()),
        (row.get("fact") or {}).get("name", ""),
        frozenset(row.get("tags", ())),
    )


def _points(rows: Iterable[Row]) -> tuple[Point, ...]:
    return tuple(Point(row["point"], ways_of(row["any"])) for row in rows)


def ways_of(rows: Iterable[Sequence[str]]) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Alternatives; the patterns of one are all to be found in one sentence."""
    return tuple(tuple(re.compile(p, re.IGNORECASE) for p in way) for way in rows)


def score(case: Case, record: TurnRecord, lexicon: Lexicon) -> Outcome:
    """Hold a record against its case."""
    answer = record.answer
    body = _AFTER.split(answer.markdown)[0]
    said = sentences_of(body)
    claims = [part for one in answer.sentences for part in _SENTENCE_END.split(one.text)]
    held = [point.text for point in case.must_hold if point.is_in(said)]
    conditions = [point.is_in(said) for point in case.applies]
    conditions += [not point.is_in(said) for point in case.not_applies]
    return Outcome(
        case,
        record.kind,
        tuple(held),
        tuple(point.text for point in case.must_hold if point.text not in held),
        tuple(point.text for point in case.must_not if point.is_in(said)),
        case.first.is_in([*claims[:_FIRST], " ".join(claims[:_FIRST])]) if case.first else None,
        tuple(conditions),
        grade_of(claims, lexicon),
        "not medical advice" in answer.markdown,
        sum(len(claim.split()) for claim in claims),
    )


def sentences_of(markdown: str) -> list[str]:
    """The sentences of an answer as it is read, without marks."""
    lines = (_MARKS.sub("", line).strip(" -") for line in markdown.splitlines())
    return [sentence for line in lines if line for sentence in _SENTENCE_END.split(line)]


def grade_of(sentences: Sequence[str], lexicon: Lexicon) -> float:
    """Flesch-Kincaid grade of what was claimed; 0 when nothing was."""
    text = " ".join(sentences)
    for mention in reversed(lexicon.mentions(text)):
        if mention.kind == "drug":
            text = text[: mention.start] + _TWO_SYLLABLES + text[mention.end :]
    grade: float = textstat.flesch_kincaid_grade(text) if text else 0.0
    return grade

"""Questions that take something for granted: false premises corrected, sound ones left alone."""

import re
from dataclasses import dataclass

from chains.lexicon import Lexicon
from chains.record import TurnRecord
from evals.answers.scoring import sentences_of
from evals.cases import EVALS, Row, read_cases, sampled

FILE = EVALS / "model" / "premises.jsonl"
_SOUND = frozenset({"sound", "true", "twin"})
_CORRECTING = re.compile(
    r"\b(?:not|no|cannot|can't|isn't|doesn't|don't|aren't|never|rather|instead|however|actually|but"
    r"|only some|not all|may not|in fact|while)\b",
    re.IGNORECASE,
)
_FIRST = 4
"""Sentences in which a correction is looked for: it comes first or is not seen."""
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Premise:
    """A question and what it takes for granted."""

    case_id: str
    question: str
    is_sound: bool
    about: str
    truth: str
    """What the sources say; empty where it was not written down."""


def read_premises(sample: int | None = None) -> list[Premise]:
    """The cases; none where the file is absent."""
    return sampled(read_cases(FILE, _premise), sample)


def _premise(row: Row) -> Premise:
    kind = row["premise"]
    is_sound = kind if isinstance(kind, bool) else str(kind).lower() in _SOUND
    return Premise(row["id"], row["question"], is_sound, row.get("about", ""), row.get("truth", ""))


def is_corrected(case: Premise, record: TurnRecord, lexicon: Lexicon) -> bool:
    """Whether the answer's first sentences set something right about what was taken for granted.

    A sentence counts where it denies or limits something, speaks of a thing that the question
    names, and, where the truth was written down, shares half of its words.
    """
    named = {mention.name for mention in lexicon.mentions(case.question)}
    wanted = set(_WORD.findall(case.truth.lower()))
    claims = [part for one in record.answer.sentences for part in sentences_of(one.text)]
    for claim in claims[:_FIRST]:
        words = set(_WORD.findall(claim.lower()))
        names = {mention.name for mention in lexicon.mentions(claim)}
        is_about = bool(names & named) or len(words & set(_WORD.findall(case.question.lower()))) > 1
        says_so = not wanted or len(words & wanted) >= min(3, len(wanted) / 2)
        if _CORRECTING.search(claim) and is_about and says_so:
            return True
    return False

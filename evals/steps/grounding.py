"""The check of a model's sentences: what it catches by kind, what it keeps, beside simpler ones."""

import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from chains.compose.word_weights import stems
from chains.lexicon import load_lexicon
from chains.model.checking import SentenceChecker
from evals.cases import EVALS, Row, read_cases, sampled
from evals.figures import Count, Figure, count, share, unscored
from vectorstore.embeddings import MiniLMEmbeddings
from vectorstore.similarity import TextSimilarity

STEP = "grounding"
SETS: dict[str, tuple[str, ...]] = {
    "blind held": ("blind_held.jsonl",),
    "blind2 held": ("blind2_held.jsonl",),
    "blind dev": ("blind_dev.jsonl",),
    "lots": tuple(f"lot_{number}.jsonl" for number in range(1, 8)),
    "own": ("own.jsonl",),
    "pairs trained on": ("pairs_1.jsonl", "pairs_2.jsonl"),
}
"""Files of each set; what is held is measured, never read.

The pairs are two sentences for each of 600 lines of the library, one true and one not, by writers
who had seen no check; what the check weighs was chosen on them, so that they are not unseen."""
_TUNED_ON = "blind dev"
_KEPT = "supported kept"
GOALS: dict[str, tuple[tuple[str, ...], float | None]] = {
    "wrong numbers, units, dates caught": (("number", "unit", "date"), 100.0),
    "wrong drugs caught": (("drug",), 100.0),
    "wrong biomarkers caught": (("biomarker",), 100.0),
    "wrong stages caught": (("stage",), None),
    "lost or added negation caught": (("negation",), 95.0),
    "wrong population caught": (("population",), 80.0),
    "said by no passage caught": (("unsupported",), None),
}
_KEPT_GOAL = 97.0
_MARK = re.compile(r"\s*\[(\d+)\]")
_STEPS = 50
"""Thresholds tried for a baseline, evenly over 0 .. 1."""


class Case(NamedTuple):
    """A sentence, the passages it cites, and what is wrong with it."""

    case_id: str
    sentence: str
    passages: tuple[str, ...]
    change: str
    """Empty when it is supported."""


Keeps = Callable[[Case], bool]
"""Whether a system lets a sentence out."""


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Shares caught, by kind, and kept; beside nearness alone and shared words alone."""
    systems = baselines(_cases_of(SETS[_TUNED_ON]))
    figures = []
    for name, files in SETS.items():
        cases = sampled(_cases_of(files), sample)
        for measure, kinds, goal in _measures():
            label = f"{measure}, {name}"
            chosen = [case for case in cases if case.change in kinds]
            if not chosen:
                figures.append(unscored(STEP, label, "no such cases", goal=goal))
                continue
            figures.append(
                share(
                    STEP,
                    label,
                    _right(chosen, is_kept),
                    goal=goal,
                    baselines={other: _right(chosen, keeps) for other, keeps in systems.items()},
                )
            )
    return figures


def _cases_of(files: Sequence[str]) -> list[Case]:
    return [case for file in files for case in read_cases(EVALS / "grounding" / file, read_case)]


def _measures() -> list[tuple[str, tuple[str, ...], float | None]]:
    return [(_KEPT, ("",), _KEPT_GOAL), *((name, *rest) for name, rest in GOALS.items())]


def read_case(row: Row) -> Case:
    """A sentence without its marks, with the passages that the marks name."""
    cited = {int(n) for n in _MARK.findall(row["sentence"])}
    return Case(
        row["id"],
        _MARK.sub("", row["sentence"]),
        tuple(passage["text"] for passage in row["passages"] if passage["n"] in cited),
        row["change"] or "" if row["label"] != "supported" else "",
    )


def _right(cases: Sequence[Case], keeps: Keeps) -> Count:
    return count([keeps(case) == (not case.change) for case in cases])


def is_kept(case: Case) -> bool:
    """Whether the check lets a sentence out."""
    return _checker(case.passages).check(case.sentence, case.passages).is_supported


@functools.lru_cache(maxsize=2)
def _checker(passages: tuple[str, ...]) -> SentenceChecker:
    """One for cases that cite the same passages, which mostly stand together."""
    return SentenceChecker(load_lexicon(), _similarity())


def baselines(tuned_on: Sequence[Case]) -> dict[str, Keeps]:
    """Simpler systems, each with the threshold that is right most often on some cases."""
    return {
        name: _above(score, tuned_on)
        for name, score in (("nearness alone", _nearness), ("shared words alone", _shared_words))
    }


def _above(score: Callable[[Case], float], cases: Sequence[Case]) -> Keeps:
    scores = [(score(case), not case.change) for case in cases]
    limits = [at / _STEPS for at in range(_STEPS)]
    best = max(limits, key=lambda limit: sum((s >= limit) == ok for s, ok in scores), default=0.5)
    return lambda case: score(case) >= best


def _nearness(case: Case) -> float:
    similarity = _similarity()
    asked = similarity.vector(case.sentence)
    return max((float(asked @ similarity.vector(text)) for text in case.passages), default=0.0)


def _shared_words(case: Case) -> float:
    words = stems(case.sentence)
    return len(words & stems(" ".join(case.passages))) / max(len(words), 1)


@functools.cache
def _similarity() -> TextSimilarity:
    return TextSimilarity(MiniLMEmbeddings(), {})

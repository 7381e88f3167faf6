"""Misspelt medicines: the right generic found, and no medicine where none is named."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chains.lexicon import load_lexicon
from evals.cases import EVALS, Row, read_cases, sampled
from evals.drugs import systems
from evals.drugs.running_text import own_texts, real_texts
from evals.figures import Figure, count, share, unscored
from evals.intervals import wilson

STEP = "drugs"
CASES = EVALS / "drugs" / "cases.jsonl"
REAL = "misspellings_dev.jsonl"
CARRIER = "I have been taking {} since May"
PER_WORDS = 10_000
GOAL_RIGHT, GOAL_FALSE = 95.0, 1.0


class Case(NamedTuple):
    """A misspelling and the medicine that was meant."""

    typed: str
    generic: str
    slip: str


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """The right generic on misspellings made by seed and on real ones; false hits."""
    made = sampled(read_cases(CASES, _case), sample)
    figures = [_right("right generic, by seed", made, GOAL_RIGHT)]
    for slip in dict.fromkeys(case.slip for case in made):
        of_slip = [case for case in made if case.slip == slip]
        figures.append(_right(f"right generic, {slip}", of_slip, None))
    real = sampled(_real_cases(data), sample)
    figures.append(_right("right generic, real", real, GOAL_RIGHT))
    own = sampled(own_texts(), sample)
    figures.append(_false_hits("false hits, our library", own))
    is_real = data is not None and (data / "nci").is_dir()
    texts = sampled(real_texts(data), sample) if data is not None and is_real else []
    figures.append(_false_hits("false hits, messages and NCI pages", texts))
    return figures


def _case(row: Row) -> Case:
    return Case(row["typed"], row["generic"], row["slip"])


def _real_cases(data: Path | None) -> list[Case]:
    """Distinct real misspellings of medicines; the generic by our names or by NCI's list."""
    if data is None or not (data / REAL).exists():
        return []
    brands = _listed_generics(data)
    found = {}
    for line in (data / REAL).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["is_drug"]:
            drug = load_lexicon().drug(row["intended"])
            generic = drug.name if drug else brands.get(row["intended"], row["intended"])
            found[row["typed"]] = Case(row["typed"], generic, "real")
    return list(found.values())


def _listed_generics(data: Path) -> dict[str, str]:
    path = data / "oncology_drugs.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = map(json.loads, lines)
    return {brand.lower(): row["base"].lower() for row in rows for brand in row["brands"]}


def _right(title: str, cases: Sequence[Case], goal: float | None) -> Figure:
    if not cases:
        return unscored(STEP, title, f"--data with {REAL} is needed", goal=goal)
    finders = {
        "ours": systems.extracted,
        "rapidfuzz": systems.by_rapidfuzz,
        "symspellpy": systems.by_symspell,
    }
    right = {
        name: count([find(CARRIER.format(case.typed)) == {case.generic} for case in cases])
        for name, find in finders.items()
    }
    return share(STEP, title, right.pop("ours"), goal=goal, baselines=right)


def _false_hits(title: str, texts: Sequence[str]) -> Figure:
    words = sum(len(systems.WORD.findall(text)) for text in texts)
    if not words:
        why = "--data with nci/ is needed"
        return unscored(STEP, title, why, goal=GOAL_FALSE, is_ceiling=True)
    libraries = {
        "rapidfuzz": systems.nearest_by_rapidfuzz,
        "symspellpy": systems.repaired_by_symspell,
    }
    hits = sum(map(systems.repaired_by_us, texts))
    low, high = wilson(hits, words)
    return Figure(
        STEP,
        title,
        PER_WORDS * hits / words,
        n=words,
        low=PER_WORDS * low,
        high=PER_WORDS * high,
        goal=GOAL_FALSE,
        unit="per 10,000 words",
        is_ceiling=True,
        baselines={
            name: PER_WORDS * sum(systems.words_repaired(text, find) for text in texts) / words
            for name, find in libraries.items()
        },
    )

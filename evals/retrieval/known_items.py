"""Questions in patients' words, each written from one page: is that page found?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from evals.cases import EVALS, Row, read_cases, sampled
from evals.figures import Figure, count, share, unscored
from evals.retrieval.corpus import Corpus
from evals.retrieval.systems import OURS, Systems

STEP = "retrieval"
FIRST, DEEPEST = 5, 10
GOAL_HIT, GOAL_MRR = 92.0, 80.0
_QUANTILE = 1.96


@dataclass(frozen=True, slots=True)
class Item:
    """A question and the pages that answer it."""

    question: str
    pages: frozenset[str]
    """The page it was written from, and those that say the same."""
    is_misspelt: bool


def item_files(folder: Path = EVALS / "retrieval") -> list[Path]:
    """The sets that are here: one for tuning, and one held back where it was put in place."""
    return sorted(folder.glob("known_item_blind_*.jsonl"))


def read_items(path: Path) -> list[Item]:
    """The questions of a set."""

    def read(row: Row) -> Item:
        return Item(row["question"], frozenset([row["path"], *row["also"]]), row["misspelt"])

    return read_cases(path, read)


def known_item_figures(systems: Systems, sample: int | None = None) -> list[Figure]:
    """Hit in the first five pages and MRR@10 of every set, misspelt questions apart too."""
    figures: list[Figure] = []
    for path in item_files():
        name = path.stem.removeprefix("known_item_blind_")
        items = sampled(read_items(path), sample)
        ranks = {
            system: [
                first_rank(systems.documents(system, item.question), wanted(item, systems.corpus))
                for item in items
            ]
            for system in systems.searches
        }
        figures += _of_set(name, ranks)
        wrong = [i for i, item in enumerate(items) if item.is_misspelt]
        figures += _of_set(
            f"{name}, misspelt", {s: [r[i] for i in wrong] for s, r in ranks.items()}
        )
    return figures


def wanted(item: Item, corpus: Corpus) -> frozenset[str]:
    """Ids of the documents that answer; none where the folder does not hold its pages."""
    known = corpus.document_of
    return frozenset(known[page] for page in item.pages if page in known)


def first_rank(documents: Sequence[str], answering: Collection[str]) -> int:
    """Rank from 1 of the first document that answers; 0 when none of the first ten does."""
    ranked = enumerate(documents[:DEEPEST], start=1)
    return next((rank for rank, document in ranked if document in answering), 0)


def _of_set(name: str, ranks: Mapping[str, Sequence[int]]) -> list[Figure]:
    hits = {system: count([1 <= r <= FIRST for r in found]) for system, found in ranks.items()}
    others = {system: hit for system, hit in hits.items() if system != OURS}
    return [
        share(STEP, f"hit in first {FIRST}, {name}", hits[OURS], goal=GOAL_HIT, baselines=others),
        _mrr(f"MRR@{DEEPEST} times 100, {name}", ranks),
    ]


def _mrr(measure: str, ranks: Mapping[str, Sequence[int]]) -> Figure:
    values = [1 / rank if rank else 0.0 for rank in ranks[OURS]]
    if not values:
        return unscored(STEP, measure, "no such cases", goal=GOAL_MRR)
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / max(len(values) - 1, 1)
    half = _QUANTILE * sqrt(variance / len(values))
    baselines = {
        system: 100 * sum(1 / r for r in found if r) / len(found)
        for system, found in ranks.items()
        if system != OURS
    }
    return Figure(
        STEP,
        measure,
        100 * mean,
        n=len(values),
        low=100 * max(0.0, mean - half),
        high=100 * min(1.0, mean + half),
        goal=GOAL_MRR,
        baselines=baselines,
    )

"""Milliseconds of a query on the shelf at hand, and on shelves of 10,000 and 100,000 passages."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.figures import Figure, p95
from evals.intervals import percentile
from evals.retrieval.corpus import Corpus, working_copy
from evals.retrieval.systems import Systems
from vectorstore.chunking import content_hash
from vectorstore.cutting import Passage
from vectorstore.embeddings import MINILM, Vector
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import SHELF_PREFIX, Shelf, open_current
from vectorstore.shelf_build import build_index, current_folder
from vectorstore.shelf_search import ShelfRetriever
from vectorstore.shelf_store import ShelfStore, description_of, indexed_text

STEP = "retrieval"
SIZES = (10_000, 100_000)
QUERIES = 200
GOAL_P50, GOAL_P95 = 15.0, 40.0
_NOISE = 0.15
"""Length of what is added to a unit vector before it is made a unit vector again."""


class _Part(NamedTuple):
    section: str
    page: int | None
    text: str
    vector: Vector


class _Taken(NamedTuple):
    clock_ms: float
    processor_ms: float


def size_figures(systems: Systems, questions: Sequence[str], *, keep: bool = False) -> list[Figure]:
    """Whole queries, the encoding of the question among them, by the clock and in processor time.

    The clock tells of this machine as busy as it is; processor time hardly depends on it.

    The larger shelves hold the passages over and over: each copy is a document of its own, with
    the same words and a vector moved a little, by seed.

    Args:
        systems: Ours is measured.
        questions: Asked over and over.
        keep: Keep the larger shelves (half a gigabyte) in the cache, and take those that are there.
    """
    corpus = systems.corpus
    asked = list(islice(cycle(questions), QUERIES))
    figures = _of_shelf(f"{len(corpus.chunks):,} passages", systems.retriever, asked)
    for size in SIZES:
        with _copied(corpus, size, keep=keep) as shelf:
            retriever = replace(systems.retriever, shelf=shelf, _vocabulary=[])
            figures += _of_shelf(f"{size:,} passages, copies", retriever, asked)
    return figures


def _of_shelf(name: str, retriever: ShelfRetriever, asked: Sequence[str]) -> list[Figure]:
    for question in asked[:5]:  # the first ones read index and words into memory
        retriever.search(question)
    taken = [_taken(partial(retriever.search, question)) for question in asked]
    times, worked = [t.clock_ms for t in taken], [t.processor_ms for t in taken]
    return [
        _p50(f"p50 of a query, {name}", times, GOAL_P50),
        p95(STEP, f"p95 of a query, {name}", times, goal=GOAL_P95),
        _p50(f"p50 in processor time, {name}", worked, None),
        p95(STEP, f"p95 in processor time, {name}", worked, goal=None),
    ]


def _p50(measure: str, times: Sequence[float], goal: float | None) -> Figure:
    half = percentile(times, 0.5)
    low, high = half.interval
    return Figure(
        STEP,
        measure,
        half.value,
        n=len(times),
        low=low,
        high=high,
        goal=goal,
        unit="ms",
        is_ceiling=True,
    )


@contextmanager
def _copied(corpus: Corpus, size: int, *, keep: bool) -> Iterator[Shelf]:
    with tempfile.TemporaryDirectory(prefix="carethread-sizes-") as folder:
        kept = corpus.settings.data_dir / f"copies-{size}-of-{_name(corpus)}"
        settings = VectorStoreSettings(data_dir=kept if keep else Path(folder))
        shelf = open_current(settings, MINILM)
        if shelf is None:
            shutil.rmtree(settings.data_dir, ignore_errors=True)
            with working_copy(settings) as copies, working_copy(corpus.settings) as store:
                _fill(copies, store, size)
                build_index(copies, settings, MINILM)
            shelf = open_current(settings, MINILM)
        if shelf is None:
            raise FileNotFoundError(settings.data_dir)
        try:
            yield shelf
        finally:
            shelf.close()


def _name(corpus: Corpus) -> str:
    """Names what the corpus's index holds; another one for other pages."""
    folder = current_folder(corpus.settings, MINILM)
    return folder.name.rpartition("-")[0] if folder else "nothing"


def _fill(copies: ShelfStore, store: ShelfStore, size: int) -> None:
    """Put whole documents into `copies`, over and over, until there are `size` passages."""
    random = np.random.default_rng(7)
    descriptions = {key: description_of(text) for key, text in store.documents()}
    parts: dict[str, list[_Part]] = {}
    for _, document_id, section, page, text, vector in store.passages(MINILM):
        row = np.frombuffer(vector, np.float16).astype(np.float32)
        parts.setdefault(document_id, []).append(_Part(section, page, text, row))
    count = 0
    for copy, document_id in enumerate(cycle(parts)):
        if count == size:
            break
        taken = parts[document_id][: size - count]
        first = descriptions[document_id]
        title = f"{first.title} {copy}"  # the title is encoded too: another one, another vector
        passages = [Passage(n, p.section, p.page, p.text) for n, p in enumerate(taken, 1)]
        hashes = [content_hash(indexed_text(title, p.section, p.text)) for p in taken]
        moved = (_moved(p.vector, random) for p in taken)
        copies.keep_vectors(MINILM, dict(zip(hashes, moved, strict=True)))
        copies.put(
            f"{SHELF_PREFIX}{copy}",
            replace(first, title=title, url=""),
            passages,
            path=Path(str(copy)),
            digest="",
        )
        count += len(taken)


def _moved(vector: Vector, random: np.random.Generator) -> Vector:
    noise = random.normal(size=vector.shape).astype(np.float32)
    row = vector + noise * (_NOISE / np.linalg.norm(noise))
    moved: Vector = row / np.linalg.norm(row)
    return moved


def _taken(call: Callable[[], object]) -> _Taken:
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return _Taken(1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor))

"""Milliseconds of a query at the size at hand, at 10,000 and at 100,000 chunks."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import chromadb
import numpy as np
from chromadb import Collection
from chromadb.api.types import Embeddings as Rows
from chromadb.config import Settings

from evals.figures import Figure, p95
from evals.intervals import percentile
from evals.retrieval.corpus import Corpus
from evals.retrieval.systems import Systems
from vectorstore.chroma_index import _CONFIGURATION

STEP = "retrieval"
SIZES = (10_000, 100_000)
QUERIES = 200
GOAL_P50, GOAL_P95 = 15.0, 40.0
_BATCH = 2_000
_NOISE = 0.15
"""Length of what is added to a unit vector before it is made a unit vector again."""


def size_figures(systems: Systems, questions: Sequence[str]) -> list[Figure]:
    """Whole queries at the size at hand; the search by meaning alone where chunks are made up.

    The larger collections hold the real vectors and perturbed copies of them; words are not
    measured there, as made-up texts would have made-up words.
    """
    corpus = systems.corpus
    asked = [questions[i % len(questions)] for i in range(QUERIES)]
    systems.searches["ours"](asked[0])
    times = [_ms(partial(systems.searches["ours"], question)) for question in asked]
    size = f"{len(corpus.index.chunks):,} chunks"
    figures = _figures(f"query, {size}", times, GOAL_P50, GOAL_P95)
    vectors = [corpus.index.embeddings.embed_query(question) for question in dict.fromkeys(asked)]
    for chunks in SIZES:
        found = _search_times(corpus, vectors, chunks)
        figures += _figures(f"meaning alone, {chunks:,} perturbed", found, None, None)
    return figures


def _figures(
    name: str, times: Sequence[float], goal_p50: float | None, goal_p95: float | None
) -> list[Figure]:
    half = percentile(times, 0.5)
    low, high = half.interval
    p50 = Figure(
        STEP,
        f"p50 of {name}",
        half.value,
        n=len(times),
        low=low,
        high=high,
        goal=goal_p50,
        unit="ms",
        is_ceiling=True,
    )
    return [p50, p95(STEP, f"p95 of {name}", times, goal=goal_p95)]


def _search_times(corpus: Corpus, queries: Sequence[list[float]], size: int) -> list[float]:
    with tempfile.TemporaryDirectory(prefix="carethread-sizes-") as folder:
        client = chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
        collection = client.create_collection("chunks", configuration=_CONFIGURATION)
        for start, rows in _perturbed(corpus, size):
            ids = [str(start + i) for i in range(len(rows))]
            collection.add(ids=ids, embeddings=rows)
        times = [_ms(partial(_search, collection, query)) for query in [*queries[:5], *queries]]
        client.close()  # type: ignore[attr-defined]  # the class behind the interface has it
    return times[5:]  # the first ones read the index into memory


def _search(collection: Collection, query: list[float]) -> None:
    asked: list[Sequence[float] | Sequence[int]] = [query]
    collection.query(query_embeddings=asked, n_results=30, include=["distances"])


def _perturbed(corpus: Corpus, size: int) -> Iterator[tuple[int, Rows]]:
    """The real vectors over and over, each copy after the first moved a little, by seed."""
    real = np.array(list(corpus.vectors.values()), dtype=np.float32)
    random = np.random.default_rng(7)
    for start in range(0, size, _BATCH):
        places = np.arange(start, min(start + _BATCH, size))
        rows = real[places % len(real)]
        noise = random.normal(size=rows.shape).astype(np.float32)
        noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        rows = rows + noise * (places >= len(real))[:, None]
        yield start, (rows / np.linalg.norm(rows, axis=1, keepdims=True)).tolist()


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)

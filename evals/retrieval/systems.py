"""Four ways to find documents by the same chunks, ours and three a tutorial would build."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chains.lexicon import load_lexicon
from evals.product import services
from evals.retrieval.corpus import Corpus
from vectorstore.shelf_search import ShelfRetriever

DEPTH = 50
"""Chunks each simpler system gives; documents are counted by their best chunk."""
DOCUMENTS = 10
"""Documents that ours gives, each by its best chunk."""
ENSEMBLE_CONSTANT = 60
"""`c` of LangChain's EnsembleRetriever, weights equal, as its documentation has it."""
OURS = "ours"

Search = Callable[[str], Sequence[str]]
"""A question to ids of chunks, best first."""


@dataclass(frozen=True, slots=True)
class Systems:
    """By name, ours first."""

    searches: dict[str, Search]
    corpus: Corpus
    retriever: ShelfRetriever
    """Ours."""

    def documents(self, name: str, question: str) -> list[str]:
        """Ids of documents in the order of their best chunk, each once."""
        found = (key.partition("#")[0] for key in self.searches[name](question))
        return list(dict.fromkeys(found))


def build_systems(corpus: Corpus) -> Systems:
    """Ours beside Chroma's similarity, BM25 and their fusion, all over the same chunks."""
    known = services().index.vocabulary | load_lexicon().vocabulary()
    clinical = services().composer.kit.words.clinical
    retriever = ShelfRetriever(
        corpus.shelf, corpus.embeddings, known_words=known, clinical=clinical
    )
    similar, plain = _similarity(corpus), _PlainWords(corpus)

    def ours(question: str) -> list[str]:
        return [hit.chunk_id for hit in retriever.search(question, k=DOCUMENTS)]

    def ensemble(question: str) -> list[str]:
        return _fused([similar(question), plain.search(question)])

    searches: dict[str, Search] = {
        OURS: ours,
        "Chroma similarity": similar,
        "BM25": plain.search,
        "ensemble": ensemble,
    }
    return Systems(searches, corpus, retriever)


def _similarity(corpus: Corpus) -> Search:
    def search(question: str) -> list[str]:
        vector = corpus.embeddings.embed_query(question)
        (near,) = corpus.shelf.nearest([vector], limit=DEPTH)
        return [neighbor.chunk_id for neighbor in near]

    return search


class _PlainWords:
    """SQLite's BM25 as it comes: no stems, no stop words, no weights, titles in the text."""

    def __init__(self, corpus: Corpus) -> None:
        self._table = sqlite3.connect(":memory:")
        self._table.execute("CREATE VIRTUAL TABLE chunks USING fts5(chunk_id UNINDEXED, text)")
        rows = corpus.chunks
        self._table.executemany("INSERT INTO chunks VALUES (?, ?)", rows)

    def search(self, question: str) -> list[str]:
        words = dict.fromkeys(re.findall(r"[^\W_]+", question.lower()))
        match = " OR ".join(f'"{word}"' for word in words)
        if not match:
            return []
        asked = (
            "SELECT chunk_id FROM chunks WHERE chunks MATCH ? ORDER BY bm25(chunks), rowid LIMIT ?"
        )
        return [row[0] for row in self._table.execute(asked, (match, DEPTH))]


def _fused(rankings: Sequence[Sequence[str]]) -> list[str]:
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1 / (ENSEMBLE_CONSTANT + rank)
    return sorted(scores, key=lambda key: (-scores[key], key))

"""The index by words: BM25 over SQLite's FTS5 with Porter stemming, in memory."""

import re
import sqlite3
import threading
from collections.abc import Iterable

from vectorstore.chunking import Chunk

# The id does not count; title, heading and text weigh 3, 2 and 1.
_RANKED = (
    "SELECT chunk_id FROM chunks WHERE chunks MATCH ?"
    " ORDER BY bm25(chunks, 0.0, 3.0, 2.0, 1.0), chunk_id LIMIT ?"
)
_MOST_WORDS = 48
_WORD = re.compile(r"[^\W_]+")

_STOP_WORDS = """
a about after again all also am an and any are as at be because been before being but by can could
did do does doing for from get got had has have having he her hers him his how i if in into is it
its just me more most my myself no nor not of on or other our out over own please same she should so
some such than that the their them then there these they this those to too up very was we were what
when where which while who whom why will with would you your
s t d ll m re ve don doesn didn isn wasn won im ive
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""English words that say nothing of the subject; they are dropped from a query."""


class LexicalIndex:
    """BM25 over title, heading and text of chunks; safe to share between threads."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        """Index the chunks, which may be none."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.execute(
            "CREATE VIRTUAL TABLE chunks USING fts5(chunk_id UNINDEXED, title, section, text,"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._connection.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?)",
            ((chunk.chunk_id, chunk.title, chunk.section, chunk.text) for chunk in chunks),
        )

    def rank(self, query: str, limit: int) -> list[str]:
        """Ids of the chunks that hold any of the query's words, best first, ties by id.

        Any text is a query; one without a word that tells something finds nothing.
        """
        match = match_of(query)
        if match is None:
            return []
        with self._lock:
            rows = self._connection.execute(_RANKED, (match, limit)).fetchall()
        return [row[0] for row in rows]

    def close(self) -> None:
        """Give the memory back; the index is of no use afterwards."""
        self._connection.close()


class Stemmer:
    """The stems of words as the index has them; safe to share between threads."""

    def __init__(self) -> None:
        """Let FTS5 stem, which tells a stem only of what it indexed."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.executescript(
            "CREATE VIRTUAL TABLE words USING fts5("
            " word, tokenize = 'porter unicode61 remove_diacritics 2');"
            "CREATE VIRTUAL TABLE stems USING fts5vocab(words, instance);"
        )

    def stems(self, words: Iterable[str]) -> dict[str, str]:
        """The first stem of each word, by the word; none of what holds no letter or figure."""
        asked = list(dict.fromkeys(words))
        with self._lock:
            self._connection.execute("DELETE FROM words")
            self._connection.executemany(
                "INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(asked)
            )
            rows = self._connection.execute(
                "SELECT doc, term FROM stems ORDER BY doc, offset DESC"
            ).fetchall()
        return {asked[number]: stem for number, stem in rows}

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


def match_of(query: str) -> str | None:
    """A query as FTS5 reads it: any of its words; None where none of them tells something."""
    return any_of(telling_words(query)) or None


def any_of(words: Iterable[str]) -> str:
    """Words as FTS5 is asked for any of them; empty for none."""
    return " OR ".join(f'"{word}"' for word in words)


def telling_words(query: str) -> list[str]:
    """Those of a query that tell something, in lower case, each once, in order; the first 48."""
    return [word for word in query_words(query) if word not in STOP_WORDS][:_MOST_WORDS]


def query_words(text: str) -> list[str]:
    """The words and numbers of a text in lower case, each once, in order."""
    return list(dict.fromkeys(_WORD.findall(text.lower())))

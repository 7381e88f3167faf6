"""The rows of `endings.csv`: what may follow which words."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chains.completeness.word_lists import RULES

RowKind = Literal["after", "context", "card"]


@dataclass(frozen=True, slots=True)
class EndingRow:
    """Endings, and when they fit."""

    kind: RowKind
    """after: endings of a message; context: kinds of word; card: words related to a fact."""
    keys: tuple[str, ...]
    """Last words of the message, words before a broken one, or classes and names on the card."""
    topics: frozenset[str]
    """Of which the last sentence must name one; empty when any will do."""
    endings: tuple[str, ...]
    """`{medication}` and `{symptom}` stand for what the card holds."""

    def closeness(self, words: Sequence[str], classes: Sequence[str]) -> int:
        """How closely the row fits a sentence's end; 0 when it does not.

        Args:
            words: of the sentence, lower case.
            classes: of its last word, as "<drug>": closeness 1, less than any word.
        """
        if self.topics and self.topics.isdisjoint(words):
            return 0
        sentence = " " + " ".join(words)
        lengths = [len(key) + 1 for key in self.keys if sentence.endswith(" " + key)]
        if lengths:
            return max(lengths) + bool(self.topics)
        return int(not set(self.keys).isdisjoint(classes))


@cache
def _rows() -> tuple[EndingRow, ...]:
    with (RULES / "endings.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(_read(row) for row in csv.DictReader(rows))


def _read(row: dict[str, str]) -> EndingRow:
    kind: RowKind = row["kind"]  # type: ignore[assignment]  # a test holds the column to RowKind
    return EndingRow(
        kind=kind,
        keys=tuple(row["key"].split("|")),
        topics=frozenset(filter(None, row["topic"].split("|"))),
        endings=tuple(row["endings"].split("|")),
    )


def endings_after(words: Sequence[str], classes: Sequence[str]) -> Iterator[str]:
    """Endings that fit a sentence's end, those of the closest row first; placeholders unfilled.

    Rows for a class speak only when none fits the words.

    Args:
        words: of the last sentence, lower case.
        classes: of its last word, each as "<class>".
    """
    rows = [(row.closeness(words, classes), row) for row in _rows() if row.kind == "after"]
    by_words = [pair for pair in rows if pair[0] > 1]
    by_class = [pair for pair in rows if pair[0] == 1]
    for _, row in sorted(by_words or by_class, key=lambda pair: -pair[0]):
        yield from row.endings


def kinds_after(words: Sequence[str]) -> frozenset[str]:
    """Kinds of lexicon entry that these words (lower case) lead to; may be empty."""
    rows = (row for row in _rows() if row.kind == "context")
    return frozenset(kind for row in rows if set(row.keys) & set(words) for kind in row.endings)


def related_words(keys: Iterable[str]) -> frozenset[str]:
    """Words related to classes of medicine, or to names, that stand on a card."""
    wanted = set(keys)
    rows = (row for row in _rows() if row.kind == "card")
    return frozenset(word for row in rows if wanted & set(row.keys) for word in row.endings)

"""Other words in which people ask the questions that the articles answer."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from vectorstore.errors import ArticleError

COLUMNS = ("article_id", "number", "text")

AskedAs = Mapping[str, Mapping[int, tuple[str, ...]]]
"""Article id -> number of its question, from 1 -> ways to ask it."""


def read_asked_as(folder: Path) -> AskedAs:
    """The ways beside the articles; empty when there is no `asked_as.csv`.

    Raises:
        ArticleError: The file has other columns, or a number that is none.
    """
    path = folder / "asked_as.csv"
    if not path.exists():
        return {}
    found: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for article_id, number, text in _rows(path):
        found[article_id][number] = (*found[article_id].get(number, ()), text)
    return found


def _rows(path: Path) -> Iterator[tuple[str, int, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ArticleError(f"{path.name}: line 1: the columns are not {', '.join(COLUMNS)}")
        for row in rows:
            if not row["number"].isdecimal():
                raise ArticleError(
                    f"{path.name}: line {rows.line_num}: {row['number']!r} is not a number"
                )
            yield row["article_id"], int(row["number"]), row["text"]

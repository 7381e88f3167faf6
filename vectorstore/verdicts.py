"""What a review found: whether the sources of a claim say it."""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from vectorstore.articles import Article, Line
from vectorstore.errors import ArticleError

Judgement = Literal["supported", "unsupported", "unchecked"]

COLUMNS = ("claim_hash", "article_id", "verdict", "checked", "note")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One reviewed claim."""

    claim_hash: str
    article_id: str
    verdict: Judgement
    checked: date | None
    note: str


def claim_hash(text: str, source_urls: Iterable[str]) -> str:
    """16 hexadecimal figures of a claim and its sources: a changed claim has no verdict."""
    urls = "\n".join(sorted(source_urls))
    return hashlib.sha256(f"{text}\n{urls}".encode()).hexdigest()[:16]


def line_hash(article: Article, line: Line) -> str:
    """The hash of an article's line; sources it does not list do not count."""
    known = article.sources
    return claim_hash(line.text, (known[n].url for n in line.citations if n in known))


def read_verdicts(folder: Path) -> Mapping[str, Verdict]:
    """The verdicts beside the articles by claim hash; empty when there is no `verdicts.csv`.

    Raises:
        ArticleError: the file has other columns, or a verdict or date that is none.
    """
    path = folder / "verdicts.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ArticleError(f"{path.name}: line 1: the columns are not {', '.join(COLUMNS)}")
        verdicts = (_verdict(row, f"{path.name}: line {rows.line_num}") for row in rows)
        return {verdict.claim_hash: verdict for verdict in verdicts}


def _verdict(row: Mapping[str, str], where: str) -> Verdict:
    if row["verdict"] not in get_args(Judgement):
        raise ArticleError(f"{where}: {row['verdict']!r} is not a verdict")
    try:
        checked = date.fromisoformat(row["checked"]) if row["checked"] else None
    except ValueError as error:
        raise ArticleError(f"{where}: {row['checked']!r} is not a date") from error
    verdict = cast(Judgement, row["verdict"])
    return Verdict(row["claim_hash"], row["article_id"], verdict, checked, row["note"] or "")

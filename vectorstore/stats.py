"""How large the library is, and what in it waits for somebody."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from vectorstore.articles import Article, Library, Line
from vectorstore.chunking import chunk_library
from vectorstore.description import Description
from vectorstore.freshness import ARTICLE_DAYS, age_told, is_old
from vectorstore.shelf_store import ShelfStore, description_of
from vectorstore.verdicts import Verdict, line_hash

REVIEW_EVERY = timedelta(days=ARTICLE_DAYS)
"""How long an article stands before it is read again."""


class ShelfStats(BaseModel):
    """Counts of what was ingested on this machine, and what of it should be read again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: int = 0
    passages: int = 0
    by_kind: dict[str, int] = {}
    by_licence: dict[str, int] = {}
    by_publisher: dict[str, int] = {}
    past_review: list[str] = []
    """`title (publisher): last reviewed ...: address`, by the periods of `freshness`."""


class LibraryStats(BaseModel):
    """Counts, and lists of `article id: line: text` where somebody must act."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: int
    sections: int
    chunks: int
    claims: int
    conditional_claims: int
    questions: int
    sources_by_kind: dict[str, int]
    verdicts: dict[str, int]
    """Claims by verdict; those without one are in `without_verdict`."""
    verify_label: list[str]
    """Claims written from a copy of a label, to be held against the label itself."""
    without_verdict: list[str]
    unsupported: list[str]
    past_review: list[str]
    """Ids of articles last reviewed longer ago than `REVIEW_EVERY`."""
    shelf: ShelfStats


def library_stats(
    library: Library,
    verdicts: Mapping[str, Verdict],
    today: date,
    shelf: ShelfStats | None = None,
) -> LibraryStats:
    """Count and list; `verdicts` by claim hash, may be empty."""
    articles = tuple(library.articles.values())
    claims = [(article, line) for article in articles for line in _claims(article)]
    judged = [verdicts.get(line_hash(article, line)) for article, line in claims]
    by_verdict = list(zip(claims, judged, strict=True))
    return LibraryStats(
        articles=len(articles),
        sections=sum(len(article.sections) for article in articles),
        chunks=len(chunk_library(library)),
        claims=len(claims),
        conditional_claims=sum(bool(line.when or line.unless) for _, line in claims),
        questions=sum(len(article.answers) for article in articles),
        sources_by_kind=dict(
            sorted(
                Counter(s.kind for article in articles for s in article.sources.values()).items()
            )
        ),
        verdicts=dict(sorted(Counter(v.verdict for v in judged if v is not None).items())),
        verify_label=[_where(article, line) for article, line in claims if line.verify == "label"],
        without_verdict=[_where(*claim) for claim, verdict in by_verdict if verdict is None],
        unsupported=[
            _where(*claim)
            for claim, verdict in by_verdict
            if verdict is not None and verdict.verdict == "unsupported"
        ],
        past_review=[a.article_id for a in articles if today - a.reviewed > REVIEW_EVERY],
        shelf=shelf or ShelfStats(),
    )


def shelf_stats(data_dir: Path, today: date) -> ShelfStats:
    """Count and list what the shelf of a data folder holds; all zero where there is none."""
    path = data_dir / "shelf" / "shelf.sqlite3"
    if not path.exists():
        return ShelfStats()
    store = ShelfStore(path)
    documents = [description_of(text) for _, text in store.documents()]
    passages = store.count_passages()
    store.close()
    return ShelfStats(
        documents=len(documents),
        passages=passages,
        by_kind=_counted(d.kind for d in documents),
        by_licence=_counted(d.licence for d in documents),
        by_publisher=_counted(d.publisher for d in documents),
        past_review=sorted(_aged(d) for d in documents if is_old(d, today)),
    )


def _aged(document: Description) -> str:
    age = age_told(document)
    return f"{document.title} ({document.publisher}): {age}: {document.place(None)}"


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _claims(article: Article) -> Iterator[Line]:
    return (line for s in article.sections if s.kind != "questions" for line in s.lines)


def _where(article: Article, line: Line) -> str:
    return f"{article.article_id}: {line.number}: {line.text}"

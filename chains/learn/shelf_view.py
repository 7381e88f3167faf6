"""The shelf as a reader browses it: our articles and the documents ingested on this machine."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chains.learn.collection import articles_asked_of
from chains.services import Services
from vectorstore.articles import Article, Source
from vectorstore.description import Description
from vectorstore.freshness import is_old
from vectorstore.ingest import LibraryIndex
from vectorstore.stats import REVIEW_EVERY

MOST_HITS = 60
NEAR = 0.3
"""Nearness by meaning from which a passage counts as found; unrelated texts lie near 0.1."""
MOST_ASKED_OF = 5
"""Articles that answer a question near to what is searched."""
EXCERPT_WORDS = 40
EVERYTHING = ""
"""Stands for no filter."""


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One article or document, as a list shows it."""

    article_id: str
    title: str
    topics: tuple[str, ...]
    publishers: tuple[str, ...]
    kinds: tuple[str, ...]
    """Kinds of its sources."""
    newest: int
    """Year of its newest source."""
    reviewed: date | None
    """When it was last reviewed, by us or by its publisher; None where only its year is told."""
    is_past_review: bool
    url: str = ""
    """Where a document that was put on the shelf of this machine opens; empty for ours."""
    is_ours: bool = True
    """False for such a document."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the list to; an empty text or 0 narrows nothing."""

    topic: str = EVERYTHING
    publisher: str = EVERYTHING
    kind: str = EVERYTHING
    since: int = 0
    """Oldest year that the newest source may be of."""
    only_past_review: bool = False

    def let_in(self, entry: ShelfEntry) -> bool:
        """Whether an entry stays in the list."""
        return (
            self.topic in (EVERYTHING, *entry.topics)
            and self.publisher in (EVERYTHING, *entry.publishers)
            and self.kind in (EVERYTHING, *entry.kinds)
            and entry.newest >= self.since
            and (entry.is_past_review or not self.only_past_review)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the list, with the words that were found in it."""

    entry: ShelfEntry
    excerpt: str = ""
    """First words of the passage that fits the search best; empty where nothing was searched."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to, each in the order it is offered."""

    topics: tuple[str, ...]
    publishers: tuple[str, ...]
    """Those of most articles first."""
    kinds: tuple[str, ...]
    years: tuple[int, ...]
    """Newest first."""


def shelf_entries(index: LibraryIndex, today: date) -> list[ShelfEntry]:
    """Every article and document, by title."""
    ours = [_entry(article, today) for article in index.library.articles.values()]
    theirs = [_document(key, document, today) for key, document in index.shelf.documents()]
    return sorted((*ours, *theirs), key=lambda entry: entry.title.lower())


def choices_of(entries: Iterable[ShelfEntry]) -> Choices:
    """What these entries can be narrowed to."""
    held = list(entries)
    counted = Counter(name for entry in held for name in entry.publishers)
    return Choices(
        topics=tuple(sorted({topic for entry in held for topic in entry.topics})),
        publishers=tuple(sorted(counted, key=lambda name: (-counted[name], name))),
        kinds=tuple(sorted({kind for entry in held for kind in entry.kinds})),
        years=tuple(sorted({entry.newest for entry in held}, reverse=True)),
    )


def find_on_shelf(
    words: str, entries: Sequence[ShelfEntry], filters: Filters, services: Services
) -> list[Found]:
    """The entries that are let in: all by title, or those a search finds, best first.

    A search looks for passages near in meaning, for articles that answer a question near to the
    words, and for titles that hold them.

    Args:
        words: What is looked for, in the reader's words; may be blank.
        entries: Where to look.
        filters: What to keep.
        services: The shared parts.
    """
    kept = {entry.article_id: entry for entry in entries if filters.let_in(entry)}
    if not words.strip():
        return [Found(entry) for entry in kept.values()]
    excerpts: dict[str, str] = {}
    for hit in services.searcher.search(words, k=MOST_HITS):
        if hit.similarity >= NEAR:
            excerpts.setdefault(hit.article_id, _excerpt(hit.text))
    kit = services.composer.kit
    for hit in kit.shelf.search([words], MOST_HITS) if kit.shelf else ():
        if hit.similarity >= NEAR:
            excerpts.setdefault(hit.article_id, _excerpt(hit.text))
    asked = articles_asked_of(words, services.index, services.searcher, kit)[:MOST_ASKED_OF]
    ranks = _ranks([list(excerpts), [article.article_id for article in asked]])
    named = [key for key, entry in kept.items() if _names(words, entry.title)]
    order = sorted(
        kept.keys() & {*named, *ranks},
        key=lambda key: (*_of_title(words, kept[key].title), ranks.get(key, MOST_HITS), key),
    )
    return [Found(kept[key], excerpts.get(key, "")) for key in order]


def pages_read(index: LibraryIndex) -> dict[str, list[Source]]:
    """The pages and leaflets our articles were written from, by publisher, each once by title."""
    pages: dict[str, dict[str, Source]] = {}
    for article in index.library.articles.values():
        for source in article.sources.values():
            pages.setdefault(source.publisher, {}).setdefault(source.url, source)
    return {
        publisher: sorted(found.values(), key=lambda source: source.title.lower())
        for publisher, found in sorted(pages.items())
    }


def is_past_review(article: Article, today: date) -> bool:
    """Whether the article was last reviewed longer ago than the period `stats` holds it to."""
    return today - article.reviewed > REVIEW_EVERY


def review_due(article: Article) -> date:
    """The day by which an article is read again."""
    return article.reviewed + REVIEW_EVERY


def _document(document_id: str, document: Description, today: date) -> ShelfEntry:
    return ShelfEntry(
        article_id=document_id,
        title=document.title,
        topics=(),
        publishers=(document.publisher,),
        kinds=(document.kind,),
        newest=document.year,
        reviewed=document.reviewed,
        is_past_review=is_old(document, today),
        url=document.url,
        is_ours=False,
    )


def _entry(article: Article, today: date) -> ShelfEntry:
    sources = article.sources.values()
    return ShelfEntry(
        article_id=article.article_id,
        title=article.title,
        topics=article.topics,
        publishers=tuple(dict.fromkeys(source.publisher for source in sources)),
        kinds=tuple(dict.fromkeys(source.kind for source in sources)),
        newest=max((source.year for source in sources), default=article.reviewed.year),
        reviewed=article.reviewed,
        is_past_review=is_past_review(article, today),
    )


def _names(words: str, title: str) -> bool:
    """Whether a title holds every one of the words."""
    return all(word in title.lower() for word in words.lower().split())


def _ranks(rankings: Sequence[Sequence[str]]) -> dict[str, int]:
    """The better place of each id among several rankings."""
    ranks: dict[str, int] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking):
            ranks[key] = min(place, ranks.get(key, place))
    return ranks


def _of_title(words: str, title: str) -> tuple[bool, bool]:
    """Whoever types a title looks for that article, also where another is nearer in meaning."""
    begins = title.lower().startswith(words.strip().lower())
    return not begins, not _names(words, title)


def _excerpt(text: str) -> str:
    words = text.split()
    return " ".join(words[:EXCERPT_WORDS]) + (" ..." if len(words) > EXCERPT_WORDS else "")

"""Like beside like: a table of what two articles say under the same kinds of section."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chains.compose.draft import Claim
from chains.lexicon import Lexicon
from vectorstore.articles import Article

_OR = re.compile(r"\W*\b(?:or|vs\.?|versus)\b\W*(?:an? |the |just |only )*", re.IGNORECASE)
_MEDICINES = ("drug", "drug_class")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows of a table; empty where nothing is compared."""

    rows: tuple[tuple[str, tuple[Claim | None, ...]], ...]
    """What is compared, and a claim (or none) for each side."""
    sides: tuple[str, ...]


def compare(
    articles: Sequence[Article],
    kinds: Sequence[str],
    first_of: Callable[[Article, str], Claim | None],
) -> Comparison:
    """Put the first fitting line of each section beside its like.

    Args:
        articles: The sides, two or more.
        kinds: Section kinds, in the order of the rows.
        first_of: The line of one side and kind that fits the person; None where there is none.
    """
    rows = []
    for kind in kinds:
        cells = tuple(first_of(article, kind) for article in articles)
        if sum(cell is not None for cell in cells) > 1:
            rows.append((_heading(articles, kind), cells))
    return Comparison(tuple(rows), tuple(article.title for article in articles))


def is_choice(question: str, lexicon: Lexicon) -> bool:
    """Whether a question holds one medicine against another: "tamoxifen or an AI for me"."""
    named = [m for m in lexicon.mentions(question) if m.kind in _MEDICINES]
    pairs = zip(named, named[1:], strict=False)
    return any(_OR.fullmatch(question[one.end : other.start]) for one, other in pairs)


def _heading(articles: Sequence[Article], kind: str) -> str:
    sections = (article.section(kind) for article in articles)
    return next(section.heading for section in sections if section is not None)

"""How long a source stands before it should be read again, and how its age is told."""

from datetime import date, timedelta

from vectorstore.articles import Article
from vectorstore.description import Description

REVIEW_DAYS = {
    "label": 365,
    "guideline": 730,
    "patient_page": 730,
    "review": 1825,
    "trial": 3650,
    "observational": 3650,
    "laboratory": 3650,
}
"""Days by kind of source. Labels and guidelines change with approvals; what one study found does
not change, but after ten years there is mostly a newer one."""
ARTICLE_DAYS = 365
"""Days for our own articles, which are held against their sources once a year."""


def is_old(document: Description, today: date) -> bool:
    """Whether a document of the shelf is past the review period of its kind, or has no date.

    Where only its year is known, the period begins with that year's last day.
    """
    since = document.reviewed or date(document.year, 12, 31)
    return document.is_undated or today - since > timedelta(days=REVIEW_DAYS[document.kind])


def age_told(document: Description) -> str:
    """The words that mark a document past its review period."""
    if document.is_undated:
        return "undated; may be out of date"
    if document.reviewed is None:
        return f"from {document.year}; may be out of date"
    return reviewed_told(document.reviewed)


def article_age(article: Article, today: date) -> str:
    """The words that mark one of our own articles past its review; empty before that."""
    is_past = today - article.reviewed > timedelta(days=ARTICLE_DAYS)
    return reviewed_told(article.reviewed) if is_past else ""


def reviewed_told(reviewed: date) -> str:
    """The words that mark what was last reviewed too long ago."""
    return f"last reviewed {reviewed:%B %Y}; may be out of date"

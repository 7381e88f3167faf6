"""Questions the library answers near some words, each with the first words of its answer."""

import re
from collections.abc import Sequence

from chains.compose.kit import ComposerKit
from chains.compose.links import preview
from chains.compose.person import Known
from chains.compose.selection import build_pool, short_answer
from chains.questions import plan_for
from chains.stages import RelatedQuestion
from vectorstore.articles import Article

SAME_QUESTION = 0.93
"""Nearness above which a question is the one that was asked."""
TRIED = 10
MARKERS = ("ER", "PR", "HER2")
_WOMEN = re.compile(r"\b(pregnan|period|menopause|ovar|vagina|womb|uter|breastfeed)")


def nearby_questions(
    words: str,
    articles: Sequence[Article],
    kit: ComposerKit,
    known: Known,
    *,
    most: int = 3,
    told: frozenset[str] = frozenset(),
) -> tuple[RelatedQuestion, ...]:
    """The nearest questions that these articles answer.

    Args:
        words: What they should be near to: a question, or facts.
        articles: Where the questions stand; may be empty.
        kit: The composer's parts.
        known: The card: an answer's first words fit the person too.
        most: How many at most.
        told: Lines the person has just read; a question that opens with one is left out.
    """
    pairs = [
        (asked, article)
        for article in articles
        for asked in article.answers
        if not _is_of_others(asked, known, kit)
    ]
    near = kit.similarity.cosines(kit.similarity.vector(words), [asked for asked, _ in pairs])
    ranked = sorted(zip(near, pairs, strict=True), key=lambda item: -item[0])
    answered: dict[str, str] = {}
    for value, (asked, article) in ranked[:TRIED]:
        first = first_words(asked, article, kit, known) if value < SAME_QUESTION else ""
        if first and first not in told:
            answered.setdefault(first, asked)
        if len(answered) == most:
            break
    return tuple(RelatedQuestion(question=q, preview=preview(a)) for a, q in answered.items())


def first_words(asked: str, article: Article, kit: ComposerKit, known: Known) -> str:
    """The first line of the article's answer to a question; empty where it has none."""
    vector = kit.similarity.vector(asked)
    pool = build_pool(asked, (article,), known, kit, asked=[vector])
    lines = short_answer(pool, plan_for(asked, kit.lexicon))
    return lines[0].line.text if lines else ""


def _is_of_others(asked: str, known: Known, kit: ComposerKit) -> bool:
    """True for a question about an extent or a type that the person's cancer does not have."""
    extent = known.values.get("extent", {})
    named = {m.name for m in kit.lexicon.mentions(asked) if m.kind == "extent"}
    if extent and named and not named & set(extent):
        return True
    lowered = asked.lower().replace("-", " ")
    if "male breast cancer" in known.values.get("diagnosis", {}) and _WOMEN.search(lowered):
        return True
    if "triple negative" in lowered and "triple negative" in known.excluded:
        return True
    return any(
        f"{marker} {other}".lower() in lowered
        for marker in MARKERS
        for other in ("positive", "negative")
        if (held := known.values.get(f"biomarker.{marker}")) and other not in held
    )

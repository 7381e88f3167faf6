"""Questions the library answers near some words, each with the first words of its answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.compose.kit import ComposerKit
from chains.compose.links import preview
from chains.compose.matching import Match, matches
from chains.compose.person import Known
from chains.compose.selection import Candidate, build_pool, lines_for, short_answer
from chains.questions import plan_of
from chains.stages import CondensedQuestion, RelatedQuestion
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
    asked = CondensedQuestion(raw=words, standalone=words)
    answered: dict[str, str] = {}
    for match in fitting(matches(asked, articles, kit, known), known, kit)[:TRIED]:
        lines = leading(match, kit, known) if match.score < SAME_QUESTION else []
        if lines and lines[0].line.text not in told:
            answered.setdefault(lines[0].line.text, match.text)
        if len(answered) == most:
            break
    return tuple(RelatedQuestion(question=q, preview=preview(a)) for a, q in answered.items())


def fitting(found: Iterable[Match], known: Known, kit: ComposerKit) -> list[Match]:
    """Those that are not about an extent or a type that the person's cancer does not have."""
    return [match for match in found if not _is_of_others(match.text, known, kit)]


def leading(match: Match, kit: ComposerKit, known: Known) -> list[Candidate]:
    """The lines that open the answer to one of the library's own questions; mostly one or two."""
    asked = [kit.similarity.vector(match.text)]
    marked = build_pool(match.text, (_marked_part(match),), known, kit, asked=asked)
    if lines := lines_for(match, marked):
        return lines
    pool = build_pool(match.text, (match.article,), known, kit, asked=asked)
    return short_answer(pool, plan_of(kit.words.kind_asked_in_library(match.text)))


def _marked_part(match: Match) -> Article:
    """The article with the lines alone that are marked for the question: few are quickly read."""
    sections = (
        replace(part, lines=tuple(line for line in part.lines if match.number in line.answers))
        for part in match.article.sections
    )
    return replace(match.article, sections=tuple(part for part in sections if part.lines))


def _is_of_others(asked: str, known: Known, kit: ComposerKit) -> bool:
    """True for a question about an extent or a type that the person's cancer does not have."""
    extent = known.values.get("extent", {})
    named = {m.name for m in kit.words.mentions_in_library(asked) if m.kind == "extent"}
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

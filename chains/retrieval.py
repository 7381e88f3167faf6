"""The passages for a question: raw and condensed both searched, ranking steered by the card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from chains.compose.kit import ComposerKit
from chains.compose.person import Known
from chains.stages import CondensedQuestion
from vectorstore.articles import Library
from vectorstore.hits import Hit

MOST_HITS = 10
ENOUGH = 0.42
"""Cosine of question and best passage from which the library is taken to answer it."""
ENOUGH_WHEN_NAMED = 0.30
"""The same where the best article is about a thing that the question names."""
ENOUGH_ALIKE = 0.66
"""Cosine of question and a question that one of the best articles answers."""
ASKED_OF = 5
NAMED_BOOST = 1.25
RULED_OUT_FACTOR = 0.8
MEDICAL_KINDS = frozenset((
    "drug",
    "regimen",
    "drug_class",
    "biomarker",
    "symptom",
    "diagnosis",
    "extent",
    "procedure",
    "metastasis",
    "lab",
    "menopausal_status",
))

Scope = Literal["answer", "no_source", "out_of_scope"]


class Searcher(Protocol):
    """Searches by several phrasings of one question."""

    def search(self, query: str | Sequence[str], k: int | None = None) -> list[Hit]:
        """The best passages, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found, and whether it can carry an answer."""

    hits: tuple[Hit, ...]
    scope: Scope
    limit: str = "topic"
    """Which kind limit is told when it is out of scope."""


def retrieve(
    question: CondensedQuestion, known: Known, *, searcher: Searcher, kit: ComposerKit
) -> Evidence:
    """Search with the raw message and the condensed question, and judge what was found.

    Nothing is filtered by the card: it raises and lowers ranks alone.
    """
    found = searcher.search([question.raw, question.standalone], k=2 * MOST_HITS)
    mentions = kit.lexicon.mentions(question.standalone)
    names = frozenset(mention.name for mention in mentions)
    steered = [
        hit.model_copy(
            update={"score": min(1.0, hit.score * _factor(hit, names, known, kit.library))}
        )
        for hit in found
    ]
    hits = sorted(steered, key=lambda hit: (-hit.score, hit.chunk_id))[:MOST_HITS]
    if _carries(hits, question, names, kit):
        return Evidence(tuple(hits), "answer")
    is_medical = any(mention.kind in MEDICAL_KINDS for mention in mentions)
    return Evidence(tuple(hits), "no_source" if is_medical else "out_of_scope")


def _factor(hit: Hit, names: frozenset[str], known: Known, library: Library) -> float:
    """More for an article about a thing that is named, less for one about another subtype."""
    if _is_about(hit.article_id, names):
        return NAMED_BOOST
    article = library.articles.get(hit.article_id)
    topics = set(article.topics[:1]) if article else set()
    others = {subtype.replace(" ", "_") for subtype in known.excluded}
    return RULED_OUT_FACTOR if topics & others else 1.0


def _is_about(article_id: str, names: frozenset[str]) -> bool:
    return any(article_id.startswith(name.lower().replace(" ", "-")) for name in names)


def _carries(
    hits: Sequence[Hit], question: CondensedQuestion, names: frozenset[str], kit: ComposerKit
) -> bool:
    """True when a passage is near, its article is named, or it answers nearly that question."""
    if not hits:
        return False
    best = max(hit.similarity for hit in hits)
    if best >= ENOUGH or (best >= ENOUGH_WHEN_NAMED and _is_about(hits[0].article_id, names)):
        return True
    articles = dict.fromkeys(hit.article_id for hit in hits[:ASKED_OF])
    answered = [q for key in articles if key in kit.library.articles for q in _answers(key, kit)]
    asked = kit.similarity.vector(question.standalone)
    return max(kit.similarity.cosines(asked, answered), default=0.0) >= ENOUGH_ALIKE


def _answers(article_id: str, kit: ComposerKit) -> tuple[str, ...]:
    return kit.library.articles[article_id].answers

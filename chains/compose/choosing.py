"""Which articles of the library may answer, for this question and this person."""

import re
from collections.abc import Sequence

from chains.compose.kit import ComposerKit
from chains.compose.matching import Match, asked_apart, matches
from chains.compose.person import PLANNED, Known
from chains.scope import load_scope
from chains.stages import CondensedQuestion
from vectorstore.articles import Article
from vectorstore.hits import Hit

# An article beside the best one is used when it scores nearly as well; measured on the
# questions in the articles' own front matter (`evals/library`).
NEAR_BEST = 0.82
MOST_ARTICLES = 3


_MEN = re.compile(
    r"\b(men|man|male|males|husband|father|brother|son|dad|boyfriend|bloke|blokes|guys?|chaps?"
    r"|lads?|gentleman|gents?|uncle|grandfather|grandad|nephew)\b"
)


def choose_articles(
    hits: Sequence[Hit],
    question: CondensedQuestion,
    known: Known,
    kit: ComposerKit,
) -> tuple[Article, ...]:
    """The article whose own question was asked, that of the best hit, and those that come near.

    At most three. An article about a medicine that is neither asked about nor taken, or about a
    type of cancer that the card rules out, is not chosen: what it says is not true of another.
    """
    words = question.standing
    found = _found(hits, words, known, kit)
    concerned = _concerned(words, known, kit)
    everywhere = kit.library.articles.values()
    asked = [
        match
        for one in (question, *asked_apart(question, kit))
        for match in matches(one, everywhere, kit, known)[:1]
    ]
    first = [
        match.article
        for match in {match.article.article_id: match for match in asked}.values()
        if match.stands and _may_answer_match(match, words, known, concerned, kit)
    ]
    others = (article for article in found if article not in first)
    return (*first, *others)[:MOST_ARTICLES]


def _found(
    hits: Sequence[Hit], question: str, known: Known, kit: ComposerKit
) -> tuple[Article, ...]:
    best: dict[str, float] = {}
    for hit in hits:
        if hit.article_id in kit.library.articles:
            best[hit.article_id] = max(best.get(hit.article_id, 0.0), hit.score)
    concerned = _concerned(question, known, kit)
    ordered = [
        kit.library.articles[article_id]
        for article_id in sorted(best, key=lambda article_id: -best[article_id])
        if _may_answer(kit.library.articles[article_id], question, known, concerned, kit)
    ]
    if not ordered:
        return ()
    top = best[ordered[0].article_id]
    near = [article for article in ordered if best[article.article_id] >= NEAR_BEST * top]
    return tuple(near)


def _may_answer(
    article: Article, question: str, known: Known, concerned: frozenset[str], kit: ComposerKit
) -> bool:
    if load_scope().is_kept_from(question, article.article_id):
        return False
    medicines = _medicines(article, kit)
    is_about_these = not medicines or bool(medicines & concerned)
    kinds = kit.words.kinds_of_cancer_in(article.title)
    held = known.names().union(known.values.get("diagnosis", {}), kit.words.names_in(question))
    held |= {"ductal carcinoma in situ"} if "in situ" in known.values.get("extent", {}) else set()
    is_of_this_kind = not kinds or bool(kinds & held)
    return (
        is_about_these
        and is_of_this_kind
        and not _is_of_another_type(article, question, known, kit)
    )


def _may_answer_match(
    match: Match, question: str, known: Known, concerned: frozenset[str], kit: ComposerKit
) -> bool:
    """Its own question lets an article in that is about medicines, unless it names another one."""
    named = kit.words.names_in_library(match.text)
    medicines = {name for name in named if kit.lexicon.drug(name)}
    if medicines - concerned or load_scope().is_kept_from(question, match.article.article_id):
        return _may_answer(match.article, question, known, concerned, kit)
    return not _is_of_another_type(match.article, question, known, kit)


def articles_named(names: Sequence[str], kit: ComposerKit) -> tuple[Article, ...]:
    """The article about each of these things, in their order: its own, or that of its class."""
    found = (_article_about(name, kit) for name in names)
    return tuple({article.article_id: article for article in found if article}.values())


def _article_about(name: str, kit: ComposerKit) -> Article | None:
    """The one whose title names it among the fewest things; None where no title does."""
    for names in ({name}, kit.lexicon.classes_of(name)):
        titles = {
            article_id: kit.words.names_in_library(article.title)
            for article_id, article in kit.library.articles.items()
        }
        about = [article_id for article_id, titled in titles.items() if names & titled]
        if about:
            return kit.library.articles[min(about, key=lambda key: len(titles[key]))]
    return None


def symptoms_of(article: Article, kit: ComposerKit) -> frozenset[str]:
    """The symptoms an article is about; empty for one about anything else."""
    mentions = kit.words.mentions_in_library(article.title)
    return frozenset(mention.name for mention in mentions if mention.kind == "symptom")


def _medicines(article: Article, kit: ComposerKit) -> frozenset[str]:
    """The medicines and classes an article is about; empty for one about anything else too."""
    mentions = kit.words.mentions_in_library(article.title)
    about = {mention.name for mention in mentions if mention.kind in ("drug", "drug_class")}
    others = [m for m in mentions if m.kind in ("symptom", "procedure", "metastasis")]
    return frozenset() if others else frozenset(about)


def _is_of_another_type(article: Article, question: str, known: Known, kit: ComposerKit) -> bool:
    """True for an article about a subtype that the card rules out, unless it is asked about.

    That of a medicine that is asked about says for whom the medicine is.
    """
    asked = question.lower().replace("-", " ")
    if _medicines(article, kit) & kit.words.names_in(question):
        return False
    if article.topics[0] == "men":
        return not _MEN.search(asked) and "male breast cancer" not in known.values.get(
            "diagnosis", {}
        )
    others = {subtype for subtype in known.excluded if subtype.lower() not in asked}
    return article.topics[0] in {subtype.replace(" ", "_") for subtype in others}


def _concerned(question: str, known: Known, kit: ComposerKit) -> frozenset[str]:
    """The medicines a question names or the person takes, and their classes."""
    named = kit.words.names_in(question)
    taken = {name for key in ("medication", "class", PLANNED) for name in known.values.get(key, {})}
    related = {relative for name in named for relative in kit.words.relatives(name)}
    return frozenset(named | taken | related)

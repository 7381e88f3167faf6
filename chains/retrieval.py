"""The passages for a question: raw and condensed both searched, ranking steered by the card."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

from chains.compose.choosing import articles_named, symptoms_of
from chains.compose.evidence import ENOUGH, MEDICAL_KINDS, MEDICINE_KINDS, SURE
from chains.compose.interactions import mixing
from chains.compose.kit import ComposerKit
from chains.compose.matching import Match, matches
from chains.compose.person import Known, known_of
from chains.lexicon import Lexicon
from chains.scope import Limit, load_scope
from chains.stages import CondensedQuestion
from memory.records import Card, Fact
from vectorstore.hits import Hit

MOST_HITS = 10
PLAIN = 0.30
"""Enough where plain words say which article is meant, or the interaction table holds the pair."""
FIELD = 0.36
"""Below it a question that names nothing medical is not about breast cancer at all."""
ASKED_OF = 5
"""Best articles whose questions count."""
BESIDE = 0.5
"""Score of a question of the library from which a medicine may be left out of the answer."""
ABOUT, NAMED, OTHER, ANOTHERS = 1.0, 0.8, 0.62, 0.5
"""Share of its score that a hit keeps: of an article that the question is plainly about, that is
about a thing it names, any other, and one about a subtype that the card rules out or a symptom
that nobody spoke of."""
BREAST_KINDS = frozenset({"regimen", "biomarker"})
"""Kinds of mention that bring breast cancer into a question about another illness; a medicine does
where it is one against breast cancer, and so does a class that holds one."""
_OURS = re.compile(r"breast|ductal|lobular|dcis", re.IGNORECASE)
"""Diagnoses that are breast cancer."""

Scope = Literal["answer", "no_source", "out_of_scope"]


class Searcher(Protocol):
    """Searches by several phrasings of one question."""

    def search(
        self,
        query: str | Sequence[str],
        k: int | None = None,
        encode: Callable[[str], Iterable[float]] | None = None,
    ) -> list[Hit]:
        """The best passages, best first; `encode` gives the vector of a text."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found, and whether it can carry an answer."""

    hits: tuple[Hit, ...]
    scope: Scope
    limit: str = "topic"
    """Which kind limit is told when it is out of scope."""
    left_out: tuple[str, ...] = ()
    """Medicines that were asked about and that nothing found speaks of; mostly none."""
    asked: CondensedQuestion | None = None
    """The question that found this, where it was widened; None for the one that was asked."""


def retrieve(
    question: CondensedQuestion,
    known: Known,
    *,
    told: frozenset[str],
    searcher: Searcher,
    kit: ComposerKit,
) -> Evidence:
    """Search with the raw message and the condensed question, and judge what was found.

    Nothing is filtered by the card: it raises and lowers ranks alone.

    Args:
        question: The question, condensed.
        known: The card, as conditions ask for it.
        told: Names of the facts that the message told beside its question.
        searcher: Finds passages.
        kit: The composer's parts.
    """
    asked_text = question.searched or question.standalone
    about = load_scope().steered_to(asked_text) & set(kit.library.articles)
    match = next(iter(matches(question, kit.library.articles.values(), kit, known)), None)
    if match is not None and match.stands:
        about |= {match.article.article_id}
    titles = [kit.library.articles[article_id].title for article_id in sorted(about)]
    clinical = kit.words.clinical(asked_text)
    phrasings = dict.fromkeys((question.raw, question.standalone, clinical))
    texts = [*phrasings, *titles]
    found = searcher.search(texts, k=2 * MOST_HITS, encode=kit.similarity.as_floats)
    mentions = kit.lexicon.mentions(asked_text)
    names = {mention.name for mention in mentions}
    # What is asked leads, before what is told beside it and what was completed from the card.
    asked = names - told - set(question.added) or names - told or names
    named = frozenset(article.article_id for article in articles_named(sorted(asked), kit))
    symptoms = frozenset(names | set(known.values.get("symptom", {})))
    steering = _Steering(about, named, symptoms, known, kit)
    steered = sorted(map(steering.steered, found), key=lambda hit: (-hit.score, hit.chunk_id))
    hits = tuple(steered[:MOST_HITS])
    in_care = is_in_care(known, kit.lexicon)
    # As it was asked too: a word that the library does not hold is repaired to one that it does.
    for text in dict.fromkeys((question.standalone, asked_text)):
        if limit := limit_of(text, kit.lexicon, in_care=in_care):
            return Evidence(hits, "out_of_scope", limit)
    is_asked = mixing(asked_text, known, kit.lexicon, kit.tables).is_asked
    return _judged(hits, asked_text, match, kit, is_plain=bool(about) or is_asked)


def limit_of(text: str, lexicon: Lexicon, *, in_care: bool) -> Limit | None:
    """Why a message or question is not for us; None where it is, or may be.

    Args:
        text: As written, or repaired.
        lexicon: Names of medicines and terms.
        in_care: The person is known to be treated for breast cancer.
    """
    mentions = lexicon.mentions(load_scope().without_denied(text))
    names_ours = any(m.kind in BREAST_KINDS or _is_against(m.name, lexicon) for m in mentions)
    return load_scope().limit(text, brings_back=names_ours, in_care=in_care)


def lies_outside(message: str, facts: Sequence[Fact], card: Card, lexicon: Lexicon) -> bool:
    """Whether a message has no part in breast cancer: it is neither noted nor completed.

    An illness of one's own, told plainly, is noted, and so is a cancer in the family.

    Args:
        message: As written.
        facts: What it told.
        card: The card of whom it speaks.
        lexicon: Names of medicines and terms.
    """
    in_care = is_in_care(known_of(card, lexicon), lexicon)
    limit = limit_of(message, lexicon, in_care=in_care)
    if limit != "other_illness":
        return limit is not None
    is_family = any(fact.kind == "family_history" for fact in facts)
    return not (in_care or is_family or load_scope().is_told(message))


def _is_against(name: str, lexicon: Lexicon) -> bool:
    """Whether a medicine is one against breast cancer, or a class that holds one."""
    if (drug := lexicon.drug(name)) is not None:
        return drug.is_breast
    return name in _classes_against(lexicon.shared)


@cache
def _classes_against(lexicon: Lexicon) -> frozenset[str]:
    """The classes that hold a medicine against breast cancer."""
    drugs = (lexicon.drug(name) for name in lexicon.names("drug"))
    return frozenset(
        c for drug in drugs if drug is not None and drug.is_breast for c in drug.classes
    )


def is_in_care(known: Known, lexicon: Lexicon) -> bool:
    """Whether the card holds breast cancer: its name, a marker of it or a medicine against it."""
    if any(key.startswith("biomarker") for key in known.values):
        return True
    names = " ".join(known.values.get("diagnosis", {}))
    taken = known.values.get("medication", {})
    return bool(_OURS.search(names)) or any(_is_against(name, lexicon) for name in taken)


@dataclass(frozen=True, slots=True)
class _Steering:
    """What raises and lowers the rank of a hit: the question's plain words, and the card."""

    about: frozenset[str]
    """Ids of the articles that the question is plainly about."""
    named: frozenset[str]
    """Ids of those that are about a thing it names."""
    symptoms: frozenset[str]
    """Symptoms that it names or the card holds."""
    known: Known
    kit: ComposerKit

    def steered(self, hit: Hit) -> Hit:
        """The hit with its score by what its article is about."""
        return hit.model_copy(update={"score": hit.score * self._share(hit)})

    def _share(self, hit: Hit) -> float:
        if hit.article_id in self.about:
            return ABOUT
        if hit.article_id in self.named:
            return NAMED
        article = self.kit.library.articles.get(hit.article_id)
        if article is None:
            return OTHER
        others = {subtype.replace(" ", "_") for subtype in self.known.excluded}
        symptoms = symptoms_of(article, self.kit)
        is_anothers = article.topics[0] in others or (symptoms and not symptoms & self.symptoms)
        return ANOTHERS if is_anothers else OTHER


def _judged(
    hits: tuple[Hit, ...], question: str, match: Match | None, kit: ComposerKit, *, is_plain: bool
) -> Evidence:
    """Whether the hits carry an answer, and which medicine that was asked about they leave out."""
    # Lay words are also held against the library as what they mean.
    near = max(_nearness(hits, q, kit) for q in {question, kit.words.clinical(question)})
    if is_plain and near >= PLAIN:
        return Evidence(hits, "answer")
    mentions = [m for m in kit.lexicon.mentions(question) if m.kind in MEDICAL_KINDS]
    wanted = {m.name for m in mentions if near < SURE or m.kind in MEDICINE_KINDS}
    told = {name for hit in hits[:ASKED_OF] for name in _told_of(hit, kit)}
    missing = wanted - told
    if not missing and near >= (ENOUGH if mentions else SURE):
        return Evidence(hits, "answer")
    is_about_the_rest = match is not None and match.score >= BESIDE and bool(wanted & told)
    if is_about_the_rest and all(kit.lexicon.drug(name) for name in missing):
        return Evidence(hits, "answer", left_out=tuple(sorted(missing)))
    return Evidence(hits, "no_source" if mentions or near >= FIELD else "out_of_scope")


def _nearness(hits: Sequence[Hit], question: str, kit: ComposerKit) -> float:
    articles = kit.library.articles
    found = dict.fromkeys(hit.article_id for hit in hits[:ASKED_OF])
    answered = [q for key in found if key in articles for q in articles[key].answers]
    asked = kit.similarity.vector(question)
    alike = kit.similarity.cosines(asked, answered)
    return max((*alike, *(hit.similarity for hit in hits)), default=0.0)


def _told_of(hit: Hit, kit: ComposerKit) -> set[str]:
    """Everything the hit's article names, and the members of the classes it names."""
    article = kit.library.articles[hit.article_id]
    lines = (line.text for section in article.sections for line in section.lines)
    return {name for text in (article.title, *lines) for name in kit.words.names_in_library(text)}

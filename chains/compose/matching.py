"""Which of the library's own questions the one that was asked comes down to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt

from chains.compose.facets import facets_of, gain, is_of_any_medicine
from chains.compose.kit import ComposerKit
from chains.compose.library_questions import LibraryQuestion, Row
from chains.compose.person import NOTHING, Known
from chains.compose.types_named import Pair, is_of_others, types_named
from chains.compose.word_weights import stems
from chains.intent import asked_part
from chains.questions import plan_for
from chains.scope import load_scope
from chains.stages import CondensedQuestion
from vectorstore.articles import Article

SAME = 0.55
"""Score from which a question of the library stands for the one that was asked; read off questions
of patients that name an article and a section (`evals/sections`)."""
SAME_FACET = 0.4
"""The same for one that asks for the same narrow thing."""
SAME_KIND, ABOUT = 0.06, 0.08
"""What a match gains that asks for the same kind of thing, and one of an article that plain words
of the question point to."""
NAMED = 0.06
"""What a match gains that names the very medicine that is asked about."""
HELD = 0.1
"""What a match gains that names what the person takes or has, while no medicine is asked about."""
UNTOLD_TYPE = -1
"""Times `HELD` that one loses which asks for a kind of cancer that the card, which tells of that
marker, does not hold: "if I am HER2-low"."""
ANOTHER_TYPE = -3
"""Times `HELD` that a match loses which is about a type or an extent of cancer of others."""
NEAREST, LOOKED_AT, TRIED = 300, 60, 12
"""Nearest questions by meaning whose words are compared; of them, best matches by likeness
that are held against what the asked one names; then, by kind."""
BY_MEANING, BY_WORDS = 0.7, 0.3
"""Shares of the score: cosine of the two questions, and words they share."""
SAYS_MORE, SAYS_LESS, MEDICINE, SYMPTOM = 0.08, 0.06, 3, 2
"""What a match loses for each thing that it names and the asked one does not, and for the reverse;
a medicine counts for three, a symptom for two."""

LEAST_WORDS, MOST_SENTENCES = 4, 3
"""Of a message of several sentences, those that are also held against the library one by one."""
BESIDE_MEDICINE = 0.1
"""What matches of a phrasing lose that names a taken medicine beside what is asked."""
LEANING_SENTENCE = 0.15
"""What matches of a sentence lose that names nothing, where the whole message names something."""
LEAST_ALONE = 3
"""Such words that the asking part needs to stand alone: "how do I do this" has none."""
DROWNED = 2
"""Times as long as the message that a completed question hides what was asked."""
LEAST_ASKED = 2
"""Words with a meaning of their own that a part of a message needs to be a question by itself."""
_APART = re.compile(
    r"(?<=[.!?])\s+|\n+|,? (?:and|also|but|or) (?=(?:what|how|why|when|where|which|who|can|could"
    r"|should|is|are|do|does|did|will|would)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_POINTS_BACK = re.compile(
    r"\b(?:them|they|those|these|ones)\b|\b(?:it|this|that|one)\W*$"
    r"|\b(?:\w+ed|\w+ing|about|with|on|from|for|of|to|will|can|could|should|does|take|stop|keep|help)"
    r" (?:it|this|that)\b",
    re.IGNORECASE,
)

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Match:
    """A question that an article answers, and how well it stands for the asked one."""

    article: Article
    number: int
    """Its place among the article's questions, from 1."""
    text: str
    score: float
    """Likeness less what the two name differently; about 1 for the same question."""
    asks_the_same: bool = False
    """True when both ask for the same narrow thing, see `chains.compose.facets`."""

    @property
    def stands(self) -> bool:
        """Whether it stands for the asked question."""
        return self.score >= (SAME_FACET if self.asks_the_same else SAME)


def matches(
    question: CondensedQuestion,
    articles: Iterable[Article],
    kit: ComposerKit,
    known: Known = NOTHING,
) -> list[Match]:
    """Questions that these articles answer, the best match first.

    Asked is the question that stands alone and, where the message names something by itself, the
    message too: what was completed from the card may draw the question to another one.

    Args:
        question: The question, condensed.
        articles: Where to look; may be empty.
        kit: The composer's parts.
        known: The card: a question that names what the person takes or has asks no other thing,
            and stands before one that names what they do not have.
    """
    if kit.memo is None:
        return _matches(question, tuple(articles), kit, known)
    among = tuple(articles)
    ids = tuple(article.article_id for article in among)
    key = (question.standing, question.raw, question.added, ids, known.pairs())
    if key not in kit.memo:
        kit.memo[key] = _matches(question, among, kit, known)
    return cast("list[Match]", kit.memo[key])


def _matches(
    question: CondensedQuestion, articles: Iterable[Article], kit: ComposerKit, known: Known
) -> list[Match]:
    among = kit.questions.at(articles)
    best: dict[tuple[str, int], Match] = {}
    for asked, loss in _phrasings(question, known, kit).items():
        for match in _of_phrasing(asked, known, question.added, among, kit):
            if not (loss and _names_all(match, asked, kit)):
                match = replace(match, score=match.score - loss)
            key = match.article.article_id, match.number
            best[key] = max(match, best.get(key, match), key=lambda one: one.score)
    ranked = sorted(best.values(), key=lambda match: -match.score)
    kind = plan_for(asked_part(question.standing), kit.lexicon).kind
    about = load_scope().steered_to(question.standing)
    leading = [
        replace(m, score=m.score + SAME_KIND * _is(m, kind, kit) + ABOUT * _is_about(m, about))
        for m in ranked[:TRIED]
    ]
    return [*sorted(leading, key=lambda match: -match.score), *ranked[TRIED:]]


def _names_all(match: Match, asked: str, kit: ComposerKit) -> bool:
    """Whether a question names the medicine and, by name, what is asked beside it."""
    named = kit.words.names_in(asked)
    return len(named) > 1 and named <= kit.words.names_in_library(match.text)


def asked_apart(question: CondensedQuestion, kit: ComposerKit) -> list[CondensedQuestion]:
    """Each thing that a message asks, as a question of its own; empty where it asks one thing.

    A part that names nothing asks of what the whole message names.
    """
    parts = [part.strip(" ,.?!") for part in _APART.split(asked_part(question.standing))]
    parts = [part for part in parts if _says_what(part, kit)][:MOST_SENTENCES]
    named = ", ".join(sorted(kit.words.names_in(question.standing)))
    told = [p if kit.words.names_in(p) or not named else f"{p} ({named})" for p in parts]
    update = {"history": question.history, "added": question.added}
    asked = [CondensedQuestion(raw=text, standalone=text, **update) for text in told]
    return asked if len(asked) > 1 else []


def _without(asked: str, taken: frozenset[str], kit: ComposerKit) -> str:
    """The question less the medicines that are taken, where it says something else as well."""
    mentions = kit.lexicon.mentions(asked)
    ours = [m for m in mentions if m.kind == "drug" and m.name in taken]
    bare = asked
    for mention in reversed(ours):
        before = re.sub(
            r"\W*\b(?:with|on|while on|while taking|and)\s*$", " ", bare[: mention.start]
        )
        bare = before + bare[mention.end :]
    bare = " ".join(bare.split())
    return bare if ours and _says_what(bare, kit) else asked


def _says_what(part: str, kit: ComposerKit) -> bool:
    """False for a part that only leans on another: "is that normal"."""
    named = kit.words.names_in(part) or facets_of(part)
    return bool(named) or len(stems(part)) >= LEAST_ASKED


def asked_of(message: str, kit: ComposerKit) -> str:
    """The part of a message that asks; all of it where that part only leans on the rest."""
    part = asked_part(message)
    leans = len(stems(part)) < LEAST_ALONE or _points_back(part, kit)
    return message if leans else part


def _phrasings(question: CondensedQuestion, known: Known, kit: ComposerKit) -> dict[str, float]:
    """Ways to ask it, each with what its matches lose.

    Where something is asked beside a medicine that is taken, the way that leaves the medicine out
    is the better one: with it, what the library says of the medicine comes near.
    """
    standing, raw = asked_of(question.standing, kit), asked_of(question.raw, kit)
    bare = _without(standing, known.names().union(question.added), kit)
    told = {standing: 0.0 if bare == standing else BESIDE_MEDICINE, bare: 0.0}
    if is_of_any_medicine(facets_of(standing)):
        told.setdefault(_without(standing, kit.words.names_in(standing), kit), 0.0)
    is_drowned = len(standing.split()) > DROWNED * len(raw.split())
    if (question.added or is_drowned) and _says_what(raw, kit) and not _points_back(raw, kit):
        told.setdefault(raw, 0.0)
    told = {form: loss for t, loss in told.items() for form in (kit.words.clinical(t), t)}
    sentences = [one for one in _SENTENCE_END.split(standing) if len(one.split()) >= LEAST_WORDS]
    if len(sentences) < 2:
        return told
    is_named = bool(kit.words.names_in(standing))
    return told | {
        one: LEANING_SENTENCE if is_named and not kit.words.names_in(one) else 0.0
        for one in sentences[:MOST_SENTENCES]
    }


def _points_back(raw: str, kit: ComposerKit) -> bool:
    """True for words that say "it" or "them" and name nothing: alone they ask of anything."""
    return _POINTS_BACK.search(raw) is not None and not kit.words.names_in(raw)


def _is_about(match: Match, about: frozenset[str]) -> bool:
    return match.article.article_id in about


def _is(match: Match, kind: str, kit: ComposerKit) -> bool:
    return kit.words.kind_asked_in_library(match.text) == kind


def _of_phrasing(
    asked: str, known: Known, added: Sequence[str], among: Places, kit: ComposerKit
) -> list[Match]:
    """The likeliest matches of one phrasing; those far off are not looked at closely."""
    near, overlap = _likeness(asked, kit)
    nearest = among[np.argsort(-near[among], kind="stable")[:NEAREST]]
    alike = BY_MEANING * near[nearest] + BY_WORDS * overlap[nearest]
    looked_at = np.argsort(-alike, kind="stable")[:LOOKED_AT]
    named = kit.words.names_in(asked)
    held = known.names().union(added)
    wide = named | held | _relatives(named | held, kit)
    is_of_medicine = any(map(kit.lexicon.drug, named))
    # Beside a medicine that is asked about, an illness of this person's is why it is asked.
    taken = frozenset(known.values.get("comorbidity", {})) if is_of_medicine else held
    types = known.pairs() | types_named(asked)
    facets = facets_of(asked)
    drugs = frozenset(filter(kit.lexicon.drug, named))
    found = []
    for at in looked_at:
        one = kit.questions.one(int(nearest[at]))
        score = float(alike[at]) - _difference(one, named, wide, kit, held)
        score += HELD * _fit(one, taken, types, wide) + gain(facets, one.facets)
        score += NAMED * bool(drugs & one.names)
        shares = bool(facets & one.facets)
        found.append(Match(one.article, one.number, one.text, score, shares))
    return found


def _likeness(asked: str, kit: ComposerKit) -> tuple[Row, Row]:
    """Cosine, and shared words, of a phrasing and each question of the library."""
    key = "likeness", asked
    if kit.memo is not None and key in kit.memo:
        return cast("tuple[Row, Row]", kit.memo[key])
    # Questions of the library may hold a brand too: the nearer of the two ways to say it counts.
    legs = [
        kit.questions.nearness(kit.similarity.vector(text))
        for text in {asked, kit.words.generic(asked)}
    ]
    found = np.maximum.reduce(legs), kit.questions.overlap(kit.words.stems_of(asked))
    if kit.memo is not None:
        kit.memo[key] = found
    return found


def _fit(
    one: LibraryQuestion, taken: frozenset[str], types: frozenset[Pair], wide: frozenset[str]
) -> int:
    """Times `HELD` that a question gains or loses.

    1 for one that names what the person takes or has, 2 for one from an article about just their
    kind of cancer, below 0 for one about another type.
    """
    if is_of_others(one.types, types):
        return ANOTHER_TYPE
    told = {key for key, _ in types}
    if one.types and not one.types & types and any(key in told for key, _ in one.types):
        return UNTOLD_TYPE
    return 2 if one.kinds & wide else int(bool(taken & one.names or one.types & types))


def _difference(
    one: LibraryQuestion,
    named: frozenset[str],
    wide: frozenset[str],
    kit: ComposerKit,
    held: frozenset[str],
) -> float:
    extra = one.names - wide
    more = {name for name in extra if name not in one.subject or kit.lexicon.drug(name)}
    more |= frozenset() if one.kinds & wide else one.kinds
    less = named - one.names - one.around - one.subject
    felt = less & kit.words.symptoms
    # Of several things asked about together, a question may name one alone.
    # What the person takes may be named beside what is asked, as the reason for asking.
    # A symptom that is asked about is not: it is what is asked.
    is_shared = named & (one.names | one.subject) or (less <= held and not felt)
    lost = len(less) if is_shared else _weight(less, kit) + (SYMPTOM - 1) * len(felt)
    # Beside the medicine that is asked about, another one of its article is no other question.
    is_beside = any(map(kit.lexicon.drug, named & one.names))
    added = len(more) if is_beside else _weight(more, kit)
    return SAYS_MORE * added + SAYS_LESS * lost


def _weight(names: Iterable[str], kit: ComposerKit) -> float:
    return sum(MEDICINE if kit.lexicon.drug(name) else 1 for name in names)


def _relatives(names: Iterable[str], kit: ComposerKit) -> frozenset[str]:
    """Classes of the medicines, and medicines of the classes: one may stand for the other."""
    return frozenset(relative for name in names for relative in kit.words.relatives(name))

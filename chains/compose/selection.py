"""Which lines of the library answer the question, for this person."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chains.compose.draft import Claim, Origin
from chains.compose.kit import ComposerKit
from chains.compose.matching import Match
from chains.compose.person import QUIET_KEYS, Fit, Known
from chains.compose.types_named import is_of_others
from chains.questions import Plan
from vectorstore.articles import Article, Line, Section
from vectorstore.conditions import Atom
from vectorstore.embeddings import Vector
from vectorstore.freshness import article_age

ANCHOR = 0.55
"""Nearness from which the library's own question stands beside the one that was asked."""
_DISEASE = re.compile(
    r"\b(?:(?:for|in|with|of|after|during|against) )?(?:a |my |the )?(?:breast )cancer"
    r"(?: patients?| survivors?| treatment)?\b",
    re.IGNORECASE,
)
_REPLIES = re.compile(
    r"(?:yes|no|hardly|perhaps|maybe|possibly|probably|often|usually|mostly|sometimes|rarely"
    r"|not (?:yet|really|always|usually|necessarily)|(?:best|better) not"
    r"|it (?:may|might|can|could|depends)|(?:they|you) (?:may|can|do))"
    r"(?:,? (?:yes|no|not|it|they|you|she|he)\b[^.:]{0,25})?[.,:;](?!\d)",
    re.IGNORECASE,
)
"""A line that says yes or no before anything else."""
EXPLAINING = frozenset({"what_it_is", "how_it_works", "meaning", "tests", "questions"})
"""Section kinds that set one type beside another: what they say is of use to everyone."""
OF_ONE_MEDICINE = frozenset({"how_taken", "side_effects", "interactions", "tests", "safety"})
"""Section kinds whose lines hold for the medicines that they name alone."""
SPREAD_KEYS = frozenset({"extent", "stage"})
TYPE_KEYS = frozenset({"subtype", "biomarker.ER", "biomarker.PR", "biomarker.HER2"})
NAMED_BONUS = 0.15
LEAD_BONUS = 0.18
STRICT_BONUS = 0.3
FIRST_LINE_BONUS = 0.13
FIRST_LINE_OF_SPECIFIC = 0.03
SECOND = 0.8
"""Share of the first line's nearness from which a second one of its section joins it."""
MAIN_ARTICLE_BONUS = 0.12
MARKED = 0.8
"""Share of a question's score that the lines marked for it are near by."""
MOST_SHORT = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that might be said, with where it stands and how near it is to the question."""

    line: Line
    section: Section
    article: Article
    fit: Fit
    similarity: float
    """Cosine of line and question, -1 .. 1."""
    is_named: bool
    """True when the line names what the question names, the article's own subject apart."""
    chunk_id: str
    """The passage it stands in."""
    is_of_another: bool = False
    """True when the medicines it names are not the one that is asked about."""

    def as_claim(self, *, lead: str = "", because: str = "") -> Claim:
        """The line as a claim with its sources."""
        sources = (self.article.sources[n] for n in self.line.citations)
        aged = article_age(self.article, datetime.now(UTC).date())
        return Claim(
            text=self.line.text,
            chunk_id=self.chunk_id,
            origins=tuple(
                Origin(s.publisher, s.title, s.year, s.kind, s.url, aged=aged) for s in sources
            ),
            lead=lead,
            is_step=self.line.marker == "step",
            because=because,
            fact_ids=self.fit.fact_ids,
        )


@dataclass(frozen=True, slots=True)
class Pool:
    """Every line of the chosen articles that is not ruled out, best article first."""

    articles: tuple[Article, ...]
    candidates: tuple[Candidate, ...]

    def of_section(self, article: Article, kind: str) -> list[Candidate]:
        """The lines of one section, in their order."""
        return [c for c in self.candidates if c.article is article and c.section.kind == kind]

    @property
    def is_specific(self) -> bool:
        """True when the question names a thing that some lines are about and others are not."""
        return any(candidate.is_named for candidate in self.candidates)

    def without_replies(self, found: Iterable[Match]) -> "Pool":
        """Less the lines that say yes or no to a question that was not asked."""
        asked = {(m.article.article_id, m.number) for m in found if m.stands}
        kept = [
            c
            for c in self.candidates
            if not _REPLIES.match(c.line.text)
            or any((c.article.article_id, n) in asked for n in c.line.answers)
        ]
        return Pool(self.articles, tuple(kept))

    def with_verdict(self, *verdicts: str) -> list[Candidate]:
        """Lines by whether they fit, nearest to the question first."""
        found = [c for c in self.candidates if c.fit.verdict in verdicts]
        return sorted(found, key=lambda c: -c.similarity)


def anchored(question: str, articles: Sequence[Article], kit: ComposerKit) -> tuple[Vector, ...]:
    """The question as it is compared with lines: itself, and the library's nearest to it.

    "for breast cancer patients" says nothing here, where everything is; it would draw every
    line near that names the disease.
    """
    generic = kit.words.generic(question)
    bare = kit.similarity.vector(_DISEASE.sub(" ", generic).strip(" ?") or generic)
    asked = [answer for article in articles for answer in article.answers]
    near = kit.similarity.cosines(bare, asked)
    best = max(zip(near, asked, strict=True), default=(0.0, ""))
    return (bare, kit.similarity.vector(best[1])) if best[0] >= ANCHOR else (bare,)


def build_pool(
    question: str,
    articles: Sequence[Article],
    known: Known,
    kit: ComposerKit,
    asked: Sequence[Vector] = (),
    found: Iterable[Match] = (),
) -> Pool:
    """Hold every line of the articles against the card and the question.

    A line is as near as its own words or, a little less, as the questions that it is marked for.
    What speaks only of types or extents that are neither asked about nor this person's is left out.

    Args:
        question: The question that stands alone.
        articles: Those whose lines may be said, the main one first.
        known: The card, as conditions ask for it.
        kit: The composer's parts.
        asked: What lines are compared with; the question, anchored, when empty.
        found: Questions of these articles and how well each stands for the asked one.
    """
    held = known.names()
    known = known.asking(question, kit.lexicon)
    asked_of = kit.words.names_in(question)
    drugs = frozenset(filter(kit.lexicon.drug, asked_of))
    places = [
        place
        for place in _places(articles, known.pairs(), drugs - held, kit)
        if not _tells_of_others(place[0], place[1], drugs, kit)
    ]
    texts = [line.text for line, _, _ in places]
    queries = asked or anchored(question, articles, kit)
    legs = [kit.similarity.cosines(query, texts) for query in queries]
    near = [sum(values) / len(legs) for values in zip(*legs, strict=True)]
    marked = {(m.article.article_id, m.number): MARKED * m.score for m in found}
    subjects = {name for article in articles for name in kit.words.names_in_library(article.title)}
    named = asked_of - subjects
    candidates = (
        Candidate(
            line,
            section,
            article,
            known.fit(line),
            max(value, *(marked.get((article.article_id, n), 0.0) for n in line.answers), -1.0),
            bool(named & kit.words.names_in_library(line.text)),
            kit.places[article.article_id, line.number],
            _is_of_another(kit.words.names_in_library(line.text), drugs, kit),
        )
        for (line, section, article), value in zip(places, near, strict=True)
    )
    return Pool(tuple(articles), tuple(c for c in candidates if c.fit.verdict != "ruled_out"))


def _places(
    articles: Sequence[Article],
    wanted: frozenset[tuple[str, str]],
    not_taken: frozenset[str],
    kit: ComposerKit,
) -> list[tuple[Line, Section, Article]]:
    """The lines that may be said, with where they stand; not those on others alone."""
    return [
        (line, section, article)
        for article in articles
        for section in article.sections
        if section.kind != "questions"
        for line in section.lines
        if section.kind in EXPLAINING
        or not is_of_others(kit.words.types_told(line), wanted)
        # Asked about a medicine, the line that says whose it is answers, also for others.
        or not_taken & kit.words.names_in_library(line.text)
    ]


def lines_for(match: Match, pool: Pool) -> list[Candidate]:
    """The lines that were marked as the answer to a question, for this person, best first.

    A line that a marker, a medicine or the like makes this person's own stands before one that is
    for everybody.
    """
    marked = [
        c
        for c in pool.with_verdict("met", "always")
        if c.article.article_id == match.article.article_id and match.number in c.line.answers
    ]
    # In an article on several medicines, the line on another one is no answer beside that on ours.
    ours = [c for c in marked if not c.is_of_another] or marked
    return sorted(ours, key=lambda c: not _is_closer(c))[:MOST_SHORT]


def _is_of_another(named: frozenset[str], drugs: frozenset[str], kit: ComposerKit) -> bool:
    told = frozenset(filter(kit.lexicon.drug, named))
    return bool(drugs and told) and not told & drugs


def _tells_of_others(line: Line, section: Section, drugs: frozenset[str], kit: ComposerKit) -> bool:
    """Whether a line says of other medicines against cancer what is asked of one.

    How lapatinib is taken is no answer to who takes ribociclib, nor what clashes with tamoxifen
    to who takes letrozole; what comes after it is.
    """
    named = kit.words.names_in_library(line.text)
    ours, told = _against_cancer(drugs, kit), _against_cancer(named, kit)
    is_of_one = section.kind in OF_ONE_MEDICINE or bool(drugs - ours)
    return bool(is_of_one and ours and told) and not ours & told


def _against_cancer(names: frozenset[str], kit: ComposerKit) -> frozenset[str]:
    drugs = {name: kit.lexicon.drug(name) for name in names}
    return frozenset(name for name, drug in drugs.items() if drug and drug.role == "cancer")


def _is_closer(candidate: Candidate) -> bool:
    """True for a line that is this person's by more than how far the cancer has spread."""
    return candidate.fit.verdict == "met" and candidate.fit.atoms[0].key not in SPREAD_KEYS


def short_answer(pool: Pool, plan: Plan) -> list[Candidate]:
    """One or two lines that answer what was asked; empty when the pool holds none that may."""
    first_line = FIRST_LINE_OF_SPECIFIC if pool.is_specific else FIRST_LINE_BONUS

    def worth(candidate: Candidate) -> float:
        value = candidate.similarity
        if candidate.section.kind in plan.lead:
            place = plan.lead.index(candidate.section.kind)
            value += LEAD_BONUS / (1 + place)
            value += STRICT_BONUS * (plan.is_strict and place == 0)
        value += first_line * _is_first(candidate)
        value += NAMED_BONUS * candidate.is_named
        value += MAIN_ARTICLE_BONUS * (candidate.article is pool.articles[0])
        return value

    told = pool.with_verdict("always", "met")
    named = [c for c in told if c.is_named]
    nearest = max((c.similarity for c in named), default=0.0)
    named += [
        c
        for c in told
        if named
        and not c.is_named
        and c.section.kind == "in_short"
        and c.article is pool.articles[0]
        and c.similarity >= SECOND * nearest
    ]
    # A step of a list does not stand first, and a line about another thing is no answer.
    fit = [c for c in named or told if c.line.marker != "step"]
    ranked = sorted(fit, key=worth, reverse=True)
    if not ranked:
        return []
    first = ranked[0]
    if first.section.kind == "in_short" and not pool.is_specific:
        # A summary is read from its beginning, where that is nearly as near.
        opening = [c for c in ranked if c.section is first.section and _is_first(c)]
        near = [c for c in opening if c.similarity >= SECOND * first.similarity]
        return near or [first]
    beside = [
        c
        for c in ranked[1:]
        if c.section is first.section
        and c.similarity >= SECOND * first.similarity
        and (c.is_named or not pool.is_specific)
    ]
    return [first, *beside[:1]]


def _is_first(candidate: Candidate) -> bool:
    return candidate.line is candidate.section.lines[0]


def unknown_branches(pool: Pool, kinds: Container[str]) -> list[list[Candidate]]:
    """Lines that turn on one thing the card does not say, the most decisive thing first.

    Only lines of sections of these kinds, and not of keys that read as "not so" when absent.

    ER, PR, HER2 and subtype are one thing, the type of the cancer. A thing is decisive when at
    least two of its branches stand in the pool.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in pool.with_verdict("unknown"):
        atoms = candidate.fit.atoms
        is_told = candidate.section.kind in kinds and len(atoms) == 1
        if is_told and atoms[0].key not in QUIET_KEYS:
            key = "subtype" if atoms[0].key in TYPE_KEYS else atoms[0].key
            groups.setdefault(key, []).append(candidate)
    branches = [_one_each(lines) for lines in groups.values()]
    decisive = [lines for lines in branches if len(lines) > 1]
    return sorted(decisive, key=lambda lines: -sum(sorted(c.similarity for c in lines)[-2:]))


def _one_each(lines: Sequence[Candidate]) -> list[Candidate]:
    """The nearest line of each branch."""
    nearest: dict[Atom, Candidate] = {}
    for candidate in lines:
        nearest.setdefault(candidate.fit.atoms[0], candidate)
    return list(nearest.values())

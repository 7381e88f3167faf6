"""Which lines of the library answer the question, for this person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chains.compose.draft import Claim, Origin
from chains.compose.kit import Similarity
from chains.compose.person import Fit, Known
from chains.questions import Plan
from chains.stages import CondensedQuestion
from vectorstore.articles import Article, Library, Line, Section
from vectorstore.hits import Hit

# An article beside the best one is used when it scores nearly as well; measured on the
# questions in the articles' own front matter (`evals/library`).
NEAR_BEST = 0.82
MOST_ARTICLES = 3
LEAD_BONUS = 0.10
FIRST_LINE_BONUS = 0.06
MAIN_ARTICLE_BONUS = 0.05


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that might be said, with where it stands and how near it is to the question."""

    line: Line
    section: Section
    article: Article
    fit: Fit
    similarity: float

    @property
    def chunk_id(self) -> str:
        """The passage it stands in."""
        return f"{self.article.article_id}#{self.section.kind}"

    def as_claim(self, *, lead: str = "", because: str = "") -> Claim:
        """The line as a claim with its sources."""
        sources = (self.article.sources[n] for n in self.line.citations)
        return Claim(
            text=self.line.text,
            chunk_id=self.chunk_id,
            origins=tuple(Origin(s.publisher, s.title, s.year, s.kind, s.url) for s in sources),
            lead=lead,
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

    def with_verdict(self, *verdicts: str) -> list[Candidate]:
        """Lines by whether they fit, nearest to the question first."""
        found = [c for c in self.candidates if c.fit.verdict in verdicts]
        return sorted(found, key=lambda c: -c.similarity)


def choose_articles(hits: Sequence[Hit], library: Library) -> tuple[Article, ...]:
    """The article of the best hit and those that come near it, at most three."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.article_id] = max(best.get(hit.article_id, 0.0), hit.score)
    if not best:
        return ()
    top = max(best.values())
    near = [article_id for article_id, score in best.items() if score >= NEAR_BEST * top]
    ordered = sorted(near, key=lambda article_id: -best[article_id])
    return tuple(library.articles[article_id] for article_id in ordered[:MOST_ARTICLES])


def build_pool(
    question: CondensedQuestion,
    articles: Sequence[Article],
    known: Known,
    similarity: Similarity,
) -> Pool:
    """Hold every line of the articles against the card and the question."""
    places = [
        (line, section, article)
        for article in articles
        for section in article.sections
        if section.kind != "questions"
        for line in section.lines
    ]
    near = similarity(question.standalone, [line.text for line, _, _ in places])
    candidates = (
        Candidate(line, section, article, known.fit(line), value)
        for (line, section, article), value in zip(places, near, strict=True)
    )
    return Pool(tuple(articles), tuple(c for c in candidates if c.fit.verdict != "ruled_out"))


def short_answer(pool: Pool, plan: Plan) -> list[Candidate]:
    """One or two lines that answer what was asked; empty when the pool holds none that may."""

    def worth(candidate: Candidate) -> float:
        value = candidate.similarity
        if candidate.section.kind in plan.lead:
            value += LEAD_BONUS / (1 + plan.lead.index(candidate.section.kind))
        if candidate.line is candidate.section.lines[0]:
            value += FIRST_LINE_BONUS
        if candidate.article is pool.articles[0]:
            value += MAIN_ARTICLE_BONUS
        return value

    leads = [c for c in pool.with_verdict("always", "met") if c.section.kind in plan.lead]
    ranked = sorted(leads, key=worth, reverse=True)
    if not ranked:
        return []
    first = ranked[0]
    beside = [
        c
        for c in ranked[1:]
        if c.section is first.section and c.similarity >= 0.8 * first.similarity
    ]
    return [first, *beside[:1]]


def unknown_branches(pool: Pool, is_quiet: Callable[[str], bool]) -> list[Candidate]:
    """Lines that turn on one thing the card does not say, the most decisive thing first.

    A thing is decisive when at least two of its branches stand in the pool.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in pool.with_verdict("unknown"):
        atoms = candidate.fit.atoms
        if len(atoms) == 1 and not is_quiet(atoms[0].key):
            groups.setdefault(atoms[0].key, []).append(candidate)
    decisive = [
        lines for lines in groups.values() if len({c.fit.atoms[0].values for c in lines}) > 1
    ]
    if not decisive:
        return []
    return max(decisive, key=lambda lines: sum(sorted((c.similarity for c in lines))[-2:]))


def section_lines(pool: Pool, kind: str, used: Iterable[Line], most: int) -> list[list[Candidate]]:
    """For each article, the section's best lines that are for everyone, in the written order."""
    gone = {id(line) for line in used}
    found = []
    for article in pool.articles:
        lines = [
            c
            for c in pool.of_section(article, kind)
            if c.fit.verdict == "always" and id(c.line) not in gone
        ]
        best = sorted(lines, key=lambda c: -c.similarity)[:most]
        found.append([c for c in lines if c in best])
    return [lines for lines in found if lines]

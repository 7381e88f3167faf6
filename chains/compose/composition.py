"""One answer in the making: which lines go where."""

from collections.abc import Iterable, Sequence

from chains.compose.choosing import articles_named, choose_articles
from chains.compose.comparison import Comparison, compare
from chains.compose.draft import Block, Claim, Draft
from chains.compose.interactions import mixing
from chains.compose.kit import ComposerKit
from chains.compose.links import further_reading, services_for, trial_search
from chains.compose.nearby import nearby_questions
from chains.compose.person import known_of
from chains.compose.phrases import Voice
from chains.compose.selection import (
    RELEVANT_FOR_YOU,
    Candidate,
    build_pool,
    section_lines,
    short_answer,
    unknown_branches,
)
from chains.intent import asked_part
from chains.questions import plan_for, plan_of
from chains.stages import CondensedQuestion, Link
from memory.records import Card
from vectorstore.articles import Article, Line
from vectorstore.conditions import Atom
from vectorstore.hits import Hit

WORD_BUDGET = 330
"""Words of claims; questions, links, sources and notice are not counted."""
MOST_FOR_YOU = 4
MOST_UNKNOWNS = 2
MOST_BRANCHES = 3
TYPE = Atom("subtype", "=", ("",))
"""Stands for branches of several markers: together they are the type of the cancer."""
LINES_A_SECTION = 4
STEPS_A_SECTION = 7
LONG_SECTIONS = ("how_it_works", "how_to_find", "options")
LOOSE_KINDS = ("what_it_is", "safe_or_useful", "options")
"""Kinds that yield where the question names two things of the interaction table."""
MIXING_TOPICS = frozenset({"integrative", "supplements", "interactions", "food"})
"""Topics with which foods and supplements that do not go with a medicine are listed unasked."""
LEAST_QUESTIONS, MOST_QUESTIONS = 3, 6
LEAST_WORDS, LEAST_SPECIFIC = 90, 50
"""Words of claims below which sections follow that are not as near to the question."""


class Composition:
    """Collects the parts of one answer; keeps count of what was said."""

    def __init__(
        self,
        kit: ComposerKit,
        question: CondensedQuestion,
        hits: Sequence[Hit],
        card: Card,
    ) -> None:
        """Choose the plan and the articles, and hold their lines against the card."""
        self.kit = kit
        self.question = question.searched or question.standalone
        self.facts = {fact.fact_id: fact for fact in card.facts}
        self.voice = Voice.of(card.subject)
        self.known = known_of(card, kit.lexicon)
        self.mixing = mixing(self.question, self.known, kit.lexicon, kit.tables)
        self.plan = plan_for(self.question, kit.lexicon)
        if self.mixing.is_asked and self.plan.kind in LOOSE_KINDS:
            self.plan = plan_of("together")
        self.articles = self._articles(hits)
        self.pool = build_pool(asked_part(self.question), self.articles, self.known, kit)
        self.used: list[Line] = []
        self.words = 0

    def draft(self) -> Draft:
        """The answer's parts, in the order in which they claim lines: none is said twice."""
        short = self.mixing.short() or self._claims(short_answer(self.pool, self.plan))
        comparison = self._comparison()
        for_you, branches = self._for_you(), self._branches()
        sections = [] if comparison.rows else self._sections()
        if short:
            # What the first sentence was taken from is read on first.
            sections.sort(key=lambda block: block.claims[0].chunk_id != short[0].chunk_id)
        return Draft(
            short=short,
            table=comparison.rows,
            sides=comparison.sides,
            blocks=(*for_you, *sections[:1], *branches, *sections[1:]),
            questions_to_ask=self._questions(),
            further_reading=tuple(self._reading()),
            services=tuple(services_for(self.articles, self.known, self.kit.tables)),
            related=nearby_questions(
                self.question,
                self.articles,
                self.kit,
                self.known,
                told=frozenset(line.text for line in self.used),
            ),
            whose=self.voice.your,
        )

    def _articles(self, hits: Sequence[Hit]) -> tuple[Article, ...]:
        """Chosen by retrieval; for a comparison, those of the things compared."""
        if self.plan.kind == "compare":
            names = [m.name for m in self.kit.lexicon.mentions(self.question)]
            named = articles_named(names, self.kit)
            if len(named) > 1:
                return named[:2]
        return choose_articles(hits, self.question, self.known, self.kit)

    def _claims(self, candidates: Iterable[Candidate]) -> tuple[Claim, ...]:
        return tuple(self._claim(candidate) for candidate in candidates)

    def _claim(self, candidate: Candidate, lead: str = "") -> Claim:
        self.used.append(candidate.line)
        self.words += len(candidate.line.text.split())
        return candidate.as_claim(lead=lead, because=self._because(candidate))

    def _because(self, candidate: Candidate) -> str:
        """The reason a line fits: its first atom, and the fact that met it."""
        if candidate.fit.verdict != "met" or not candidate.fit.fact_ids:
            return ""
        fact = self.facts[candidate.fit.fact_ids[0]]
        return self.kit.phrases.reason(candidate.fit.atoms[0], fact, self.voice)

    def _fresh(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        gone = {id(line) for line in self.used}
        return [c for c in candidates if id(c.line) not in gone]

    def _for_you(self) -> list[Block]:
        """Lines whose condition the card meets, and what the person's medicines do not go with."""
        headings = self.kit.phrases.headings
        near = [
            c for c in self.pool.with_verdict("met") if self.pool.relevant([c], RELEVANT_FOR_YOU)
        ]
        claims = self._claims(self._fresh(near)[:MOST_FOR_YOU])
        blocks = [Block(headings["for_you"].format(whom=self.voice.you), claims)] if claims else []
        topics = {topic for article in self.articles[:1] for topic in article.topics}
        if self.mixing.is_asked or self.plan.kind == "together" or topics & MIXING_TOPICS:
            blocks += self.mixing.block(headings["does_not_mix"])
        self.words += sum(len(c.text.split()) for block in blocks[1:] for c in block.claims)
        return blocks

    def _branches(self) -> list[Block]:
        """What turns on something the card does not say, branch by branch."""
        kinds = {*self.plan.lead, *self.plan.sections}
        groups = unknown_branches(self.pool, kinds)[:MOST_UNKNOWNS]
        return [
            self._branch_block(lines[:MOST_BRANCHES])
            for lines in groups
            if self.pool.relevant(lines)
        ]

    def _branch_block(self, lines: list[Candidate]) -> Block:
        lines = sorted(lines, key=lambda c: c.line.number)
        told = [self.kit.phrases.branch(c.fit.atoms[0], self.voice) for c in lines]
        claims = [self._claim(c, lead=words.if_) for c, words in zip(lines, told, strict=True)]
        keys = {c.fit.atoms[0].key for c in lines}
        what = told[0] if len(keys) == 1 else self.kit.phrases.branch(TYPE, self.voice)
        heading = self.kit.phrases.headings["depends"].format(what=what.what)
        return Block(heading, tuple(claims), closing=what.where)

    def _sections(self) -> list[Block]:
        """The plan's sections until the budget of words is spent."""
        blocks: list[Block] = []
        for kind in self.plan.sections:
            most = STEPS_A_SECTION if kind in LONG_SECTIONS else LINES_A_SECTION
            for lines in section_lines(self.pool, kind, self.used, most):
                size = sum(len(c.line.text.split()) for c in lines)
                is_short = self.words < (LEAST_SPECIFIC if self.pool.is_specific else LEAST_WORDS)
                if self.words + size <= WORD_BUDGET and (is_short or self.pool.relevant(lines)):
                    blocks.append(self._section(lines))
        return blocks

    def _section(self, lines: Sequence[Candidate]) -> Block:
        section, article = lines[0].section, lines[0].article
        heading = section.heading
        if article is not self.articles[0]:
            heading = f"{article.title}: {heading}"
        return Block(heading, self._claims(lines))

    def _comparison(self) -> Comparison:
        if self.plan.kind != "compare" or len(self.articles) != 2:
            return Comparison((), ())
        return compare(self.articles, self.plan.sections, self._first_of)

    def _first_of(self, article: Article, kind: str) -> Claim | None:
        """The section's first line that fits and was not said; None where there is none."""
        fitting = [
            c
            for c in self._fresh(self.pool.of_section(article, kind))
            if c.fit.verdict in ("always", "met")
        ]
        return self._claim(fitting[0]) if fitting else None

    def _questions(self) -> tuple[str, ...]:
        """Questions to ask: those the card makes specific first, none that it rules out."""
        spare = self.kit.library.articles.get("questions-to-ask-your-oncologist")
        lines = [
            (self.known.fit(line).verdict, line.text)
            for article in (*self.articles, *([spare] if spare else []))
            for section in article.sections
            if section.kind == "questions"
            for line in section.lines
        ]
        met = [text for verdict, text in lines if verdict == "met"][: MOST_QUESTIONS - 2]
        always = [text for verdict, text in lines if verdict == "always"]
        chosen = tuple(dict.fromkeys(met + always))[:MOST_QUESTIONS]
        return chosen if len(chosen) >= LEAST_QUESTIONS else ()

    def _reading(self) -> list[Link]:
        reading = further_reading(self.articles, self.known, self.kit.tables)
        if any("clinical_trials" in article.topics[:2] for article in self.articles):
            reading = [trial_search(self.known), *reading[:-1]]
        return reading

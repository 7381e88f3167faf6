"""One answer in the making: which lines go where."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from chains.compose.bearing import Bearing
from chains.compose.body import LEAST_NEAR, Said, body, nearest
from chains.compose.choosing import articles_named, choose_articles
from chains.compose.comparison import Comparison, compare, is_choice
from chains.compose.draft import Block, Claim, Draft
from chains.compose.figures import covers, figure_asked
from chains.compose.interactions import mixing
from chains.compose.kit import ComposerKit
from chains.compose.links import further_reading, services_for, trial_search
from chains.compose.matching import Match, asked_apart, asked_of, matches
from chains.compose.nearby import nearby_questions
from chains.compose.person import QUIET_KEYS, known_of
from chains.compose.phrases import Voice
from chains.compose.selection import (
    Candidate,
    build_pool,
    lines_for,
    short_answer,
    unknown_branches,
)
from chains.questions import plan_for, plan_of
from chains.stages import CondensedQuestion, Link
from memory.records import Card
from vectorstore.articles import Article
from vectorstore.conditions import Atom
from vectorstore.hits import Hit

MOST_FOR_YOU = 3
FOR_YOU = 0.0
"""The same as `body.NEAR` for a line that fits this person by type or extent. One that fits by
what is taken or felt must be near at all: few are, and they are for few."""
MOST_FIRST = 3
"""Lines of the short answer to a message that asks more than one thing."""
THOUSANDS, IN_THOUSANDS = 1000, 20
"""Counts are told in single cells; those of a report below this are in thousands."""
COUNTS = frozenset({"ANC", "neutropenia", "white blood cell count"})
MOST_UNKNOWNS = 1
MOST_BRANCHES = 3
TYPE = Atom("subtype", "=", ("",))
"""Stands for branches of several markers: together they are the type of the cancer."""
LOOSE_KINDS = ("what_it_is", "safe_or_useful", "options")
"""Kinds that yield where the question names two things of the interaction table."""
TOGETHER_KINDS = ("together", "safe_or_useful")
MIXING_TOPICS = frozenset({"integrative", "supplements", "interactions", "food"})
"""Topics with which foods and supplements that do not go with a medicine are listed unasked."""
LEAST_QUESTIONS, MOST_QUESTIONS = 3, 6
ASK_NEAR = 0.30
"""Nearness of a question to ask the oncologist from which it stands before the others."""


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
        self.condensed = question
        self.question = question.standing
        self.facts = {fact.fact_id: fact for fact in card.facts}
        self.voice = Voice.of(card.subject)
        self.known = known_of(card, kit.lexicon)
        self.plan = plan_for(self.question, kit.lexicon)
        self.mixing = mixing(self.question, self.known, kit.lexicon, kit.tables)
        # Of two that are not mixed, which is better is still asked.
        if self.plan.kind == "compare" or is_choice(self.question, kit.lexicon):
            self.mixing = replace(self.mixing, is_asked=False)
        if self.mixing.is_asked and self.plan.kind in LOOSE_KINDS:
            self.plan = plan_of("together")
        self.articles = self._articles(hits)
        self.asked = asked_of(self.question, kit)
        self.found = matches(question, self.articles, kit, self.known)
        self.pool = build_pool(self.asked, self.articles, self.known, kit, found=self.found)
        self.unasked = self.pool.without_replies(self.found)
        self.said = Said(kit)

    def draft(self) -> Draft:
        """The answer's parts, in the order in which they claim lines: none is said twice."""
        short = self._opening()
        comparison = self._comparison()
        for_you, branches = self._for_you(), self._branches()
        sections = [] if comparison.rows else self._sections(short)
        return Draft(
            short=short,
            table=comparison.rows,
            sides=comparison.sides,
            blocks=(*for_you, *sections[:1], *branches, *sections[1:]),
            questions_to_ask=self._questions(),
            further_reading=tuple(self._reading()),
            services=tuple(services_for(self.articles, self.known, self.kit.tables)),
            related=nearby_questions(
                self.question, self.articles, self.kit, self.known, told=self.said.texts
            ),
            whose=self.voice.your,
        )

    def not_told(self, draft: Draft) -> tuple[str, ...]:
        """What was asked about beside a medicine and no claim speaks of; mostly none."""
        if self.plan.kind not in TOGETHER_KINDS:
            return ()
        lexicon = self.kit.lexicon
        names = sorted(self.kit.words.names_in(self.question))
        drugs = [drug for name in names if (drug := lexicon.drug(name)) is not None]
        said = {n for c in draft.claims() for n in self.kit.words.names_in_library(c.text)}
        added = [drug.name for drug in drugs if drug.role != "cancer"]
        is_beside = any(drug.role == "cancer" for drug in drugs)
        return tuple(n for n in added if is_beside and not said & {n, *lexicon.classes_of(n)})

    def _opening(self) -> tuple[Claim, ...]:
        """What does not go together first, where that is asked; else the lines that answer.

        A line that speaks of the very thing stands before a row on the class it is of.
        """
        rows = self.mixing.short()
        if not rows:
            return self._claims(self._short())
        names = self.kit.words.names_in(self.question)
        own = [c for c in self._short() if self._is_of_the_very(c, names)][:1]
        if own and self.mixing.rows[0].b not in names:
            return (*self._claims(own), *self._mixing_claims(rows[:1]))
        return self._mixing_claims(rows)

    def _is_of_the_very(self, candidate: Candidate, names: Container[str]) -> bool:
        """Whether a line, marked as an answer here, names a thing that is asked about by name."""
        told = self.kit.words.names_in_library(candidate.line.text)
        added = {n for n in told if (drug := self.kit.lexicon.drug(n)) and drug.role != "cancer"}
        marked = {m.number for m in self.found if m.stands and m.article is candidate.article}
        return any(name in names for name in added) and bool(marked & set(candidate.line.answers))

    def _naming(self, first: list[Candidate]) -> list[Candidate]:
        """The nearest line on a medicine that is asked about and that the first lines leave out.

        A medicine of everyday or against a complaint, that is: a line on one against cancer is no
        answer for naming it.
        """
        lexicon, words = self.kit.lexicon, self.kit.words
        subjects = {n for a in self.articles for n in words.names_in_library(a.title)}
        taken = self.known.names()
        drugs = {
            n
            for n in words.names_in(self.asked)
            if (d := lexicon.drug(n)) is not None and d.role != "cancer"
        }
        asked = drugs - taken - subjects
        told = {n for c in first for n in words.names_in_library(c.line.text)}
        wanted = asked - told - {n for t in told for n in words.relatives(t)}
        near = [
            c
            for c in self.unasked.with_verdict("met", "always")
            if wanted & words.names_in_library(c.line.text) and c.similarity >= LEAST_NEAR
        ]
        return [*near[:1], *first]

    def _short(self) -> list[Candidate]:
        """The lines marked as the answer to what was asked; else the nearest that may lead.

        Where a message asks several things, each gets its first line.
        """
        first = self._marked(self.found)
        if (figure := self._figure()) is not None:
            first = self._of_figure(figure, first) or first
        first = self._naming(first or short_answer(self.unasked, self.plan))
        apart = []
        for one in asked_apart(self.condensed, self.kit):
            found = matches(one, self.articles, self.kit, self.known)
            apart += [c for c in self._marked(found)[:1] if c not in apart]
        if len(apart) > 1:
            first = [*apart, *(c for c in first if c not in apart)]
        return [*first, *(c for c in apart if c not in first)][:MOST_FIRST]

    def _figure(self) -> float | None:
        """The figure of the result that is asked about, counts in single cells.

        A figure beside nothing but medicines is of tablets or days: no result.
        """
        text, names = self.asked, set()
        for mention in reversed(self.kit.lexicon.mentions(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
            names.add(mention.name)
        if all(map(self.kit.lexicon.drug, names)):
            return None
        figure = figure_asked(text)
        if figure is not None and figure < IN_THOUSANDS and names & COUNTS:
            return figure * THOUSANDS
        return figure

    def _of_figure(self, figure: float, marked: list[Candidate]) -> list[Candidate]:
        """The line that tells what a result's figure means, before those of any figure."""
        drug, words = self.kit.lexicon.drug, self.kit.words.names_in_library
        named = {name for name in self.kit.words.names_in(self.asked) if drug(name) is None}
        told = [
            c
            for c in self.pool.with_verdict("met", "always")
            if named & words(c.line.text) and c.similarity >= LEAST_NEAR
        ]
        held = [c for c in told if covers(c.line.text, figure)]
        fit = [c for c in marked if covers(c.line.text, figure) is not False]
        return list({id(c): c for c in (*held[:1], *fit)}.values())[:MOST_FIRST]

    def _marked(self, found: Iterable[Match]) -> list[Candidate]:
        for match in found:
            if not match.stands:
                continue
            if lines := lines_for(match, self.pool):
                return lines
        return []

    def _articles(self, hits: Sequence[Hit]) -> tuple[Article, ...]:
        """Chosen by retrieval; for a comparison, those of the things compared."""
        if self.plan.kind == "compare":
            names = [m.name for m in self.kit.lexicon.mentions(self.question)]
            named = articles_named(names, self.kit)
            if len(named) > 1:
                return named[:2]
        return choose_articles(hits, self.condensed, self.known, self.kit)

    def _claims(self, candidates: Iterable[Candidate]) -> tuple[Claim, ...]:
        return tuple(self._claim(candidate) for candidate in candidates)

    def _claim(self, candidate: Candidate, lead: str = "") -> Claim:
        self.said.add(candidate.line.text)
        return candidate.as_claim(lead=lead, because=self._because(candidate))

    def _because(self, candidate: Candidate) -> str:
        """The reason a line fits: its first atom, and the fact that met it."""
        if candidate.fit.verdict != "met" or not candidate.fit.fact_ids:
            return ""
        fact = self.facts[candidate.fit.fact_ids[0]]
        return self.kit.phrases.reason(candidate.fit.atoms[0], fact, self.voice)

    def _mixing_claims(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        for claim in claims:
            self.said.add(claim.text)
        return claims

    def _for_you(self) -> list[Block]:
        """Lines whose condition the card meets, and what the person's medicines do not go with."""
        headings = self.kit.phrases.headings
        kinds = {*self.plan.lead, *self.plan.sections}
        bearing = Bearing(self.asked, self.plan.kind, self.found)
        met = [c for c in self.pool.with_verdict("met") if c.section.kind in kinds]
        met = [c for c in met if bearing.has(c)]
        near = [c for c in nearest(met, self.pool, FOR_YOU) if not _is_of_own(c)]
        near = [*(c for c in met if _is_of_own(c) and c.similarity >= LEAST_NEAR), *near]
        claims = self._claims(self.said.fresh(near)[:MOST_FOR_YOU])
        blocks = [Block(headings["for_you"].format(whom=self.voice.you), claims)] if claims else []
        wishes = any(m.kind == "preference" for m in self.kit.lexicon.mentions(self.question))
        leads = any(article.topics[0] in MIXING_TOPICS for article in self.articles[:2])
        is_of_mixing = wishes or leads or self.plan.kind == "together"
        if self.mixing.is_asked or is_of_mixing:
            rest = [
                replace(block, claims=tuple(c for c in block.claims if not self.said.has(c.text)))
                for block in self.mixing.block(headings["does_not_mix"])
            ]
            blocks += [block for block in rest if self._mixing_claims(block.claims)]
        return blocks

    def _branches(self) -> list[Block]:
        """What turns on something the card does not say, branch by branch."""
        kinds = {*self.plan.lead, *self.plan.sections}
        groups = [self.said.fresh(lines) for lines in unknown_branches(self.pool, kinds)]
        return [
            self._branch_block(lines[:MOST_BRANCHES])
            for lines in groups
            if len(lines) > 1 and nearest(lines, self.pool, FOR_YOU)
        ][:MOST_UNKNOWNS]

    def _branch_block(self, lines: list[Candidate]) -> Block:
        lines = sorted(lines, key=lambda c: c.line.number)
        told = [self.kit.phrases.branch(c.fit.atoms[0], self.voice) for c in lines]
        claims = [self._claim(c, lead=words.if_) for c, words in zip(lines, told, strict=True)]
        keys = {c.fit.atoms[0].key for c in lines}
        what = told[0] if len(keys) == 1 else self.kit.phrases.branch(TYPE, self.voice)
        heading = self.kit.phrases.headings["depends"].format(what=what.what)
        return Block(heading, tuple(claims), closing=what.where)

    def _sections(self, short: Sequence[Claim]) -> list[Block]:
        """The plan's sections until the budget of words is spent."""
        first = [claim.chunk_id for claim in short]
        return [self._section(lines) for lines in body(self.pool, self.plan, self.said, first)]

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
            for c in self.said.fresh(self.pool.of_section(article, kind))
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
        near = self.kit.similarity.cosines(
            self.kit.similarity.vector(self.asked), [text for _, text in lines]
        )
        ranked = sorted(zip(near, lines, strict=True), key=lambda item: -item[0])
        told = [(value, *line) for value, line in ranked if line[0] in ("met", "always")]
        first = [text for value, verdict, text in told if verdict == "met" or value >= ASK_NEAR]
        chosen = tuple(dict.fromkeys([*first, *(text for *_, text in told)]))
        return chosen[: min(MOST_QUESTIONS, max(LEAST_QUESTIONS + 1, len(set(first))))]

    def _reading(self) -> list[Link]:
        reading = further_reading(self.articles, self.known, self.kit.tables)
        if any("clinical_trials" in article.topics[:2] for article in self.articles):
            reading = [trial_search(self.known), *reading[:-1]]
        return reading


def _is_of_own(candidate: Candidate) -> bool:
    """True for a line that fits by a medicine, symptom, wish or procedure of this person."""
    return candidate.fit.atoms[0].key in QUIET_KEYS

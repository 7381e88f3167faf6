"""The embedded composer: an answer assembled from the library, no model, no network."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from chains.compose import shelf
from chains.compose.body import Said
from chains.compose.choosing import articles_named, choose_articles
from chains.compose.composition import Composition
from chains.compose.draft import Block, Claim, Draft
from chains.compose.facts_told import facts_in_mind, told
from chains.compose.kit import ComposerKit
from chains.compose.links import preview, services_for
from chains.compose.matching import Match, matches
from chains.compose.nearby import fitting, leading, nearby_questions
from chains.compose.person import Known, known_of
from chains.compose.selection import build_pool, lines_for
from chains.lexicon import Lexicon
from chains.stages import CondensedQuestion, RelatedQuestion
from memory.records import SELF, Card, Fact
from vectorstore.hits import Hit

HELPING = ("what_helps", "how_to_find")
"""Section kinds whose lines may follow a warm line."""
ASKED_IN_FEELING = 0.62
"""Score from which a feeling comes down to a question; higher than for what is asked outright."""
MOST_HELPS = 2
MOST_OPENED = 2
OPENED = {
    "medication": ("side_effects", "together"),
    "symptom": ("coping", "symptom", "symptom_of_drug"),
    "lab": ("result_meaning",),
    "biomarker": ("result_meaning", "options"),
    "extent": ("options", "what_next"),
    "stage": ("options", "result_meaning"),
    "procedure": ("side_effects", "what_next", "coping"),
}
"""Kinds of question that a new fact mostly raises, by its kind."""
WANTED = 0.2
"""What a question of such a kind gains."""
MOST_TOLD = 25
"""Words up to which a statement is held against the library's questions as it is written."""


@dataclass(frozen=True, slots=True)
class EmbeddedComposer:
    """Assembles answers; everything it holds is immutable and shared by all turns."""

    kit: ComposerKit

    def for_one_turn(self, lexicon: Lexicon) -> "EmbeddedComposer":
        """The same for one turn, in which no question is read or encoded twice.

        Waits until the library's questions are read.

        Args:
            lexicon: That of the turn.
        """
        self.kit.questions.read_all()
        own = replace(
            self.kit,
            lexicon=lexicon,
            words=self.kit.words.for_one_turn(lexicon),
            similarity=self.kit.similarity.for_one_turn(),
            memo={},
        )
        return EmbeddedComposer(own)

    def compose(
        self,
        question: CondensedQuestion,
        hits: Sequence[Hit],
        card: Card,
        *,
        left_out: Sequence[str] = (),
    ) -> Draft:
        """Write the answer to a question for one person.

        Args:
            question: The question that stands alone, with the raw message.
            hits: What was retrieved, best first; at least one.
            card: What is known of the person it is about; may be empty.
            left_out: Medicines that were asked about and that no source here speaks of.

        Returns:
            A draft whose claims stand word for word in the library or in a table; empty when the
            hits are all about medicines that are neither asked about nor taken.
        """
        work = Composition(self.kit, question, hits, card)
        if not work.articles:
            return Draft()
        draft = shelf.beside(work.draft(), question, self.kit, datetime.now(UTC).date())
        return self._opened(draft, question, card, (*left_out, *work.not_told(draft)))

    def from_shelf(self, question: CondensedQuestion, card: Card) -> Draft:
        """The answer from the second shelf alone; empty where nothing on it clears our bar."""
        draft = shelf.alone(question, self.kit, datetime.now(UTC).date())
        return self._opened(draft, question, card, ()) if draft.claims() else draft

    def is_asking(self, message: str) -> bool:
        """True for a message that comes down to a question the library answers, not of feelings."""
        asked = CondensedQuestion(raw=message, standalone=message)
        best = matches(asked, self.kit.library.articles.values(), self.kit)[0]
        return best.score >= ASKED_IN_FEELING and best.article.topics[0] != "emotional"

    def comfort(self, message: str, card: Card) -> Draft:
        """Meet a feeling: one warm line, what is known to help, one offer."""
        known = known_of(card, self.kit.lexicon)
        articles = self.kit.library.articles.values()
        emotional = [article for article in articles if article.topics[0] == "emotional"]
        asked = CondensedQuestion(raw=message, standalone=message)
        match = matches(asked, emotional, self.kit)[0]
        pool = build_pool(message, (match.article,), known, self.kit)
        told = [c for c in pool.with_verdict("met", "always") if c.section.kind in HELPING]
        helps = Said(self.kit).fresh([*lines_for(match, pool)[:1], *told])[:MOST_HELPS]
        warm = self.kit.phrases.warm_to(message)
        offer = (warm.offers if warm else "") or self.kit.phrases.offered
        offered = self._question(offer, known)
        return Draft(
            openings=(warm.line if warm else self.kit.phrases.comfort,),
            short=tuple(candidate.as_claim() for candidate in helps),
            services=tuple(services_for((match.article,), known, self.kit.tables)),
            offer=self.kit.phrases.offer.format(question=offer) if offered else "",
            related=offered,
        )

    def _question(self, asked: str, known: Known) -> tuple[RelatedQuestion, ...]:
        """One of the library's own questions with the first words of its answer."""
        articles = self.kit.library.articles.values()
        found = [
            Match(article, article.answers.index(asked) + 1, asked, 1.0)
            for article in articles
            if asked in article.answers
        ]
        lines = [leading(match, self.kit, known) for match in found[:1]]
        words = [preview(line[0].line.text) for line in lines if line]
        return tuple(RelatedQuestion(question=asked, preview=text) for text in words)

    def nearest(self, message: str, hits: Sequence[Hit], card: Card) -> tuple[RelatedQuestion, ...]:
        """Questions the library does answer, nearest to one that it does not."""
        known = known_of(card, self.kit.lexicon)
        asked = CondensedQuestion(raw=message, standalone=message)
        articles = choose_articles(hits, asked, known, self.kit)
        return nearby_questions(message, articles, self.kit, known)

    def opened_by(
        self, message: str, facts: Sequence[Fact], hits: Sequence[Hit], card: Card
    ) -> Draft:
        """Two questions of the library that a statement opens, each with what answers it first.

        Args:
            message: The statement.
            facts: What it said.
            hits: What a search by it found; may be empty.
            card: What is known of the person.
        """
        known = known_of(card, self.kit.lexicon)
        words = message if len(message.split()) <= MOST_TOLD else told(facts)
        asked = CondensedQuestion(raw=words, standalone=words)
        articles = articles_named(_subjects(facts), self.kit) or choose_articles(
            hits, asked, known, self.kit
        )
        claims: list[Claim] = []
        related: list[RelatedQuestion] = []
        wanted = {kind for fact in facts for kind in OPENED.get(fact.kind, ())}
        found = fitting(matches(asked, articles, self.kit), known, self.kit)
        for match in sorted(found, key=lambda m: -m.score - WANTED * self._is_of(m, wanted)):
            lines = leading(match, self.kit, known)
            if not lines or lines[0].line.text in {claim.text for claim in claims}:
                continue
            claims.append(lines[0].as_claim(lead=match.text))
            related.append(
                RelatedQuestion(question=match.text, preview=preview(lines[0].line.text))
            )
            if len(related) == MOST_OPENED:
                break
        heading = self.kit.phrases.headings["opens"]
        blocks = (Block(heading, tuple(claims)),) if claims else ()
        return Draft(blocks=blocks, related=tuple(related))

    def _is_of(self, match: Match, kinds: Container[str]) -> bool:
        return self.kit.words.kind_asked_in_library(match.text) in kinds

    def _opened(
        self, draft: Draft, question: CondensedQuestion, card: Card, left_out: Sequence[str]
    ) -> Draft:
        """Add the lines that depend on the message and on whether the card was used."""
        found = self.kit.phrases.warm_to(question.raw)
        warm = found.line if found else ""
        kinds = " ".join(f"<{m.kind}>" for m in self.kit.lexicon.mentions(question.raw))
        dose = self.kit.phrases.dose_line(f"{question.raw} {kinds}", card.subject)
        gap = self.kit.phrases.left_out.format(names=" and ".join(left_out)) if left_out else ""
        openings = (warm, dose, gap, *draft.openings)
        draft = replace(draft, openings=tuple(filter(None, openings)))
        used = dict.fromkeys(i for claim in draft.claims() for i in claim.fact_ids)
        # What the question names or was completed with was used too.
        named = {*question.added, *self.kit.words.names_in(question.standing)}
        used |= dict.fromkeys(f.fact_id for f in card.facts if f.name in named and not f.negated)
        if not used:
            note = self.kit.phrases.general_with_card if card.facts else self.kit.phrases.general
            return replace(draft, general_note=note)
        facts = facts_in_mind(card, used, self.kit.lexicon)
        words = told(facts)
        whom = "" if card.subject == SELF else f" about your {card.subject}"
        return replace(
            draft,
            in_mind=self.kit.phrases.opening.format(whom=whom, facts=words) if words else "",
            used_facts=tuple(dict.fromkeys([*used, *(fact.fact_id for fact in facts)])),
        )


def _subjects(facts: Sequence[Fact]) -> list[str]:
    """What a statement is about, the newest first; a marker that is negative is not."""
    return [
        fact.name
        for fact in reversed(facts)
        if fact.kind != "diagnosis" and fact.attributes.get("value") != "negative"
    ]

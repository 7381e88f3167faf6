"""The embedded composer: an answer assembled from the library, no model, no network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.compose.composition import Composition
from chains.compose.draft import Draft
from chains.compose.kit import ComposerKit
from chains.compose.nearby import nearby_questions
from chains.compose.opening import facts_in_mind, told
from chains.compose.person import known_of
from chains.compose.selection import build_pool, choose_articles
from chains.stages import CondensedQuestion, RelatedQuestion
from memory.records import SELF, Card, Fact
from vectorstore.hits import Hit

HELPING = ("what_helps", "in_short", "how_to_find")
"""Section kinds whose lines may follow a warm line."""


@dataclass(frozen=True, slots=True)
class EmbeddedComposer:
    """Assembles answers; everything it holds is immutable and shared by all turns."""

    kit: ComposerKit

    def compose(self, question: CondensedQuestion, hits: Sequence[Hit], card: Card) -> Draft:
        """Write the answer to a question for one person.

        Args:
            question: The question that stands alone, with the raw message.
            hits: What was retrieved, best first; at least one.
            card: What is known of the person it is about; may be empty.

        Returns:
            A draft whose claims stand word for word in the library or in a table.
        """
        work = Composition(self.kit, question, hits, card)
        return self._opened(work.draft(), question, card)

    def comfort(self, message: str, hits: Sequence[Hit], card: Card) -> Draft:
        """Meet a feeling: one warm line, one thing that is known to help, one offer."""
        known = known_of(card, self.kit.lexicon)
        articles = tuple(
            article
            for article in choose_articles(hits, self.kit.library)
            if "emotional" in article.topics
        )
        pool = build_pool(message, articles, known, self.kit)
        helps = [c for c in pool.with_verdict("always") if c.section.kind in HELPING]
        offers = nearby_questions(message, articles, self.kit, known, most=1)
        return Draft(
            openings=(self.kit.phrases.warm_line(message) or self.kit.phrases.comfort,),
            short=tuple(c.as_claim() for c in helps[:1]),
            offer=self.kit.phrases.offer.format(question=offers[0].question) if offers else "",
            related=offers,
        )

    def nearest(self, message: str, hits: Sequence[Hit], card: Card) -> tuple[RelatedQuestion, ...]:
        """Questions the library does answer, nearest to one that it does not."""
        known = known_of(card, self.kit.lexicon)
        articles = choose_articles(hits, self.kit.library)
        return nearby_questions(message, articles, self.kit, known)

    def questions_about(
        self, facts: Sequence[Fact], hits: Sequence[Hit], card: Card
    ) -> tuple[RelatedQuestion, ...]:
        """Two questions of the library that a statement opens."""
        articles = choose_articles(hits, self.kit.library)
        known = known_of(card, self.kit.lexicon)
        return nearby_questions(told(facts), articles, self.kit, known, most=2)

    def _opened(self, draft: Draft, question: CondensedQuestion, card: Card) -> Draft:
        """Add the lines that depend on the message and on whether the card was used."""
        warm = self.kit.phrases.warm_line(question.raw)
        dose = self.kit.phrases.dose_line(question.raw, card.subject)
        used = dict.fromkeys(i for claim in draft.claims() for i in claim.fact_ids)
        if not used:
            note = self.kit.phrases.general_with_card if card.facts else self.kit.phrases.general
            return replace(draft, openings=tuple(filter(None, (warm, dose))), general_note=note)
        facts = facts_in_mind(card, used, self.kit.lexicon)
        words = told(facts) if card.subject == SELF else f"your {card.subject}'s {told(facts)}"
        opening = self.kit.phrases.opening.format(facts=words)
        return replace(
            draft,
            openings=tuple(filter(None, (warm, dose))),
            in_mind=opening,
            used_facts=tuple(dict.fromkeys([*used, *(fact.fact_id for fact in facts)])),
        )

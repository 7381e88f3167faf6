"""The embedded composer: an answer assembled from the library, no model, no network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.compose.choosing import articles_named, choose_articles
from chains.compose.composition import Composition
from chains.compose.draft import Draft
from chains.compose.kit import ComposerKit
from chains.compose.links import preview
from chains.compose.nearby import first_words, nearby_questions
from chains.compose.opening import facts_in_mind, told
from chains.compose.person import Known, known_of
from chains.compose.selection import build_pool
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
            A draft whose claims stand word for word in the library or in a table; empty when the
            hits are all about medicines that are neither asked about nor taken.
        """
        work = Composition(self.kit, question, hits, card)
        if not work.articles:
            return Draft()
        return self._opened(work.draft(), question, card)

    def comfort(self, message: str, card: Card) -> Draft:
        """Meet a feeling: one warm line, one thing that is known to help, one offer."""
        known = known_of(card, self.kit.lexicon)
        emotional = [a for a in self.kit.library.articles.values() if a.topics[0] == "emotional"]
        articles = tuple(emotional)
        pool = build_pool(message, articles, known, self.kit)
        helps = [c for c in pool.with_verdict("always") if c.section.kind in HELPING]
        warm = self.kit.phrases.warm_to(message)
        asked = (warm.offers if warm else "") or self.kit.phrases.offered
        offered = self._question(asked, known)
        return Draft(
            openings=(warm.line if warm else self.kit.phrases.comfort,),
            short=tuple(c.as_claim() for c in helps[:1]),
            offer=self.kit.phrases.offer.format(question=asked) if offered else "",
            related=offered,
        )

    def _question(self, asked: str, known: Known) -> tuple[RelatedQuestion, ...]:
        """One of the library's own questions with the first words of its answer."""
        articles = self.kit.library.articles.values()
        found = [article for article in articles if asked in article.answers]
        words = [first_words(asked, article, self.kit, known) for article in found[:1]]
        return tuple(RelatedQuestion(question=asked, preview=preview(text)) for text in words)

    def nearest(self, message: str, hits: Sequence[Hit], card: Card) -> tuple[RelatedQuestion, ...]:
        """Questions the library does answer, nearest to one that it does not."""
        known = known_of(card, self.kit.lexicon)
        articles = choose_articles(hits, message, known, self.kit)
        return nearby_questions(message, articles, self.kit, known)

    def questions_about(
        self, facts: Sequence[Fact], hits: Sequence[Hit], card: Card
    ) -> tuple[RelatedQuestion, ...]:
        """Two questions of the library that a statement opens."""
        named = articles_named(_subjects(facts), self.kit)
        known = known_of(card, self.kit.lexicon)
        articles = named or choose_articles(hits, told(facts), known, self.kit)
        return nearby_questions(told(facts), articles, self.kit, known, most=2)

    def _opened(self, draft: Draft, question: CondensedQuestion, card: Card) -> Draft:
        """Add the lines that depend on the message and on whether the card was used."""
        found = self.kit.phrases.warm_to(question.raw)
        warm = found.line if found else ""
        dose = self.kit.phrases.dose_line(question.raw, card.subject)
        used = dict.fromkeys(i for claim in draft.claims() for i in claim.fact_ids)
        if not used:
            note = self.kit.phrases.general_with_card if card.facts else self.kit.phrases.general
            return replace(draft, openings=tuple(filter(None, (warm, dose))), general_note=note)
        facts = facts_in_mind(card, used, self.kit.lexicon)
        words = told(facts)
        if words and card.subject != SELF:
            words = f"your {card.subject}'s {words}"
        opening = self.kit.phrases.opening.format(facts=words) if words else ""
        return replace(
            draft,
            openings=tuple(filter(None, (warm, dose))),
            in_mind=opening,
            used_facts=tuple(dict.fromkeys([*used, *(fact.fact_id for fact in facts)])),
        )


def _subjects(facts: Sequence[Fact]) -> list[str]:
    """What a statement is about, the newest first; a marker that is negative is not."""
    return [
        fact.name
        for fact in reversed(facts)
        if fact.kind != "diagnosis" and fact.attributes.get("value") != "negative"
    ]

"""The embedded composer: an answer assembled from the library, no model, no network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.compose.composition import Composition
from chains.compose.draft import Draft
from chains.compose.opening import facts_in_mind, told
from chains.compose.phrases import Phrases
from chains.compose.selection import Similarity
from chains.lexicon import Lexicon
from chains.stages import CondensedQuestion
from chains.tables import Tables
from memory.records import SELF, Card
from vectorstore.articles import Library
from vectorstore.hits import Hit


@dataclass(frozen=True, slots=True)
class EmbeddedComposer:
    """Assembles answers; everything it holds is immutable and shared by all turns."""

    library: Library
    tables: Tables
    lexicon: Lexicon
    phrases: Phrases
    similarity: Similarity

    def compose(self, question: CondensedQuestion, hits: Sequence[Hit], card: Card) -> Draft:
        """Write the answer to a question for one person.

        Args:
            question: The question that stands alone, with the raw message.
            hits: What was retrieved, best first; at least one.
            card: What is known of the person it is about; may be empty.

        Returns:
            A draft whose claims stand word for word in the library or in a table.
        """
        work = Composition(self, question, hits, card)
        return self._opened(work.draft(), question, card)

    def _opened(self, draft: Draft, question: CondensedQuestion, card: Card) -> Draft:
        """Add the lines that depend on the message and on whether the card was used."""
        warm = self.phrases.warm_line(question.raw)
        dose = self.phrases.dose_line(question.raw, card.subject)
        used = dict.fromkeys(i for claim in draft.claims() for i in claim.fact_ids)
        if not used:
            note = self.phrases.general_with_card if card.facts else self.phrases.general
            return replace(draft, openings=tuple(filter(None, (warm, dose))), general_note=note)
        facts = facts_in_mind(card, used, self.lexicon)
        words = told(facts) if card.subject == SELF else f"your {card.subject}'s {told(facts)}"
        opening = self.phrases.opening.format(facts=words)
        return replace(
            draft,
            openings=tuple(filter(None, (warm, dose))),
            in_mind=opening,
            used_facts=tuple(dict.fromkeys([*used, *(fact.fact_id for fact in facts)])),
        )

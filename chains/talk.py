"""What is said beside questions: facts, feelings, the card itself, thanks, limits."""

from collections.abc import Mapping

from chains.compose.writing import write
from chains.condense import is_foreign
from chains.intent import Intent
from chains.services import Services
from chains.stages import Answer
from memory.card import CardChange
from memory.records import Card, Fact


class Talk:
    """Replies to one message that is no question for the library; may change the card."""

    def __init__(
        self, services: Services, person_id: str, card: Card, changes: Mapping[str, CardChange]
    ) -> None:
        """Begin with the card as the message's facts left it, and what they changed."""
        self._services = services
        self._person_id = person_id
        self._card = card
        self._changes = changes

    def reply(self, meant: Intent, message: str) -> Answer | None:
        """The reply; None when the message is a question for the library."""
        replies = self._services.replies
        if is_foreign(message) and meant.kind != "greeting":
            return replies.limit("language")
        if meant.kind == "question" or (meant.kind == "correct" and meant.has_question):
            return None
        if meant.kind in ("rules", "nothing"):
            return replies.limit(meant.kind)
        if meant.kind == "show_card":
            return replies.show_card(self._card)
        if meant.kind == "forget":
            return self._forget(meant.what)
        if meant.kind == "start_over":
            return self._start_over()
        if meant.kind == "feeling":
            return self._comfort(message)
        if meant.kind in ("statement", "correct"):
            return self._understood(message)
        return replies.say(meant.kind)

    def cards(self, before: Mapping[str, Card]) -> dict[str, Card]:
        """The cards after the reply; one that was emptied is gone."""
        after = {**before, self._card.subject: self._card}
        return {subject: card for subject, card in after.items() if card.facts}

    def _understood(self, message: str) -> Answer | None:
        """What the statement said; None when it said nothing that is kept."""
        if not self._changes:
            return None
        said = self._said()
        contradicted = [f for change in self._changes.values() for f in change.contradicted]
        hits = self._services.searcher.search(message)
        opens = self._services.composer.questions_about(said or self._card.facts, hits, self._card)
        return self._services.replies.understood_facts(said, self._card, opens, contradicted)

    def _said(self) -> list[Fact]:
        """What the message said, as the cards hold it now."""
        sources = [source for change in self._changes.values() for source in change.sources]
        ids = {source.fact_id for source in sources}
        cards = [change.card for change in self._changes.values()]
        return [fact for card in cards for fact in card.facts if fact.fact_id in ids]

    def _comfort(self, message: str) -> Answer:
        """Warmth first, one thing known to help, one offer."""
        draft = self._services.composer.comfort(message, self._card)
        kept, _ = self._services.grounder.ground(draft)
        return write(kept, self._services.composer.kit.phrases)

    def _forget(self, what: str) -> Answer:
        found = self._named(what)
        for fact in found:
            self._forget_fact(fact)
        return self._services.replies.forgot(what, is_found=bool(found))

    def _start_over(self) -> Answer:
        for fact in self._card.facts:
            self._forget_fact(fact)
        return self._services.replies.started_over()

    def _forget_fact(self, fact: Fact) -> None:
        self._card = self._services.store.forget_fact(self._person_id, fact.fact_id).card

    def _named(self, what: str) -> list[Fact]:
        """Facts that the words name, by canonical name, by kind, or by their own evidence."""
        names = {mention.name for mention in self._services.lexicon.mentions(what)}
        words = set(what.lower().replace("_", " ").split())
        return [
            fact
            for fact in self._card.facts
            if fact.name in names
            or set(fact.kind.split("_")) <= words
            or set(fact.name.lower().split()) <= words
        ]

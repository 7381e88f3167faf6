"""What is said beside questions: facts, feelings, the card itself, thanks, limits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.compose.writing import write
from chains.condense import is_foreign
from chains.intent import Intent, kinds_named
from chains.lexicon import Mention
from chains.services import Services
from chains.stages import Answer
from memory.card import CardChange
from memory.records import Card, Fact

_MEANS = re.compile(r"\bi (?:actually |really )?(?:mean|meant|was asking)\b", re.IGNORECASE)
"""What was meant by a question, not what is on the card."""
_FACT_KINDS = {"drug": ("medication", "allergy"), "food": ("allergy",)}
_ONE_OF = frozenset({"biomarker", "procedure", "metastasis", "diagnosis", "allergy"})
"""Kinds where the only fact there is may be the wrong one, though it is not named."""
_NAMED = frozenset({"medication", "biomarker"})
_SHORTEST = 3


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
        self._message = ""
        self._righted: list[Fact] = []

    def reply(self, meant: Intent, message: str) -> Answer | None:
        """The reply; None when the message is a question for the library."""
        replies = self._services.replies
        if is_foreign(message) and meant.kind != "greeting":
            return replies.limit("language")
        if meant.kind == "correct" and self._put_right(message, meant):
            return self._corrected()
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
            is_asking = self._services.composer.is_asking(message)
            return None if is_asking else self._comfort(message)
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
        receipt = self._services.replies.understood_facts(said, self._card, contradicted)
        hits = self._services.searcher.search(message)
        composer = self._services.composer
        opens = composer.opened_by(message, said or self._card.facts, hits, self._card)
        kept, _ = self._services.grounder.ground(replace(opens, openings=(receipt,)))
        return write(kept, composer.kit.phrases, kind="memory")

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
        # A brand is said with the name that the card had.
        others = sorted({f.name for f in found if f.kind in _NAMED} - self._names(what, exact=True))
        said = f"{what} ({', '.join(others)})" if others else what
        return self._services.replies.forgot(said, is_found=bool(found))

    def _put_right(self, message: str, meant: Intent) -> bool:
        """Set right what the message says was wrong; False when it says so of no fact."""
        if meant.has_question and _MEANS.search(message):
            return False
        self._message = message
        mentions = self._services.lexicon.mentions(message)
        names = list(dict.fromkeys(mention.name for mention in mentions))
        self._righted = [
            fact
            for name in names
            if (old := self._instead_of(name, names, _kinds(name, mentions))) is not None
            and (fact := self._replace(old, name)) is not None
        ]
        return bool(self._righted)

    def _instead_of(self, name: str, names: list[str], kinds: frozenset[str]) -> Fact | None:
        """The fact that this name stands for now: the one named beside it, or the only one."""
        told = {fact.fact_id for fact in self._said()}
        before = [f for f in self._card.facts if f.fact_id not in told and not f.negated]
        if any(fact.name == name for fact in before):
            return None
        like = [fact for fact in before if fact.kind in kinds]
        named = [fact for fact in like if fact.name in names]
        one_of = kinds_named(self._message) | _ONE_OF
        like = named or [fact for fact in like if fact.kind in one_of]
        return like[0] if len(like) == 1 else None

    def _replace(self, old: Fact, name: str) -> Fact | None:
        """The fact with its right name; where the message told that, the old one only goes."""
        told = next((f for f in self._said() if f.name == name and not f.negated), None)
        if told is not None and told.kind == old.kind:
            self._forget_fact(old)
            return told
        if told is not None:
            self._forget_fact(told)
        store = self._services.store
        self._card = store.correct_fact(self._person_id, old.fact_id, name=name).card
        return next((fact for fact in self._card.facts if fact.name == name), None)

    def _corrected(self) -> Answer:
        """What the card says now, in the words of a correction."""
        replies = self._services.replies
        return replies.corrected(self._righted)

    def _start_over(self) -> Answer:
        for fact in self._card.facts:
            self._forget_fact(fact)
        return self._services.replies.started_over()

    def _forget_fact(self, fact: Fact) -> None:
        self._card = self._services.store.forget_fact(self._person_id, fact.fact_id).card

    def _named(self, what: str) -> list[Fact]:
        """Facts that the words name, by canonical name, by kind, or by their own evidence."""
        names, kinds = self._names(what), kinds_named(what)
        words = set(what.lower().replace("_", " ").split())
        named = [
            fact
            for fact in self._card.facts
            if fact.name in names
            or set(fact.name.lower().split()) <= words
            or any(_is_short_for(word, fact.name.lower()) for word in words)
        ]
        # "my letrozole pills" is that one medicine, not all of them.
        held = {fact.kind for fact in named}
        return [
            f for f in self._card.facts if f in named or (f.kind in kinds and f.kind not in held)
        ]

    def _names(self, text: str, *, exact: bool = False) -> set[str]:
        """Names that a text holds; `exact` as the card writes them."""
        names = {mention.name for mention in self._services.lexicon.mentions(text)}
        return {name for name in names if not exact or name.lower() in text.lower()}


def _kinds(name: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """The kinds of facts that a name of the lexicon can be of."""
    found = {mention.kind for mention in mentions if mention.name == name}
    return frozenset(kind for one in found for kind in _FACT_KINDS.get(one, (one,)))


def _is_short_for(word: str, name: str) -> bool:
    """Whether a word is the name but for its number: "BRCA" for BRCA1."""
    return len(word) >= _SHORTEST and name.startswith(word) and name[len(word) :].isdigit()

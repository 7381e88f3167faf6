"""What is said beside questions: facts, feelings, the card itself, thanks, limits."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from chains.compose.writing import write
from chains.condense import is_foreign
from chains.corrections import Righting, likeliest, owner, rightings, wrong_facts
from chains.extraction import extract
from chains.intent import Intent, is_asking, kinds_named
from chains.naming import Named, facts_named, named_items
from chains.services import Services
from chains.stages import Answer
from chains.whose import echoed
from memory.card import CardChange, route
from memory.card_draft import EXCLUSIVE
from memory.records import SELF, Card, Fact

_MEANS = re.compile(r"\bi (?:actually |really )?(?:mean|meant|was asking)\b", re.IGNORECASE)
"""What was meant by a question, not what is on the card."""
_TAKING = re.compile(
    r"\b(?:i'?m|i am|she'?s|she is|he'?s|he is|i|been) (?:now |already |currently )?"
    r"(?:on|take|taking|started|switched to|moved to|changed to|swapped to|put on)\b",
    re.IGNORECASE,
)
"""Tells of a medicine beside a command."""
_ALSO = re.compile(
    r"(?:\b(?:and|then|also)\s|[,.;]\s)(?:(?:please|also|then)\s)*"
    r"(?P<righting>(?:change|correct|update|set|make)\s.+)$",
    re.IGNORECASE,
)
"""A second command of a message."""
_SENTENCES = re.compile(r"[.!?;\n]+\s+")
_CARRIES = frozenset({"medication", "biomarker", "lab"})
"""Kinds whose attributes belong to the name or value that was wrong."""


class TalkThread(NamedTuple):
    """Where the message stands."""

    person_id: str
    turn_id: str
    last_message_id: str | None = None
    """Of the message before; None for the first."""


class Talk:
    """Replies to one message that is no question for the library; may change the card."""

    def __init__(
        self,
        services: Services,
        thread: TalkThread,
        card: Card,
        changes: Mapping[str, CardChange],
        cards: Mapping[str, Card],
    ) -> None:
        """Begin with the cards as the message's facts left them, and what they changed."""
        self._services = services
        self._thread = thread
        self._person_id = thread.person_id
        self._subject = card.subject
        self._changes = changes
        self._cards = {**cards, card.subject: card}
        self._message = ""

    @property
    def _card(self) -> Card:
        return self._cards.get(self._subject, Card(subject=self._subject))

    def reply(self, meant: Intent, message: str) -> Answer | None:
        """The reply; None when the message is a question for the library."""
        replies = self._services.replies
        self._message = message
        if is_foreign(message) and meant.kind not in ("greeting", "forget", "start_over"):
            return replies.limit("language")
        righted = self._put_right(meant) or self._asked_alike(meant)
        if righted is not None:
            return replies.corrected(righted)
        if meant.kind == "question" or (meant.kind == "correct" and meant.has_question):
            return None
        if meant.kind in ("rules", "nothing"):
            return replies.limit(meant.kind)
        if meant.kind == "show_card":
            return self._show(meant.what)
        if meant.kind == "forget":
            return self._take_off(meant)
        if meant.kind == "start_over":
            return self._start_over()
        if meant.kind == "feeling":
            is_asking = self._services.composer.is_asking(message)
            return None if is_asking else self._comfort(message)
        if meant.kind in ("statement", "correct"):
            return self._understood(message)
        return replies.say(meant.kind)

    def cards(self) -> dict[str, Card]:
        """The cards after the reply; one that was emptied is gone."""
        return {subject: card for subject, card in self._cards.items() if card.facts}

    def _understood(self, message: str) -> Answer | None:
        """What the statement said; None when it said nothing that is kept."""
        said = self._said() if self._changes else self._echo()
        if not self._changes and not said:
            return None
        contradicted = [f for change in self._changes.values() for f in change.contradicted]
        receipt = self._services.replies.understood_facts(said, self._card, contradicted)
        hits = self._services.searcher.search(message)
        composer = self._services.composer
        opens = composer.opened_by(message, said or self._card.facts, hits, self._card)
        kept, _ = self._services.grounder.ground(replace(opens, openings=(receipt,)))
        return write(kept, composer.kit.phrases, kind="memory")

    def _echo(self) -> list[Fact]:
        """What was told last of one person, where the message says it of another too."""
        others = {fact.subject for fact in self._told_last()}
        same = echoed(self._message, self._told_last(), self._subject if others else SELF)
        return self._take_in(same)

    def _take_in(self, facts: Sequence[Fact]) -> list[Fact]:
        """Facts that this turn taught beside those it was read for, as the cards hold them."""
        new = [
            fact.model_copy(update={"fact_id": uuid.uuid4().hex, "message_id": None})
            for fact in facts
        ]
        if not new:
            return []
        changes = route(self._cards, new)
        store = self._services.store
        store.save_cards(self._person_id, self._thread.turn_id, changes=changes)
        self._cards |= {subject: change.card for subject, change in changes.items()}
        return new

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

    def _show(self, asked: str) -> Answer:
        """What is known, or of it what was asked for."""
        facts = facts_named(asked, self._card.facts, self._services.lexicon, by_evidence=False)
        is_missing = not facts and bool(kinds_named(asked)) and bool(self._card.facts)
        return self._services.replies.show_card(self._card, facts, is_missing=is_missing)

    def _asked_alike(self, meant: Intent) -> list[Fact] | None:
        """What "so am I" likens; it has the words of a question."""
        return (self._echo() or None) if meant.kind == "question" else None

    def _take_off(self, meant: Intent) -> Answer:
        answer = self._forget(meant)
        noted = [*self._taken_instead(meant), *self._also_righted(meant)]
        return self._services.replies.with_noted(answer, noted)

    def _also_righted(self, meant: Intent) -> list[Fact]:
        """What the same message puts right besides: "not 61, 62. And remove ibrance"."""
        also = _ALSO.search(self._message)
        others = [s for s in _SENTENCES.split(self._message) if meant.what.lower() not in s.lower()]
        whole, righted = self._message, list[Fact]()
        for text in [also["righting"]] if also else others if meant.what else ():
            self._message = text
            righted = righted or self._righted(is_correction=also is not None)
        self._message = whole
        return righted

    def _forget(self, meant: Intent) -> Answer:
        items = self._items(meant)
        lexicon = self._services.lexicon
        kept = {
            fact.fact_id
            for card in self._cards.values()
            for fact in (facts_named(meant.kept, card.facts, lexicon) if meant.kept else ())
        }
        gone = [
            Named(item.words, tuple(f for f in item.facts if f.fact_id not in kept))
            for item in items
        ]
        for fact in {f.fact_id: f for item in gone for f in item.facts}.values():
            self._forget_fact(fact)
        return self._services.replies.forgot(gone, is_over=meant.is_past)

    def _taken_instead(self, meant: Intent) -> list[Fact]:
        """The medicine that is taken now: "forget letrozole, I'm on exemestane now"."""
        lexicon = self._services.lexicon
        gone = {mention.name for mention in lexicon.mentions(meant.what)}
        at = self._message.lower().find(meant.what.lower()) + len(meant.what)
        if not _TAKING.search(self._message, at):
            return []
        facts = extract(self._message[at:], self._card, about=self._subject, lexicon=lexicon)
        return self._take_in([
            fact
            for fact in facts
            if fact.kind == "medication" and fact.status == "current" and fact.name not in gone
        ])

    def _items(self, meant: Intent) -> list[Named]:
        """What is to go, item by item; what was told last, where the words name nothing."""
        if not meant.what:
            return [Named("", tuple(self._told_last()))]
        return named_items(
            meant.what, self._cards, subject=self._subject, lexicon=self._services.lexicon
        )

    def _told_last(self) -> list[Fact]:
        """The facts that the message before this one told."""
        last = self._thread.last_message_id
        facts = [fact for card in self._cards.values() for fact in card.facts]
        return [fact for fact in facts if last is not None and fact.message_id == last]

    def _put_right(self, meant: Intent) -> list[Fact] | None:
        """The facts as the message puts them right; None when it puts none right."""
        if meant.kind in ("forget", "start_over", "show_card", "rules", "nothing"):
            return None
        if (moved := self._moved()) is not None:
            return moved
        if meant.has_question and _MEANS.search(self._message):
            return None
        is_correction = meant.kind == "correct"
        if not is_correction and is_asking(self._message):
            return None
        righted = self._righted(is_correction=is_correction)
        if righted or not is_correction:
            return righted or None
        changed = [fact for change in self._changes.values() for fact in change.changed]
        return self._said() if changed else None

    def _righted(self, *, is_correction: bool) -> list[Fact]:
        """The first pair of wrong and right words that the card bears out."""
        changes = self._changes.values()
        told = {fact.fact_id for one in changes for fact in one.added}
        told |= {f.fact_id for one in changes for f in one.changed if f.kind in EXCLUSIVE}
        before = [f for f in self._card.facts if f.fact_id not in told and not f.negated]
        lexicon = self._services.lexicon
        for pair in rightings(self._message):
            kinds = kinds_named(pair.wrong)
            loose = pair._replace(wrong="") if kinds else pair
            if not loose.wrong and not (is_correction or kinds):
                continue
            held = [fact for fact in before if fact.kind in kinds] if kinds else before
            found = list(wrong_facts(loose, held, lexicon))
            if not loose.wrong:
                last = {fact.fact_id for fact in self._told_last()}
                found = likeliest(found, held, message=self._message, last=last, lexicon=lexicon)
            found = found or self._wrong_elsewhere(loose)
            if found:
                return [self._replace(old, new) for old, new in found[:1]]
        return []

    def _wrong_elsewhere(self, pair: Righting) -> list[tuple[Fact, Fact]]:
        """What is called wrong, where only the card of another person holds it."""
        others = [card for card in self._cards.values() if card.subject != self._subject]
        held = [fact for card in others for fact in card.facts if not fact.negated]
        found = list(wrong_facts(pair, held, self._services.lexicon)) if pair.wrong else []
        return found if len(found) == 1 else []

    def _replace(self, old: Fact, new: Fact) -> Fact:
        """The fact as it should be; what the message's own words taught beside it goes."""
        names = {old.name, new.name}
        added = [fact for change in self._changes.values() for fact in change.added]
        told = next((f for f in added if f.kind == old.kind and f.name == new.name), None)
        if told is not None and old.name != new.name and not told.negated:
            self._forget_fact(old)
            return told
        for fact in added:
            if fact.name in names and fact.subject == old.subject and fact != old:
                self._forget_fact(fact)
        # What was told of the wrong one, a dose or a percentage, does not hold for the right one.
        is_dose = old.name == new.name and new.attributes.get("dose") != old.attributes.get("dose")
        value = dict.fromkeys(old.attributes, "") if old.kind in _CARRIES and not is_dose else {}
        kept = ("value", "percent", *(("dose",) if is_dose else ()))
        value |= {key: text for key, text in new.attributes.items() if key in kept}
        change = self._services.store.correct_fact(
            self._person_id, old.fact_id, name=new.name, attributes=value
        )
        self._cards[old.subject] = change.card
        return next(fact for fact in change.card.facts if fact.fact_id == old.fact_id)

    def _moved(self) -> list[Fact] | None:
        """The facts that stood on the wrong person's card, on the right one."""
        whose = owner(self._message)
        if whose is None:
            return None
        added = {fact.fact_id for change in self._changes.values() for fact in change.added}
        wrong = [
            fact
            for subject, card in self._cards.items()
            if subject != whose
            and (whose != SELF or subject == self._subject or len(self._cards) == 2)
            for fact in card.facts
            if fact.fact_id not in added
        ]
        named = facts_named(self._message, wrong, self._services.lexicon, by_evidence=False)
        last = {fact.fact_id for fact in self._told_last()}
        chosen = named or [fact for fact in wrong if fact.fact_id in last]
        if not chosen:
            return None
        return self._hand_over(chosen, whose)

    def _hand_over(self, facts: Sequence[Fact], whose: str) -> list[Fact]:
        for fact in facts:
            self._forget_fact(fact)
        self._subject = whose
        return self._take_in([fact.model_copy(update={"subject": whose}) for fact in facts])

    def _start_over(self) -> Answer:
        for fact in self._card.facts:
            self._forget_fact(fact)
        return self._services.replies.started_over()

    def _forget_fact(self, fact: Fact) -> None:
        held = self._cards.get(fact.subject)
        if held is None or all(known.fact_id != fact.fact_id for known in held.facts):
            return
        change = self._services.store.forget_fact(self._person_id, fact.fact_id)
        self._cards[fact.subject] = change.card

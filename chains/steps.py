"""The steps of one turn, each a short call into its own module, with what they found so far."""

import logging
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from chains.completeness import completeness
from chains.compose import EmbeddedComposer
from chains.compose.draft import Draft
from chains.compose.person import known_of
from chains.compose.writing import write
from chains.composing import ComposeTask, LibraryComposer, TurnComposer
from chains.condense import condense
from chains.continued import called_wrong
from chains.corrections import names_both, names_right
from chains.events import (
    CitationFound,
    StageStarted,
    TextDelta,
    TextRestarted,
    TurnEvent,
    TurnFinished,
)
from chains.history import last_turns
from chains.intent import intent, is_asking
from chains.notes import TurnNotes
from chains.retrieval import Evidence, lies_outside, retrieve
from chains.services import Services
from chains.stages import Answer, Completeness, CondensedQuestion, LastTurn, TriageResult
from chains.subjects import OTHER
from chains.talk import Talk, TalkThread
from chains.taught import COMMANDS, Telling, taught
from chains.triage import Told, find, found_in_thread, rated, same_day_banner, urgent_card
from chains.whose import spoken_of, spoken_to
from chains.widening import of_own_cancer, widened
from memory.card import route
from memory.errors import StoreError
from memory.records import SELF, Card, Thread, Turn

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Step = Generator[StageStarted, None, Result]


class Steps:
    """One turn on its way; a step says that it starts, then gives its result."""

    def __init__(self, turn: Turn, thread: Thread, services: Services) -> None:
        """Begin with a stored turn."""
        self.notes = TurnNotes(turn)
        self.record_json: str | None = None
        """The turn's record; None until it is told."""
        self.has_failed = False
        """True when a step failed and the person was told so."""
        self._turn = turn
        self._thread = thread
        self._services = services
        self._lexicon = services.lexicon.for_one_turn()
        self._done = self._asked = ""
        self._told_so_far = ""

    def triage(self) -> Step[TriageResult]:
        """Red flags, before anything that can fail."""
        yield self.notes.begin("triage")
        found = find(self._turn.message)
        self.notes.triage = rated(*found)
        if found[1]:  # without a sign card and thread add nothing, and need not be read yet
            with suppress(StoreError):  # what cannot be read raises nothing; the rules stand
                self.notes.triage = found_in_thread(found, self._told())
        return self.notes.triage

    def completeness(self) -> Step[Completeness]:
        """Whether the message is whole."""
        yield self.notes.begin("completeness")
        self.notes.completeness = completeness(
            self._turn.message,
            self._history[-1] if self._history else None,
            self._card_of(self._thread.about),
            lexicon=self._lexicon,
        )
        return self.notes.completeness

    def remember(self) -> Step[Card]:
        """Take what the message says into the cards; the card of whom it speaks."""
        yield self.notes.begin("extraction")
        turn, message = self._turn, self._turn.message
        before = [earlier.message for earlier in self._history]
        about = spoken_to(message, self._thread, self._cards, before, is_asking=is_asking(message))
        if self._thread.about == SELF:
            about = called_wrong(message, self._cards, self._lexicon) or about
        telling = Telling(message, turn.message_id, about, self._thread)
        facts = taught(telling, before, self._cards, lexicon=self._lexicon)
        self.notes.facts = tuple(facts)
        self._changes = route(self._cards, facts)
        if self._changes:
            self._services.store.save_cards(
                self._thread.person_id, turn.turn_id, changes=self._changes
            )
        self._cards |= {subject: change.card for subject, change in self._changes.items()}
        self.notes.cards = self._cards
        whose = spoken_of(facts, about)
        return self._card_of(SELF if whose == OTHER else whose)

    def urgent_card(self) -> Answer:
        """The reviewed wording of the flags, first and alone."""
        text = urgent_card(self.notes.triage, self._services.numbers)
        return Answer(kind="emergency", markdown=f"{text}\n\n{self._services.replies.notice}")

    def has_words(self) -> bool:
        """False for keys hit at random and commands, which have no ending to ask for."""
        message, facts = self._turn.message, self.notes.facts
        kind = intent(message, facts, None, lexicon=self._lexicon).kind
        if self._is_elsewhere(self._card_of(self._thread.about)):
            return False
        if kind == "correct" and names_right(message, self._lexicon):
            return False
        return kind not in ("nothing", *COMMANDS) and not names_both(message, self._lexicon)

    def ask_to_finish(self) -> Answer:
        """One clarification that shows where the message stops."""
        return self._services.replies.ask_to_finish(self.notes.completeness)

    def talk(self, card: Card) -> Answer | None:
        """A reply to what is no question for the library; None when it is one."""
        last = self._history[-1] if self._history else None
        meant = intent(self._turn.message, self.notes.facts, last, lexicon=self._lexicon)
        if meant.kind == "statement" and self._is_elsewhere(card):
            return None
        place = TalkThread(self._thread.person_id, self._turn.turn_id, self._last_message_id())
        talk = Talk(self._services, place, card, self._changes, self._cards)
        answer = talk.reply(meant, self._turn.message)
        self.notes.cards = self._cards = talk.cards()
        if answer is not None and meant.kind not in COMMANDS and is_asking(self._turn.message):
            self.notes.standalone = self._condensed(self._turn.message, card).standalone
        if answer is None or not meant.rest:
            return answer
        # A command with a question beside it: done and said first, then the answer.
        self._done, self._asked = answer.markdown.partition("\n\n")[0], meant.rest
        return None

    def _is_elsewhere(self, card: Card) -> bool:
        return lies_outside(self._turn.message, self.notes.facts, card, self._lexicon)

    def _last_message_id(self) -> str | None:
        last = self._services.store.last_turn(
            self._thread.person_id, self._thread.thread_id, before_number=self._turn.number
        )
        return last.message_id if last is not None else None

    def condense(self, card: Card) -> Step[CondensedQuestion]:
        """A question that stands alone."""
        yield self.notes.begin("condense")
        card, asked = self._as_it_stands(card), self._asked or self._turn.message
        question = self._condensed(asked, card)
        question = of_own_cancer(question, card, self._composer.kit)
        self.notes.standalone = question.standalone
        searched = self._services.searcher.repaired(question.standalone)
        return question.model_copy(update={"searched": searched})

    def _condensed(self, asked: str, card: Card) -> CondensedQuestion:
        return condense(asked, self._history, card, lexicon=self._lexicon)

    def retrieve(self, question: CondensedQuestion, card: Card) -> Step[Evidence]:
        """Passages, and whether they can carry an answer."""
        yield self.notes.begin("retrieve")
        card = self._as_it_stands(card)
        evidence = self._found(question, card)
        if evidence.scope != "answer" and evidence.limit == "topic":
            for wider in widened(question, card, self._composer.kit):
                found = self._found(wider, card)
                if found.scope == "answer":
                    # Only searched: the record keeps the question that was asked.
                    evidence = replace(found, asked=wider)
                    break
        self.notes.hits = evidence.hits
        return evidence

    def _found(self, question: CondensedQuestion, card: Card) -> Evidence:
        return retrieve(
            question,
            known_of(card, self._lexicon),
            told=frozenset(fact.name for fact in self.notes.facts),
            searcher=self._services.searcher,
            kit=self._composer.kit,
        )

    def compose(
        self, question: CondensedQuestion, evidence: Evidence, card: Card
    ) -> Generator[TurnEvent, None, Draft]:
        """The answer from those passages; empty when they cannot carry one."""
        yield self.notes.begin("compose")
        if evidence.scope == "no_source":
            asked = evidence.asked or question
            return self._composer.from_shelf(asked, self._as_it_stands(card))
        if evidence.scope != "answer":
            return Draft()
        question, evidence, card = yield from self._read_again(question, evidence, card)
        task = ComposeTask(
            question=evidence.asked or question,
            hits=evidence.hits,
            card=self._as_it_stands(card),
            left_out=evidence.left_out,
            turn=self._turn,
            thread=self._thread,
        )
        composer = self._writer()
        draft = yield from self._told_on_the_way(composer.compose_turn(task))
        self.notes.usage = composer.usage
        return draft

    def _read_again(
        self, question: CondensedQuestion, evidence: Evidence, card: Card
    ) -> Generator[TurnEvent, None, tuple[CondensedQuestion, Evidence, Card]]:
        """The same three, with what a model read that our own rules left out."""
        model, person = self._services.model, self._thread.person_id
        if model is None:
            return question, evidence, card
        read = yield from model.read(question, card, self.notes.facts, self._turn, person)
        if read is None:
            return question, evidence, card
        if changes := route(self._cards, read.facts):
            self._services.store.save_cards(person, self._turn.turn_id, changes=changes)
            self._cards |= {subject: change.card for subject, change in changes.items()}
            self.notes.cards, card = self._cards, self._card_of(card.subject)
            self.notes.facts += tuple(read.facts)
        if read.question:
            searched = self._services.searcher.repaired(read.question)
            found = {"standalone": read.question, "searched": searched}
            asked = question.model_copy(update=found)
            if (again := self._found(asked, card)).scope == "answer":
                question, evidence = asked, again
                self.notes.standalone, self.notes.hits = read.question, again.hits
        return question, evidence, card

    def _writer(self) -> TurnComposer:
        model = self._services.model
        return LibraryComposer(self._composer) if model is None else model.composer(self._composer)

    def _told_on_the_way(
        self, events: Generator[TurnEvent, None, Draft]
    ) -> Generator[TurnEvent, None, Draft]:
        """What a composer tells, with what stands before every answer before its first words."""
        with closing(events):
            while True:
                try:
                    event = next(events)
                except StopIteration as end:
                    draft: Draft = end.value
                    return draft
                if isinstance(event, TextDelta):
                    before = "" if self._told_so_far else self._before("")
                    event = TextDelta(text=before + event.text)
                    self._told_so_far += event.text
                yield event

    def ground(self, draft: Draft, evidence: Evidence, card: Card) -> Step[Answer]:
        """The answer with the claims that their sources say; an honest limit when none is left."""
        yield self.notes.begin("ground")
        kept, _ = self._services.grounder.ground(draft)
        if kept.claims():
            return write(kept, self._composer.kit.phrases)
        return self._limit(evidence, card)

    def tell_failure(self, error: Exception) -> Iterator[TurnEvent]:
        """Say that a step failed: a red flag's card first, whatever it was that failed."""
        logger.error("turn %s failed: %s", self._turn.turn_id, type(error).__name__)
        self.has_failed = True
        self.record_json = None
        failed = self._services.replies.single["failed"]
        answer = Answer(kind="out_of_scope", markdown=failed)
        if self.notes.triage.needs_help_now:
            answer = self.urgent_card()
        yield from self.tell(answer)

    def tell(self, answer: Answer) -> Iterator[TurnEvent]:
        """Give the text, its sources and the record out."""
        answer = answer.model_copy(update={"markdown": self._before(answer.markdown)})
        record = self.notes.record(answer, self._services.index, self._services.tables)
        self.record_json = record.model_dump_json()
        if not answer.markdown.startswith(self._told_so_far):
            self._told_so_far = ""
            yield TextRestarted()
        yield TextDelta(text=answer.markdown[len(self._told_so_far) :])
        for source in answer.sources:
            yield CitationFound(n=source.n, title=source.title, url=source.url)
        yield TurnFinished(record=record)

    def _before(self, markdown: str) -> str:
        """A text behind what stands before every answer: a command that was done, a banner."""
        parts = [self._done]
        if self.notes.triage.level == "same_day":
            parts.append(same_day_banner(self.notes.triage, self._services.numbers))
        return "\n\n".join([*filter(None, parts), markdown])

    def _as_it_stands(self, card: Card) -> Card:
        """A card after the command that the message began with."""
        return self._card_of(card.subject) if self._done else card

    def _limit(self, evidence: Evidence, card: Card) -> Answer:
        """Why there is no answer: not about breast cancer, or no source; with what is nearest."""
        replies = self._services.replies
        if self.notes.triage.level == "same_day":
            # The banner is the answer; beside it, a refusal would only confuse.
            return Answer(kind="no_source", markdown=replies.notice)
        if evidence.scope == "out_of_scope":
            return replies.limit(evidence.limit)
        nearest = self._composer.nearest(self._turn.message, evidence.hits, card)
        return replies.without_source(nearest)

    def _told(self) -> Told:
        """The card of whom the message is about, and what was said before about the same person."""
        thread, cards = self._thread, self._cards
        about = spoken_to(self._turn.message, thread, cards)
        before = (turn.message for turn in self._history)
        same = tuple(said for said in before if spoken_to(said, thread, cards) == about)
        return Told(cards.get(about), same)

    @cached_property
    def _composer(self) -> EmbeddedComposer:
        """Not before it is needed: right after a start it waits, and a red flag must not."""
        return self._services.composer.for_one_turn(self._lexicon)

    @cached_property
    def _history(self) -> tuple[LastTurn, ...]:
        """The turns before this one; read once, by the first step that needs them."""
        return last_turns(self._turn, self._thread, self._services.store)

    @cached_property
    def _cards(self) -> dict[str, Card]:
        """The cards by subject, as they stand after the steps so far."""
        return self._services.store.cards(self._thread.person_id)

    def _card_of(self, subject: str) -> Card:
        return self._cards.get(subject, Card(subject=subject))

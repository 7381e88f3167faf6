"""The model's composer: writes from the library's passages, hands over where that fails."""

import logging
from collections.abc import Generator
from dataclasses import dataclass, replace

from chains.compose import EmbeddedComposer
from chains.compose.composition import Composition
from chains.compose.draft import Draft
from chains.compose.person import known_of
from chains.composing import ComposeTask
from chains.events import ModelUsed, Notice, Sent, TextDelta, TurnEvent, Waiting
from chains.model.answer import Judges, Writing
from chains.model.breaker import Breaker
from chains.model.budget import Budget
from chains.model.client import ChatClient, Tokens
from chains.model.consent import consent_of
from chains.model.failures import ModelFailure
from chains.model.masking import Masks
from chains.model.passages import PassageFinder
from chains.model.prompt import Built, Material, build
from chains.model.reading import ModelReader
from chains.model.reading_stream import StreamReader
from chains.model.schema import SchemaSupport
from chains.model.talk import talk_before
from chains.record import Usage
from memory.store import ConversationStore

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What all model turns share; nothing in it is about one person."""

    client: ChatClient
    breaker: Breaker
    budget: Budget
    finder: PassageFinder
    store: ConversationStore
    judges: Judges
    rules: str
    """The system message."""
    support: SchemaSupport
    reader: ModelReader


class ModelComposer:
    """Composes one answer with the model; the embedded answer stands ready beneath it."""

    def __init__(self, parts: Parts, embedded: EmbeddedComposer) -> None:
        """Stand on the embedded composer of the same turn."""
        self.usage = Usage()
        self._parts = parts
        self._embedded = embedded
        self._judges = parts.judges.for_one_turn(embedded.kit)

    def compose_turn(self, task: ComposeTask) -> Generator[TurnEvent, None, Draft]:
        """The draft of the answer, its sentences told as soon as each was checked.

        Nothing is sent where nothing could be said, where the person did not agree, or where the
        service was just found dead. Whatever fails, the embedded draft comes back, with a line.
        """
        draft = self._embedded.compose(task.question, task.hits, task.card, left_out=task.left_out)
        parts = self._parts
        consent = consent_of(parts.store, task.thread.person_id, parts.client.endpoint)
        if not draft.claims() or not consent.may_send:
            return draft
        if not parts.breaker.may_ask():
            return (yield from self._handed_over(draft, ModelFailure("resting")))
        try:
            written = yield from self._written(task, draft)
        except ModelFailure as failure:
            parts.breaker.failed(failure.kind)
            parts.budget.after(failure.kind)
            return (yield from self._handed_over(draft, failure))
        except Exception as error:  # noqa: BLE001 - the library's answer is at hand, whatever broke
            logger.error("the model's part failed: %s", type(error).__name__)
            return (yield from self._handed_over(draft, ModelFailure("malformed")))
        parts.breaker.succeeded()
        parts.support.find_out()
        return written

    def _written(self, task: ComposeTask, draft: Draft) -> Generator[TurnEvent, None, Draft]:
        masks = Masks()
        built = self._prompt(task, draft, masks)
        known = known_of(task.card, self._judges.kit.lexicon)
        writing = Writing(draft, built, self._judges, known, masks)
        yield self._sent(built)
        try:
            yield from self._streamed(built, writing)
            written = writing.end()
        except ModelFailure as failure:
            yield self._used(writing, failure.kind)
            raise
        yield self._used(writing, "")
        return written

    def _streamed(self, built: Built, writing: Writing) -> Generator[TurnEvent, None, None]:
        reader, tokens = StreamReader(), Tokens()
        try:
            for words in self._parts.client.stream(built.messages, tokens):
                if words is None:
                    yield Waiting()
                    continue
                for said in reader.feed(words):
                    if text := writing.take(said):
                        yield TextDelta(text=text)
            for said in reader.end():
                if text := writing.take(said):
                    yield TextDelta(text=text)
        finally:
            self.usage = Usage(
                prompt_tokens=tokens.prompt or built.tokens, completion_tokens=tokens.completion
            )

    def _prompt(self, task: ComposeTask, draft: Draft, masks: Masks) -> Built:
        parts, kit = self._parts, self._judges.kit
        work = Composition(kit, task.question, task.hits, task.card)
        material = Material(
            question=task.question.raw,
            standalone=task.question.standalone,
            card=task.card,
            talk=talk_before(task.turn, task.thread, parts.store, work.known),
            passages=parts.finder.find(draft, work),
            headings=[block.heading for block in draft.blocks],
        )
        return build(material, parts.rules, parts.budget.tokens, masks)

    def _sent(self, built: Built) -> Sent:
        client = self._parts.client
        return Sent(
            host=client.endpoint.host,
            model=client.model,
            messages=built.messages,
            prompt_tokens=built.tokens,
        )

    def _used(self, writing: Writing, handed_over: str) -> ModelUsed:
        dropped = dict(writing.dropped)
        logger.info("model: %d kept, %d dropped", writing.kept, sum(dropped.values()))
        return ModelUsed(kept=writing.kept, dropped=dropped, handed_over=handed_over)

    def _handed_over(
        self, draft: Draft, failure: ModelFailure
    ) -> Generator[TurnEvent, None, Draft]:
        line = str(failure)
        yield Notice(text=line.strip("*"))
        return replace(draft, openings=(line, *draft.openings))

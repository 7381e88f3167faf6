"""The room of the model, built once a process where a service is set."""

import secrets
from collections.abc import Generator, Sequence
from dataclasses import replace

from chains.compose import EmbeddedComposer
from chains.compose.draft import Claim
from chains.compose.kit import ComposerKit
from chains.events import TurnEvent
from chains.model.answer import Judges
from chains.model.breaker import Breaker
from chains.model.budget import Budget
from chains.model.checking import SentenceChecker
from chains.model.client import ChatClient, Limits
from chains.model.composer import ModelComposer, Parts
from chains.model.consent import consent_of
from chains.model.endpoint import endpoint_of
from chains.model.guard import Guard
from chains.model.passages import PassageFinder
from chains.model.prompts import load_prompt
from chains.model.reading import ModelReader, ModelReading
from chains.model.schema import SchemaSupport
from chains.settings import Settings
from chains.stages import CondensedQuestion
from memory.records import Card, Fact, Turn
from memory.store import ConversationStore
from vectorstore.ingest import LibraryIndex
from vectorstore.similarity import TextSimilarity


class ModelRoom:
    """Makes composers and judges their claims; nothing in it is about one person."""

    def __init__(self, parts: Parts) -> None:
        """Stand on parts that all turns share."""
        self.parts = parts

    def composer(self, embedded: EmbeddedComposer) -> ModelComposer:
        """A composer for one turn."""
        return ModelComposer(self.parts, embedded)

    def read(
        self,
        question: CondensedQuestion,
        card: Card,
        facts: Sequence[Fact],
        turn: Turn,
        person_id: str,
    ) -> Generator[TurnEvent, None, ModelReading | None]:
        """Let the model help to read a message, for someone who agreed; None where it does not."""
        parts = self.parts
        consent = consent_of(parts.store, person_id, parts.client.endpoint)
        if not consent.may_send or not parts.support.is_known_good():
            return None
        if not parts.breaker.may_ask():
            return None
        return (yield from parts.reader.read(question, card, facts, turn.message_id))

    def warm_up(self) -> None:
        """Load what the first answer needs; nothing is sent."""
        self.parts.client.warm_up()

    def says(self, claim: Claim) -> bool:
        """Whether the lines that a claim cites say it, judged anew."""
        read = [line.read_as or line.text for line in claim.cited]
        checker = self.parts.judges.checker.for_one_turn()
        return checker.check(claim.judged or claim.text, read).is_supported


def build_room(
    settings: Settings, store: ConversationStore, index: LibraryIndex, kit: ComposerKit
) -> ModelRoom:
    """Put the room together; no service is asked yet.

    Raises:
        ConfigurationError: The address of the service cannot be used.
    """
    limits = Limits(settings.first_word_s, settings.answer_s)
    client = ChatClient(endpoint_of(settings), limits)
    canary = f"K{secrets.token_hex(6)}"
    rules = load_prompt("answer.system").filled(canary=canary)
    # A model's sentences are no texts of the library: their vectors are not kept.
    similarity = TextSimilarity(index.embeddings, {})
    judges = Judges(
        guard=Guard(kit.lexicon, rules, canary),
        checker=SentenceChecker(kit.lexicon, similarity),
        kit=replace(kit),
    )
    support = SchemaSupport(client, is_wanted=settings.model_reads)
    parts = Parts(
        client=client,
        breaker=Breaker(client.is_well),
        budget=Budget(settings.prompt_tokens),
        finder=PassageFinder(index.chunks, kit.tables),
        store=store,
        judges=judges,
        rules=rules,
        support=support,
        reader=ModelReader(client, support, load_prompt("reading.system").filled(), kit.lexicon),
    )
    return ModelRoom(parts)

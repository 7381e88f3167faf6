"""What a model proposes on reading a message: taken only where our own rules can bear it."""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from chains.condense import is_faithful_rewrite
from chains.context import assert_context
from chains.events import Sent, SentMessage, SentPart, TurnEvent
from chains.extraction.reading import PERSONAL
from chains.lexicon import Lexicon
from chains.model.client import ChatClient
from chains.model.failures import ModelFailure
from chains.model.masking import Masks
from chains.model.planted import fenced, is_planted
from chains.model.schema import SchemaSupport
from chains.sentences import split_words
from chains.stages import CondensedQuestion
from memory.records import Card, Fact, FactKind
from vectorstore.tokens import count_tokens

LIMIT_S = 8.0
"""Reading comes before the answer: it may not keep a person waiting."""
LONGEST = 1_200
"""Characters of a message that a model helps to read."""
_KINDS: dict[str, FactKind] = {
    "drug": "medication",
    "symptom": "symptom",
    "procedure": "procedure",
    "metastasis": "metastasis",
    "comorbidity": "comorbidity",
}
"""Kind of a mention -> kind of the fact; markers and stages need a value, which our rules read."""
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "quotes": {"type": "array", "items": {"type": "string"}},
        "question": {"type": "string"},
    },
    "required": ["quotes", "question"],
    "additionalProperties": False,
}


class _Proposed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    quotes: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What was taken of what a model proposed."""

    facts: tuple[Fact, ...] = ()
    question: str = ""
    """A question that stands alone; empty where ours is kept."""


class ModelReader:
    """Reads single messages with a model; holds nothing of anybody."""

    def __init__(
        self, client: ChatClient, support: SchemaSupport, rules: str, lexicon: Lexicon
    ) -> None:
        """Stand on what all turns share; `rules` is the system message."""
        self._client = client
        self._support = support
        self._rules = rules
        self._lexicon = lexicon

    def read(
        self, question: CondensedQuestion, card: Card, facts: Sequence[Fact], message_id: str
    ) -> Generator[TurnEvent, None, ModelReading]:
        """Ask once; nothing is taken where that fails, is late or is not supported.

        Args:
            question: As our own rules condensed it, with the message and the last turns.
            card: What is known of the person it is about.
            facts: What our own rules read in it.
            message_id: Kept on every fact.
        """
        if not self._support.is_known_good() or len(question.raw) > LONGEST:
            return ModelReading()
        masks = Masks()
        messages = self._messages(question, masks)
        yield Sent(
            purpose="reading",
            host=self._client.endpoint.host,
            model=self._client.model,
            messages=messages,
            prompt_tokens=sum(count_tokens(message.text) for message in messages),
        )
        try:
            text = self._client.ask_json(messages, SCHEMA, LIMIT_S)
            proposed = _Proposed.model_validate(json.loads(text))
        except (ModelFailure, ValueError, ValidationError):
            self._support.failed()
            return ModelReading()
        found = self._facts(proposed.quotes, question.raw, card.subject, message_id)
        held = {(fact.kind, fact.name) for fact in (*facts, *card.facts)}
        return ModelReading(
            facts=tuple(fact for fact in found if (fact.kind, fact.name) not in held),
            question=self._question(masks.put_back(proposed.question), question, card),
        )

    def _messages(self, question: CondensedQuestion, masks: Masks) -> tuple[SentMessage, ...]:
        before = (
            SentPart(
                text=f"{fenced(f'Person: {masks.masked(turn.message)}')}\n",
                message_id=turn.message_id,
            )
            for turn in question.history
        )
        said = fenced(masks.masked(question.raw))
        told = (
            SentPart(text="<TALK>\n"),
            *before,
            SentPart(text=f"</TALK>\n<MESSAGE>\n{said}\n</MESSAGE>"),
        )
        return (
            SentMessage(role="system", parts=(SentPart(text=self._rules),)),
            SentMessage(role="user", parts=told),
        )

    def _facts(
        self, quotes: Sequence[str], message: str, about: str, message_id: str
    ) -> list[Fact]:
        """The facts whose quoted words stand in the message, and that our rules do not deny."""
        found = []
        for quote in quotes:
            start = message.find(quote) if quote.strip() else -1
            if start < 0 or not _is_personal(quote):
                continue
            for mention in self._lexicon.mentions(message):
                is_within = start <= mention.start and mention.end <= start + len(quote)
                kind = _KINDS.get(mention.kind)
                context = assert_context(message, mention.start, mention.end, about=about)
                is_denied = context.negated or context.hypothetical or context.is_question
                if not is_within or kind is None or is_denied or context.subject != about:
                    continue
                found.append(
                    Fact(
                        fact_id=uuid4().hex,
                        kind=kind,
                        name=mention.name,
                        status=context.temporality if kind in ("medication", "procedure") else None,
                        subject=about,
                        evidence=quote,
                        message_id=message_id,
                        state="inferred",
                    )
                )
        return found

    def _question(self, proposed: str, question: CondensedQuestion, card: Card) -> str:
        """The proposed question where ours is the bare message and it loses and invents nothing."""
        text = " ".join(proposed.split())
        if question.standalone != question.raw or not question.history or text == question.raw:
            return ""
        if not text.endswith("?") or len(text) > 300 or is_planted(text):
            return ""
        is_faithful = is_faithful_rewrite(
            question.raw, text, question.history, card, lexicon=self._lexicon
        )
        return text if is_faithful else ""


def _is_personal(quote: str) -> bool:
    """Whether the words speak of a person: "side effects of letrozole" tells of nobody."""
    words, _ = split_words(quote)
    return any(word.plain in PERSONAL for word in words)

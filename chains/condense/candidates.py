"""What a completed question could hold: what the last turns and the card name, and whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from chains.condense.conversation import Conversation, with_article
from chains.condense.entities import QUIET, Entity, persons
from chains.lexicon import Lexicon

NEVER = 9
"""Turns back of what only the card names."""
_PSEUDO = frozenset({"side effects"})
"""What stands for a symptom without being one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The names in a turn."""

    told: frozenset[str]
    """In the message as written."""
    asked: frozenset[str]
    """In its completed question."""
    order: tuple[str, ...]
    """Of the message, as they stand there."""
    is_question: bool
    is_own: bool
    """Whether it speaks of the writer."""
    is_of_another: bool
    """Whether it speaks of a relative or friend."""

    @property
    def all(self) -> frozenset[str]:
        """All that the turn names."""
        return self.told | self.asked


@dataclass(frozen=True)
class Reading:
    """A message, its completion by rules, and all that could still complete it."""

    message: str
    text: str
    """As the rules complete it."""
    talk: Conversation

    @cached_property
    def named(self) -> tuple[Entity, ...]:
        """What the message names by itself."""
        return self.talk.named(self.message)

    @cached_property
    def own(self) -> frozenset[str]:
        """Names of the message, relatives too."""
        return self.with_parts(keys_of(self.message, self.talk))

    @cached_property
    def held(self) -> frozenset[str]:
        """Names of the completed text."""
        return self.with_parts(keys_of(self.text, self.talk))

    @property
    def added(self) -> frozenset[str]:
        """Names that the rules added."""
        return self.held - self.own

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """The turns, newest first."""
        writer = self.talk.wording.one["persons.writer"]
        return tuple(
            Heard(
                told=keys_of(turn.message, self.talk),
                asked=keys_of(turn.question, self.talk),
                order=tuple(entity.key for entity in self.talk.named(turn.message)),
                is_question="?" in turn.message,
                is_own=writer.search(turn.message) is not None,
                is_of_another=bool(persons(turn.message)),
            )
            for turn in reversed(self.talk.history)
        )

    @cached_property
    def things(self) -> tuple[Entity, ...]:
        """Each thing once that the message does not name: of the turns, newest first, the card."""
        found: dict[str, Entity] = {}
        for entity in self.talk.without_parts((*self._said(), *self._known())):
            if entity.kind not in QUIET and entity.name not in _PSEUDO and self.group(entity):
                found.setdefault(entity.key, entity)
        return tuple(entity for key, entity in found.items() if key not in self.own)

    @cached_property
    def ages(self) -> dict[str, int]:
        """Name -> turns back to the newest turn that names it; NEVER for the card alone."""
        ages = dict.fromkeys((entity.key for entity in self.things), NEVER)
        for age, heard in reversed(list(enumerate(self.heard))):
            ages.update((key, age) for key in heard.all if key in ages)
        return ages

    def group(self, entity: Entity) -> str:
        """medicine, intake, symptom, disease, care or person; empty for all else."""
        return "person" if entity.kind == "person" else self.talk.group_of(entity)

    def with_parts(self, keys: Iterable[str]) -> frozenset[str]:
        """Names with those of the medicines that combinations among them hold."""
        return frozenset(part for key in keys for part in parts_of(key, self.talk.lexicon))

    def _said(self) -> Iterable[Entity]:
        for turn, spoken in zip(reversed(self.talk.history), self.talk.spoken, strict=True):
            yield from spoken
            for text in (turn.question, turn.message):
                yield from (with_article(text, entity) for entity in self.talk.named(text))
            yield from persons(turn.message)

    def _known(self) -> Iterable[Entity]:
        for fact in self.talk.card.facts:
            yield from self.talk.named(fact.name)


def keys_of(text: str, talk: Conversation) -> frozenset[str]:
    """All names of a text, relatives too."""
    things = (entity.key for entity in talk.named(text))
    return frozenset([*things, *(person.name for person in persons(text))])


def parts_of(key: str, lexicon: Lexicon) -> frozenset[str]:
    """A name; of a combination those of its medicines too."""
    regimen = lexicon.regimen(key)
    return frozenset({key} if regimen is None else {key, *regimen.drugs, *regimen.inferred})

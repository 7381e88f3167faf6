"""What a follow-up can lean on: the last turns and the card."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from chains.condense.entities import Entity, drug_entity, entities, persons
from chains.condense.forms import formed
from chains.condense.wording import Wording
from chains.context import ContextReader
from chains.lexicon import Lexicon
from chains.stages import LastTurn
from memory.records import SELF, Card

_SIGNS = frozenset({"breast lump", "lymphadenopathy", "nipple discharge"})
"""Signs of the cancer: what comes back with them is the cancer."""
_ARTICLE = re.compile(r"\b(?:an?|the|my|his|her)\s$", re.IGNORECASE)
_NO_ARTICLE = frozenset({"drug", "everyday", "supplement", "food", "stage", "biomarker"})
_END_MARKS = " \t\n?!."
_SENTENCE = re.compile(r"[^?!\n]+?(?:[?!]+|\.(?=\s)|\n|$)")
_CLAUSE = re.compile(r"(?<=[?!.,;\n])\s")
_MOST_LISTED = 2
"""Medicines of a combination that are named beside it."""
_HELD = re.compile(r" \([\w -]+(?:, [\w -]+)* and [\w -]+\)")


@dataclass(frozen=True)
class Conversation:
    """The last turns, newest first in every search, and the card behind them."""

    history: tuple[LastTurn, ...]
    """Oldest first."""
    card: Card
    lexicon: Lexicon
    wording: Wording

    @cached_property
    def _read(self) -> dict[str, tuple[Entity, ...]]:
        return {}

    def named(self, text: str) -> tuple[Entity, ...]:
        """What a text names; each text is read once."""
        if text not in self._read:
            self._read[text] = entities(text, self.lexicon)
        return self._read[text]

    @property
    def last(self) -> LastTurn | None:
        """The turn before this message."""
        return self.history[-1] if self.history else None

    @cached_property
    def question(self) -> str:
        """The sentence of the last turn that asked; empty when none asked clean out."""
        text = self._plain(self.last.question) if self.last is not None else ""
        sentences = [part.strip() for part in _SENTENCE.findall(text)]
        asks = self.wording.one["asks"]
        asking = [part for part in sentences if asks.match(part) or part.endswith("?")]
        return asking[-1] if asking else ""

    @cached_property
    def has_told(self) -> bool:
        """Whether the person told something of a situation, not only asked."""
        asks = self.wording.one["asks"]
        sentences = (s for turn in self.history for s in _CLAUSE.split(turn.message))
        return any(s.strip() and not asks.match(s) and not s.endswith("?") for s in sentences)

    def about(self, text: str) -> "Conversation":
        """The same talk for a relative who was spoken of before and whom the text names.

        The card of another stays out of it.
        """
        spoken = {person.name for turn in self.history for person in persons(turn.message)}
        named = [person.name for person in persons(text)]
        if len(named) != 1 or named[0] == self.card.subject or named[0] not in spoken:
            return self
        return replace(self, card=Card(subject=named[0]))

    def _plain(self, text: str) -> str:
        """The text without what a combination in it holds, which a rewrite put there."""
        return _HELD.sub("", text) if any(map(self._parts, self.named(text))) else text

    @cached_property
    def spoken(self) -> tuple[tuple[Entity, ...], ...]:
        """What each turn named, newest turn first: its question, then what else it said."""
        return tuple(self._of_turn(turn) for turn in reversed(self.history))

    @cached_property
    def medicines(self) -> tuple[Entity, ...]:
        """Cancer medicines of the card that are taken now, newest last."""
        return tuple(
            drug_entity(fact.name)
            for fact in self.card.current_medications()
            if (drug := self.lexicon.drug(fact.name)) is not None and drug.role == "cancer"
        )

    @cached_property
    def drugs(self) -> tuple[Entity, ...]:
        """Cancer medicines that the last turns named, and those of the card."""
        texts = [text for turn in self.history for text in (turn.message, turn.question)]
        told = (entity for text in texts for entity in self.named(text))
        return (*(entity for entity in told if entity.kind == "drug"), *self.medicines)

    def group_of(self, entity: Entity) -> str:
        """medicine, intake, symptom, disease, care; empty for kinds no pronoun stands for."""
        if entity.kind == "everyday" and "bone_agent" in self.lexicon.classes_of(entity.name):
            return "medicine"
        if entity.kind == "drug_class" and entity.name in self.wording.everyday_classes:
            return "intake"
        return self.wording.kinds.get(entity.kind, "")

    def of_group(self, found: Iterable[Entity], *groups: str) -> tuple[Entity, ...]:
        """Those of these groups; a kind may stand for a group."""
        return tuple(e for e in found if self.group_of(e) in groups or e.kind in groups)

    def antecedents(self, groups: Sequence[str], *, is_deep: bool) -> tuple[Entity, ...]:
        """What a pronoun stands for: all of the best group, in the newest turn that has any.

        Args:
            groups: best first.
            is_deep: a medicine is looked for in every turn and on the card first.
        """
        is_first = is_deep or (groups[0] == "medicine" and not self.history)
        if is_first and (found := self.last_medicines()):
            return found
        if groups[0] == "disease":
            spoken = [e for named in self.spoken[:2] for e in self.of_group(named, "disease")]
            found = tuple(e for e in spoken if e.kind not in ("metastasis", "extent"))
            sites = [e for e in spoken if e.kind == "metastasis"]
            if sites and all(e.kind == "biomarker" for e in found):
                return (_as_spread(sites[0]),)
            if found := found or self._disease():
                return found
        for turn, named in zip(reversed(self.history), self.spoken[:2], strict=False):
            for group in groups:
                if found := self.of_group(named, group):
                    head = self._head(turn) if group == "medicine" else ()
                    return head or found
        if groups[0] == "disease":
            return self._disease()
        return ()

    def disease(self) -> tuple[Entity, ...]:
        """What can come back, spread or be passed on: a complaint told alone, else the cancer."""
        newest = self.spoken[0] if self.spoken else ()
        ill = self.complaint()
        if ill is not None and not self.of_group(newest, "disease") and ill.name not in _SIGNS:
            return (ill,)
        for named in self.spoken:
            found = tuple(e for e in self.of_group(named, "disease") if e.kind != "extent")
            sites = [e for e in found if e.kind == "metastasis"]
            if sites and all(e.kind in ("metastasis", "biomarker") for e in found):
                return (_as_spread(sites[0]),)
            if found := tuple(e for e in found if e.kind != "metastasis"):
                return found
        return self._disease() or (Entity(0, 0, "the cancer", "diagnosis", "the cancer"),)

    def _head(self, turn: LastTurn) -> tuple[Entity, ...]:
        """What a question is on, where its medicines only stand beside: "a cold cap with X"."""
        asked = self.named(turn.question)
        beside = self.wording.one["beside"]
        free = [e for e in asked if not beside.search(turn.question[: e.start])]
        if self.of_group(free, "medicine") or not self.of_group(asked, "medicine"):
            return ()
        found = (e for e in free if self.group_of(e) == "care")
        return tuple(with_article(turn.question, e) for e in found)[:1]

    def last_medicines(self) -> tuple[Entity, ...]:
        """The medicines spoken of last, else the newest one of the card."""
        for named in self.spoken:
            if found := self.of_group(named, "medicine"):
                return found
        return self.medicines[-1:]

    def of_now(self, found: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Those that the card says are had now; all when it says so of none."""
        treated = (f for f in self.card.of_kind("procedure") if f.status != "past")
        taken = {medicine.key for medicine in self.medicines} | {f.name.lower() for f in treated}
        return tuple(entity for entity in found if entity.key in taken) or found

    def topic(self) -> tuple[Entity, ...]:
        """What the last turn was about: its first thing, medicines before all else."""
        groups = ("medicine", "intake", "symptom", "care", "disease")
        for named in self.spoken[:1]:
            for group in groups:
                if found := self.of_group(named, group):
                    return found[:2]
        return ()

    def complaint(self) -> Entity | None:
        """The symptom that the last turn is about, or the one before when that was on a remedy."""
        turns = zip(reversed(self.history), self.spoken, strict=True)
        for at, (turn, named) in enumerate(turns):
            if self.wording.one["asks_risk"].search(turn.question) and not self._is_felt(named):
                return None
            told = {self.group_of(e) for e in self.named(turn.message)} if at else set()
            if {"symptom", "intake"} <= told:  # the remedy told in the same breath is for it
                return None
            if found := [e for e in self.of_group(named, "symptom") if e.name != "side effects"]:
                return found[0]
            if not self.of_group(named, "intake") and self.named(turn.message):
                return None
        return None

    def _is_felt(self, named: Iterable[Entity]) -> bool:
        """Whether one of these is a symptom that the person told of, and did not only ask about."""
        keys = {entity.key for entity in self.of_group(named, "symptom")}
        telling = (t.message for t in self.history if not self._asks(t.message))
        return any(entity.key in keys for text in telling for entity in self.named(text))

    def _asks(self, text: str) -> bool:
        return text.rstrip().endswith("?") or self.wording.one["asks"].match(text) is not None

    def is_remedy(self, entity: Entity) -> bool:
        """Whether it may be taken for a complaint: no food, nothing for another illness."""
        if entity.kind == "food" or entity.name in self.wording.not_remedies:
            return False
        classes = self.lexicon.classes_of(entity.name)
        return not classes & self.wording.not_remedies

    def relative(self) -> Entity | None:
        """The one person the last turn speaks of, where it does not speak of the writer too."""
        if self.last is None:
            return None
        said = f"{self.last.message}\n{self.last.question}"
        found = {person.name: person for person in persons(said)}
        if not found and self.card.subject != SELF:
            found = {self.card.subject: Entity(0, 0, f"my {self.card.subject}", "person", "")}
        if len(found) != 1 or self.wording.one["persons.writer"].search(said):
            return None
        return next(iter(found.values()))

    def person(self) -> Entity | None:
        """The relative spoken of last; else the one the card is about."""
        for turn in reversed(self.history):
            if found := persons(turn.message) or persons(turn.question):
                return found[-1]
        if self.card.subject != SELF:
            return Entity(0, 0, f"my {self.card.subject}", "person", self.card.subject)
        return None

    def _of_turn(self, turn: LastTurn) -> tuple[Entity, ...]:
        named = sorted(self.named(turn.question), key=lambda e: not self._is_now(e, turn.question))
        asked = [with_article(turn.question, e) for e in named]
        known = {entity.key for entity in asked}
        told = [with_article(turn.message, e) for e in self.named(turn.message)]
        if not any(entity.kind == "drug" for entity in told):
            given = formed(turn.message, self.drugs, self.wording, self.lexicon)
            told += [given] if given is not None else []
        reader = ContextReader(turn.message)
        told = [e for e in told if e.key not in known and not self._is_denied(e, turn, reader)]
        told = sorted(told, key=lambda e: not self._is_now(e, turn.message))
        found = self._not_past(self.without_parts((*asked, *told)))
        return (
            *(self._spoken_of(entity, turn) for entity in found),
            *self._side_effects(turn.question),
        )

    def _is_now(self, entity: Entity, text: str) -> bool:
        """Whether it is a medicine that took the place of another: "switched to X"."""
        if entity.kind != "drug":
            return False
        return self.wording.one["now_on"].search(text[: entity.start]) is not None

    def _is_denied(self, entity: Entity, turn: LastTurn, reader: ContextReader) -> bool:
        """Whether a statement says that it is not there: "no reconstruction"."""
        if entity.kind not in ("procedure", "diagnosis", "symptom") or "?" in turn.message:
            return False
        return reader.at(entity.start, entity.end).negated

    def without_parts(self, found: Sequence[Entity]) -> tuple[Entity, ...]:
        """Without medicines that a combination among them holds."""
        parts = {part for entity in found for part in self._parts(entity)}
        return tuple(entity for entity in found if entity.key not in parts)

    def with_parts(self, names: Iterable[str]) -> frozenset[str]:
        """Names with those of the medicines that combinations among them hold."""
        spoken = [entity for named in self.spoken for entity in named]
        parts = {part for entity in spoken for part in self._parts(entity)}
        return frozenset({*names, *parts})

    def _parts(self, entity: Entity) -> tuple[str, ...]:
        """The medicines of a combination; empty for every other thing."""
        if entity.kind != "regimen" or (regimen := self.lexicon.regimen(entity.name)) is None:
            return ()
        return (*regimen.drugs, *regimen.inferred)

    def _not_past(self, found: Sequence[Entity]) -> tuple[Entity, ...]:
        """Without medicines that are over, where the person has another treatment now."""
        treated = {f.name.lower() for f in self.card.of_kind("procedure") if f.status != "past"}
        now = any(entity.key in treated for entity in found)
        taken = {fact.name.lower() for fact in self.card.current_medications()}
        held = {e.key: {e.key, *self._parts(e)} for e in self.of_group(found, "medicine")}
        over = {f.name.lower() for f in self.card.of_kind("medication") if f.status == "past"}
        if not now and not any(names & taken for names in held.values()):
            return tuple(found)
        past = {key for key, names in held.items() if names & over and not names & taken}
        return tuple(entity for entity in found if entity.key not in past)

    def _spoken_of(self, entity: Entity, turn: LastTurn) -> Entity:
        """A symptom told in a sentence goes by its name, a combination with what it holds."""
        if 0 < len(parts := self._parts(entity)) <= _MOST_LISTED:
            held = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
            return replace(entity, words=f"{entity.words} ({held})")
        is_told = entity.kind == "symptom" and self.wording.one["told_symptom"].search(entity.words)
        if not is_told:
            return entity
        plain = self.wording.plain.get(entity.name, entity.name)
        part = self.wording.one["body_part"].search(turn.message)
        is_somewhere = part is not None and entity.name in self.wording.somewhere
        where = f" in the {part['part'].lower()}" if part is not None and is_somewhere else ""
        return replace(entity, words=f"{plain}{where}")

    def _side_effects(self, question: str) -> tuple[Entity, ...]:
        """Side effects asked about as such stand where a symptom would."""
        found = self.wording.one["side_effects"].search(question)
        if found is None:
            return ()
        return (Entity(found.start(), found.end(), "side effects", "symptom", "side effects"),)

    def _disease(self) -> tuple[Entity, ...]:
        """The cancer as the card has it: extent or stage, then diagnosis."""
        if not self.card.of_kind("diagnosis"):
            return ()
        extent = self.card.of_kind("extent", "stage")[-1:]
        words = [fact.name for fact in (*extent, self.card.of_kind("diagnosis")[-1])]
        return (Entity(0, 0, " ".join(words), "diagnosis", " ".join(words)),)


def _as_spread(site: Entity) -> Entity:
    """What spreads or is cured is the cancer at a site, not the marker told beside it."""
    return replace(site, words=f"the cancer in the {site.name}")


def without_mark(text: str) -> str:
    """The text without its final mark."""
    return text.rstrip(_END_MARKS)


def with_article(text: str, entity: Entity) -> Entity:
    """The thing with the article or owner in front of it there."""
    article = _ARTICLE.search(text[: entity.start])
    if entity.kind in _NO_ARTICLE or article is None:
        return entity
    return replace(entity, words=article.group() + entity.words)

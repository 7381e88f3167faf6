"""Things a question is about: what the lexicon names, stages, relatives."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chains.lexicon import Lexicon, Mention
from chains.sentences import split_words
from chains.subjects import find_relations

_STAGE = re.compile(r"\b(?:stage|stg)\s?(0|[1-4]|I{1,3}|IV)([abc]?)\b", re.IGNORECASE)
_ROMAN = ("0", "I", "II", "III", "IV")
_VALUE = re.compile(
    r"[\s-]?(?:\+|positive|pos\b|negative|neg\b|low\b|ultra-?low|mutat\w+|-(?=\s|$))", re.IGNORECASE
)
_SPREAD = re.compile(r"\s(?:mets?|metastas[ei]s|lesions?|tumou?rs?)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\s(?:in|on|of) (?:the|my|her|his)"
    r" (?:hands?|feet|foot|fingers?|toes?|arms?|legs?|chest|face)\b",
    re.IGNORECASE,
)
_TRIPLE = re.compile(r"\btriple[ -]neg(?:ative)?\b", re.IGNORECASE)
"""The cancer as people call it for short."""
_MEASURED = re.compile(
    r"(?:\s+(?:is|was|are|were|of|at|now|came back))*\s*[=:]?\s*"
    r"(?P<figure>[<>-]?\d+(?:[.,]\d+)?\s?%?)(?![\w/-])"
)
_BEHIND = {"biomarker": _VALUE, "metastasis": _SPREAD, "lab": _MEASURED, "symptom": _WHERE}
"""Kind -> what belongs to the thing behind its name."""
_ORDINARY = frozenset({"same"})
"""Names that are everyday words where they are written small."""
QUIET = frozenset({"preference", "menopausal_status", "comorbidity", "family_history"})
"""Kinds that no pronoun stands for."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in one text."""

    start: int
    end: int
    words: str
    """How to name it: as written, or by its name where the spelling was off."""
    kind: str
    """drug (against cancer), everyday, supplement, stage, person, or a kind of the lexicon."""
    name: str
    """Canonical."""

    @property
    def key(self) -> str:
        """The name as the guard compares it."""
        return self.name.lower()


def entities(text: str, lexicon: Lexicon) -> tuple[Entity, ...]:
    """What a text names, in order, none overlapping; relatives not among them."""
    mentions = [
        _entity(text, mention, lexicon)
        for mention in lexicon.mentions(text)
        if text[mention.start : mention.end] not in _ORDINARY
    ]
    stages = [
        Entity(m.start(), m.end(), m.group(), "stage", _stage_name(m.group(1), m.group(2)))
        for m in _STAGE.finditer(text)
    ]
    stages += [
        Entity(m.start(), m.end(), m.group(), "diagnosis", "triple-negative breast cancer")
        for m in _TRIPLE.finditer(text)
        if not any(e.start <= m.start() < e.end for e in mentions)
    ]
    free = [e for e in mentions if not any(_overlap(e, stage) for stage in stages)]
    return tuple(sorted([*free, *stages], key=lambda entity: entity.start))


def persons(text: str) -> tuple[Entity, ...]:
    """The relatives a text names, in order, with the word that owns them ("my sister")."""
    words, _ = split_words(text)
    found = []
    for relation in find_relations(words):
        start, end = words[relation.word].start, words[relation.last - 1].end
        written = re.sub(r"['’`]s$", "", text[start:end])
        found.append(Entity(start, end, f"my {written}", "person", relation.name))
    return tuple(found)


def names(found: Iterable[Entity]) -> frozenset[str]:
    """Names to compare two texts by."""
    return frozenset(entity.key for entity in found if entity.kind not in QUIET)


def drug_entity(name: str) -> Entity:
    """A medicine known from the card."""
    return Entity(0, 0, name, "drug", name)


def sides(name: str, lexicon: Lexicon) -> frozenset[str]:
    """A medicine's name and its classes, as tables speak of it."""
    return frozenset({name.lower(), *lexicon.classes_of(name)})


def _entity(text: str, mention: Mention, lexicon: Lexicon) -> Entity:
    kind, end = mention.kind, mention.end
    if kind == "drug":
        drug = lexicon.drug(mention.name)
        role = drug.role if drug is not None else "cancer"
        kind = {"cancer": "drug", "herb": "supplement"}.get(role, role)
    behind = _BEHIND.get(kind)
    more = behind.match(text, end) if behind is not None else None
    if more is not None:
        end = more.end()
    words = mention.name if mention.corrected else text[mention.start : end]
    if behind is _MEASURED and more is not None:
        words = f"{text[mention.start : mention.end]} {more['figure'].strip()}"
    return Entity(mention.start, end, words, kind, mention.name)


def _stage_name(number: str, letter: str) -> str:
    roman = _ROMAN[int(number)] if number.isdigit() else number.upper()
    return f"stage {roman}{letter.upper()}"


def _overlap(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end

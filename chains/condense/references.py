"""Words that stand for something said before: it, them, the drug, hers, she; "side effects"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains.condense.conversation import Conversation, without_mark
from chains.condense.entities import Entity, persons, sides
from chains.condense.owned import owned
from chains.condense.rewrite import appended, is_plural, listed, replaced
from chains.condense.topics import noun_phrase
from chains.condense.wording import Slot

_ALL_GROUPS = ("medicine", "intake", "symptom", "care", "disease")
_DEFAULT = Slot(re.compile(""), ("intake", "medicine", "symptom", "care", "disease"))
_OWN_GROUPS = 2
"""How many of a slot's groups an earlier word of the message settles."""
_CLAUSE_END = re.compile(r"[,.;:!?\n]|\b(?:and|but|so)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!\n]+")
_NAMES_SOURCE = re.compile(r"\s+(?:be )?(?:from|because|due|caused)\b", re.IGNORECASE)
_DOES = re.compile(r"\b(?:do|does|doing|did|cause|causes|causing|caused|behind)\s$", re.IGNORECASE)
_MAX_PLURAL = 3
_MOST_PLACES = 3
_LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    word: str
    slot: Slot


def pronouns(message: str, talk: Conversation) -> str | None:
    """Every pronoun the message does not explain, by what it stands for."""
    text = message
    for _ in range(_MOST_PLACES):
        filled = next(
            filter(None, (_filled(text, p, talk) for p in _open_places(text, talk))), None
        )
        if filled is None:
            break
        text = filled
    return text


def _filled(message: str, place: _Place, talk: Conversation) -> str | None:
    is_many = talk.wording.one["plural"].match(place.word) is not None
    group = _compared(message[place.end :], talk)
    groups = (group,) if group else place.slot.groups
    if (lost := _lost(message, place, talk)) is not None:
        return lost
    if place.slot.is_firm:
        found = talk.disease()
    else:
        found = talk.antecedents(groups, is_deep=place.slot.is_deep or bool(group))
    at = slice(-1, None) if place.word.lower().endswith(" one") else slice(1)
    found = found[:_MAX_PLURAL] if is_many else found[at]
    if not found:
        return _phrase(message, place, talk)
    if found[0].key in {entity.key for entity in talk.named(message)}:
        return None
    words = listed(found)
    site = _site(found[0], message, talk)
    if site is not None:
        words = f"{words} for {site.words}"
    names_source = _names_source(message, place, talk)
    behind = None if names_source else _behind(found[0], message, talk)
    if behind is not None and talk.group_of(found[0]) == "symptom":
        words = talk.wording.source_of.format(x=words, y=behind.words)
    text = _put(message, place, words, plural=is_plural(found))
    if (mover := _mover(found[0], message, talk)) is not None:
        text = appended(text, talk.wording.links["tests"].format(x=mover.words))
    if behind is not None and talk.group_of(found[0]) == "intake":
        text = appended(text, talk.wording.links["medicine"].format(x=behind.words))
    return text


def _names_source(message: str, place: _Place, talk: Conversation) -> bool:
    """Whether the message says by itself what a symptom comes from: "could ibuprofen do that"."""
    if _NAMES_SOURCE.match(message[place.end :]) is not None:
        return True
    before = message[: place.start]
    named = talk.of_group(talk.named(before), "medicine", "intake", "care")
    return bool(named) and _DOES.search(before) is not None


def _lost(message: str, place: _Place, talk: Conversation) -> str | None:
    """What was lost, for "will it come back"; the medicine behind the loss goes with it."""
    if not place.slot.is_firm or not talk.wording.one["returns"].search(message):
        return None
    for named in talk.spoken[:2]:
        for symptom in talk.of_group(named, "symptom"):
            if (what := talk.wording.lost.get(symptom.name)) is None:
                continue
            plural = what.endswith("s")
            text = _put(message, place, what, plural=plural)
            behind = _behind(symptom, message, talk)
            return appended(text, f"after {behind.words}") if behind is not None else text
        if talk.of_group(named, "disease"):
            return None
    return None


def third_person(message: str, talk: Conversation) -> str | None:
    """The relative named before, for "hers", "she", "her scan"."""
    one = talk.wording.one
    whose = one["persons.owned"].search(message) or one["persons.mine"].search(message)
    if whose is not None:
        return owned(message, whose, talk)
    if persons(message) or not talk.history:
        return None
    person = talk.person()
    if person is None:
        return None
    for key, form in (("subject", "{x}"), ("object", "{x}"), ("possessive", "{x}'s")):
        found = one[f"persons.{key}"].search(message)
        if found is not None:
            words = form.format(x=person.words)
            return replaced(message, found.span(), words, plural=False)
    return None


def aspect(message: str, talk: Conversation) -> str | None:
    """What was spoken of last, else the medicine of the card, for "side effects?"."""
    named = talk.named(message)
    for row in talk.wording.aspects:
        place = row.pattern.search(message)
        if place is None or talk.of_group(named, *row.groups):
            continue
        found = _of_aspect(row.groups, talk, uses_card=row.uses_card)
        if not found:
            continue
        words, behind = listed(found), _behind(found[0], message, talk)
        if behind is not None and talk.group_of(found[0]) == "symptom":
            words = talk.wording.source_of.format(x=words, y=behind.words)
        return _hung(message, place.end(), row.template.format(x=words))
    return None


def _hung(message: str, at: int, phrase: str) -> str:
    """The message with a phrase behind the word it belongs to."""
    if at >= len(without_mark(message)):
        return appended(message, phrase)
    return f"{message[:at]} {phrase}{message[at:]}"


def _of_aspect(groups: Sequence[str], talk: Conversation, *, uses_card: bool) -> tuple[Entity, ...]:
    for named in talk.spoken[:1]:
        for group in groups:
            if found := talk.of_group(named, group):
                return found[:2]
    return talk.last_medicines()[:2] if uses_card and "medicine" in groups else ()


def _open_places(message: str, talk: Conversation) -> Iterator[_Place]:
    """Pronouns, and "the drug", that nothing in the message explains, in their order."""
    named = talk.named(message)
    idle = [found.span() for found in talk.wording.one["expletive"].finditer(message)]
    for place in sorted(_places(message, talk), key=lambda place: place.start):
        if any(start <= place.start < end for start, end in idle):
            continue
        before = [entity for entity in named if entity.end <= place.start]
        count = 1 if place.slot.is_beside else _OWN_GROUPS
        own = talk.of_group(before, *place.slot.groups[:count])
        is_many = talk.wording.one["plural"].match(place.word) is not None
        if own and not (is_many and len(own) == 1 and own[0].kind == "drug"):
            continue
        earlier = _SENTENCE_END.split(message[: place.start])[:-1]
        if talk.of_group(talk.named(" ".join(earlier)), *place.slot.groups):
            continue
        if any(talk.wording.one["opening_noun"].match(sentence) for sentence in earlier):
            continue
        if not _is_explained(message[: place.start], talk, is_many=is_many):
            yield place


def _places(message: str, talk: Conversation) -> list[_Place]:
    wording = talk.wording
    definite = [
        _Place(found.start(), found.end(), found.group(), slot)
        for slot in wording.definite
        if (found := slot.pattern.search(message)) is not None
    ]
    pointing = [found.start() for found in wording.one["determiner"].finditer(message)]
    asking = [
        (found.start(), found.end(), slot)
        for slot in wording.slots
        for found in slot.pattern.finditer(message)
    ]
    single = [
        _Place(found.start(), found.end(), found.group(), _slot(found.start(), asking))
        for found in wording.one["pronouns"].finditer(message)
        if found.start() not in pointing and _stands_alone(message, found, talk)
    ]
    return [*definite, *single]


def _stands_alone(message: str, found: re.Match[str], talk: Conversation) -> bool:
    """Whether a "that" or "this" is no conjunction ("drugs that stop ...")."""
    if found.group().lower() not in {"this", "that", "these", "those"}:
        return True
    before = message[max(0, found.start() - _LONGEST_WORD) : found.start()]
    return talk.wording.one["before_that"].search(before) is not None


def _slot(at: int, asking: Sequence[tuple[int, int, Slot]]) -> Slot:
    """What the words around the pronoun at this place ask it to be."""
    return next((slot for start, end, slot in asking if start <= at < end), _DEFAULT)


def _is_explained(before: str, talk: Conversation, *, is_many: bool) -> bool:
    """Whether an earlier clause brings in a thing of its own: "I bought a pillow, is it good"."""
    clauses = _CLAUSE_END.split(before)[:-1]
    noun = rf"\b(?:an?|some|my|our|new|the|this|that|these|those)\s+(?!{talk.wording.people}\b)\w+"
    if is_many and any(talk.wording.one["plural_noun"].search(clause) for clause in clauses):
        return True
    return any(re.search(noun, clause, re.IGNORECASE) for clause in clauses)


def _mover(found: Entity, message: str, talk: Conversation) -> Entity | None:
    """The medicine spoken of beside a result that it is known to move."""
    movers = talk.wording.tests.get(found.name)
    if movers is None or talk.of_group(talk.named(message), "medicine"):
        return None
    known = [e for named in talk.spoken[:2] for e in talk.of_group(named, "medicine")]
    return next((e for e in known if movers & sides(e.name, talk.lexicon)), None)


def _compared(behind: str, talk: Conversation) -> str:
    """The group of what a pronoun is held against: "is it the same as Ibrance"."""
    place = talk.wording.one["held_against"].search(behind)
    named = talk.named(behind[place.end() :]) if place is not None else ()
    return talk.group_of(named[0]) if named else ""


def _behind(found: Entity, message: str, talk: Conversation) -> Entity | None:
    """The medicine that was spoken of together with a symptom or a food."""
    if talk.of_group(talk.named(message), "medicine"):
        return None
    for named in talk.spoken:
        if any(entity.key == found.key for entity in named):
            return next(iter(talk.of_group(named, "medicine")), None)
    return None


def _site(found: Entity, message: str, talk: Conversation) -> Entity | None:
    """The site that a treatment or test was spoken of for."""
    if found.kind != "procedure" or talk.of_group(talk.named(message), "disease"):
        return None
    named = talk.spoken[0] if talk.spoken else ()
    is_here = any(entity.key == found.key for entity in named)
    return next((e for e in named if is_here and e.kind == "metastasis"), None)


def _put(message: str, place: _Place, words: str, *, plural: bool) -> str:
    if place.word.lower() in {"its", "their"}:
        # The verb goes with what is owned: "what are letrozole's side effects".
        words = f"{words}'" if words.endswith("s") else f"{words}'s"
        return f"{message[: place.start]}{words}{message[place.end :]}"
    return replaced(message, (place.start, place.end), words, plural=plural)


def _phrase(message: str, place: _Place, talk: Conversation) -> str | None:
    """The noun of a last question whose topic the lexicon does not know."""
    if talk.spoken and talk.of_group(talk.spoken[0], *_ALL_GROUPS):
        return None
    words = noun_phrase(talk)
    if not words:
        return None
    plural = talk.wording.one["plural"].match(place.word) is not None
    return _put(message, place, words, plural=plural)

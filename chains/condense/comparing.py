"""Questions on two or more things at once: which one, both, one of them."""

import re

from chains.condense.conversation import Conversation
from chains.condense.entities import Entity
from chains.condense.options import options
from chains.condense.rewrite import appended, listed, replaced

_BOTH = re.compile(r"\b(they|these|those|both of (them|these)|them|both|the two)\b", re.IGNORECASE)
_BOTH_OF = re.compile(r"\b(?P<verb>have|be on|take|use|get) (?:them )?both\b", re.IGNORECASE)


def member(message: str, talk: Conversation) -> str | None:
    """The class spoken of last, for "is palbociclib one"."""
    found = talk.wording.one["member"].search(message)
    if found is None:
        return None
    for named in talk.spoken[:2]:
        for entity in named:
            if entity.kind == "drug_class":
                return replaced(
                    message, found.span("one"), f"one of the {entity.words}", plural=False
                )
    return None


def comparison(message: str, talk: Conversation) -> str | None:
    """The two things named last, for "which one is better"."""
    if talk.of_group(talk.named(message), "medicine", "intake"):
        return None
    if (of_effects := _of_effects(message, talk)) is not None:
        return of_effects
    if _BOTH_OF.search(message) and (pair := _mixed(talk)):
        return _BOTH_OF.sub(lambda found: f"{found['verb']} {listed(pair)}", message)
    for row in talk.wording.compares:
        found = row.pattern.search(message)
        things = (_offered(talk) or _two(talk)) if found else ()
        if found is None or not things:
            continue
        if len(things) == 1:
            return _of_class(message, things[0])
        words = listed(things, row.joiner)
        if row.template != "they":
            return appended(message, row.template.format(all=words))
        place = _BOTH.search(message)
        span = place.span() if place is not None else found.span()
        return replaced(message, span, words, plural=True)
    return None


def _of_effects(message: str, talk: Conversation) -> str | None:
    """The side effects of a medicine that the last question was on, for "which is the worst"."""
    medicines = talk.of_group(talk.named(talk.question), "medicine")[:1]
    on_effects = talk.wording.one["side_effects"].search(talk.question)
    if not medicines or on_effects is None or not talk.wording.one["most_of"].match(message):
        return None
    return appended(message, f"of the side effects of {medicines[0].words}")


def _mixed(talk: Conversation) -> tuple[Entity, ...]:
    """A cancer medicine and one from beside it that the last turn named, for "have both"."""
    named = talk.spoken[0] if talk.spoken else ()
    pair = (*talk.of_group(named, "medicine"), *talk.of_group(named, "intake"))
    return pair if len(pair) == 2 else ()


def _two(talk: Conversation) -> tuple[Entity, ...]:
    """Two or more things of one group: of one turn, else the newest of two turns."""
    single: tuple[Entity, ...] = ()
    for group in ("medicine", "intake", "care", "disease"):
        found: dict[str, Entity] = {}
        for named in talk.spoken[:3]:
            for entity in talk.of_group(named, group):
                found.setdefault(entity.key, entity)
            if len(found) > 1:
                return tuple(sorted(found.values(), key=lambda entity: entity.start))[:3]
        if group == "medicine" and found:
            beside = [entity for entity in talk.medicines if entity.key not in found]
            single = (*found.values(), *beside[-1:])
            if beside:
                return single
    return single


def _offered(talk: Conversation) -> tuple[Entity, ...]:
    """What was put side by side to choose from; a disease is nothing to choose."""
    found = options(talk)
    return () if talk.of_group(found, "disease", "symptom") else found[:3]


def _of_class(message: str, thing: Entity) -> str | None:
    """The class or the combination spoken of, for "which one is best"."""
    if thing.kind not in ("drug_class", "regimen"):
        return None
    return appended(message, f"of the {thing.words}")

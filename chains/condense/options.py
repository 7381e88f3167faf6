"""Things that one turn put beside each other: the first, the second, the other one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.condense.conversation import Conversation, with_article
from chains.condense.entities import Entity

_GROUPS = ("medicine", "intake", "care", "symptom", "disease")
_TOGETHER = re.compile(r"\s*(?:with|plus|\+|followed by|then)\s*(?:an?|the)?\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|&)\s*(?:an?|the)?\s*", re.IGNORECASE)
_NEAR = 12
"""Characters between a verb and the thing it opens."""
_CHOICE = re.compile(r"\b(?:or|vs\.?|versus|v)\b", re.IGNORECASE)


def options(talk: Conversation) -> tuple[Entity, ...]:
    """Two or more things of one group that a turn named together; the newest turn counts."""
    texts = [text for turn in reversed(talk.history) for text in (turn.question, turn.message)]
    for is_strict in (True, False):
        for text in texts:
            pair = _written(text, talk) if is_strict else ()
            if pair and not _is_among(pair, text, talk):
                return pair
            for group in _GROUPS:
                found = _of_text(text, group, talk, is_strict=is_strict)
                if len(found) > 1:
                    return found
    return ()


def other(talk: Conversation) -> Entity | None:
    """The one of two that the last question was not on."""
    found = options(talk)
    asked = {entity.key for entity in talk.named(talk.question)}
    left = [entity for entity in found if entity.key not in asked]
    return left[0] if len(found) == 2 and len(left) == 1 else None


def before_last(talk: Conversation) -> Entity | None:
    """The thing of an earlier turn that the newest one of its group came after."""
    for group in _GROUPS:
        newest = talk.of_group(talk.spoken[0], group) if talk.spoken else ()
        keys = {entity.key for entity in newest}
        earlier = [e for named in talk.spoken[1:] for e in talk.of_group(named, group)]
        if keys and (found := [entity for entity in earlier if entity.key not in keys]):
            return found[0]
    return None


def _written(text: str, talk: Conversation) -> tuple[Entity, ...]:
    """Two things held against each other by their words, one of them known."""
    found = talk.wording.one["choice.against"].search(text)
    if found is None:
        return ()
    sides = [_side(text, found.span(name), talk) for name in ("a", "b")]
    known = next((side for side in sides if side.kind), None)
    if known is None:
        return ()
    return tuple(replace(side, kind=side.kind or known.kind) for side in sides)


def _is_among(pair: Sequence[Entity], text: str, talk: Conversation) -> bool:
    """Whether both stand among the things of one group that the text lists."""
    return any(
        all(any(one.start <= side.start < one.end for one in listed) for side in pair)
        for group in _GROUPS
        if len(listed := _of_text(text, group, talk, is_strict=True)) > 1
        and ("," in text or len(listed) == len(pair))
    )


def _side(text: str, span: tuple[int, int], talk: Conversation) -> Entity:
    """What the lexicon knows at this place, else the words there."""
    for entity in talk.named(text):
        if span[0] <= entity.start < span[1] or entity.start <= span[0] < entity.end:
            return entity
    words = text[slice(*span)]
    behind = [e for e in talk.named(text) if 0 <= e.start - span[1] <= _NEAR]
    if behind and words.lower() in talk.wording.small_words:
        # "Zoladex or having my ovaries out": the verb opens the thing.
        return replace(behind[0], start=span[0], words=text[span[0] : behind[0].end])
    return Entity(*span, words, "", words.lower())


def whole_span(text: str, thing: Entity, talk: Conversation) -> tuple[int, int]:
    """Where a thing stands, with what it is had together with."""
    things = talk.of_group(talk.named(text), talk.group_of(thing))
    for joined in _joined(text, things, and_too=False):
        if joined.start <= thing.start < joined.end:
            return joined.start, joined.end
    return thing.start, thing.end


def nth(place: int, talk: Conversation) -> Entity | None:
    """The thing at this place among them; -1 is the last."""
    found = options(talk)
    return found[place] if -len(found) <= place < len(found) else None


def named_place(text: str, talk: Conversation) -> Entity | None:
    """The thing that "the first" alone stands for; None for any other words."""
    if talk.wording.one["choice.other"].fullmatch(text.strip(" ?!.")):
        return other(talk)
    for place in talk.wording.ordinals:
        if talk.wording.one[f"choice.picks.{place}"].match(text):
            return nth(place, talk)
    return None


def _of_text(text: str, group: str, talk: Conversation, *, is_strict: bool) -> tuple[Entity, ...]:
    once: dict[str, Entity] = {}
    for entity in talk.without_parts(talk.of_group(talk.named(text), group)):
        once.setdefault(entity.key, with_article(text, entity))
    things = list(once.values())
    has_choice = any(_CHOICE.search(gap) for gap in _gaps(text, things))
    return tuple(_joined(text, things, and_too=has_choice) if is_strict else things)


def _gaps(text: str, things: Sequence[Entity]) -> list[str]:
    return [text[a.end : b.start] for a, b in zip(things, things[1:], strict=False)]


def _joined(text: str, things: Sequence[Entity], *, and_too: bool) -> list[Entity]:
    """What is had together is one thing to choose: "lumpectomy with radiation"."""
    joined: list[Entity] = []
    for thing in things:
        gap = text[joined[-1].end : thing.start] if joined else ""
        if joined and (_TOGETHER.fullmatch(gap) or (and_too and _AND.fullmatch(gap))):
            first = joined[-1]
            words = first.words + text[first.end : thing.end]
            joined[-1] = replace(first, end=thing.end, words=words)
        else:
            joined.append(thing)
    return joined

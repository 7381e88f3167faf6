"""Questions on one's own situation that name none: "can I fly", "do I need an ECG", "what cream".

They are completed with what the conversation, else the card, is about. A question that brings its
own circumstance ("with a PICC line", "during radiation") or its own topic is left as it is.
"""

import re

from chains.condense.completion import is_about_another
from chains.condense.conversation import Conversation
from chains.condense.ellipsis import remedy_for
from chains.condense.entities import Entity
from chains.condense.rewrite import inserted, listed

_WORDS = re.compile(r"[\w'’-]+")
_MOST_CONTENT = 3
"""Content words of the longest question of one's own that can lean."""
_MOST_CONTENT_OF_ANY = 2
"""The same of a question that speaks of nobody."""
_MOST_NAMED = 2


def situated(message: str, raw: str, talk: Conversation) -> str | None:
    """The message with what it is asked about; None where it brings that itself.

    Args:
        message: as it is completed so far.
        raw: as it was written; by its words the kind is told.
        talk: the conversation and the card.
    """
    one = talk.wording.one
    if not (_is_event(raw, talk) or (talk.last is not None and _is_open(raw, talk))):
        return None
    if _is_anchored(message, talk) or is_about_another(message, talk):
        return None
    ill = talk.complaint()
    if ill is not None and one["lean.remedies"].search(message):
        return inserted(message, 0, remedy_for(ill, talk))
    if ill is not None and one["lean.of_complaint"].search(message):
        return inserted(message, 0, "with " + remedy_for(ill, talk).removeprefix("for "))
    found = focus(message, talk)
    if not found:
        return None
    return inserted(message, 0, _link(found[0], talk).format(x=listed(found)))


def focus(message: str, talk: Conversation) -> tuple[Entity, ...]:
    """What a question on one's own situation is about: of the last turns, else of the card."""
    if talk.wording.one["lean.teeth"].search(message) and (bone := _bone(talk)):
        return bone
    results = [e for named in talk.spoken[:2] for e in named if e.kind == "lab" and _has_figure(e)]
    one = talk.wording.one
    is_own = one["lean.own_situation"].match(message) and not one["lean.of_medicine"].search(
        message
    )
    if results and is_own and not talk.of_group(talk.named(message), "intake"):
        return tuple(results[:1])
    for named in talk.spoken[:1]:
        for group in ("medicine", "care"):
            if found := talk.of_group(named, group):
                return talk.of_now(found)[:_MOST_NAMED]
    if found := talk.last_medicines():
        return talk.of_now(found)[:_MOST_NAMED]
    for named in talk.spoken:
        for group in ("care", "disease", "symptom"):
            found = tuple(e for e in talk.of_group(named, group) if e.kind != "metastasis")
            if found:
                return found[:1]
    return ()


def _has_figure(result: Entity) -> bool:
    return any(letter.isdigit() for letter in result.words)


def _bone(talk: Conversation) -> tuple[Entity, ...]:
    spoken = [entity for named in talk.spoken for entity in talk.of_group(named, "medicine")]
    known = (*spoken, *talk.medicines)
    return tuple(e for e in known if "bone_agent" in talk.lexicon.classes_of(e.name))[:1]


def _tests(message: str, talk: Conversation) -> list[Entity]:
    return [entity for entity in talk.named(message) if entity.name in talk.wording.tests]


def _is_anchored(message: str, talk: Conversation) -> bool:
    """Whether the message names what it can be about by itself; a test is none of that."""
    tests = talk.wording.tests
    return any(
        entity.name not in tests and entity.kind not in ("metastasis", "lab")
        for entity in talk.of_group(talk.named(message), "medicine", "care", "disease")
    )


def _is_event(message: str, talk: Conversation) -> bool:
    """Whether something is done to the body; without a turn before, to the teeth."""
    one = talk.wording.one
    if talk.last is None and not one["lean.teeth"].search(message):
        return False
    return any(one[f"lean.{kind}"].search(message) for kind in ("event", "announced"))


def _is_open(message: str, talk: Conversation) -> bool:
    """Whether the message is short, asks, and brings no circumstance of its own."""
    one = talk.wording.one
    if one["lean.general"].search(message) or one["lean.circumstance"].search(message):
        return False
    content = _content(message, talk)
    if one["lean.own_situation"].match(message):
        if not (talk.has_told or one["lean.goes_on"].search(message) or _tests(message, talk)):
            return False
        is_far = one["card.exempt"].search(message) is not None
        return content <= (_MOST_CONTENT_OF_ANY if is_far else _MOST_CONTENT)
    return one["lean.aspect_of"].match(message) is not None and content <= _MOST_CONTENT_OF_ANY


def _content(message: str, talk: Conversation) -> int:
    """Words that say what it is about."""
    words = (word.lower().replace("'", "") for word in _WORDS.findall(message))
    return sum(word not in talk.wording.function_words for word in words)


def _link(found: Entity, talk: Conversation) -> str:
    """How it is hung on: a treatment of the body by when, all else by "with"."""
    if found.kind == "procedure" and found.name not in talk.wording.tests:
        over = {f.name.lower() for f in talk.card.of_kind("procedure") if f.status == "past"}
        return "after {x}" if found.key in over else "with {x}"
    return talk.wording.links[talk.group_of(found)]

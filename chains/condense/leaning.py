"""Questions that leave out what they are about without a pronoun: "steroids needed?"."""

import re

from chains.condense.conversation import Conversation, without_mark
from chains.condense.ellipsis import remedy_for
from chains.condense.entities import Entity, persons
from chains.condense.rewrite import appended, listed

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_WHY_WHEN = re.compile(
    r"^\W*(?:and |so |but )?why (?:not )?(?:before|after|during) \W*$", re.IGNORECASE
)
"""In front of the time that something was told for: "why before surgery"."""
_TOPICS = ("intake", "medicine", "care", "disease", "symptom")
_FIRM = ("medicine", "care", "disease")


def leans(message: str, talk: Conversation) -> bool:
    """Whether it asks by its first word, or is a piece of a question about nothing it names."""
    one = talk.wording.one
    asked = one["inverted"].match(message) or one["lean.or_not"].match(message)
    if talk.last is not None and (asked or _picks(message, talk)):
        return True
    if talk.last is None or _firm(message, talk):
        return False
    return any(
        one[f"lean.{kind}"].search(message) for kind in ("piece", "cause", "announced", "phrase")
    )


def _picks(message: str, talk: Conversation) -> bool:
    """Whether it speaks of "the second one" of things that were put beside each other."""
    one = talk.wording.one
    picks = [one[f"choice.inside.{place}"] for place in talk.wording.ordinals]
    picks += [one["choice.other"], one["choice.before"]]
    return any(pick.search(message) for pick in picks)


def _firm(message: str, talk: Conversation) -> tuple[Entity, ...]:
    """What a question can be about by itself; a part of the body alone is none of it."""
    found = talk.of_group(talk.named(message), *_FIRM)
    found = tuple(e for e in found if not _WHY_WHEN.match(message[: e.start]))
    return tuple(entity for entity in found if entity.kind != "metastasis")


def leaning(message: str, talk: Conversation) -> str | None:
    """The message with what the last turn was about, where it names nothing to be about."""
    named = talk.named(message)
    if talk.last is None:
        return None
    if talk.wording.one["lean.or_not"].match(message) and (ill := _ill_of(named, talk)):
        return appended(message, f"for {ill.words}")
    if talk.of_group(named, "medicine"):
        return None
    if ill := _treated(message, named, talk):
        return appended(message, f"for {ill.words}")
    is_first = talk.wording.one["lean.first"].search(message) is not None
    if talk.wording.one["card.exempt"].search(message) or (_firm(message, talk) and not is_first):
        return None
    return _open_end(message, talk) or _piece(message, talk)


def cause(message: str, talk: Conversation) -> str | None:
    """The medicine in "bones ache, is that it" and "is it from that"."""
    named = talk.named(message)
    place = talk.wording.one["lean.cause"].search(message)
    if talk.wording.one["lean.named_symptom"].match(message):
        return _symptom_of(message, named, talk)
    if place is None or talk.of_group(named, "medicine"):
        return None
    medicines = talk.last_medicines()[:1]
    if not medicines or not talk.of_group(named, "symptom"):
        return None
    return f"{message[: place.end(1)]} from {medicines[0].words}{message[place.end() :]}"


def _symptom_of(message: str, named: tuple[Entity, ...], talk: Conversation) -> str | None:
    """The medicine of the last turn behind a symptom that a piece of a question names."""
    ill = next(iter(talk.of_group(named, "symptom")), None)
    medicines = talk.of_group(talk.spoken[0], "medicine")[:1] if talk.spoken else ()
    if ill is None or not medicines:
        return None
    return f"{message[: ill.end]} from {medicines[0].words}{message[ill.end :]}"


def means(message: str, talk: Conversation) -> str | None:
    """What relatives have, for "does that mean I should be tested"."""
    place = talk.wording.one["lean.means"].search(message)
    if place is None or talk.last is None:
        return None
    relatives = tuple({p.name: p for p in persons(talk.last.message)}.values())
    ills = [e for e in talk.named(talk.last.message) if e.kind == "diagnosis"][:1]
    if not relatives or not ills:
        return None
    words = f"{listed(relatives)} having {ills[0].words}"
    return message[: place.start("that")] + words + message[place.end("that") :]


def figure(message: str, talk: Conversation) -> str | None:
    """The count or marker that a figure was told of, for "is 0.8 bad"."""
    place = talk.wording.one["figure"].search(message)
    if place is None or talk.of_group(talk.named(message), "lab"):
        return None
    for named in talk.spoken:
        for result in named:
            told = _FIGURE.search(result.words)
            if result.kind in ("lab", "biomarker") and told and told.group() == place["figure"]:
                return f"{message[: place.start()]}{result.words}{message[place.end() :]}"
    return None


def than(message: str, talk: Conversation) -> str | None:
    """What a medicine is held against, for "is it stronger" and "is there something newer"."""
    if not talk.wording.one["lean.comparative"].search(message):
        return None
    own = talk.of_group(talk.named(message), "medicine")
    keys = {entity.key for entity in own}
    spoken = [e for named in talk.spoken[:3] for e in talk.of_group(named, "medicine")]
    others = {entity.key: entity for entity in spoken if entity.key not in keys}
    if not others or len(own) > 1 or len(others) > 1:
        return None
    return appended(message, f"than {next(iter(others.values())).words}")


def switching(message: str, talk: Conversation) -> str | None:
    """The medicine that is left, for "would switching to letrozole help"."""
    found = talk.wording.one["lean.switching"].search(message)
    left = talk.last_medicines()[:1]
    if found is None or not left or left[0].key in {e.key for e in talk.named(message)}:
        return None
    behind = talk.named(message[found.end() :])
    if not talk.of_group(behind, "medicine"):
        return None
    return f"{message[: found.start('to')]}from {left[0].words} {message[found.start('to') :]}"


def tested(message: str, talk: Conversation) -> str | None:
    """The mutation, and the relative who has it, for "should I get tested"."""
    if not talk.wording.one["lean.tested"].search(message) or talk.named(message):
        return None
    for turn, named in zip(reversed(talk.history), talk.spoken, strict=True):
        marker = next((e for e in named if e.kind == "biomarker"), None)
        ill = next((e for e in named if e.kind == "diagnosis"), None)
        if marker is None and ill is None:
            continue
        text = appended(message, f"for {marker.words}") if marker is not None else message
        others = persons(turn.message)
        if not others or persons(message):
            return text
        what = "it" if marker is not None else ill.words if ill is not None else "cancer"
        verb = "have" if len({other.name for other in others}) > 1 else "has"
        return appended(text, f"if {listed(others)} {verb} {what}")
    return None


def of_whom(message: str, talk: Conversation) -> str:
    """The message with the relative it goes on about, where it speaks of nobody."""
    relative = talk.relative()
    if talk.wording.one["lean.impersonal"].match(message):
        return message
    if relative is None or persons(message) or talk.wording.one["persons.told"].search(message):
        return message
    return appended(message, talk.wording.links["person"].format(x=relative.words))


def _treated(message: str, named: tuple[Entity, ...], talk: Conversation) -> Entity | None:
    """The disease that a treatment is asked about for: "does she need chemo"."""
    if not any(talk.wording.one[f"lean.{kind}"].match(message) for kind in ("needs", "remedy")):
        return None
    return _ill_of(named, talk)


def _ill_of(named: tuple[Entity, ...], talk: Conversation) -> Entity | None:
    """The result or the disease of the last turns that treatments are weighed for."""
    if not named or len(talk.of_group(named, "care", "medicine")) != len(named):
        return None
    for spoken in talk.spoken[:2]:
        results = [e for e in spoken if e.kind == "lab" and any(map(str.isdigit, e.words))]
        if results:
            return results[0]
        if found := [entity for entity in spoken if entity.kind == "diagnosis"]:
            own = {fact.name.lower() for fact in talk.card.of_kind("diagnosis")}
            return next((entity for entity in found if entity.key in own), found[0])
    return None


def remedy(message: str, talk: Conversation) -> str | None:
    """What "does X help" is to help with."""
    one, named, ill = talk.wording.one, talk.named(message), talk.complaint()
    if talk.of_group(named, *_FIRM, "symptom"):
        return None
    if ill is None:
        return _beside(message, named, talk)
    is_food = any(entity.kind == "food" for entity in named)
    helps = one["lean.helps"].search(message)
    if not helps and (is_food or one["card.exempt"].search(message)):
        return None
    if not talk.wording.one["lean.remedy"].match(message):
        return None
    return appended(message, remedy_for(ill, talk))


def _beside(message: str, named: tuple[Entity, ...], talk: Conversation) -> str | None:
    """The medicine spoken of last, for a remedy that is asked about when nobody told of an ill."""
    spoken = [e for of_turn in talk.spoken[:2] for e in talk.of_group(of_turn, "medicine")][:1]
    is_remedy = talk.wording.one["lean.remedy"].match(message) and talk.of_group(named, "intake")
    if not spoken or not is_remedy:
        return None
    return appended(message, f"with {listed(spoken)}")


def _open_end(message: str, talk: Conversation) -> str | None:
    """What stands behind "after" in "will my periods come back after"."""
    one, medicines = talk.wording.one, talk.last_medicines()[:1]
    if medicines and one["lean.body"].search(message):
        return appended(message, f"with {medicines[0].words}")
    if medicines and one["lean.first"].search(message):
        return appended(message, f"before {medicines[0].words}")
    if medicines and one["lean.open_end"].search(message):
        return f"{without_mark(message)} {listed(medicines)}{_mark(message)}"
    if medicines and (one["lean.event"].search(message) or one["lean.personal"].match(message)):
        return appended(message, f"with {_bone(medicines[0], message, talk).words}")
    return None


def _bone(last: Entity, message: str, talk: Conversation) -> Entity:
    """For teeth, the medicine for bone among those that are taken."""
    if not talk.wording.one["lean.teeth"].search(message):
        return last
    taken = (e for e in talk.medicines if "bone_agent" in talk.lexicon.classes_of(e.name))
    return next(taken, last)


def _piece(message: str, talk: Conversation) -> str | None:
    if not talk.wording.one["lean.piece"].search(message) or not talk.spoken:
        return None
    for group in _TOPICS:
        found = talk.of_now(talk.of_group(talk.spoken[0], group))[:2]
        if not found:
            continue
        ill = talk.complaint() if talk.wording.one["lean.remedies"].search(message) else None
        if group == "medicine" and ill is not None:
            return appended(message, remedy_for(ill, talk))
        return appended(message, talk.wording.links[group].format(x=listed(found)))
    medicines = talk.last_medicines()[:1]
    return appended(message, f"with {listed(medicines)}") if medicines else None


def _mark(message: str) -> str:
    return message[len(without_mark(message)) :]

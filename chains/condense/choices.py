"""Going on from our last turn: yes, the second one, tell me more, no I mean."""

import re

from chains.condense.conversation import Conversation, without_mark
from chains.condense.ellipsis import other_value, swapped
from chains.condense.entities import Entity
from chains.condense.options import before_last, named_place, nth, options, other
from chains.condense.rewrite import appended, listed, replaced
from chains.condense.topics import noun_phrase
from chains.intent import is_asking

_LEADING_WORDS = re.compile(r"^(?:about|to ask about|the question about)\s+", re.IGNORECASE)
_COMPLETE_FROM = 4
"""Words from which a correction can be a question of its own."""
_LONGEST_BARE = 6
"""Words of the longest reply that only completes a question."""


def choice(message: str, talk: Conversation) -> str | None:
    """A message that picks what the last turn offered, or asks for more of it."""
    if talk.last is None:
        return None
    if talk.wording.one["choice.contrasts"].match(message) and (
        again := other_value(message, talk)
    ):
        return again
    picked = _picked(message, talk)
    if picked is not None:
        return picked
    agrees = talk.wording.one["choice.agrees"].match(message) is not None
    if agrees and talk.last.offered:
        return _taken(talk.last.offered[0], talk)
    if talk.wording.one["choice.more"].match(message):
        topic = talk.topic()
        words = _effect(talk) or (listed(topic) if topic else noun_phrase(talk))
        return talk.wording.more_template.format(topic=words) if words else None
    return talk.last.question if agrees else None


def _effect(talk: Conversation) -> str:
    """The symptom that the last question asked about, with the medicine behind it."""
    asked = talk.named(talk.question)
    felt = talk.of_group(asked, "symptom")[:1]
    behind = talk.of_group(asked, "medicine")[:1] or talk.of_group(talk.spoken[0], "medicine")[:1]
    if not felt or not behind:
        is_piece = behind and not talk.wording.one["has_verb"].search(talk.question)
        return without_mark(talk.question) if is_piece else ""
    return talk.wording.source_of.format(x=felt[0].words, y=behind[0].words)


def correction(message: str, talk: Conversation) -> str | None:
    """The last question with X in its place, for "no, I mean X"."""
    found = _correcting(message, talk)
    if talk.last is None or found is None:
        return None
    denies = talk.wording.one["correction_not"].match(found["what"])
    if denies is not None and (again := _in_place(denies["what"], denies["not"], talk)):
        return again
    what = _LEADING_WORDS.sub("", (denies or found)["what"].strip())
    if len(what.split()) >= _COMPLETE_FROM and talk.wording.one["wh_inverted"].match(what):
        return what
    thing = named_place(what, talk)
    what = thing.words if thing is not None else what
    return swapped(what, what, talk)


def _in_place(right: str, wrong: str, talk: Conversation) -> str | None:
    """The last question with one word or figure of it put right, for "28, not 18"."""
    place = re.compile(
        rf"(?<![\w.]){re.escape(without_mark(wrong).strip())}(?![\w.])", re.IGNORECASE
    )
    right = _LEADING_WORDS.sub("", right.strip())
    if not place.search(talk.question):
        return None
    return place.sub(lambda _: right, talk.question, count=1)


def bearing(message: str, talk: Conversation) -> str | None:
    """The last question with what "but I'm on X already" adds to it."""
    found = talk.wording.one["bearing"].match(message)
    if found is None or not talk.question or talk.named(talk.question) == ():
        return None
    new = talk.of_group(talk.named(message), "medicine", "intake")
    return appended(talk.question, f"with {listed(new)}") if new else None


def denied(message: str, talk: Conversation) -> str:
    """What a correction says was not meant; empty when it is no correction."""
    found = _correcting(message, talk)
    if found is None:
        return ""
    denies = talk.wording.one["correction_not"].match(found["what"])
    return (denies["not"] if denies else found.groupdict().get("not")) or ""


def short_answer(message: str, talk: Conversation) -> str | None:
    """The bare answer to a question of ours completes the question it held up."""
    last = talk.last
    if last is None or "?" in message or len(message.split()) > _LONGEST_BARE:
        return None
    if last.kind == "clarification" and not is_asking(message):
        head = last.message.rstrip().rpartition(" ")[0]
        if message.startswith(head or last.message):
            return None
        return f"{last.message.rstrip()} {message.strip()}"
    if last.asked and talk.named(message):
        return swapped(message.strip(), message, talk)
    return None


def ordinal(message: str, talk: Conversation) -> str | None:
    """The thing named at that place before, for "is the second one safe"."""
    earlier = talk.wording.one["choice.before"].search(message)
    if earlier is not None and (one := before_last(talk)) is not None:
        return replaced(message, earlier.span(), one.words, plural=False)
    named = talk.wording.one["choice.other"].search(message)
    if named is not None and (one := other(talk)) is not None:
        return replaced(message, named.span(), one.words, plural=False)
    for place in talk.wording.ordinals:
        found = talk.wording.one[f"choice.inside.{place}"].search(message)
        thing = nth(place, talk) if found else None
        if found is not None and thing is not None:
            text = replaced(message, found.span(), thing.words, plural=False)
            return _beside_other(text, thing, talk)
    return None


def _beside_other(text: str, thing: Entity, talk: Conversation) -> str:
    """The text as a question on both of two, where it holds one against the other."""
    others = [other for other in options(talk) if other.key != thing.key]
    if len(others) != 1 or not talk.wording.one["choice.comparative"].search(text):
        return text
    return appended(text, f"than {others[0].words}")


def _correcting(message: str, talk: Conversation) -> re.Match[str] | None:
    one = talk.wording.one
    patterns = ("correction", "correction_behind", "correction_bare")
    return next(filter(None, (one[pattern].match(message) for pattern in patterns)), None)


def _picked(message: str, talk: Conversation) -> str | None:
    offered = talk.last.offered if talk.last is not None else ()
    for place in talk.wording.ordinals:
        if not talk.wording.one[f"choice.picks.{place}"].match(message):
            continue
        other = nth(place, talk) if talk.wording.one["choice.contrasts"].match(message) else None
        if other is not None and (again := _asked_again(message, other, talk)):
            return again
        if -len(offered) <= place < len(offered):
            return _taken(offered[place], talk)
        thing = nth(place, talk)
        if thing is not None:
            return _asked_again(message, thing, talk) or talk.wording.more_template.format(
                topic=thing.words
            )
    return None


def _asked_again(message: str, thing: Entity, talk: Conversation) -> str | None:
    """The last question on the other of two, for "and the first?"."""
    is_named = thing.key in {entity.key for entity in talk.named(talk.question)}
    if is_named or not talk.question or talk.wording.one["choice.wants_more"].search(message):
        return None
    return swapped(thing.words, "", talk)


def _taken(offer: str, talk: Conversation) -> str:
    """An offered question as it is; an ending of a message that was cut, behind it."""
    last = talk.last
    if last is None or last.kind != "clarification":
        return offer
    head, _, broken = last.message.rstrip().rpartition(" ")
    if offer.lower().startswith(broken.lower()):
        return f"{head} {offer}".strip()
    return f"{without_mark(last.message)} {offer}"

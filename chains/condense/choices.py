"""Going on from our last turn: yes, the second one, tell me more, no I mean."""

import re

from chains.condense.conversation import Conversation, without_mark
from chains.condense.ellipsis import swapped
from chains.condense.entities import Entity
from chains.condense.rewrite import Rewrite, listed, replaced

_LEADING_WORDS = re.compile(r"^(?:about|to ask about|the question about)\s+", re.IGNORECASE)
_COMPLETE_FROM = 4
"""Words from which a correction can be a question of its own."""
_LONGEST_BARE = 6
"""Words of the longest reply that only completes a question."""


def choice(message: str, talk: Conversation) -> Rewrite | None:
    """A message that picks what the last turn offered, or asks for more of it."""
    if talk.last is None:
        return None
    picked = _picked(message, talk)
    if picked is not None:
        return picked
    agrees = talk.wording.one["choice.agrees"].match(message) is not None
    if agrees and talk.last.offered:
        return _taken(talk.last.offered[0], talk)
    if talk.wording.one["choice.more"].match(message):
        topic = talk.topic()
        words = listed(topic) if topic else talk.noun_phrase()
        return Rewrite(talk.wording.more_template.format(topic=words), topic) if words else None
    return Rewrite(talk.last.question) if agrees else None


def correction(message: str, talk: Conversation) -> Rewrite | None:
    """The last question with X in its place, for "no, I mean X"."""
    last, one = talk.last, talk.wording.one
    if last is None:
        return None
    found = one["correction"].match(message) or one["correction_bare"].match(message)
    if found is None:
        return None
    what = found["what"].strip()
    denied = one["correction_not"].match(what)
    what = _LEADING_WORDS.sub("", denied["what"] if denied else what)
    if len(what.split()) >= _COMPLETE_FROM and one["wh_inverted"].match(what):
        return Rewrite(what)
    return swapped(what, what, talk)


def short_answer(message: str, talk: Conversation) -> Rewrite | None:
    """The bare answer to a question of ours completes the question it held up."""
    last = talk.last
    if last is None or "?" in message or len(message.split()) > _LONGEST_BARE:
        return None
    if last.kind == "clarification" and not message.startswith(last.message):
        return Rewrite(f"{last.message.rstrip()} {message.strip()}")
    if last.asked and talk.named(message):
        return swapped(message.strip(), message, talk)
    return None


def ordinal(message: str, talk: Conversation) -> Rewrite | None:
    """The thing named at that place before, for "is the second one safe"."""
    for place in talk.wording.ordinals:
        found = talk.wording.one[f"choice.inside.{place}"].search(message)
        thing = _nth(place, talk) if found else None
        if found is not None and thing is not None:
            text = replaced(message, found.span(), thing.words, plural=False)
            return Rewrite(text, (thing,))
    return None


def _picked(message: str, talk: Conversation) -> Rewrite | None:
    offered = talk.last.offered if talk.last is not None else ()
    for place in talk.wording.ordinals:
        if not talk.wording.one[f"choice.picks.{place}"].match(message):
            continue
        if -len(offered) <= place < len(offered):
            return _taken(offered[place], talk)
        thing = _nth(place, talk)
        if thing is not None:
            text = talk.wording.more_template.format(topic=thing.words)
            return Rewrite(text, (thing,))
    return None


def _taken(offer: str, talk: Conversation) -> Rewrite:
    """An offered question as it is; an ending of a message that was cut, behind it."""
    last = talk.last
    if last is None or last.kind != "clarification":
        return Rewrite(offer)
    head, _, broken = last.message.rstrip().rpartition(" ")
    if offer.lower().startswith(broken.lower()):
        return Rewrite(f"{head} {offer}".strip())
    return Rewrite(f"{without_mark(last.message)} {offer}")


def _nth(place: int, talk: Conversation) -> Entity | None:
    """The thing at this place among things of one group that a turn named together."""
    for named in talk.spoken:
        for group in ("medicine", "intake", "care", "symptom", "disease"):
            found = sorted(talk.of_group(named, group), key=lambda entity: entity.start)
            if len(found) > 1 and -len(found) <= place < len(found):
                return found[place]
    return None

"""Follow-ups that leave the question out: what about X, and for my sister, how often."""

import re

from chains.condense.conversation import Conversation, without_mark
from chains.condense.entities import Entity, persons
from chains.condense.forms import formed
from chains.condense.options import named_place, options, whole_span
from chains.condense.rewrite import appended, listed

_LONGEST_REST = 1
"""Content words beside the thing in "what about X" before X is a question of its own."""
_PREPOSITION = re.compile(r"(after|before|during|without|with|on|for|in)\b", re.IGNORECASE)
_WORDS = re.compile(r"[\w'’]+")
_OPENING = re.compile(
    r"^(?:(?:the|an?|my|for|with|on|in|at|after|before|during|without|if i)\s+"
    r"|(?:taking|using|eating|drinking)\s+)+",
    re.IGNORECASE,
)
_SUBTYPE = re.compile(r"negative|positive|low\b", re.IGNORECASE)
_OWNER = re.compile(r"\b(?:my|our)(?: own)? $", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|when|or)\b", re.IGNORECASE)
_ASIDE = re.compile(r"^\W*(?:(?:and|but|or)\s+)+", re.IGNORECASE)
_ALL = ("medicine", "intake", "symptom", "disease", "care")
_LEADS = frozenset({"and", "what", "about", "how", "for", "a", "or"})
_FIGURES = ("zero", "one", "two", "three", "four", "five")
_BARE = 3
"""Words of a message that only names a thing."""


def about(message: str, talk: Conversation) -> str | None:
    """The last question asked of X, for "what about X", "and X?", "X?"."""
    if talk.last is None:
        return None
    if talk.wording.one["compared"].match(message) and (topic := talk.topic()):
        return f"{listed(topic[:1])} {message}"
    found = talk.wording.one["about"].match(message)
    if found is not None and (_is_whole(found["what"], talk) or _picks_other(message, talk)):
        return None
    if found is not None:
        given = formed(found["what"], talk.drugs, talk.wording, talk.lexicon)
        thing = named_place(found["what"], talk) or given
        return swapped(thing.words if thing else found["what"], message, talk)
    asked = talk.wording.one["also_of"].match(message)
    what = (asked["what"] or asked["same"]) if asked is not None else ""
    if new := talk.named(what):
        is_other = len(new) > 1 or _rest(what, new, talk)
        return None if is_other else swapped(what, message, talk)
    if (again := _unknown(message, talk)) is not None:
        return again
    is_asked = talk.wording.one["asks_what"].match(message) is not None
    is_bare = not is_asked and len(message.split()) <= _BARE and bool(talk.named(message))
    return swapped(without_mark(message), message, talk) if is_bare else None


def _picks_other(message: str, talk: Conversation) -> bool:
    """Whether it asks something of its own of the other of two: "and the other, at night?"."""
    return "," in message and talk.wording.one["choice.other"].search(message) is not None


def _unknown(message: str, talk: Conversation) -> str | None:
    """The last question, asked of a word that the lexicon does not know: "spelt", "tattoo"."""
    words = [word.lower().replace("'", "") for word in _WORDS.findall(message)]
    old = talk.of_group(talk.named(talk.question), "intake")
    is_bare = 0 < len(words) <= _BARE and not talk.named(message)
    if not is_bare or talk.wording.function_words.intersection(words):
        return None
    is_aspect = any(row.pattern.search(message) for row in talk.wording.aspects)
    if is_aspect or talk.wording.one["asks"].match(message):
        return None
    medicines = talk.of_group(talk.named(talk.question), "medicine")
    if not old and medicines and len(words) < _BARE:
        return appended(message, f"with {listed(medicines[:2])}")
    if len(old) != 1:
        return None
    question = talk.question
    return question[: old[0].start] + without_mark(message.strip()) + question[old[0].end :]


def _is_whole(what: str, talk: Conversation) -> bool:
    """Whether a question with a verb stands behind "and": "and how long does it last"."""
    opening = talk.wording.one["wh_inverted"].match(what) or talk.wording.one["inverted"].match(
        what
    )
    return opening is not None and talk.wording.one["pronouns"].search(what) is not None


def swapped(what: str, message: str, talk: Conversation) -> str | None:
    """The last question with `what` in the place of its like; else `message` tied to its topic.

    Args:
        what: the new thing as it was written.
        message: the message, to be completed when the last question has nothing like it.
        talk: the conversation; it has a last turn.
    """
    if talk.last is None:
        return None
    if (again := other_value(what, talk)) is not None:
        return again
    new = talk.named(what)
    if not new:
        goes_on = talk.wording.one["goes_behind"].match(message) is not None
        if (again := _other_end(what, message, talk)) is not None:
            return again
        hangs_on = goes_on and _CONDITION.search(message) is None
        if hangs_on and talk.named(talk.question):
            return appended(talk.question, without_mark(_ASIDE.sub("", message)))
        return _of_topic(message, talk)
    if _rest(what, new, talk) > _LONGEST_REST:
        return None
    question = talk.question
    if sibling := _sibling(new[0], question, talk):
        return question[: sibling.start] + _bare(what) + question[sibling.end :]
    place = _behind_same_word(what, question, talk) or _like(new[0], question, talk)
    if place is None:
        if question and talk.wording.one["goes_behind"].match(message):
            return appended(question, without_mark(_ASIDE.sub("", message)))
        return _hung_on(new[0], message, talk)
    start, end = whole_span(question, place, talk)
    return question[:start] + _bare(what) + question[end:]


def _other_end(what: str, message: str, talk: Conversation) -> str | None:
    """The last question with another end behind the same word: "hard on joints", "and on hair"."""
    opening = _PREPOSITION.match(without_mark(_ASIDE.sub("", message)))
    if opening is None or talk.named(what):
        return None
    end = re.compile(rf"\b{opening.group(1)} [\w-]+(?: [\w-]+)?(?=\W*$)", re.IGNORECASE)
    place = end.search(talk.question)
    if place is None or talk.named(place.group()):
        return None
    return talk.question[: place.start()] + opening.string + talk.question[place.end() :]


def for_person(message: str, talk: Conversation) -> str | None:
    """The last question asked for her, for "and for my sister?"."""
    found = talk.wording.one["persons.for_person"].match(message)
    if found is None or talk.last is None:
        return None
    who, question = found["who"], talk.question
    if not question or (who.lower().startswith(("my ", "our ")) and not persons(message)):
        return None
    asked = talk.wording.one["persons.asked_self"].search(question)
    other = persons(question)[:1]
    if other and not (asked and asked.start() < other[0].start):
        start, end = _owned_span(question, other[0])
        return with_told(question[:start] + who + question[end:], talk)
    if pronoun := talk.wording.one["persons.subject"].search(question):
        start, end = pronoun.span()
        return with_told(question[:start] + who + question[end:], talk)
    if asked is not None:
        verb = asked.group().split()[0]
        verb = "does" if verb.lower() == "do" else verb
        verb = verb.capitalize() if asked.start() == 0 and question[:1].isupper() else verb
        return f"{question[: asked.start()]}{verb} {who}{question[asked.end() :]}"
    return appended(question, talk.wording.links["person"].format(x=who))


def _owned_span(question: str, person: Entity) -> tuple[int, int]:
    owner = _OWNER.search(question[: person.start])
    return (owner.start() if owner else person.start), person.start + len(person.words) - len("my ")


def fragment(message: str, talk: Conversation) -> str | None:
    """The last question behind a bare "why?" or "how often?"."""
    if talk.last is None:
        return None
    one, question = talk.wording.one, without_mark(talk.question)
    if one["sure"].match(message):
        return talk.last.question
    found = one["fragments"].match(message)
    if found is None:
        return None
    asks = found["asks"]
    if one["fragment_taken"].match(asks):
        return _taken(asks, talk)
    if (opening := one["wh_inverted"].match(question)) is not None:
        return f"{asks} {question[opening.end() :]}?"
    if one["inverted"].match(question):
        return with_told(f"{asks} {question[:1].lower()}{question[1:]}?", talk)
    ill = talk.complaint()
    if ill is not None and one["lasts"].match(asks):
        return appended(message, remedy_for(ill, talk).replace("for ", "of ", 1))
    topic = talk.of_now(talk.topic())
    if not topic:
        return None
    return appended(message, f"with {listed(topic)}")


def _taken(asks: str, talk: Conversation) -> str | None:
    """The medicine in "how long for", whatever was asked of it before."""
    found = talk.last_medicines()[:2]
    if not found:
        return None
    how_long = re.sub(r"\bfor\b", "", asks, flags=re.IGNORECASE).strip()
    verb = "are" if len(found) > 1 else "is"
    text = f"{how_long} {verb} {listed(found)} taken for?"
    relative = talk.relative()
    return text if relative is None else f"{text[:-1]} by {relative.words}?"


def with_told(question: str, talk: Conversation) -> str:
    """A question that names nothing, with what the last message told before it asked."""
    told = talk.of_group(talk.spoken[0] if talk.spoken else (), "disease", "medicine")
    if not told or talk.of_group(talk.named(question), *_ALL):
        return question
    link = "for" if talk.wording.one["testing"].search(question) else "with"
    return appended(question, f"{link} {listed(told[:2])}")


def _behind_same_word(what: str, question: str, talk: Conversation) -> Entity | None:
    """What the last question named behind the word that opens "after X"."""
    opening = _PREPOSITION.match(what)
    if opening is None:
        return None
    before = re.compile(rf"\b{opening.group(1)}(?: the| an?| my)? $", re.IGNORECASE)
    found = (e for e in talk.named(question) if before.search(question[: e.start]))
    return next(found, None)


def _sibling(new: Entity, question: str, talk: Conversation) -> Entity | None:
    """What the new thing was put beside before, where the question names it."""
    keys = {entity.key for entity in options(talk)}
    if new.key not in keys:
        return None
    return next((e for e in talk.named(question) if e.key in keys - {new.key}), None)


def _like(new: Entity, question: str, talk: Conversation) -> Entity | None:
    """What the new thing takes the place of: its own kind first, else its group."""
    old = [e for e in talk.named(question) if e.words.lower() != new.words.lower()]
    same_kind = [entity for entity in old if entity.kind == new.kind]
    if same_kind:
        return same_kind[0]
    group = talk.group_of(new)
    if group == "disease":
        return next((e for e in old if e.kind == "diagnosis" and _SUBTYPE.search(e.words)), None)
    return next(iter(talk.of_group(old, group)), None) if group else None


def other_value(what: str, talk: Conversation) -> str | None:
    """The last question of another stage, grade or score, for "and 3a?"."""
    if marked := _other_marker_value(what, talk):
        return marked
    value = talk.wording.one["value"].match(_in_figures(what))
    place = talk.wording.one["valued"].search(talk.question) if value else None
    if value is None or place is None or value["of"] not in (None, place["of"].lower()):
        return None
    return talk.question[: place.start("value")] + value["value"] + talk.question[place.end() :]


def _in_figures(what: str) -> str:
    """A bare number word as its figure: "and three?"."""
    words = without_mark(what).split()
    return str(_FIGURES.index(words[-1].lower())) if words[-1:] and _is_number(words) else what


def _is_number(words: list[str]) -> bool:
    leads = all(word.lower().strip(",") in _LEADS for word in words[:-1])
    return leads and words[-1].lower() in _FIGURES


def _other_marker_value(what: str, talk: Conversation) -> str | None:
    """The last question of another value of the same marker, for "and ultralow?"."""
    value = talk.wording.one["marker_value"].fullmatch(without_mark(what))
    markers = [e for e in talk.named(talk.question) if e.kind == "biomarker"] if value else []
    for marker in markers:
        place = talk.wording.one["marker_value"].search(marker.words)
        if value is not None and place is not None:
            start, end = marker.start + place.start(), marker.start + place.end()
            return talk.question[:start] + value.group() + talk.question[end:]
    return None


def _hung_on(new: Entity, message: str, talk: Conversation) -> str | None:
    """A thing unlike the last question's: tied to what that was about."""
    links, group = talk.wording.links, talk.group_of(new)
    named = talk.spoken[0] if talk.spoken else ()
    others = tuple(entity for entity in named if entity.key != new.key)
    if group == "disease" and (question := talk.question):
        return appended(question, links["person"].format(x=new.words))
    beside = talk.of_group(others, "intake", "symptom", "care")
    if group == "medicine" and beside and talk.question:
        return appended(talk.question, links["medicine"].format(x=new.words))
    ill = talk.complaint()
    is_remedy = group == "intake" and new.kind != "food"
    if ill is not None and (is_remedy or new.name in talk.wording.soothing):
        return appended(message, remedy_for(ill, talk))
    if group != "medicine" and (medicines := talk.of_group(others, "medicine")[:2]):
        return appended(message, links["medicine"].format(x=listed(medicines)))
    if group == "intake" and talk.medicines:
        return appended(message, links["medicine"].format(x=listed(talk.medicines[-2:])))
    # A food or a vaccine is asked about beside a medicine or for a symptom, never "for er+".
    groups = ("symptom",) if group == "intake" else ("symptom", "disease")
    if ills := talk.of_group(others, *groups)[:1]:
        return appended(message, links["person"].format(x=listed(ills)))
    if topic := talk.of_group(others, "intake", "care")[:1]:
        return appended(message, links["intake"].format(x=listed(topic)))
    return None


def _of_topic(message: str, talk: Conversation) -> str | None:
    """A word the lexicon does not know, tied to the topic of the last turn."""
    topic = talk.topic()
    if not topic or talk.wording.one["card.exempt"].search(message):
        return None
    is_asked = talk.wording.one["about"].match(message) and not talk.question
    if is_asked and len(talk.of_group(topic, "disease")) == len(topic):
        topic = talk.medicines[-2:]
        return appended(message, f"with {listed(topic)}") if topic else None
    ill = talk.complaint()
    if ill is not None and talk.of_group(topic, "medicine", "intake"):
        return appended(message, remedy_for(ill, talk))
    is_aspect = any(row.pattern.search(message) for row in talk.wording.aspects)
    link = "of {x}" if is_aspect else talk.wording.links[talk.group_of(topic[0])]
    return appended(message, link.format(x=listed(topic)))


def remedy_for(ill: Entity, talk: Conversation) -> str:
    """What a remedy is asked about for: the symptom, and the medicine behind it."""
    source = next(iter(talk.last_medicines()), None) or _told_with(ill, talk)
    if source is None:
        return f"for {ill.words}"
    return "for " + talk.wording.source_of.format(x=ill.words, y=source.words)


def _told_with(ill: Entity, talk: Conversation) -> Entity | None:
    """The everyday medicine that a turn told a symptom together with."""
    for turn, named in zip(reversed(talk.history), talk.spoken, strict=True):
        if any(entity.key == ill.key for entity in named) and not turn.message.endswith("?"):
            return next((e for e in named if e.kind == "everyday"), None)
    return None


def _rest(what: str, new: tuple[Entity, ...], talk: Conversation) -> int:
    """Content words of `what` beside the things it names."""
    left = what
    for entity in reversed(new):
        left = left[: entity.start] + " " + left[entity.end :]
    return sum(word not in talk.wording.small_words for word in _WORDS.findall(left.lower()))


def _bare(what: str) -> str:
    """The thing without the small words in front of it."""
    return _OPENING.sub("", without_mark(what.strip()), count=1)

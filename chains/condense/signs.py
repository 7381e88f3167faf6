"""What speaks for and against a thing in a completed question.

Why it would stand there, not which thing it is, so that what was learnt of one holds for all.
"""

import re

from chains.condense.candidates import NEVER, Reading, parts_of
from chains.condense.completion import meets
from chains.condense.entities import Entity, persons, sides
from memory.records import SELF

_WORD = re.compile(r"[a-z']+|[?,]")
_POINTERS = {
    "it": r"\b(?:it|its)\b",
    "that": r"\b(?:that|this|tht)\b",
    "they": r"\b(?:they|them|their|those|these|both|either|each)\b",
    "her": r"\b(?:she|her|he|him|his)\b",
    "hers": r"\b(?:hers|mine|theirs)\b",
    "place": r"\b(?:ones?|first|1st|second|2nd|third|3rd|last|latter|former|other)\b",
    "own": r"\b(?:i|my|me|im|i'm|ive)\b",
    "goes on": r"^\W*(?:and|or|what about|how about|but)\b",
    "asks what": r"^\W*(?:what|which|who|how|why|when|where)",
    "asks if": r"^\W*(?:is|are|do|does|can|could|will|would|should|has|have|did)\b",
}
"""How a message points at what is left out of it."""
_POINTS = {name: re.compile(text, re.IGNORECASE) for name, text in _POINTERS.items()}
_MOST_TURNS = 4
_MOST_WORDS = 12
_MOST_CONTENT = 5
_MOST = 3
"""Of anything that is counted."""
Signs = dict[str, float]
"""Sign -> 0 .. 1; what is missing is 0."""


def picks(reading: Reading) -> bool:
    """Whether the message says which of several is meant: "the new one", "the shots"."""
    forms = reading.talk.wording.forms
    return _POINTS["place"].search(reading.message) is not None or any(
        form.pattern.search(reading.message) for form in forms
    )


def of_message(reading: Reading) -> Signs:
    """Signs of the message, the same for all that could complete it."""
    rest = reading.message.lower()
    for entity in reversed(reading.named):
        rest = f"{rest[: entity.start]} {rest[entity.end :]}"
    words = _WORD.findall(rest)
    function_words = reading.talk.wording.function_words
    content = [word for word in words if len(word) > 1 and word not in function_words]
    signs = {f"word {word}": 1.0 for word in words}
    signs |= {f"points {name}": 1.0 for name, how in _POINTS.items() if how.search(reading.message)}
    signs |= {f"names {reading.group(entity) or entity.kind}": 1.0 for entity in reading.named}
    return _present({
        **signs,
        "picks": picks(reading),
        "names nothing": not reading.named,
        "names person": bool(persons(reading.message)),
        "words": _part(len(reading.message.split()), _MOST_WORDS),
        "content": _part(len(content), _MOST_CONTENT),
        "untouched": reading.text == reading.message,
        "turns": _part(len(reading.heard), _MOST_TURNS),
        "last told": bool(reading.heard) and not reading.talk.question,
    })


def of_thing(entity: Entity, reading: Reading) -> Signs:
    """Signs of one thing that could complete the message."""
    return _present({
        f"kind {entity.kind}": 1.0,
        **_of_turns(entity, reading),
        **_of_rivals(entity, reading),
        **_of_card(entity, reading),
        **_of_ties(entity, reading),
    })


def _of_turns(entity: Entity, reading: Reading) -> Signs:
    """When it was named, and how."""
    key, talk = entity.key, reading.talk
    told = [age for age, heard in enumerate(reading.heard) if key in heard.told]
    asked = [age for age, heard in enumerate(reading.heard) if key in heard.asked]
    complaint, person = talk.complaint(), talk.person()
    return {
        f"age {min(reading.ages[key], _MOST_TURNS)}": 1.0,
        f"told {min(told, default=_MOST_TURNS)}": 1.0,
        f"asked {min(asked, default=_MOST_TURNS)}": 1.0,
        "often": _part(len({*told, *asked}), _MOST_TURNS),
        "in last question": key in {e.key for e in talk.named(talk.question)},
        "in spoken": any(e.key == key for named in talk.spoken for e in named),
        "is complaint": complaint is not None and key == complaint.key,
        "is last medicine": key in {e.key for e in talk.last_medicines()},
        "is last person": person is not None and key == person.name,
    }


def _of_rivals(entity: Entity, reading: Reading) -> Signs:
    """How many things of its group stand beside it, and what the rules made of them."""
    key, group, ages = entity.key, reading.group(entity), reading.ages
    alike = [e.key for e in reading.things if reading.group(e) == group and e.key != key]
    newer = sum(ages[other] < ages[key] for other in alike)
    older = sum(ages[other] > ages[key] for other in alike)
    own = parts_of(key, reading.talk.lexicon)
    return {
        "rivals newer": _part(newer, _MOST),
        "rivals beside": _part(len(alike) - newer - older, _MOST),
        "rivals older": _part(older, _MOST),
        "only one": not alike,
        "rules hold": bool(own & reading.held),
        "rules added": _part(len(reading.added), _MOST),
        "rules hold rival": any(other in reading.added for other in alike),
        "rules hold other": bool(reading.added - {*alike, *own}),
        "message names rival": any(reading.group(e) == group for e in reading.named),
    }


def _of_card(entity: Entity, reading: Reading) -> Signs:
    """What the card says of it."""
    card = reading.talk.card
    status = {fact.name.lower(): fact.status for fact in card.facts}.get(entity.key)
    taken = {fact.name.lower() for fact in card.current_medications()}
    return {
        "card": status is not None,
        "card current": entity.key in taken,
        "card past": status == "past",
        "card of another": card.subject != SELF,
    }


def _of_ties(entity: Entity, reading: Reading) -> Signs:
    """What ties it to the things that the message names, and what it was told with."""
    signs = _of_lexicon(entity, reading)
    if (age := reading.ages[entity.key]) == NEVER:
        return signs
    heard = reading.heard[age]
    return signs | {
        "with own": bool(heard.all & reading.own),
        "with added": bool(heard.all & (reading.added - {entity.key})),
        "told asking": heard.is_question,
        "told of another": heard.is_of_another,
        "told of another only": heard.is_of_another and not heard.is_own,
        "told first": heard.order[:1] == (entity.key,),
        "told last": heard.order[-1:] == (entity.key,),
        "told among": _part(len(heard.all), _MOST_TURNS),
    }


def _of_lexicon(entity: Entity, reading: Reading) -> Signs:
    """Interactions, classes and tests that it shares with what the message names."""
    lexicon, tests = reading.talk.lexicon, reading.talk.wording.tests
    mine, meeting = sides(entity.name, lexicon), meets(entity.name, lexicon)
    classes = lexicon.classes_of(entity.name)
    others = reading.named
    return {
        "meets": any(
            meeting & sides(e.name, lexicon) or meets(e.name, lexicon) & mine for e in others
        ),
        "same class": any(classes & lexicon.classes_of(e.name) for e in others),
        "moves test": any(tests.get(e.name, frozenset()) & mine for e in others),
    }


def _part(count: int, most: int) -> float:
    return min(count, most) / most


def _present(signs: Signs) -> Signs:
    return {name: float(value) for name, value in signs.items() if value}

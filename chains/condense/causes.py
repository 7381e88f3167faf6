"""What is felt, and the medicine asked about as its cause: "is it the pills", "is it from that"."""

import re

from chains.condense.conversation import Conversation
from chains.condense.entities import Entity, drug_entity
from chains.condense.forms import formed
from chains.condense.rewrite import is_plural, replaced

_IS_IT = re.compile(
    r"^\W*(?:(?:and|so|but|ok|oh|or)\s+)*(?P<asks>is|was|could|would|might|can)"
    r" (?:it|that|this|tht)(?: (?P<be>be))?(?: (?:from|because of|due to|down to|caused by))?"
    r" (?P<what>it|that|this|tht|them|those|these|(?:(?:the|my) )?[\w-]+(?: [\w-]+)?)\W*$",
    re.IGNORECASE,
)
_POINTING = frozenset({"it", "that", "this", "tht", "them", "those", "these"})


def is_it_from(message: str, talk: Conversation) -> str | None:
    """The symptom told of and its suspected medicine, for "is it them", "could it be the shots"."""
    found = _IS_IT.match(message)
    if found is None or talk.last is None:
        return None
    felt, suspect = _felt(talk), _suspect(found["what"], talk)
    if felt is None or suspect is None:
        return None
    be = "be " if found["be"] else ""
    text = f"{found['asks']} it {be}from {suspect.words}{message[found.end('what') :]}"
    place = (len(found["asks"]) + 1, len(found["asks"]) + len(" it"))
    return replaced(text, place, felt.words, plural=is_plural((felt,)))


def _felt(talk: Conversation) -> Entity | None:
    """The symptom or finding of the last two turns."""
    for named in talk.spoken[:2]:
        for group in ("symptom", "lab"):
            if found := talk.of_group(named, group):
                return found[0]
    return None


def _suspect(what: str, talk: Conversation) -> Entity | None:
    """The medicine that the words stand for."""
    if what.lower() in _POINTING:
        told = talk.of_group(talk.spoken[0], "medicine") if talk.spoken else ()
        return next(iter(told or talk.last_medicines()), None)
    named = [entity for entity in talk.named(what) if entity.kind == "drug"]
    if named:
        return drug_entity(named[0].name)
    return formed(what, talk.drugs, talk.wording, talk.lexicon)

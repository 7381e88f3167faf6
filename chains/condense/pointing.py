"""A medicine pointed at without its name: "the tablet", "the bone shot"."""

import re
from dataclasses import replace

from chains.condense.conversation import Conversation
from chains.condense.entities import Entity
from chains.condense.forms import formed
from chains.condense.rewrite import replaced

_POINTED_AT = re.compile(r"\b(?:the|that|this|those|these|her|his|my) $", re.IGNORECASE)


def of_form(message: str, talk: Conversation) -> str | None:
    """The message with the one medicine that is given as it says, or is of the class it names."""
    if talk.last is None or any(entity.kind == "drug" for entity in talk.named(message)):
        return None
    found = _classed(message, talk)
    found = found or formed(message, talk.drugs, talk.wording, talk.lexicon)
    if found is None:
        return None
    return replaced(message, (found.start, found.end), found.words, plural=False)


def _classed(message: str, talk: Conversation) -> Entity | None:
    """The one medicine of a class that the message points at."""
    for named in talk.named(message):
        led = _POINTED_AT.search(message[: named.start])
        if named.kind != "drug_class" or named.name in talk.wording.wide_classes or led is None:
            continue
        fitting = {e.key: e for e in talk.drugs if named.name in talk.lexicon.classes_of(e.name)}
        if len(fitting) == 1:
            medicine = next(iter(fitting.values()))
            return replace(medicine, start=led.start(), end=named.end, words=medicine.name)
    return None

"""What a message teaches the cards."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chains.compose.person import known_of
from chains.continued import goes_on, set_right
from chains.extraction import extract
from chains.intent import intent
from chains.lexicon import Lexicon
from chains.retrieval import is_in_care, lies_outside
from chains.subjects import OTHER
from chains.whose import late_naming, of_both, spoken_of
from memory.records import SELF, Card, Fact, FactKind, Thread

COMMANDS = ("forget", "start_over", "show_card", "rules")
"""Words to the chat about what it keeps, by kind of intent; they teach nothing."""
_OF_ILLNESS: frozenset[FactKind] = frozenset({
    *("diagnosis", "comorbidity", "medication", "stage", "extent", "metastasis", "procedure"),
    *("symptom", "lab", "tnm", "grade", "biomarker"),
})
"""Kinds by which a message tells that somebody is ill."""


_LAST_WORDS = re.compile(r"(?P<told>[^?\n]+)[.!;]\s+(?P<named>[^.!?;\n]{3,60})[.!]?", re.DOTALL)
"""A message and its last clause."""


class Telling(NamedTuple):
    """A message as its facts are read."""

    text: str
    message_id: str
    about: str
    """Whom it speaks of where it names nobody."""
    thread: Thread


def taught(
    telling: Telling, before: Sequence[str], cards: Mapping[str, Card], *, lexicon: Lexicon
) -> list[Fact]:
    """The facts that the cards take in from a message; empty when it teaches nothing.

    Args:
        telling: The message.
        before: The messages before it in the thread, oldest first.
        cards: By subject, as they stood before it.
        lexicon: The words of the field.
    """
    facts = _named_behind(telling, cards, lexicon) or _facts(telling, before, cards, lexicon)
    late = late_naming(telling.text, before) if not facts else None
    if late is not None:
        # "sorry, my mother I mean": what the message before told of somebody it did not name.
        telling = telling._replace(text=before[-1], about=late)
        facts = _extracted(telling, cards, lexicon)
    return _of_ours(telling, facts, cards, lexicon)


def _named_behind(telling: Telling, cards: Mapping[str, Card], lexicon: Lexicon) -> list[Fact]:
    """What a message tells of whom only its last words name: "Her stage is 3. My sister's"."""
    found = _LAST_WORDS.fullmatch(telling.text.strip())
    late = late_naming(found["named"], [found["told"]]) if found else None
    if found is None or late is None or telling.thread.about != SELF:
        return []
    return _extracted(telling._replace(text=found["told"], about=late), cards, lexicon)


def _facts(
    telling: Telling, before: Sequence[str], cards: Mapping[str, Card], lexicon: Lexicon
) -> list[Fact]:
    if intent(telling.text, (), None, lexicon=lexicon).kind in COMMANDS:
        return []
    facts = _extracted(telling, cards, lexicon)
    facts = facts or [
        fact.model_copy(update={"message_id": telling.message_id})
        for fact in goes_on(telling.text, before, cards, telling.thread, lexicon)
    ]
    return [*facts, *of_both(telling.text, facts)]


def _extracted(telling: Telling, cards: Mapping[str, Card], lexicon: Lexicon) -> list[Fact]:
    facts = extract(
        telling.text,
        cards.get(telling.about, Card(subject=telling.about)),
        message_id=telling.message_id,
        about=telling.about,
        lexicon=lexicon,
    )
    return set_right(telling.text, facts, lexicon)


def _of_ours(
    telling: Telling, facts: list[Fact], cards: Mapping[str, Card], lexicon: Lexicon
) -> list[Fact]:
    """The facts without those of an illness for which the message is turned away.

    A cancer in the family stays: it bears on the risk of breast cancer. So do facts of those who
    are treated for breast cancer, and what the message says of the writer beside somebody's
    illness: "I'm 52. My dad has prostate cancer, what can he eat?".
    """
    whose = spoken_of(facts, telling.about)
    card = cards.get(SELF if whose == OTHER else whose, Card(subject=whose))
    if not lies_outside(telling.text, facts, card, lexicon):
        return facts
    in_care = {name for name, one in cards.items() if is_in_care(known_of(one, lexicon), lexicon)}
    ill = {fact.subject for fact in facts if fact.kind in _OF_ILLNESS}
    gone = (ill or {fact.subject for fact in facts}) - in_care
    return [fact for fact in facts if fact.subject not in gone or fact.kind == "family_history"]

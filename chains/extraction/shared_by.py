"""Facts that one sentence tells of two people: "my mum and I both take it", "so does my sister"."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chains.context import Context
from chains.extraction.reading import SELF, Reading, Span
from chains.subject_words import PRONOUNS
from chains.subjects import Relation
from memory.records import Fact, FactStatus

_WITH_ME = re.compile(r"\s(?:and|&|n)\s(?:i|me|myself)\b", re.IGNORECASE)
_ME_WITH = re.compile(r"\b(?:i|me|myself)\s(?:and|&|n)\s(?:my\s)?$", re.IGNORECASE)
_LIKEWISE_BEFORE = re.compile(
    r"\b(?:and\s)?so\s(?:is|are|was|were|does|do|did|has|have|had)\s(?:my\s|our\s)?$"
    r"|\b(?:just\s)?like\s(?:my|our)\s$",
    re.IGNORECASE,
)
_LIKEWISE_BEHIND = re.compile(
    r"\s(?:is|was|does|did|has|had)\s(?:too|as well|also)\b|\stoo\b", re.IGNORECASE
)
_IT_TOO = re.compile(
    r"(?:'s)?\s(?:(?P<was>was on|took|had|used to take)|is on|takes|on|is taking|has)\s"
    r"(?:it|that|the same(?: thing| one| drug)?)\s?(?:too|as well|also)?\b",
    re.IGNORECASE,
)
_SHARED = frozenset({"medication", "biomarker", "diagnosis", "stage", "extent", "comorbidity"})
_PERSONS = frozenset({"i", "im", "ive", "me", "my", *PRONOUNS})


class _Pair(NamedTuple):
    """A relative who has what is said of another."""

    told: str
    """Whose fact was read."""
    other: str
    place: Span
    """The characters whose facts are both persons'."""


def shared(reading: Reading, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts that hold for a second person too, as that person's.

    Args:
        reading: the message.
        facts: as read from it, each of one person.
    """
    yield from _same_medicine(reading)
    for pair in _pairs(reading):
        own = {fact.kind for fact in facts if fact.subject == pair.other}
        for fact in facts:
            at = reading.text.find(fact.evidence, pair.place.start)
            is_there = pair.place.start <= at < pair.place.end
            if fact.subject == pair.told and fact.kind in _SHARED - own and is_there:
                yield fact.model_copy(
                    update={"subject": pair.other, "fact_id": f"{fact.fact_id}-{pair.other}"}
                )


def _same_medicine(reading: Reading) -> Iterator[Fact]:
    """The one medicine on the card, of a relative who "took it too"."""
    known = [fact for fact in reading.card.current_medications() if fact.status == "current"]
    for relation in reading.reader.relations if len(known) == 1 else ():
        words = reading.reader.words
        found = _IT_TOO.match(reading.text, words[relation.last - 1].end)
        span = Span(words[relation.word].start, found.end() if found else 0)
        if found is None or reading.context(Span(span.end - 1, span.end)).is_question:
            continue
        status: FactStatus = "past" if found["was"] else "current"
        context = Context(subject=relation.name)
        fact = reading.fact("medication", known[0].name, span, context=context)
        yield fact.model_copy(update={"status": status})


def _pairs(reading: Reading) -> Iterator[_Pair]:
    words = reading.reader.words
    for relation in reading.reader.relations:
        start, end = words[relation.word].start, words[relation.last - 1].end
        place = reading.sentence(start)
        with_me = _WITH_ME.match(reading.text, end)
        if with_me is not None:
            yield _Pair(SELF, relation.name, _clause(reading, with_me.end(), place.end))
        elif _ME_WITH.search(reading.text, place.start, start):
            yield _Pair(relation.name, SELF, _clause(reading, end, place.end))
        elif _LIKEWISE_BEFORE.search(reading.text, place.start, start) or _LIKEWISE_BEHIND.match(
            reading.text, end
        ):
            yield _Pair(_told_before(reading, relation), relation.name, Span(place.start, start))


def _clause(reading: Reading, start: int, end: int) -> Span:
    """From `start` to the next word for a person, or to `end`."""
    behind = [
        word.start
        for word in reading.reader.words
        if start <= word.start < end and word.plain in _PERSONS
    ]
    return Span(start, min(behind, default=end))


def _told_before(reading: Reading, relation: Relation) -> str:
    """Whom the words before a relative speak of."""
    before = reading.reader.words[max(0, relation.word - 4)]
    return reading.reader.at(before.start, before.end).subject

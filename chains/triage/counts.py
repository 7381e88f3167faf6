"""Stools a day, counted: four or more are told the same day, seven or more now.

Source of the grades: NCI, Common Terminology Criteria for Adverse Events 5.0, diarrhea.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chains.stages import TriageLevel
from chains.triage.guards import Guards, Place, sentence_of
from chains.triage.numbers import number_of
from chains.triage.reading import Reading

MANY_A_DAY = 4
VERY_MANY_A_DAY = 7
_MOST = 60
"""A larger figure is no count of stools."""
_AFTER = 4
"""Tokens between a number and what it counts."""


@dataclass(frozen=True, slots=True)
class StoolCount:
    """A number of stools, and where it stands."""

    place: Place
    level: TriageLevel


def stool_counts(reading: Reading, guards: Guards) -> Iterator[StoolCount]:
    """Numbers of stools that need help, in order; none for fewer than `MANY_A_DAY`."""
    for index, token in enumerate(reading.tokens):
        number = number_of(token) or 0
        if MANY_A_DAY <= number <= _MOST and _counts_stools(reading, index, guards):
            level: TriageLevel = "urgent" if number >= VERY_MANY_A_DAY else "same_day"
            yield StoolCount(Place(index, index + 1), level)


def _counts_stools(reading: Reading, index: int, guards: Guards) -> bool:
    first, last = sentence_of(reading, Place(index, index + 1))
    sentence = reading.tokens[first:last]
    near = reading.tokens[max(first, index - _AFTER) : min(last, index + 1 + _AFTER)]
    after = reading.tokens[index + 1 : min(last, index + 1 + _AFTER)]
    return (
        bool(after)
        and reading.tokens[index - 1 : index] not in {("grade",), ("stage",)}
        and guards.says("stool_counted", after)
        and not guards.has_word("stool_unit", after[0])
        and guards.says("stool_topic", sentence)
        and not guards.says("not_stool", near)
    )

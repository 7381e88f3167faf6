"""Stools a day, counted: four or more are told the same day, seven or more now.

Source of the grades: NCI, Common Terminology Criteria for Adverse Events 5.0, diarrhea.
"""

from chains.stages import TriageLevel
from chains.triage.guards import Guards
from chains.triage.reading import Reading

MANY_A_DAY = 4
VERY_MANY_A_DAY = 7
_MOST = 60
"""A larger figure is no count of stools."""
_WORDS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_AFTER = 4
"""Tokens between a number and what it counts."""


def stool_level(reading: Reading, first: int, last: int, guards: Guards) -> TriageLevel:
    """How soon the number of stools that a sentence tells needs help; none without a number."""
    tokens = reading.tokens[first:last]
    if not guards.says("stool_topic", tokens) or guards.says("not_stool", tokens):
        return "none"
    most = 0
    for index, token in enumerate(tokens):
        number = _number(token)
        if MANY_A_DAY <= number <= _MOST:
            after = tokens[index + 1 : index + 1 + _AFTER]
            if guards.says("stool_counted", after) and not guards.has_word("stool_unit", after[0]):
                most = max(most, number)
    if most >= VERY_MANY_A_DAY:
        return "urgent"
    return "same_day" if most >= MANY_A_DAY else "none"


def _number(token: str) -> int:
    if token.isdecimal():
        return int(token[:4])
    if token in _WORDS:
        return _WORDS.index(token) + 1
    return {"dozen": 12, "fifteen": 15, "twenty": 20}.get(token, 0)

"""All signs together: is the message cut off?"""

from math import sqrt

from chains.completeness.broken_word import broken_word
from chains.completeness.function_end import function_end
from chains.completeness.marks import (
    field_limit,
    open_bracket,
    open_figure,
    open_list,
    open_quotation,
)
from chains.completeness.open_clause import open_clause
from chains.completeness.open_subject import open_subject
from chains.completeness.signal import Signal
from chains.completeness.spelling import Spelling
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordLists

CUT_AT = 0.6
"""Strength from which a message counts as cut; set on the tuning cases."""
_READERS = (
    open_bracket,
    open_quotation,
    open_figure,
    open_list,
    function_end,
    open_clause,
    open_subject,
)


def read_signals(tail: Tail, lists: WordLists, spelling: Spelling) -> tuple[Signal, ...]:
    """Every sign of a cut, strongest first; of equal ones the more telling reason first."""
    broken = broken_word(tail, lists, spelling)
    found = [broken, *(reader(tail, lists) for reader in _READERS), field_limit(tail, lists)]
    return tuple(sorted((s for s in found if s), key=lambda signal: -signal.strength))


def decide(signals: tuple[Signal, ...]) -> Signal | None:
    """The sign that decides, or None when the message is whole."""
    return signals[0] if signals and signals[0].strength >= CUT_AT else None


def confidence(signals: tuple[Signal, ...]) -> float:
    """How sure the decision is, in 0.5 .. 1: how far the strongest sign is from the threshold."""
    strength = signals[0].strength if signals else 0.0
    room = 1 - CUT_AT if strength >= CUT_AT else CUT_AT
    return round(0.5 + 0.5 * sqrt(abs(strength - CUT_AT) / room), 2)

"""Body temperatures written as figures, in either scale, told from other figures.

Source of the limit: CDC, Preventing Infections in Cancer Patients (100.4 F, 38 C).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chains.triage.guards import Guards, Place, sentence_of
from chains.triage.numbers import spoken_figures
from chains.triage.reading import CLAUSE_ENDS, JOINTS, SENTENCE_ENDS, Reading

FEVER_C = 38.0
FEVER_F = 100.4
_BODY_C = (34.0, 43.0)
_BODY_F = (94.0, 110.0)
_SCALES_MEET = 50
"""Below it a body temperature is in Celsius."""
_EITHER = (_BODY_C[0], _BODY_F[1])
_UNITS: Mapping[str, tuple[float, float]] = {
    "c": _BODY_C,
    "celsius": _BODY_C,
    "centigrade": _BODY_C,
    "grados": _EITHER,
    "degrees": _EITHER,
    "degree": _EITHER,
    "f": _BODY_F,
    "fahrenheit": _BODY_F,
}
_DEGREES = frozenset({"degrees", "degree", "grados"})
_BODY = frozenset({"the", "my", "his", "her", "one", "both", "each", "la", "el", "mi", "an"})
"""After `degrees in` they begin where it was taken."""
_CLOCK = frozenset({"at", "pm", "am", "hours", "hour", "minutes", "days", "day", "cycle"})
"""Beside a figure that is no result."""
_TABLE = 2
"""Other figures beside it that make it a table of results and no reading."""
_NAME_REACH = 4
"""Tokens before a figure in which its name stands."""
_NEAR = 9
"""Tokens between a figure and the word that makes it a temperature."""
_LIMITS = frozenset({38.0, 38.3, 38.5, 39.0, 100.4, 100.5, 101.0, 100.0})
"""Figures people quote as the limit; beside `if` they are no reading."""


@dataclass(frozen=True, slots=True)
class Temperature:
    """A body temperature in a message."""

    place: Place
    is_fever: bool
    is_limit: bool
    """A round figure that is quoted as a limit."""


def temperatures(reading: Reading, guards: Guards) -> Iterator[Temperature]:
    """All figures of a message that are body temperatures, those in digits first."""
    for index, token in enumerate(reading.tokens):
        if token[0].isdigit() and _is_temperature(reading, index, guards):
            yield _temperature(float(token), _place(reading, index, guards))
    for value, first, last in spoken_figures(reading):
        if _is_spoken(reading, value, Place(first, last), guards):
            yield _temperature(value, Place(first, last))


def _temperature(value: float, place: Place) -> Temperature:
    limit = FEVER_C if value < _SCALES_MEET else FEVER_F
    return Temperature(place, value >= limit, value in _LIMITS)


def _is_spoken(reading: Reading, value: float, place: Place, guards: Guards) -> bool:
    """`thirty eight five`, `a hundred and two`: a word of temperature is near, or it has tenths."""
    first, last = sentence_of(reading, place)
    after = reading.tokens[place.last : place.last + 1]
    if not _is_body_heat(value) or guards.says("weather", reading.tokens[first:last]):
        return False
    if after and guards.has_word("not_temp_after", after[0]):
        return False
    near = reading.tokens[max(first, place.first - _NEAR) : min(last, place.last + _NEAR)]
    return value % 1 != 0 or guards.says("temp_word", near) or bool(after and after[0] in _UNITS)


def _is_temperature(reading: Reading, index: int, guards: Guards) -> bool:
    tokens = reading.tokens
    value = float(tokens[index])
    if not _is_body_heat(value):
        return False
    after = tokens[index + 1 : index + 3]
    if _is_other_value(tokens, index, guards):
        return False
    first, last = sentence_of(reading, Place(index, index + 1))
    if guards.says("weather", tokens[first:last]):
        return False
    if _is_of_a_place(tokens, index):
        return False
    if after and after[0] in _UNITS:
        return _within(value, _UNITS[after[0]])
    if after and guards.has_word("not_temp_after", after[0]):
        return False
    around = tokens[max(first, index - _NEAR) : min(last, index + _NEAR)]
    if tokens[index - 1 : index] == ("t",):
        return True
    return guards.says("temp_word", around) or _stands_alone(reading, index, guards)


def _is_of_a_place(tokens: Sequence[str], index: int) -> bool:
    """`39 degrees in Seville`; not `39 degrees in the ear`."""
    after = tokens[index + 1 : index + 4]
    return (
        len(after) == 3
        and after[0] in _DEGREES
        and after[1] in {"in", "en", "here", "there"}
        and after[2] not in _BODY
    )


def _is_other_value(tokens: Sequence[str], index: int, guards: Guards) -> bool:
    """True when the name before a figure is that of an age, a dose or a blood value."""
    for word in reversed(tokens[max(0, index - _NAME_REACH) : index]):
        if word in CLAUSE_ENDS or word == "t" or guards.has_word("temp_word", word):
            return False
        if guards.has_word("not_temp_before", word):
            return True
    return False


def _stands_alone(reading: Reading, index: int, guards: Guards) -> bool:
    """A reading such as `38.6` with no word of a laboratory in its sentence."""
    token = reading.tokens[index]
    first, last = sentence_of(reading, Place(index, index + 1))
    exact = len(token.partition(".")[2]) == 1 and (float(token) < 50 or float(token) >= FEVER_F)
    near = reading.tokens[max(first, index - _NEAR) : min(last, index + _NEAR)]
    others = [
        float(word)
        for before, word, after in zip(("", *near), near, (*near[1:], ""), strict=False)
        if word[0].isdigit() and before not in _CLOCK and after not in _CLOCK
    ]
    is_table = sum(not _is_body_heat(value) for value in others) >= _TABLE
    return exact and not is_table and not guards.says("not_temp_before", reading.tokens[first:last])


def _place(reading: Reading, index: int, guards: Guards) -> Place:
    """The figure with its unit and the word before it that names it, if that is near."""
    last = index + 1
    while last < len(reading.tokens) and reading.tokens[last] in _UNITS:
        last += 1
    first = index
    for near in range(index - 1, max(-1, index - 6), -1):
        if reading.tokens[near] in JOINTS or reading.tokens[near] in SENTENCE_ENDS:
            break
        if guards.has_word("temp_word", reading.tokens[near]):
            first = near
            break
    return Place(first, last)


def _is_body_heat(value: float) -> bool:
    return _within(value, _BODY_C) or _within(value, _BODY_F)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]

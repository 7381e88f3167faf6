"""Numbers written in words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from chains.triage.reading import Reading

_UNITS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        [
            "one|uno",
            "two|dos",
            "three|tres",
            "four|cuatro",
            "five|cinco",
            "six|seis",
            "seven|siete",
            "eight|ocho",
            "nine|nueve",
            "ten|diez",
            "eleven",
            "twelve|doce",
            "thirteen",
            "fourteen",
            "fifteen|quince",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty|veinte",
        ],
        start=1,
    )
    for word in words.split("|")
}
_NUMBERS: Mapping[str, int] = {
    **{word: number for word, number in _UNITS.items() if number > 1},
    **{"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "dozen": 12},
    **{"hundred": 100, "treinta": 30, "cuarenta": 40, "docena": 12},
}
"""What counts something; `one` and `once` seldom do."""
_DIGITS = 6
_UNIT = "|".join(word for word, number in _UNITS.items() if number < 10)
_SPOKEN = re.compile(
    rf"(?<![^ ])(?:(?P<tens>thirty|treinta) (?:y )?(?P<celsius>{_UNIT}) "
    rf"|(?:one )?hundred (?:and )?(?:(?P<over>{_UNIT}) )?"
    rf"|one oh? (?P<oh>{_UNIT}) "
    r"|(?P<figure>\d{2,3}) (?=and a half |y medi[ao] ))"
    rf"(?:(?:point|punto|coma) (?P<tenth>{_UNIT}|\d) |(?P<half>and a half |y medi[ao] ))?"
)
"""`thirty eight point two`, `a hundred and one`, `one oh two`, `38 and a half`."""


def number_of(token: str) -> float | None:
    """The number a token stands for; None when it is no number."""
    if token[0].isdigit():
        return float(token) if len(token) <= _DIGITS else None
    return _NUMBERS.get(token)


def spoken_figures(reading: Reading) -> Iterator[tuple[float, int, int]]:
    """Figures spoken out that may be temperatures: value, first token, token after the last."""
    for found in _SPOKEN.finditer(reading.line):
        first = bisect_left(reading.starts, found.start())
        yield _value(found), first, first + found.group().count(" ")


def _value(found: re.Match[str]) -> float:
    said = found.groupdict()
    unit = _UNITS.get(said["celsius"] or said["over"] or said["oh"] or "", 0)
    whole = float(said["figure"] or (30 if said["tens"] else 100)) + unit
    tenth = said["tenth"] or ""
    if said["half"]:
        return whole + 0.5
    return whole + (int(tenth) if tenth.isdecimal() else _UNITS.get(tenth, 0)) / 10

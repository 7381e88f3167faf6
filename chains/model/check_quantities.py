"""Figures of a text by what they are: "one in eight" is "1 in 8", 12% is "12 out of 100"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chains.model.check_number_words import NUMBER, NUMBER_WORDS, SHARES, UNITS

_UNIT = "|".join(f"(?P<{name}>{forms})" for name, forms in UNITS.items())
_UNIT_AFTER = re.compile(rf"[\s-]?(?:tablet )?(?:{_UNIT})(?![\w])", re.IGNORECASE)
_PERCENT = re.compile(
    r"\s?(?:%|per ?cent\b|percent\b|in (?:every )?100\b|out of (?:every )?100\b)", re.I
)
_PEOPLE = r"(?:\s(?:people|wom[ae]n|m[ae]n|patients?|persons?|adults?|cancers?|tumou?rs?))?"
_RATIO = re.compile(
    rf"(?P<n>{NUMBER}){_PEOPLE} (?:in|out of|of)(?: every"
    rf"| each)? (?P<m>{NUMBER})(?![\d%.]*\s?(?:%|percent|"
    r"mg|months?|weeks?|days?|years?|hours?|minutes?|trials?|studies))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?:{'|'.join(sorted(SHARES, key=len, reverse=True))})\b(?! (?:a |an )?(?:hour|day|year"
    rf"|dose|life|tablet))",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(?P<a>{NUMBER})\s?(?:to|-|–|or|and)\s?(?P<b>{NUMBER})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:19[5-9]\d|20\d\d)(?P<decade>s|'s)?\b(?!\s?(?:mg|people|wom[ae]n|patients|%))"
)
_MONTHS = "january february march april may june july august september october november december"
_MONTH_YEAR = re.compile(
    rf"\b({'|'.join(_MONTHS.split())}) (?:\d\d?(?:st|nd|rd|th)?,? )?(?=(?:19|20)\d\d)", re.I
)
_FREQUENCY = re.compile(
    rf"\b(?P<n>once|twice|thrice|{NUMBER} times)(?:,? (?:a|per|each|every|in a)| in each)?[ -]"
    r"(?P<unit>day|daily|week|weekly|month|monthly|year|yearly|cycle)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<!\btimes )(?<!\bonce )(?<!\btwice )"
    r"\b(?:(?:a|an|each|every|per|one|that|next|this|first|same) (?P<a>day|week|month|year|hour)"
    r"|(?P<b>daily|weekly|monthly|yearly))\b",
    re.IGNORECASE,
)
_LONE = re.compile(rf"(?<![\w.,/-])(?<!\bgrade )(?P<n>{NUMBER})(?![\d]|\.\d|[a-z])", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|roughly|around|approximately|nearly|almost|close to|some|just (?:over|under"
    r"|above|below)"
    r"|a (?:little|bit) (?:over|under|more|less|above|below)|more than|over|well over|under"
    r"|less than|fewer than"
    r"|below|above|at least|up to|as many as|or so|an estimated)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more than|over|above|at least|greater than|exceeds?|beyond)\s$", re.I)
_LESS = re.compile(
    r"\b(?:less than|fewer than|under|below|nearly|almost|close to|up to|as many as|at most"
    r"|no more than)\s$",
    re.I,
)
_AGED = re.compile(r"\b(?:aged?|age of|over|under|older than|younger than)\s$", re.I)
_LABEL = re.compile(
    r"\b(stages?|grade|phase|type|week|cycle|tier) (?:(?:\w{1,3}) (?:or|and|to) )?$", re.I
)
_HALF_HOUR = re.compile(r"\bhalf an hour\b", re.IGNORECASE)
_NOTHING_COUNTED = re.compile(
    r"\s*(?:[.,;:)]|$|(?:and|or|of|instead|in|with|against|than|off|on)\b)"
)
_CLOSE = 1e-6
_WHOLE_PERCENT = 0.005
_NEVER_ROUNDED = frozenset({"mg", "mcg", "g", "ml", "iu", "gray"})
_IN_SMALLER = {
    "week": ("day", 7.0),
    "year": ("month", 12.0),
    "hour": ("minute", 60.0),
    "g": ("mcg", 1_000_000.0),
    "mg": ("mcg", 1000.0),
    "cm": ("mm", 10.0),
    "litre": ("ml", 1000.0),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at its place in a text."""

    start: int
    end: int
    """Characters of the text, end exclusive."""
    value: float
    """A share is in 0 .. 1; a date is its year."""
    unit: str
    """share, date, decade, per day, mg ...; empty when none stands beside it."""
    step: float = 0.0
    """How finely the figure is told: "nine in ten" by tenths; 0 when exactly."""
    is_about: bool = False
    """Whether it is marked as rounded."""
    bound: str = ""
    """"more", "less" or empty."""
    is_odd: bool = False
    """Whether it is a share of a number such as three or eight, which percents cannot tell."""


def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a text in order; none overlapping but for the ends of ranges.

    Names with digits (HER2, MONALEESA-2, CDK4/6), stages and grades are not figures.
    """
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for reader in (_frequencies, _ratios, _years, _ranges, _shares, _lone, _bare):
        for quantity in reader(text):
            if not any(quantity.start < end and start < quantity.end for start, end in taken):
                found.append(quantity)
        taken.extend((q.start, q.end) for q in found)
    return _with_units(text, sorted(found, key=lambda q: q.start))


def _with_units(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """A number that no noun follows has the unit before it: "two years, not five"."""
    made: list[Quantity] = []
    for quantity in found:
        spelled = not text[quantity.start].isdigit()
        before = next((q for q in reversed(made) if _is_counted(q, spelled=spelled)), None)
        if not quantity.unit and before is not None and _NOTHING_COUNTED.match(text, quantity.end):
            quantity = replace(quantity, unit=before.unit)
        made.append(quantity)
    return tuple(made)


def _is_counted(quantity: Quantity, *, spelled: bool) -> bool:
    if not quantity.unit or quantity.unit.startswith("per") or quantity.unit == "date":
        return False
    return not (spelled and quantity.unit == "share")


def stands_in(said: Quantity, told: Iterable[Quantity], *, is_loose: bool) -> bool:
    """Whether a figure is one of others, rounded only where it is marked.

    Args:
        said: A figure of the sentence.
        told: Figures of the passages.
        is_loose: Whether the sentence marks its figures as rounded ("about").
    """
    return any(same(said, other, is_loose=is_loose) for other in told)


def same(said: Quantity, other: Quantity, *, is_loose: bool) -> bool:
    """Whether two figures are one; see `stands_in`."""
    if {said.bound, other.bound} == {"more", "less"}:
        return False
    said, other = _in_one_unit(said, other)
    if not _same_unit(said.unit, other.unit):
        return False
    gap = abs(said.value - other.value)
    if gap <= _CLOSE * max(1.0, said.value):
        return True
    if said.unit == "date":
        return False
    may_round = is_loose or said.is_about or _is_of_a_hundred(said)
    if said.unit == "share" and said.is_odd != other.is_odd and gap <= _WHOLE_PERCENT:
        return True  # "one in three" is 33%
    return may_round and other.step < said.step and gap <= said.step / 2 + _CLOSE


def _in_one_unit(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Both as they are, or in the smaller unit where they differ."""
    if one.unit == other.unit:
        return one, other
    return _smaller(one), _smaller(other)


def _smaller(quantity: Quantity) -> Quantity:
    unit, times = _IN_SMALLER.get(quantity.unit, (quantity.unit, 1.0))
    if unit == quantity.unit:
        return quantity
    return replace(quantity, value=quantity.value * times, unit=unit, step=quantity.step * times)


def _is_of_a_hundred(said: Quantity) -> bool:
    """Whether a share is told in whole people of a hundred, which cannot tell tenths."""
    return said.unit == "share" and abs(said.step - 0.01) <= _CLOSE and said.end - said.start > 6


def _same_unit(one: str, other: str) -> bool:
    loose = {"", "person", "point", "trial", "times", "tablet"}
    return one == other or (one == "" and other in loose) or (other == "" and one in loose)


def _number(text: str) -> float:
    text = text.lower().strip()
    return NUMBER_WORDS[text] if text in NUMBER_WORDS else float(text.replace(",", ""))


def _step(text: str, unit: str) -> float:
    """How finely a number is told: by ones, tenths ... and by more for round large ones."""
    digits = text.replace(",", "")
    scale = 0.01 if unit == "share" else 1.0
    if "." in digits:
        return scale * 10.0 ** -len(digits.split(".")[1])
    value = _number(text)
    if unit == "share":
        return scale * (5 if value % 5 == 0 else 1)
    if unit in _NEVER_ROUNDED:
        return 0.0
    if value >= 100:
        return 10.0 ** (len(digits) - min(2, len(digits.rstrip("0"))))
    return 1.0 if unit in {"month", "week", "day", "year", "hour", "minute"} else 0.5


def _marks(text: str, start: int) -> tuple[bool, str]:
    before = text[max(0, start - 24) : start]
    bound = "more" if _MORE.search(before) else "less" if _LESS.search(before) else ""
    return _ABOUT.search(before) is not None, "" if _AGED.search(before) else bound


def _unit(text: str, end: int) -> tuple[str, int]:
    """The unit after a place and where it ends."""
    percent = _PERCENT.match(text, end)
    if percent:
        return "share", percent.end()
    match = _UNIT_AFTER.match(text, end)
    if not match:
        return "", end
    return str(match.lastgroup), match.end()


def _made(text: str, start: int, end: int, written: str, unit: str) -> Quantity:
    about, bound = _marks(text, start)
    value = _number(written) / (100 if unit == "share" else 1)
    step = _step(written, unit)
    return Quantity(start, end, value, unit, step, about, bound)


def _frequencies(text: str) -> Iterator[Quantity]:
    for match in _FREQUENCY.finditer(text):
        word = match["n"].lower()
        n = {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(word)
        value = _number(word.removesuffix(" times")) if n is None else n
        unit = match["unit"].lower()
        unit = {"daily": "day"}.get(unit, unit.removesuffix("ly"))
        yield Quantity(match.start(), match.end(), value, f"per {unit}")


def _ratios(text: str) -> Iterator[Quantity]:
    for match in _RATIO.finditer(text):
        n, m = _number(match["n"]), _number(match["m"])
        if n < m and not re.match(r"[a-z]", text[match.end() : match.end() + 1]):
            about, bound = _marks(text, match.start())
            step = 1 / m if m in {10, 100, 1000} else 0.15 / m
            is_odd = m not in {10, 100, 1000}
            yield Quantity(match.start(), match.end(), n / m, "share", step, about, bound, is_odd)


def _years(text: str) -> Iterator[Quantity]:
    for match in _YEAR.finditer(text):
        unit = "decade" if match["decade"] else "date"
        yield Quantity(match.start(), match.end(), float(match[0][:4]), unit)


def _ranges(text: str) -> Iterator[Quantity]:
    """Both ends of a range, the first in the unit of the second."""
    for match in _RANGE.finditer(text):
        if not _is_apart(text, match.start()):
            continue
        unit_a, end_a = _unit(text, match.end("a"))
        unit, end = _unit(text, match.end("b"))
        if re.match(r"[a-z]", text[match.end("b") : match.end("b") + 1]) and end == match.end("b"):
            continue
        days = re.search(r"\bdays? $", text[: match.start()], re.IGNORECASE)
        unit = "day" if days and not unit else unit
        first = _made(text, match.start(), match.end("a"), match["a"], unit_a or unit)
        last = _made(text, match.start("b"), end, match["b"], unit)
        step = max(first.step, last.step)
        for one in (first, last):
            yield Quantity(one.start, one.end, one.value, one.unit, step, True, one.bound)
        if days and last.value > first.value:
            yield Quantity(first.start, first.end, last.value - first.value + 1, "day")


def _is_apart(text: str, start: int) -> bool:
    """Whether a number is not the end of a name or a code."""
    return not re.search(r"[\w.,/-]$|\bstages? $", text[:start])


def _shares(text: str) -> Iterator[Quantity]:
    for match in _HALF_HOUR.finditer(text):
        about, bound = _marks(text, match.start())
        yield Quantity(match.start(), match.end(), 30.0, "minute", 1.0, about, bound)
    for match in _SHARE.finditer(text):
        about, bound = _marks(text, match.start())
        value = SHARES[match[0].lower()]
        yield Quantity(match.start(), match.end(), value, "share", 0.08, about, bound)


def _lone(text: str) -> Iterator[Quantity]:
    for match in _LONE.finditer(text):
        written, spelled = match["n"], not match["n"][0].isdigit()
        label = _LABEL.search(text[: match.start()])
        if label and label[1].lower().startswith("stage"):
            continue  # read with the stages
        unit, end = _unit(text, match.end())
        unit = unit or (f"in {label[1].lower()}" if label else "")
        if spelled and not unit and _number(written) <= 2:
            if not re.search(
                r"\b(?:instead of|rather than|than|with|for|and|or) $", text[: match.start()]
            ):
                continue  # "one of them", "the two"
            if not _NOTHING_COUNTED.match(text, end) or written.lower() == "one":
                continue
        yield _made(text, match.start(), end, written, unit)


def _bare(text: str) -> Iterator[Quantity]:
    """One week in "every week" or "a week", and once a day in "daily"."""
    for match in _BARE.finditer(text):
        word = (match["a"] or match["b"]).lower()
        unit = {"daily": "day"}.get(word, word.removesuffix("ly"))
        about, bound = _marks(text, match.start())
        yield Quantity(match.start(), match.end(), 1.0, unit, 1.0, about, bound)
        yield Quantity(match.start(), match.end(), 1.0, f"per {unit}", 1.0)


def months(text: str) -> Sequence[str]:
    """Months named beside a year, lower case."""
    return [match.lower() for match in _MONTH_YEAR.findall(text)]

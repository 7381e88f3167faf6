"""Figures of a text by what they are: "one in eight" is "1 in 8", 12% is "12 out of 100"."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chains.model.check_number_words import NUMBER, NUMBER_WORDS, ORDINALS, SHARES, UNITS
from chains.model.check_same import CLOSE, Quantity
from chains.model.check_stages import spans as stage_spans

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
    r"\b(?:(?P<how>a|an|each|every|per|one|that|next|this|first|same)"
    r" (?P<a>day|week|month|year|hour)"
    r"|(?P<b>daily|weekly|monthly|yearly))\b",
    re.IGNORECASE,
)
_ONE_OF_THEM = frozenset({"that", "next", "this", "first", "same"})
"""Words that point to one day, and say of none how often."""
_AND_A_HALF = re.compile(
    rf"(?:\b(?P<lone>an?|one) (?P<one>day|week|month|year|hour) and a half"
    rf"|(?P<n>{NUMBER}) and a half (?P<many>days|weeks|months|years|hours))\b",
    re.IGNORECASE,
)
_OR_TWO = re.compile(r"\ba (?P<unit>day|week|month|year|hour) or two\b", re.IGNORECASE)
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NTH = re.compile(
    rf"\b(?P<n>{_ORDINAL}) (?:(?:or|to|and|through) (?P<m>{_ORDINAL}) )?"
    r"(?P<unit>day|week|month|year|cycle)\b",
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
    r"\b(stages?|grade|phase|type|day|week|cycle|tier) (?:(?:\w{1,3}) (?:or|and|to) )?$", re.I
)
_OR_OLDER = re.compile(r" (?:or|and) (?:older|over|above|younger|under)\b", re.IGNORECASE)
_SAME_SIZE = 1.3
"""Powers of ten up to which a bare number may be of the unit of one before it."""
_PART_OF_HOUR = re.compile(r"\b(?:(?P<half>half) an|(?:a )?quarter of an) hour\b", re.IGNORECASE)
_NOTHING_COUNTED = re.compile(
    r"\s*(?:[.,;:)]|$|(?:and|or|of|instead|in|with|without|for|at|from|versus|vs|against|than|off|on)\b)"
)
_NEVER_ROUNDED = frozenset({"mg", "mcg", "g", "ml", "iu", "gray"})


def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a text in order; none overlapping but for the ends of ranges.

    Names with digits (HER2, MONALEESA-2, CDK4/6), stages and grades are not figures.
    """
    taken: list[tuple[int, int]] = stage_spans(text)
    found: list[Quantity] = []
    readers = (_halves, _ordinals, _frequencies, _ratios, _years, _ranges, _shares, _lone, _bare)
    for reader in readers:
        for quantity in reader(text):
            if not any(quantity.start < end and start < quantity.end for start, end in taken):
                found.append(quantity)
        taken.extend((q.start, q.end) for q in found)
    return _with_units(text, sorted(found, key=lambda q: q.start))


def _with_units(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """A number that no noun follows has a unit from before it: "two years, not five"."""
    made: list[Quantity] = []
    for quantity in found:
        if not quantity.unit and _is_bare(text, quantity):
            spelled = not text[quantity.start].isdigit()
            before = [q for q in made if _is_counted(q, spelled=spelled)]
            nearest = min(before, key=lambda q: _apart(q, quantity), default=None)
            if nearest is not None and _apart(nearest, quantity) <= _SAME_SIZE:
                quantity = _in_unit(quantity, nearest.unit)
        made.append(quantity)
    return tuple(made)


def _is_bare(text: str, quantity: Quantity) -> bool:
    """Whether no noun follows a number, and it is no age."""
    is_age = _AGED.search(text[: quantity.start]) or _OR_OLDER.match(text, quantity.end)
    return not is_age and _NOTHING_COUNTED.match(text, quantity.end) is not None


def _apart(before: Quantity, quantity: Quantity) -> float:
    """How far apart two figures are in size, in powers of ten, a share taken in hundredths."""
    size = before.value * (100 if before.unit == "share" else 1)
    return abs(math.log10(max(size, CLOSE)) - math.log10(max(quantity.value, CLOSE)))


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    if unit != "share":
        return replace(quantity, unit=unit)
    return replace(quantity, unit=unit, value=quantity.value / 100, step=quantity.step / 100)


def _is_counted(quantity: Quantity, *, spelled: bool) -> bool:
    if not quantity.unit or quantity.unit.startswith("per") or quantity.unit == "date":
        return False
    return not (spelled and quantity.unit == "share")


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


def _halves(text: str) -> Iterator[Quantity]:
    """Two and a half hours, half an hour, and both figures of a month or two."""
    for match in _AND_A_HALF.finditer(text):
        about, bound = _marks(text, match.start())
        value = (1.0 if match["lone"] else _number(match["n"])) + 0.5
        unit = (match["one"] or match["many"]).lower().removesuffix("s")
        yield Quantity(match.start(), match.end(), value, unit, 0.5, about, bound)
    for match in _PART_OF_HOUR.finditer(text):
        about, bound = _marks(text, match.start())
        minutes = 30.0 if match["half"] else 15.0
        yield Quantity(match.start(), match.end(), minutes, "minute", 1.0, about, bound)
    for match in _OR_TWO.finditer(text):
        for value in (1.0, 2.0):
            yield Quantity(match.start(), match.end(), value, match["unit"].lower(), 1.0, True)


def _ordinals(text: str) -> Iterator[Quantity]:
    """The weeks of "the second or third week", as "week 2" is read; "the first" counts none."""
    for match in _NTH.finditer(text):
        if text[: match.start()].lower().endswith(("every ", "each ")):
            value, unit = ORDINALS[match["n"].lower()], match["unit"].lower()
            yield Quantity(match.start(), match.end(), value, unit, 1.0)
            continue
        for word in (match["n"], match["m"]):
            if word and (ORDINALS[word.lower()] > 1 or match["m"]):
                value = ORDINALS[word.lower()]
                yield Quantity(match.start(), match.end(), value, _nth(match["unit"].lower()), 1.0)


def _nth(label: str) -> str:
    return "day" if label == "day" else f"in {label}"


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
        label = _LABEL.search(text[: match.start()])
        unit = unit or ("day" if days else _nth(label[1].lower()) if label else "")
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
        unit = unit or (_nth(label[1].lower()) if label else "")
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
        if (match["how"] or "").lower() not in _ONE_OF_THEM:
            yield Quantity(match.start(), match.end(), 1.0, f"per {unit}", 1.0)


def months(text: str) -> Sequence[str]:
    """Months named beside a year, lower case."""
    return [match.lower() for match in _MONTH_YEAR.findall(text)]

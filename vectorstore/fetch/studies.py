"""What kind of study a paper tells of: its design, its kind, how many took part, in whom."""

import re
from collections.abc import Iterable

from vectorstore.fetch.documents import Kind

DESIGNS: tuple[tuple[str, Kind], ...] = (
    ("practice guideline", "guideline"),
    ("guideline", "guideline"),
    ("consensus development conference", "guideline"),
    ("meta-analysis", "review"),
    ("network meta-analysis", "review"),
    ("systematic review", "review"),
    ("randomized controlled trial", "trial"),
    ("pragmatic clinical trial", "trial"),
    ("equivalence trial", "trial"),
    ("adaptive clinical trial", "trial"),
    ("controlled clinical trial", "trial"),
    ("clinical trial, phase iv", "trial"),
    ("clinical trial, phase iii", "trial"),
    ("clinical trial, phase ii", "trial"),
    ("clinical trial, phase i", "trial"),
    ("clinical trial", "trial"),
    ("scoping review", "review"),
    ("review", "review"),
    ("observational study", "observational"),
    ("twin study", "observational"),
    ("multicenter study", "observational"),
    ("comparative study", "observational"),
    ("evaluation study", "observational"),
    ("validation study", "observational"),
    ("case reports", "observational"),
)
"""Publication types of MEDLINE, the one that says most first, and our kind of each."""
NO_DESIGN = "not stated"
RETRACTED = frozenset({"retracted publication", "retraction of publication", "retraction notice"})
NO_STUDY = frozenset({"published erratum", "comment", "editorial", "letter", "news"})

_WHO = (
    r"(?:patients?|women|men|participants?|people|persons?|individuals|adults|survivors|subjects|"
    r"volunteers|females|cases)"
)
_NO_ADJECTIVE = r"(?:or|and|years?|months?|weeks?|days?|hours?|mg|older|younger|of|in|to|vs|per)\b"
_ADJECTIVES = rf"(?:(?!{_NO_ADJECTIVE})[A-Za-z][\w/+-]*[ ,]+){{0,6}}?"
_COUNT = r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?![\d.%]|,\d)"
_TAKEN_IN = r"(?:randomi[sz]ed|enrolled|recruited|included|assigned|accrued|analy[sz]ed|registered)"
_BY_CLEARNESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\btotal of {_COUNT} {_ADJECTIVES}{_WHO}\b",
        rf"{_COUNT} {_ADJECTIVES}{_WHO}\b[^.;]{{0,60}}?\b{_TAKEN_IN}\b",
        rf"\b{_TAKEN_IN} {_ADJECTIVES}{_COUNT} {_ADJECTIVES}{_WHO}\b",
        rf"\b(?:involving|comprising|among|with|of) {_COUNT} {_ADJECTIVES}{_WHO}\b",
        rf"{_COUNT} {_ADJECTIVES}{_WHO}\b",
        r"\bN ?= ?(\d{1,3}(?:,\d{3})+|\d+)\b",
    )
)
_NO_COUNT = re.compile(
    r"\b(?:aged?|grades?|stages?|phase|types?|than|over|under|day|week|month|year|least|most|to)\W*$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b(?:in|since|during|until|by|from|and|between)\s*$", re.IGNORECASE)
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {w: n for n, w in enumerate(_UNITS)} | {w: 10 * n for n, w in enumerate(_TENS, start=2)}
_NUMBER_WORD = "|".join([*_NUMBERS, "hundred", "thousand"])
_WORDED = re.compile(
    rf"\b(?:(?:{_NUMBER_WORD})\b(?:[ -]|\band\b )*)+(?={_ADJECTIVES}{_WHO}\b)",
    re.IGNORECASE,
)


def design_and_kind(
    publication_types: Iterable[str], text: str, in_people: bool | None
) -> tuple[str, Kind]:
    """The publication type that says most, in lower case, and our kind of source.

    Args:
        publication_types: as MEDLINE has them.
        text: title and abstract, read where MEDLINE says nothing.
        in_people: as `in_people` gives it.
    """
    types = {name.lower() for name in publication_types}
    design, kind = next((pair for pair in DESIGNS if pair[0] in types), (NO_DESIGN, None))
    if in_people is False and kind != "review":
        return design, "laboratory"
    if kind is None:
        took_part = in_people or re.search(rf"\b{_WHO}\b", text, re.IGNORECASE)
        kind = "observational" if took_part else "laboratory"
    return design, kind


def in_people(mesh: Iterable[str]) -> bool | None:
    """Whether it was in people; None for a paper that MEDLINE has not indexed."""
    headings = {heading.lower() for heading in mesh}
    if "humans" in headings:
        return True
    return False if headings & {"animals", "mice", "rats"} else None


def participants(text: str) -> int | None:
    """How many took part, where a title or abstract says so plainly; None where it does not.

    The plainest way of saying it wins ("a total of 426 patients", "426 women were randomly
    assigned"); of several numbers said as plainly, the largest, as the others are its parts.
    """
    text = _WORDED.sub(lambda match: f"{_figure(match.group())} ", text)
    for pattern in _BY_CLEARNESS:
        matches = pattern.finditer(text)
        counts = [int(m.group(1).replace(",", "")) for m in matches if _is_count(m)]
        if counts:
            return max(counts)
    return None


def _is_count(match: re.Match[str]) -> bool:
    """Whether the number is neither an age, a grade or the like, nor a year."""
    before, number = match.string[: match.start(1)], match.group(1)
    is_year = (
        re.fullmatch(r"(?:19|20)\d\d", number) is not None and _WHEN.search(before) is not None
    )
    return not is_year and _NO_COUNT.search(before) is None


def _figure(words: str) -> int:
    """The number that words name: "one hundred and twenty" is 120."""
    whole, part = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            whole, part = whole + max(part, 1) * 1000, 0
        else:
            part += _NUMBERS.get(word, 0)
    return whole + part

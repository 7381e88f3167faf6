"""The person: age, menopause, allergies, other illnesses, wishes."""

import csv
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from chains.extraction.allergens import read_allergies
from chains.extraction.disease import FAMILY
from chains.extraction.doses import is_no_dose
from chains.extraction.owning import is_had
from chains.extraction.reading import OTHER, SELF, Reading, Span
from memory.records import Fact

_NO_AGE = (
    r"(?!\s?(?:weeks?|months?|days?|%|mg|kg|lbs?|pounds|/|hours|cycles|rounds|cm|mm|minutes|\.\d"
    r"|years?\s(?:in|out|on|post|into|since|after|cancer|of)))"
)
_AGES = (
    re.compile(
        r"\b(?:i'?m|i am|she'?s|she is|he'?s|he is|just turned|turned|turning|aged?|age:|who is"
        r"|who's)\s(?:only\s|now\s|just\s|of\s|is\s|currently\s|almost\s|nearly\s)*(\d{2,3})\b"
        + _NO_AGE,
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(\d{2,3})[\s-]?(?:years?[\s-]old|yrs?[\s-]old|year[\s-]old|y/?o\b|years? of age)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.])\b(\d{2})\s?[fm]\b(?![\w/'])|\b(?<!')[fm](\d{2})\b(?=[\s,.;]|$)", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:my|her|his|the)\sage\b[^.;!?\d]{0,25}(?:from\s\d\d\s)?\b(?:to|is|be|as"
        r"|says)\s(\d{2})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bnow,?\sat\s(\d{2})\b", re.IGNORECASE),
    re.compile(r"\bnow\s(\d{2})\b(?=\s*(?:[,.;)\n](?!\d)|$|and\b))", re.IGNORECASE),
    re.compile(r"^[fm]\s(\d{2})\b(?=[\s,.;]|$)", re.IGNORECASE),
    re.compile(
        r"\b(?:me\b:?|myself)\s(\d{2})\b(?=\s*(?:[,.;)]|$)|\s(?:and\s)?(?:healthy|fine|well|no)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:i|she|he)\s(\d{2})\s(?:years?|yrs?)\b(?!\s(?:on|in|ago|since))", re.IGNORECASE
    ),
)
_AGE_OF_RELATIVE = re.compile(
    r"(?:\s(?-i:[A-Z][a-z]+))?(?:'?s|\sis|\swho is|\swho's)?[,:]?\s"
    r"(?:only\s|now\s|just\s|also\s|already\s|turned\s|aged?\s)?\(?(\d{2})\b(?=[),.;\s]|$)"
    + _NO_AGE,
    re.IGNORECASE,
)
_BARE_AGE = re.compile(
    r"(?:^|[.;,(\n]\s*|(?<!\d)\sand\s)(\d{2})(?=\s*(?:[,.;)\n](?!\d)|$|and\s(?!a half|\d)))"
)
_OPENING_AGE = re.compile(
    r"^\W*(?:hi\W+|hello\W+|hey\W+)?(\d{2})\s(?:with\s(?!weeks|days|months)|and\s(?!a half"
    r"|counting|\d)|here\b"
    r"|female|male|woman|man)",
    re.IGNORECASE,
)
"""A message that opens with an age: "34 with two toddlers"."""
"""A figure that is an item of its own: "BRCA2 positive, 36, mastectomy done"."""
_BEHIND_NAME = re.compile(r"\s(\d{2})(?=\s*(?:[,.;)\n](?!\d)|$))")
_STAGED = re.compile(
    r"\bstage\s?(?:[0-4]|i{1,3}v?\b|iv\b|one|two|three|four)|\bgrade\s?[1-3]", re.IGNORECASE
)
_FIGURE_OWNERS = ("lab", "drug", "regimen")
_BESIDE_AGE = frozenset({
    *("diagnosis", "biomarker", "extent", "menopausal_status", "procedure", "drug", "regimen"),
    "comorbidity",
})
_AT_DIAGNOSIS = re.compile(
    r"\b(?:diagnosed|dx|dx'?d|found|had|when|was|were|menopause|since|died|passed)\b"
    r"(?:(?!\bi'?m\b|\bi am\b)[^.;,!?]){0,40}$",
    re.IGNORECASE,
)
"""Before an age: that of another time."""
_OF_NOW = re.compile(r"(?:i'?m|i am|she'?s|she is|he'?s|he is)\s", re.IGNORECASE)
"""Says an age of today, whatever was told before it: "had my ovaries out at 39 and I'm 47"."""
_CHILD = re.compile(
    r"\s*(?:son|daughter|child|boy|girl|kid|twins?|dog|cat|niece|nephew|grandson"
    r"|granddaughter)\b",
    re.IGNORECASE,
)
PERIODS_ENDED = re.compile(
    r"\b(?:periods?|monthl(?:y|ies))\s(?:have\s|had\s)?(?:stopped|ended|finished|dried up)\s"
    r"(?:for good\s|completely\s)?(?:(?:back\s)?in\s(?:19|20)\d\d|(?:\w+\s){1,2}years ago"
    r"|years ago|at\s\d\d"
    r"|when i was\s\d\d|ages ago|for good)\b"
    r"|\b(?:not|haven'?t) had a period (?:for|in|since) (?:(?:over\s|about\s)?(?:\d+|two|three"
    r"|four|five|ten|many)"
    r" )?(?:years|20\d\d|19\d\d)\b",
    re.IGNORECASE,
)
_TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90},
}
_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_AGE_IN_WORDS = re.compile(
    rf"\b(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<ones>{'|'.join(_ONES[1:])}))?"
    r"(?:\s(?:years?|yrs?)[\s-](?:old|of age|young))|\b(?:i'?m|i am|she'?s|she is|he'?s|he is"
    r"|turned)\s"
    rf"(?P<tens2>{'|'.join(_TENS)})(?:[\s-](?P<ones2>{'|'.join(_ONES[1:])}))?(?=\s*(?:[,.;!]|$"
    rf"|and\b|with\b))",
    re.IGNORECASE,
)
_PLAUSIBLE_AGE = range(18, 106)
_WISHES_ASKED = frozenset({
    *("beyond_guidelines", "integrative", "plain_language", "clinical_trials"),
    "fertility_preservation",
})
"""Wishes that a request carries too: "what natural options are there?"."""
_WISHES_DENIED = _WISHES_ASKED - {"beyond_guidelines"}
"""Wishes that a "not" before them takes away."""


def read_person(reading: Reading) -> Iterator[Fact]:
    """Facts of the person apart from the cancer."""
    yield from _ages(reading)
    yield from _menopause(reading)
    yield from read_allergies(reading)
    yield from _comorbidities(reading)
    yield from _preferences(reading)


def _ages(reading: Reading) -> Iterator[Fact]:
    told = {OTHER}
    for figure, span in _age_places(reading):
        place = reading.sentence(span.start)
        if int(figure) not in _PLAUSIBLE_AGE or _CHILD.match(reading.text, span.end):
            continue
        is_of_now = _OF_NOW.match(reading.text, span.start)
        if not is_of_now and _AT_DIAGNOSIS.search(reading.text, place.start, span.start):
            continue
        context = reading.context(Span(span.end - 1, span.end))
        if not (context.hypothetical or context.negated or context.subject in told):
            told.add(context.subject)
            yield reading.fact("age", figure, span, context=context)


def _age_places(reading: Reading) -> Iterator[tuple[str, Span]]:
    for pattern in _AGES:
        for match in pattern.finditer(reading.text):
            yield match[match.lastindex or 1], Span(*match.span())
    for match in _AGE_IN_WORDS.finditer(reading.text):
        tens = (match["tens"] or match["tens2"]).lower()
        ones = (match["ones"] or match["ones2"] or "").lower()
        yield str(_TENS[tens] + _ONES.index(ones)), Span(*match.span())
    yield from _bare_ages(reading)
    for relation in reading.reader.relations:
        word = reading.reader.words[relation.last - 1]
        found = _AGE_OF_RELATIVE.match(reading.text, word.end)
        if found is not None:
            yield found[1], Span(word.start, found.end(1))


def _bare_ages(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Bare figures in a list of findings; none behind a test or medicine without its figure."""
    opening = _OPENING_AGE.match(reading.text)
    if opening is not None:
        yield opening[1], Span(*opening.span(1))
    is_told = any(mention.kind in _BESIDE_AGE for mention in reading.mentions)
    if not (is_told or "triple" in reading.lowered or _STAGED.search(reading.text)):
        return
    yield from _behind_medicines(reading)
    for match in _BARE_AGE.finditer(reading.text):
        before = len(reading.text[: match.start()].rstrip())
        owners = [m for m in reading.of_kind(*_FIGURE_OWNERS) if m.end == before]
        if all(is_no_dose(one.name, match[1]) for one in owners if one.kind == "drug") and not any(
            one.kind == "lab" for one in owners
        ):
            yield match[1], Span(*match.span(1))


def _behind_medicines(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Figures right behind a medicine that is not given in such a dose: "on letrozole 60"."""
    for mention in reading.of_kind("drug"):
        found = _BEHIND_NAME.match(reading.text, mention.end)
        if found is not None and is_no_dose(mention.name, found[1]):
            yield found[1], Span(*found.span(1))


def _menopause(reading: Reading) -> Iterator[Fact]:
    for match in PERIODS_ENDED.finditer(reading.text):
        span = Span(*match.span())
        context = reading.context(span)
        if not (context.is_question or context.hypothetical or context.subject == OTHER):
            fact = reading.fact("menopausal_status", "postmenopausal", span, context=context)
            yield fact.model_copy(update={"negated": False})
    for mention in reading.of_kind("menopausal_status"):
        context = reading.context(mention)
        if context.temporality == "past" and mention.name == "premenopausal":
            continue
        if is_had(reading, mention, context):
            fact = reading.fact("menopausal_status", mention.name, mention, context=context)
            says_not = context.negated and mention.name != "premenopausal"
            yield fact.model_copy(update={"negated": says_not})


def _comorbidities(reading: Reading) -> Iterator[Fact]:
    for mention in reading.of_kind("comorbidity"):
        context = reading.context(mention)
        if not is_had(reading, mention, context):
            continue
        is_over = context.temporality in {"past", "planned"}
        place = reading.sentence(mention.start)
        if FAMILY.search(reading.text, place.start, place.end):
            continue
        if is_over and (mention.name == "pregnancy" or context.subject != SELF):
            continue
        yield reading.fact("comorbidity", mention.name, mention, context=context)


def wishes(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Wishes with the words that tell them, whatever their context."""
    for mention in reading.of_kind("preference"):
        yield mention.name, Span(mention.start, mention.end)
    for name, pattern in _wishes():
        for match in pattern.finditer(reading.text):
            yield name, Span(*match.span())


def _preferences(reading: Reading) -> Iterator[Fact]:
    for name, span in wishes(reading):
        context = reading.context(span)
        is_asked = context.is_question or context.hypothetical
        if context.subject == OTHER or (is_asked and name not in _WISHES_ASKED):
            continue
        if not (context.negated and name in _WISHES_DENIED):
            fact = reading.fact("preference", name, span, context=context)
            yield fact.model_copy(update={"negated": False})


@functools.cache
def _wishes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Name and wording of the wishes that are said in too many ways for a list of phrases."""
    path = Path(__file__).parents[1] / "rules" / "preferences.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((row["name"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)

"""The person: age, menopause, allergies, other illnesses, wishes."""

import csv
import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from chains.extraction.disease import FAMILY
from chains.extraction.owning import is_had
from chains.extraction.reading import OTHER, SELF, Reading, Span
from chains.lexicon import Drug
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
)
_AGE_OF_RELATIVE = re.compile(
    r"(?:\s(?-i:[A-Z][a-z]+))?(?:'?s|\sis|\swho is|\swho's)?[,:]?\s"
    r"(?:only\s|now\s|just\s|aged?\s)?\(?(\d{2})\b(?=[),.;\s]|$)" + _NO_AGE,
    re.IGNORECASE,
)
_BARE_AGE = re.compile(r"(?:^|[.;,(\n]\s*)(\d{2})(?=\s*(?:[,.;)\n](?!\d)|$))")
_OPENING_AGE = re.compile(
    r"^\W*(?:hi\W+|hello\W+|hey\W+)?(\d{2})\s(?:with\s(?!weeks|days|months)|and\s(?!a half"
    r"|counting|\d)|here\b"
    r"|female|male|woman|man)",
    re.IGNORECASE,
)
"""A message that opens with an age: "34 with two toddlers"."""
"""A figure that is an item of its own: "BRCA2 positive, 36, mastectomy done"."""
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
_ALLERGIC = re.compile(
    r"\b(?:allergic to|allerg(?:y|ies) (?:to|are|is|include)|allergies:|allergy:"
    r"|(?:severe|bad|anaphylactic|anaphylaxis) reaction to|anaphyla\w+ (?:to|from|with)"
    r"|intolerant (?:to|of))\s([^.;!?\n]+)",
    re.IGNORECASE,
)
_COME_OUT_IN = re.compile(
    r"\b(?:come|came|comes|break|broke|breaks|brought me)\sout\sin\s(?:an?\s|huge\s|big\s|awful\s)*"
    r"(?:hives|rash|welts|blotches|spots)\s(?:with|from|on|after|to)\s([^.;!?\n]+)",
    re.IGNORECASE,
)
_CANT_HAVE = re.compile(
    r"\b(?:can'?t|cannot|can not)\s(?:have|take|use|be given)\s([a-z][\w -]{2,30}?)(?:,|;"
    r"|\s-)?\s(?:because\s|as\s|cos\s|since\s)?"
    r"(?:(?:i'?m|i am|she'?s)\s(?:\w+\s)?allergic|(?:i\s)?had\s(?:an?\s)?(?:anaphyla\w+"
    r"|allergic reaction))\b",
    re.IGNORECASE,
)
_SAME_ALLERGEN = {
    **dict.fromkeys(
        ("plasters", "plaster", "band aids", "band-aids", "bandaids", "tape"), "adhesive tape"
    ),
    **dict.fromkeys(("surgical tape", "medical tape", "adhesive", "adhesives"), "adhesive tape"),
}
_ALLERGY_BEHIND = re.compile(
    r"\b([a-z][\w-]+)\sallerg(?:y|ies)\b(?!\s(?:to|are|is|season|med|pill|shot|tablet|test))",
    re.IGNORECASE,
)
_NOT_ALLERGENS = frozenset({
    "no",
    "any",
    "an",
    "my",
    "the",
    "known",
    "have",
    "drug",
    "food",
    "seasonal",
    "and",
    "other",
    "bad",
    "severe",
    "of",
})
_ALLERGENS_END = re.compile(
    r"\s(?:but|so|and (?:i|my|am|on|also|take|have|had|now|currently|the|was|it)|because|which"
    r"|since|on|i|take|what|can|is|with|who|when|while|though)\b|\s-\s|\(|,?\s(?:otherwise"
    r"|no other)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\w+ed\b|(?:it|its|got|came|comes|makes?|made|gives?|gave|gets?|had|has|went|goes|broke|brings"
    r"|could|would|cant|can't|never|always|found|causes|really|very|so|swells?|feels?|felt)\b",
    re.IGNORECASE,
)
"""Opens what the allergen did, not another allergen: "allergic to taxol, swelled right up"."""
_ITEMS = re.compile(r"\s*(?:,|/|&|\+|\band\b|\bor\b)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|all|any|some|also|to|both|a|an|my)\s", re.IGNORECASE)
_PRONOUNS = frozenset({"it", "this", "that", "them", "these", "those", "things", "everything"})
_LONGEST_ALLERGEN = 3
"""Words."""
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
    yield from _allergies(reading)
    yield from _comorbidities(reading)
    yield from _preferences(reading)


def _ages(reading: Reading) -> Iterator[Fact]:
    told = {OTHER}
    for figure, span in _age_places(reading):
        place = reading.sentence(span.start)
        if int(figure) not in _PLAUSIBLE_AGE or _CHILD.match(reading.text, span.end):
            continue
        if _AT_DIAGNOSIS.search(reading.text, place.start, span.start):
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
    if not any(mention.kind in _BESIDE_AGE for mention in reading.mentions):
        return
    for match in _BARE_AGE.finditer(reading.text):
        ends = {m.end for m in reading.of_kind(*_FIGURE_OWNERS)}
        if len(reading.text[: match.start()].rstrip()) not in ends:
            yield match[1], Span(*match.span(1))


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


def _allergies(reading: Reading) -> Iterator[Fact]:
    for match in (m for p in (_ALLERGIC, _COME_OUT_IN) for m in p.finditer(reading.text)):
        end = _ALLERGENS_END.search(match[1])
        written = match[1][: end.start()] if end else match[1]
        yield from _allergens(reading, Span(match.start(1), match.start(1) + len(written)))
    for match in _CANT_HAVE.finditer(reading.text):
        yield from _allergens(reading, Span(*match.span(1)), is_denied=False)
    for match in _ALLERGY_BEHIND.finditer(reading.text):
        if match[1].lower() not in _NOT_ALLERGENS:
            yield from _allergens(reading, Span(*match.span(1)))


def _allergens(reading: Reading, span: Span, *, is_denied: bool | None = None) -> Iterator[Fact]:
    context = reading.context(Span(span.start, span.start + 1))
    if is_denied is not None:
        context = dataclasses.replace(context, negated=is_denied)
    if context.is_question or context.hypothetical or context.negated:
        return
    at = span.start
    for item in _ITEMS.split(reading.text[span.start : span.end]):
        name = _ARTICLE.sub("", item.strip()).strip(" .").lower()
        if name and _TELLS.match(name) and reading.lexicon.drug(name) is None:
            return
        if not name or name in _PRONOUNS or len(name.split()) > _LONGEST_ALLERGEN:
            continue
        at = max(reading.lowered.find(name, at), span.start)
        place = Span(at, at + len(name))
        drug = reading.lexicon.drug(name) or _misspelt(reading, place)
        called = drug.name if drug else _SAME_ALLERGEN.get(name, name)
        yield reading.fact("allergy", called, place, context=context)


def _misspelt(reading: Reading, place: Span) -> Drug | None:
    for mention in reading.of_kind("drug"):
        if place.start <= mention.start < place.end:
            return reading.lexicon.drug(mention.name)
    return None


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

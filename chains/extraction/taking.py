"""Whether a message says that somebody takes a medicine, and when."""

import dataclasses
import itertools
import re
from collections.abc import Sequence

from chains.context import Context
from chains.extraction import doses
from chains.extraction.reading import OTHER, PERSONAL, Reading, Span
from chains.lexicon import Mention
from memory.records import FactStatus

_ALLERGY = re.compile(
    r"(\ballerg\w*\s(?:to|reaction to)\b|\ballerg(?:y|ies):?\s)[^.;!?]*$", re.IGNORECASE
)
_ALLERGENS_OVER = re.compile(
    r"\b(?:so|but|on|take|taking|i|i'm|im|we|they|now|use)\b", re.IGNORECASE
)
_ALLERGY_AFTER = re.compile(r"\s(?:allergy|allergies)\b", re.IGNORECASE)
_SWITCH = re.compile(
    r"\b(?:switch|swap|chang|mov|transition|replac|went|going|go)\w*\b", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s(?:the\s|my\s|her\s)?$", re.IGNORECASE)
_TO_NEXT = re.compile(r"[^.;!?]{0,25}?\b(?:on)?to\s(?:the\s)?", re.IGNORECASE)
_FOR_NEXT = re.compile(r"\s(?:for|with)\s(?:the\s)?", re.IGNORECASE)
_SWAP = re.compile(r"\b(?:swap|replac|exchang|trad)\w*\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:-+>|→|=+>)\s*")
_MOVED_ON = re.compile(
    r"[^.;!?]{0,60}\b(?:so|then|until)\b[^.;!?]{0,20}\b(?:switch|mov|chang|swapp?)(?:ed|e?d)\s(?:me\s)?"
    r"(?:over\s)?(?:on\s?)?to\s",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:want\w*|plan\w*|going|hop\w+|will|ll|need\w*|due|about|supposed|gonna)\s(?:me\s"
    r"|us\s|her\s|him\s)?(?:to\s)?"
    r"(?:add|put|start|begin|switch|move|go|change|try)\w*\b[^.;!?,]*$",
    re.IGNORECASE,
)
_NEEDS_WORDS = frozenset({"supplement", "herb"})
_TAKEN = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|on|us(?:e|es|ing)|start(?:ed|ing)?|have been|stopped|prescribed"
    r"|add(?:ed|ing)?|swallow\w*"
    r"|pop(?:ping)?|daily|every (?:day|night|morning)|supplement(?:ing|s)?|capsules?|tablets?"
    r"|pills?|drops|gummies|dose"
    r"|mg|mcg|iu|came off|quit|continue|also take|drink(?:ing)?|sipping|plus|meds?"
    r"|medications?|infusions?|shots?|jabs?|injections?)\b",
    re.IGNORECASE,
)
_FORM_BEHIND = re.compile(
    r"\s(?:\w+\s)?(?:capsules?|tablets?|pills?|supplements?|powder|drops|gummies|\d+\s?(?:mg"
    r"|mcg|iu|g)\b|daily)",
    re.IGNORECASE,
)
_EATEN = re.compile(
    r"\b(?:eat\w*|ate|cook\w*|put|sprinkl\w+|curry|recipe|salad|smoothie|food|meal"
    r"|diet)\b[^.;!?]*$",
    re.IGNORECASE,
)
_PONDERED = re.compile(
    r"\b(?:think\w*|consider\w*|wonder\w*|might|should|could|if|maybe)\b", re.IGNORECASE
)
_FIRST_COURSE = re.compile(
    r"\bhad\s(?:my|her|his|the)\s(?:\w+\s)?(?:first|second|third|\d(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
_COMPLAINTS = ("symptom", "comorbidity", "lab")
_ON = re.compile(
    r"[^.;!?]{0,25}?\b(?:on|with|from|since (?:starting|being on)|while (?:on|taking)|taking"
    r"|despite|thanks to|after)\s(?:the\s|my\s|her\s|his\s|this\s)?",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\s*(?:or|vs\.?|versus)\s*(?:the\s)?", re.IGNORECASE)
_LISTING = re.compile(r"[,;+.\n]\s?\S")
_FINDINGS = frozenset({
    *("biomarker", "extent", "diagnosis", "symptom", "procedure", "lab", "metastasis"),
    *("comorbidity", "menopausal_status", "regimen"),
})
_RESTART = re.compile(r"[^.;!?]*\b(?:re-?start(?:ed|ing)|back on it)\b", re.IGNORECASE)
_FOR_NOW = re.compile(
    r"[^.;!?]{0,30}?\b(?:for now|temporarily|for (?:a|the|this|one|two|\d) ?(?:week|few|couple|bit"
    r"|while|day|month|fortnight|cycle)s?|for the (?:time being|moment)"
    r"|(?:until|till|til|while|whilst)\s(?!(?:in\s)?(?:19|20)\d\d|last|this"
    r"|i (?:had|got|was|switch)"
    r"|it (?:stopped|failed)|the cancer|(?:the )?(?:end|spring|summer|autumn|christmas)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*))\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:stop\w*|paus\w*|hold\w*|held|came off|come off|off|quit|skip\w*)\s(?:taking\s|my\s|the\s"
    r"|her\s|his\s|on\s)*$",
    re.IGNORECASE,
)
_PAUSE_WORD = re.compile(
    r"\b(?:for now|temporar\w*|stopped|paused|for a (?:week|few|couple|bit|while))\b", re.IGNORECASE
)
_BEHIND_COMMA = re.compile(
    r"[^.;!?]*[,:(+]\s*(?P<then>(?:and\s)?(?:then|after that|followed by)\s)?"
    r"(?:and\s|plus\s|the\s)*"
    r"|\s(?:and\s)?(?P<next>then|followed by)\s(?:the\s)?",
    re.IGNORECASE,
)
TREATMENT_HELD = re.compile(
    r"\b(?:treatments?|therapy|it|them|meds?|medicines?|medications?|drugs?|pills?|tablets?|everything)"
    r"\s(?:(?:was|were|is|are|has|have|had|been|got|all|now|just|to|be|put|currently|being|'?s)\s)*"
    r"(?:paused?|on hold|held|on pause|suspended|interrupted|stopped for now)\b"
    r"|\b(?:paused?|pausing|holding|held|suspended|put a hold on|(?:break|rest) from)\s"
    r"(?:(?:my|the|all|her|his|this|that)\s)*(?:treatments?|therapy|it|them|meds?|medicines?"
    r"|medications?|drugs?|pills?|tablets?|everything)\b",
    re.IGNORECASE,
)
"""A pause told of "the treatment" or "it"."""
_YEAR = re.compile(
    r"\b(?:in|during)\s(?:19|20)\d\d\b|\b(?:19|20)\d\d\s?(?:-|–|to)\s?(?:19|20)\d\d\b"
)


def context_of(reading: Reading, mention: Mention) -> Context:
    """How the message speaks of a medicine; "no nausea on letrozole" does not deny letrozole."""
    context = reading.context(mention)
    if not context.negated:
        return context
    place = reading.sentence(mention.start)
    before = [m for m in reading.of_kind(*_COMPLAINTS) if place.start <= m.start < mention.start]
    if not before or not _ON.fullmatch(reading.text, before[-1].end, mention.start):
        return context
    return dataclasses.replace(context, negated=False)


def is_told(reading: Reading, mention: Mention, context: Context) -> bool:
    """Whether the message says that somebody takes, took or will take this medicine."""
    place = reading.sentence(mention.start)
    if _is_allergen(reading, place, mention):
        return False
    if not reading.is_stated(mention, context):
        return _is_planned_by_others(reading, place, mention) and not (
            context.is_question or context.subject == OTHER
        )
    if _is_choice(reading, place, mention):
        return False
    drug = reading.lexicon.drug(mention.name)
    if (
        drug is not None
        and drug.role in _NEEDS_WORDS
        and not _is_swallowed(reading, place, mention)
    ):
        return False
    return context.is_timed or _is_note(reading, place, mention)


def _is_choice(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether the medicine is one of two that are weighed: "exemestane or tamoxifen"."""
    return any(
        _EITHER.fullmatch(reading.text, *gap) is not None
        for other in reading.of_kind("drug", "regimen", "drug_class")
        for gap in ((other.end, mention.start), (mention.end, other.start))
        if place.start <= other.start < place.end and gap[0] < gap[1]
    )


def _is_allergen(reading: Reading, place: Span, mention: Mention) -> bool:
    opened = _ALLERGY.search(reading.text, place.start, mention.start)
    if opened is not None:
        return _ALLERGENS_OVER.search(reading.text, opened.end(1), mention.start) is None
    return _ALLERGY_AFTER.match(reading.text, mention.end) is not None


def _is_planned_by_others(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether "they want to add it", which is more than a thought."""
    before = reading.text[place.start : mention.start]
    return _PLAN.search(before) is not None and not _PONDERED.search(before)


def _is_swallowed(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether words say that a supplement or herb is taken, and not eaten."""
    before = reading.text[place.start : mention.start]
    if _EATEN.search(before):
        return False
    if _TAKEN.search(before) or _TAKEN.search(mention.text):
        return True
    return _FORM_BEHIND.match(reading.text, mention.end, place.end) is not None


def _is_note(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether a bare name tells of someone: a person, a dose or another finding stands by it."""
    words = reading.reader.sentence_at(mention.start)
    plain = {word.plain for word in reading.reader.words[words.first : words.last]}
    if plain & PERSONAL:
        return True
    if "or" in plain or "vs" in plain:
        return False
    if _SWITCH.search(reading.text, *place) or _ARROW.search(reading.text, *place):
        return True
    is_list = _LISTING.search(reading.text) is not None
    if is_list and any(m.kind in _FINDINGS for m in reading.mentions if m != mention):
        return True
    return (
        any(
            find(reading.text, place) is not None
            for find in (doses.find_schedule, doses.find_since, doses.find_duration)
        )
        or doses.find_dose(reading.text, place, after=mention.end) is not None
    )


def status_of(
    reading: Reading, mentions: Sequence[Mention], at: int, *, context: Context
) -> FactStatus:
    """When the medicine `mentions[at]` is taken: by its words, a switch, a plan or a year."""
    mention = mentions[at]
    place = reading.sentence(mention.start)
    if _PLAN.search(reading.text, place.start, mention.start):
        return "planned"
    if _FIRST_COURSE.search(reading.text, place.start, mention.start):
        return "current"
    role = switch_role(reading, mentions, at)
    if role == "left":
        return "current" if context.temporality == "planned" else "past"
    if role == "taken" and context.temporality != "planned":
        return "current"
    end = min([place.end, *(m.start for m in mentions[at + 1 :])])
    if _is_held(reading, place, mention, context):
        return "on_hold"
    if context.temporality == "past" and _RESTART.match(reading.text, mention.end, end):
        return "current"
    if context.temporality == "current" and TREATMENT_HELD.search(reading.text, mention.end, end):
        return "on_hold"
    if not context.is_timed:
        return _untimed_status(reading, place, mention)
    return context.temporality


def _untimed_status(reading: Reading, place: Span, mention: Mention) -> FactStatus:
    """When a bare name is taken: by a year behind it, or as what its list says before it."""
    if _YEAR.search(reading.text, mention.end, place.end):
        return "past"
    before = [
        m
        for m in reading.of_kind("drug", "regimen", "procedure")
        if place.start <= m.start < mention.start
    ]
    goes_on = False
    for earlier, later in reversed(list(itertools.pairwise([*before, mention]))):
        gap = _BEHIND_COMMA.fullmatch(reading.text, earlier.end, later.start)
        if gap is None:
            return "current"
        goes_on = goes_on or bool(gap["then"] or gap["next"])
        context = reading.context(earlier)
        if context.is_timed:
            is_planned = context.temporality == "planned"
            return (
                "planned"
                if is_planned or (goes_on and context.temporality == "current")
                else "current"
            )
    return "current"


def _is_held(reading: Reading, place: Span, mention: Mention, context: Context) -> bool:
    """Whether it was stopped for a time: "stopped it until my counts come up"."""
    if context.temporality != "past" or not _FOR_NOW.match(reading.text, mention.end, place.end):
        return False
    return (
        _STOPPED.search(reading.text, place.start, mention.start) is not None
        or _PAUSE_WORD.search(reading.text, place.start, place.end) is not None
    )


def switch_role(reading: Reading, mentions: Sequence[Mention], at: int) -> str | None:
    """`left` or `taken` where the words say that one medicine gave way to another."""
    mention = mentions[at]
    place = reading.sentence(mention.start)
    before = reading.text[place.start : mention.start]
    later = next((m for m in mentions[at + 1 :] if m.start < place.end), None)
    earlier = next((m for m in reversed(mentions[:at]) if m.start >= place.start), None)
    if later and _gives_way(reading, mention, later, before):
        return "left"
    if earlier:
        lead = reading.text[place.start : earlier.start]
        if _gives_way(reading, earlier, mention, lead):
            return "taken"
    return None


def _gives_way(reading: Reading, left: Mention, taken: Mention, before: str) -> bool:
    between = reading.text[left.end : taken.start]
    if _ARROW.fullmatch(between):
        return True
    if _MOVED_ON.fullmatch(between):
        return True
    if not _TO_NEXT.fullmatch(between):
        return _FOR_NEXT.fullmatch(between) is not None and _SWAP.search(before) is not None
    return bool(_SWITCH.search(before) or _FROM.search(before) or _SWITCH.search(between))

"""Whether a message says that somebody takes a medicine, and when."""

import dataclasses
import re

from chains.context import Context
from chains.extraction import doses
from chains.extraction.allergens import reactions
from chains.extraction.in_blood import is_in_blood
from chains.extraction.noted import notes_a_finding
from chains.extraction.reading import OTHER, PERSONAL, Reading, Span
from chains.extraction.timing import ARROW, PLAN, SWITCH, is_nth_course, is_to_start
from chains.lexicon import Mention
from memory.records import FactStatus

_ALLERGY = re.compile(
    r"(\ballerg\w*\s(?:to|reaction to)\b|\ballerg(?:y|ies):?\s"
    r"|\b(?:come|came|comes|break|broke|breaks)\sout\sin\s(?:\w+\s){1,3}(?:with|from|on"
    r"|after)\b)[^.;!?]*$",
    re.IGNORECASE,
)
_ALLERGENS_OVER = re.compile(
    r"\b(?:so|but|on|take|taking|i|i'm|im|we|they|now|use)\b", re.IGNORECASE
)
_ALLERGY_AFTER = re.compile(r"\s(?:allergy|allergies)\b", re.IGNORECASE)
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
_PRESUPPOSED = re.compile(
    r"\b(?:i|we|she|he)\s(?:\w+\s)?(?:stop|come off|quit|pause|skip)\s"
    r"(?:(?:taking|using|my|the|her|his|with|on)\s)*$"
    r"|\b(?:keep|carry on|continue|stay on|carry on with|stick with)\s"
    r"(?:(?:taking|using|with|on)\s)*(?:my|her|his)\s$",
    re.IGNORECASE,
)
"""In a question, what is asked to be stopped or kept is taken: "should I stop my tamoxifen"."""
_EXCEPTED = re.compile(
    r"\b(?:no|not|don'?t|nothing|never|none)\b[^.;!?]*"
    r"\b(?:except|apart from|other than|besides|bar|aside from)\s(?:for\s|my\s|the\s|a\s)*$",
    re.IGNORECASE,
)
"""Before the one that is taken: "no supplements except calcium"."""
_CYCLE_DAY = re.compile(
    r"\s(?:on\s)?(?:day|days|d)\s?\d+\b|\s(?:cycle|round|dose|number)\s(?:#|no\.?\s"
    r"|number\s)?\d+\b|\sc\d+d\d+\b",
    re.IGNORECASE,
)
_SINCE_IT = re.compile(
    r"\b(?:since|ever since|after|from)\s(?:starting\s|being on\s|going on\s|the\s|my\s|her\s|his\s"
    r"|every\s|each\s|first\s|second\s|third\s|last\s|\d(?:st|nd|rd|th)\s|(?:dose|cycle"
    r"|round) of\s|\w+day'?s\s|(?:last|this) (?:week|month|time|morning)'?s?\s)*$",
    re.IGNORECASE,
)
_NO_BEFORE = re.compile(r"\bno\s(?:\w+\s)?$", re.IGNORECASE)
_THIS_TIME = re.compile(
    r"\s(?:\w+\s)?(?:this (?:week|wk|time|cycle|month|round)|today|for now"
    r"|(?:until|till) (?:my|they|it|the))\b",
    re.IGNORECASE,
)
"""Behind "no Trodelvy": it is left out this once."""
_SAYING = re.compile(
    r"\b(?:says?|said|reckons?|claims?|told me|read|heard|apparently|warn\w*|swears?)\b[^.;!?]*$",
    re.IGNORECASE,
)
_CLASH = re.compile(
    r"\b(?:clash\w*|interact\w*|interfer\w*|contraindicated|works? (?:wonders|well|for|better|best)"
    r"|cures?|shrinks?|doesn'?t work|is (?:great|amazing|brilliant|useless|poison|rubbish))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:haven'?t|have not|hasn'?t|has not|not|yet to)\s(?:yet\s)?(?:started|begun|had|start"
    r"|begin|been started on|been put on)\s(?:on\s|my\s|the\s|any\s|her\s|his\s|taking\s)*$",
    re.IGNORECASE,
)
_YET = re.compile(r"\byet\b", re.IGNORECASE)
_NEVER = re.compile(r"\b(?:never|not|haven'?t|hasn'?t|didn'?t|no|without|zero)\b", re.IGNORECASE)
_TROUBLE = re.compile(
    r"\b(?:problems?|issues?|troubles?|side[\s-]?effects?|complaints?|reactions?|bother)\b",
    re.IGNORECASE,
)
_COMPLAINTS = ("symptom", "comorbidity", "lab")
_ON = re.compile(
    r"[^.;!?]{0,25}?\b(?:on|with|from|since (?:starting|being on)|while (?:on|taking)|taking"
    r"|despite|thanks to|after)\s(?:the\s|my\s|her\s|his\s|this\s)?",
    re.IGNORECASE,
)
_MY_COURSE = re.compile(
    r"\b(?:my|her|his)\s(?:(?P<next>first|next|upcoming|1st)\s|second\s|third\s|last\s|final\s"
    r"|\d+(?:nd|rd|th)\s"
    r"|weekly\s|daily\s|monthly\s|current\s|new\s)*"
    r"(?:(?:cycle|dose|round|infusion|injection|shot|jab|session|tablets?)\s(?:of\s)?)?$",
    re.IGNORECASE,
)
_WHILE_ON = re.compile(
    r"\b(?:i|my|me|i'?m)\b[^.;!?]*\b(?:being|while|whilst|now)\b[^.;!?]{0,25}\bon\s(?:the\s)?$",
    re.IGNORECASE,
)
_FOR_MINE = re.compile(r"\s(?:\w+\s)?for\s(?:my|the|these|those|her|his)\s", re.IGNORECASE)
_NOW_THAT = re.compile(
    r"\b(?:now|since|because|as|given|while|whilst|seeing as|considering)\s(?:that\s)?(?:i'?m"
    r"|i am|she'?s|he'?s)\s"
    r"(?:already\s|now\s|currently\s)?(?:on|taking|having|getting)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Before a medicine that a question takes for granted."""
_HELPS_ME = re.compile(
    r"\s(?:\w+\s)?(?:really\s)?(?:helps?|helped|eases|settles|saves?|calms?)\s(?:me|my"
    r"|with (?:my|the)|for my)\b",
    re.IGNORECASE,
)
_STARTING_IT = re.compile(
    r"[^.;?!]{0,20}\b(?:starting|i start|i'?m starting|i begin|due to start)\s(?:on\s)?(?:it"
    r"|them|that)?\s?"
    r"(?:on|in|next|this|tomorrow|soon|\w+day|the|later)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s?x\s?\d\b|\s\d\s?x\b", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"(?:,\s[\w'-]+){1,3},?\s(?:or|vs\.?)\s[\w'-]+", re.IGNORECASE)
"""Behind the first of several that are weighed: "Zometa, Xgeva or Prolia"."""
_NEAR = 20
"""Characters."""
_NAMED = re.compile(
    r"\b(?:called|named|nicknamed|sounds like|spell(?:ed|ing)?|pronounced?|word|advert for"
    r"|brand)\s$",
    re.IGNORECASE,
)
"""Before a name that is only a name: "my cat is called Herceptin"."""
_EITHER = re.compile(r"\s*(?:or|vs\.?|versus)\s*(?:the\s)?", re.IGNORECASE)
_LISTING = re.compile(r"[,;+.\n]\s?\S")
_FINDINGS = frozenset({
    *("biomarker", "extent", "diagnosis", "symptom", "procedure", "lab", "metastasis"),
    *("comorbidity", "menopausal_status", "regimen"),
})


def context_of(reading: Reading, mention: Mention) -> Context:
    """How the message speaks of a medicine; "no nausea on letrozole" does not deny letrozole."""
    context = reading.context(mention)
    if not (context.negated or (context.temporality == "past" and _NEVER.search(reading.text))):
        return context
    place = reading.sentence(mention.start)
    if _NO_BEFORE.search(reading.text, place.start, mention.start) and _THIS_TIME.match(
        reading.text, mention.end, place.end
    ):
        return dataclasses.replace(context, negated=False, temporality="on_hold", is_timed=True)
    if _NOT_YET.search(reading.text, place.start, mention.start) and _YET.search(
        reading.text, *place
    ):
        return dataclasses.replace(context, negated=False, temporality="planned", is_timed=True)
    ends = [m.end for m in reading.of_kind(*_COMPLAINTS) if place.start <= m.start < mention.start]
    ends += [m.end() for m in _TROUBLE.finditer(reading.text, place.start, mention.start)]
    if not any(_ON.fullmatch(reading.text, end, mention.start) for end in ends):
        return context
    return dataclasses.replace(context, negated=False, temporality="current")


def is_told(reading: Reading, mention: Mention, context: Context) -> bool:
    """Whether the message says that somebody takes, took or will take this medicine."""
    place = reading.sentence(mention.start)
    if _is_only_named(reading, place, mention):
        return False
    if _is_claim(reading, place, context):
        return False
    if is_presupposed(reading, mention) and context.subject != OTHER:
        return True
    if course_asked_of(reading, mention) is not None and context.subject != OTHER:
        return not _is_choice(reading, place, mention)
    if _NOW_THAT.search(reading.text, place.start, mention.start) and context.subject != OTHER:
        return not context.negated
    if not reading.is_stated(mention, context):
        return _is_planned_by_others(reading, place, mention) and not (
            context.is_question or context.subject == OTHER
        )
    if _is_choice(reading, place, mention):
        return False
    drug = reading.lexicon.drug(mention.name)
    is_excepted = _EXCEPTED.search(reading.text, place.start, mention.start) is not None
    if (
        drug is not None
        and not is_excepted
        and drug.role in _NEEDS_WORDS
        and not _is_swallowed(reading, place, mention)
    ):
        return False
    if is_excepted and not context.negated:
        return True
    is_put_right = context.is_correction and not context.negated
    return context.is_timed or is_put_right or _is_note(reading, place, mention)


def _is_only_named(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether it is named as a test of the blood, as an allergen, or as a word."""
    if is_in_blood(reading, place, mention) or _is_allergen(reading, place, mention):
        return True
    return _NAMED.search(reading.text, place.start, mention.start) is not None


def is_presupposed(reading: Reading, mention: Mention) -> bool:
    """Whether a question about stopping or keeping a medicine says that it is taken."""
    place = reading.reader.sentence_at(mention.start)
    words = reading.reader.words
    start = words[place.first].start
    if _PRESUPPOSED.search(reading.text, start, mention.start) is None:
        return False
    return reading.reader.is_asked(mention.start, mention.end)


def course_asked_of(reading: Reading, mention: Mention) -> FactStatus | None:
    """When a medicine is taken that a question calls the writer's: "my first AC on Friday".

    None where the words are no question, or do not say whose it is.
    """
    if not reading.reader.is_asked(mention.start, mention.end):
        return None
    place = reading.sentence(mention.start)
    found = _MY_COURSE.search(reading.text, place.start, mention.start)
    if found is not None:
        return "planned" if found["next"] else "current"
    if _STARTING_IT.match(reading.text, mention.end, place.end):
        return "planned"
    while_on = _WHILE_ON.search(reading.text, place.start, mention.start)
    return "current" if while_on else None


def _is_for_mine(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether it is taken against what the writer has: "black cohosh for the flushes"."""
    if _HELPS_ME.match(reading.text, mention.end, place.end):
        return True
    found = _FOR_MINE.match(reading.text, mention.end, place.end)
    return found is not None and any(
        0 <= m.start - found.end() <= _NEAR for m in reading.of_kind("symptom", "comorbidity")
    )


def _is_claim(reading: Reading, place: Span, context: Context) -> bool:
    """Whether it is told what somebody says of medicines: "she says tamoxifen clashes with it"."""
    clash = _CLASH.search(reading.text, *place)
    if clash is None or context.is_timed:
        return False
    return _SAYING.search(reading.text, place.start, clash.start()) is not None


def _is_choice(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether the medicine is one of two that are weighed: "exemestane or tamoxifen"."""
    if _ONE_OF_MANY.match(reading.text, mention.end, place.end):
        return True
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
    if _ALLERGY_AFTER.match(reading.text, mention.end) is not None:
        return True
    return any(one.allergen.start == mention.start for one in reactions(reading))


def _is_planned_by_others(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether "they want to add it", which is more than a thought."""
    before = reading.text[place.start : mention.start]
    return PLAN.search(before) is not None and not _PONDERED.search(before)


def _is_swallowed(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether words say that a supplement or herb is taken, and not eaten."""
    before = reading.text[place.start : mention.start]
    if _EATEN.search(before):
        return False
    if _is_for_mine(reading, place, mention):
        return True
    if _TAKEN.search(before) or _TAKEN.search(mention.text):
        return True
    return _FORM_BEHIND.match(reading.text, mention.end, place.end) is not None


def _is_since(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether a complaint dates from it: "short of breath since Enhertu"."""
    if _SINCE_IT.search(reading.text, place.start, mention.start) is None:
        return False
    return any(place.start <= m.start < mention.start for m in reading.of_kind("symptom", "drug"))


def _is_note(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether a bare name tells of someone: a person, a dose or another finding stands by it."""
    words = reading.reader.sentence_at(mention.start)
    plain = {word.plain for word in reading.reader.words[words.first : words.last]}
    if plain & PERSONAL:
        return True
    if "or" in plain or "vs" in plain:
        return False
    if is_to_start(reading, place, mention) or is_nth_course(reading, place, mention):
        return True
    if _is_for_mine(reading, place, mention) or _COUNTED.match(reading.text, mention.end):
        return True
    if _CYCLE_DAY.match(reading.text, mention.end) or _is_since(reading, place, mention):
        return True
    if SWITCH.search(reading.text, *place) or ARROW.search(reading.text, *place):
        return True
    is_list = _LISTING.search(reading.text) is not None
    if is_list and any(m.kind in _FINDINGS for m in reading.mentions if m != mention):
        return True
    if is_list and notes_a_finding(reading):
        return True
    return (
        any(
            find(reading.text, place) is not None
            for find in (doses.find_schedule, doses.find_since, doses.find_duration)
        )
        or doses.find_dose(reading.text, place, after=mention.end) is not None
    )

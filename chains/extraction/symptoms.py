"""Symptoms, and procedures with their time."""

import dataclasses
import re
from collections.abc import Iterator

from chains.context import Context
from chains.extraction.allergens import reactions
from chains.extraction.described import Described, described
from chains.extraction.fed_up import is_of_heart
from chains.extraction.person import PERIODS_ENDED, wishes
from chains.extraction.reading import OTHER, Reading, Span
from chains.lexicon import Mention
from memory.records import Fact, FactStatus

_RECENT = re.compile(
    r"\b(?:today|yesterday|last night|this (?:morning|week|afternoon|evening)|tonight|overnight"
    r"|few days|since|lately|recently|right now|past (?:few|week|\d)|last (?:few|couple|week)"
    r"|\d+ (?:days|weeks|hours))\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\W*(?:is|are|has|have|was|were|all)?\s?(?:now\s)?(?:gone|went away|better now|resolved"
    r"|cleared up|stopped|disappeared|went|subsided|settled|much better|has eased)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:no more|no longer (?:have|get|having|any)?|got rid of)\s?(?:any\s|the\s)?$",
    re.IGNORECASE,
)
_REMEDY = re.compile(
    r"\s(?:meds?|medicines?|medications?|tablets?|tabs|pills?|drugs?|patch(?:es)?|clinic|nurse"
    r"|cream"
    r"|remed(?:y|ies)|treatments?|injections?|jabs?|shots?|support|prevention)\b",
    re.IGNORECASE,
)
"""Behind a symptom: what is taken against it."""
_LACKING = re.compile(
    r"(?:can'?t|cannot|couldn'?t|not|no|don'?t|won'?t|never)\b[^.;!?]{0,40}\bany\s?more\b",
    re.IGNORECASE,
)
"""A complaint that its own words deny: "can't feel my toes any more" has not ended."""
_STOPPING = re.compile(
    r"\b(?:i|we)\s(?:stop|get rid of|shift|calm down|stop getting)\s(?:the\s|this\s|all this\s"
    r"|all the\s)?$",
    re.IGNORECASE,
)
_OP_DATE = re.compile(
    r"\b(?:op|operation|surgery)\s(?:is\s|booked\s|set\s|for\s|on\s)+(?:the\s)?\d", re.IGNORECASE
)
_DONE_OF = re.compile(r"\b(?P<done>\d+)\s?(?:of|/|out of)\s?(?:my\s)?(?P<all>\d+)\b", re.IGNORECASE)
_CALLED_OFF = re.compile(
    r"\s(?:(?:is|was|has|have|been|got|getting|being|just)\s)*(?:cancell?ed|postponed|delayed"
    r"|called off|pushed back"
    r"|put off|deferred)\b",
    re.IGNORECASE,
)
_UNTIL_AFTER = re.compile(r"\b(?:until|till|til) after\s(?:\w+\s){0,3}$", re.IGNORECASE)
_WHENEVER = re.compile(r"\bwhen(?:ever)? (?:i|she|he)\s$", re.IGNORECASE)
"""Before what only sets something else off: "I leak when I cough"."""
_NEEDED = re.compile(r"\s(?:is\s|was\s)?(?:needed|required|necessary)\b", re.IGNORECASE)
_ONLY_NAMES = re.compile(
    r"\s(?:side|scars?|site|area|arm|bra|team|ward|nurses?|department|waiting room|suite|unit"
    r"|cent(?:er|re)"
    r"|tattoos?|chair|host|show|station|presenter|buddy|buddies|friends?|brain|curls?|wig|bag)\b",
    re.IGNORECASE,
)
"""Behind a treatment that only says which: "the surgery side", "the chemo ward"."""
_SET_FOR = re.compile(
    r"\s(?:\w+\s){0,2}?(?:starts?|begins?|kicks off|(?:is|are|'s)\s(?:\w+\s)?(?:set|booked"
    r"|scheduled|planned|due"
    r"|happening|pencilled in)|(?:set|booked|scheduled|pencilled in)\sfor"
    r"|(?:will|is going to|is to|needs to)\sbe\b|is being|is on the \d)\b",
    re.IGNORECASE,
)
_POINTED_AT = re.compile(
    r"\b(?:these|those|(?<!\bis )(?<!\bbe )(?<!\bwas )this"
    r"|(?<!\bwill )(?<!\bwould )(?<!\bcould )(?<!\bcan )my)\s(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
_I_HAVE = re.compile(
    r"\s(?:in|on)\s(?:my|both|her|his)\b|\s(?:that\s)?(?:i'?m (?:having|getting|feeling)"
    r"|i (?:have|keep|get|feel)|i'?ve (?:got|had|been))\b",
    re.IGNORECASE,
)
_ONGOING = frozenset({
    *("chemotherapy", "radiation therapy", "immunotherapy", "hormone therapy"),
    *("targeted therapy", "ovarian suppression", "scalp cooling", "acupuncture"),
})
"""Treatments that last; others are done once: past, where no word tells the time."""
_FOR_YEARS = frozenset({"ovarian suppression"})
"""Goes on for years: said without a time, it is now."""
_IN_TREATMENT = re.compile(
    r"\b(?:on|doing|in|during|having|getting|through|still|my|of|wearing|wear|using|use"
    r"|current\w*|weekly|neoadjuvant|every|each"
    r"|start\w*|so|delayed)\s"
    r"(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_WOULD_JOIN = re.compile(
    r"\b(?:like|want|love|keen|hop(?:e|ing)|willing|open|happy|ready|interested|looking"
    r"|trying)\b[^.;!?]{0,30}$",
    re.IGNORECASE,
)
_JOINED_TRIAL = re.compile(
    r"\b(?:in|on|joined|join|joining|enrolled|part of|entered)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
_THEN = re.compile(
    r"[^.;!?]{0,30}?(?:\bthen|\bfollowed by|\bafter that)\s(?:\w+\s){0,2}", re.IGNORECASE
)
_NOT_THIS_TIME = re.compile(r"\bso no\b|\btoday\b|\bthis (?:week|time|month)\b", re.IGNORECASE)
_FOUND_NOTHING = re.compile(r"[^.;!?,]{0,30}\b(?:clear|negative|normal)\b", re.IGNORECASE)
"""Said of a test, it tells of the result: the test was done."""
_ON_TEST = re.compile(
    r"\b(?:on|by|from|to)\s(?:the|my|her|his|this|last)\s(?:\w+\s)?$", re.IGNORECASE
)
"""Before a test that found nothing: "no evidence of spread on the CT"."""
_ENDS_LATER = re.compile(
    r"\b(?:once|when|after|until|till|as soon as|before)\s(?P<off>(?:i'?m|i am|she'?s|he'?s"
    r"|we'?re)\s(?:off|done with|finished with|finished|through|out of)\s)?(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\s(?:is|are|'?s|has)\s(?:all\s)?(?:done|over|finished|complete|completed|ended)\b"
    r"|\s(?:finishes|ends|completes|wraps up)\b",
    re.IGNORECASE,
)
"""Said of what is still going on: "once radiation is done"."""
_ARRANGED = re.compile(
    r"\b(?<!been )(?<!keep )(?<!was )(?<!were )(?<!after )(?<!since )(?<!from )(?<!before )"
    r"(?:having|getting)\s(?:\w+\s){0,2}$"
    r"|\b(?:want|wants|need|needs|going)\s(?:me\s|her\s|us\s)?(?:to\s)?(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
"""Before what is done once: it is still to come ("having a biopsy in May")."""
_GENERIC = frozenset({"surgery", "biopsy"})
_HAD = re.compile(
    r"\b(?:ve had|have had|has had|have done|ve done|been through"
    r"|(?<!n't )(?<!not )had)\b[^.;!?,]*$",
    re.IGNORECASE,
)


def read_symptoms(reading: Reading) -> Iterator[Fact]:
    """A fact for each symptom a person has, or denies; none for one that is over."""
    pairs = described(reading)
    harms = [one.told for one in reactions(reading)]
    for mention in reading.of_kind("symptom"):
        if any(told.start <= mention.start < told.end for told in harms):
            continue
        if is_of_heart(reading, mention):
            continue
        context = reading.context(mention)
        if not _is_felt(reading, mention, context) or _is_over(reading, mention, context):
            continue
        is_treated = _REMEDY.match(reading.text, mention.end) is not None
        if not (is_treated or any(_says_more(pair, mention) for pair in pairs)):
            yield reading.fact("symptom", mention.name, mention, context=context)
    for pair in pairs:
        yield from _described(reading, pair)


def _is_felt(reading: Reading, mention: Mention, context: Context) -> bool:
    """Whether somebody has it: told, or pointed at in a question ("what causes these cramps")."""
    is_asked = reading.reader.is_asked(mention.start, mention.end)
    if not is_asked:
        return reading.is_stated(mention, context)
    if context.subject == OTHER:
        return False
    place = reading.sentence(mention.start)
    return (
        _POINTED_AT.search(reading.text, place.start, mention.start) is not None
        or _STOPPING.search(reading.text, place.start, mention.start) is not None
        or _I_HAVE.match(reading.text, mention.end, place.end) is not None
    )


def _says_more(pair: Described, mention: Mention) -> bool:
    """Whether "knees hurt" stands where one word alone says less of the same."""
    return mention.start == pair.sign.start and mention.end <= pair.sign.end


def _described(reading: Reading, pair: Described) -> Iterator[Fact]:
    context = reading.context(pair.sign)
    if reading.reader.is_asked(pair.span.start, pair.span.end):
        return
    if not reading.is_stated(pair.span, context) or _is_over(reading, pair.span, context):
        return
    fact = reading.fact("symptom", pair.name, pair.span, context=context)
    yield fact.model_copy(update={"negated": fact.negated and not pair.is_denial})


def _is_over(reading: Reading, mention: Mention | Span, context: Context) -> bool:
    place = reading.sentence(mention.start)
    if _GONE.match(reading.text, mention.end, place.end):
        return True
    if _NO_MORE.search(reading.text, place.start, mention.start):
        return True
    if context.temporality == "planned":
        return True
    if _WHENEVER.search(reading.text, place.start, mention.start):
        return True
    if PERIODS_ENDED.match(reading.text, mention.start):
        return True
    if _LACKING.match(reading.text, mention.start):
        return False
    return context.temporality == "past" and not _RECENT.search(
        reading.text, place.start, place.end
    )


def read_procedures(reading: Reading) -> Iterator[Fact]:
    """A fact for each operation, test or course of treatment, with its status."""
    mentions = list(reading.of_kind("procedure"))
    names = {mention.name for mention in mentions}
    refused = [span for name, span in wishes(reading) if name.startswith("no_")]
    planned_to = -1
    for mention in mentions:
        context = reading.context(mention)
        if any(place.start <= mention.start < place.end for place in refused):
            continue
        if not reading.is_stated(mention, context) or _is_unclear(reading, mention, names):
            continue
        if context.negated and (
            _ON_TEST.search(reading.text, 0, mention.start)
            or _FOUND_NOTHING.match(reading.text, mention.end)
        ):
            context = dataclasses.replace(context, negated=False)
        if context.negated and _NEEDED.match(reading.text, mention.end):
            continue
        status = _status(reading, mention, context)
        if planned_to >= 0 and _THEN.fullmatch(reading.text, planned_to, mention.start):
            status = "planned"
        if not context.is_timed and _is_after_regimen(reading, mention):
            status = "planned"
        planned_to = mention.end if status == "planned" else -1
        fact = reading.fact("procedure", mention.name, mention, context=context)
        yield fact.model_copy(update={"status": status})


def _is_after_regimen(reading: Reading, mention: Mention) -> bool:
    """Whether it comes behind medicines whose time nothing tells: "TCHP then surgery"."""
    place = reading.sentence(mention.start)
    return any(
        _THEN.fullmatch(reading.text, other.end, mention.start) is not None
        and not reading.context(other).is_timed
        for other in reading.of_kind("drug", "regimen")
        if place.start <= other.start < mention.start
    )


def _is_form_of_medicine(reading: Reading, mention: Mention) -> bool:
    """Whether the words are how a medicine is given: "zoladex implant"."""
    if mention.name != "breast implant":
        return False
    return any(0 <= mention.start - m.end <= 1 for m in reading.of_kind("drug"))


def _is_unclear(reading: Reading, mention: Mention, names: set[str]) -> bool:
    if _is_form_of_medicine(reading, mention) or _ONLY_NAMES.match(reading.text, mention.end):
        return True
    place = reading.sentence(mention.start)
    if mention.name == "clinical trial" and _WOULD_JOIN.search(
        reading.text, place.start, mention.start
    ):
        return True
    if mention.name == "clinical trial":
        return not _JOINED_TRIAL.search(reading.text, place.start, mention.start)
    if (
        _NOT_THIS_TIME.search(reading.text, place.start, place.end)
        and "no " in reading.lowered[max(place.start, mention.start - 4) : mention.start]
    ):
        return True
    is_generic = mention.name in _GENERIC and len(mention.text.split()) == 1
    return is_generic and any(name != mention.name and mention.name in name for name in names)


def _is_set_for(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether it, or the "surgery" named before it, is said to be still to come."""
    if _SET_FOR.match(reading.text, mention.end, place.end):
        return True
    if _OP_DATE.search(reading.text, place.start, mention.start):
        return True
    return any(
        m.name in _GENERIC and _SET_FOR.match(reading.text, m.end, mention.start)
        for m in reading.of_kind("procedure")
        if place.start <= m.start < mention.start
    )


def _is_ahead(reading: Reading, place: Span, mention: Mention, context: Context) -> bool:
    """Whether a day is set for it, or something waits until it is over."""
    if context.temporality == "current" and _is_set_for(reading, place, mention):
        return True
    return _UNTIL_AFTER.search(reading.text, place.start, mention.start) is not None


def _is_part_done(reading: Reading, place: Span) -> bool:
    """Whether some of a count of sessions are still to come: "9 of 15 rads done"."""
    part = _DONE_OF.search(reading.text, *place)
    return part is not None and int(part["done"]) < int(part["all"])


def _status(reading: Reading, mention: Mention, context: Context) -> FactStatus:
    if context.temporality == "on_hold" and mention.name not in _ONGOING:
        return "planned"
    if context.temporality in {"planned", "on_hold"}:
        return context.temporality
    place = reading.sentence(mention.start)
    if _CALLED_OFF.match(reading.text, mention.end, place.end):
        return "on_hold" if mention.name in _ONGOING else "planned"
    if _is_ahead(reading, place, mention, context):
        return "planned"
    if mention.name in _ONGOING and _is_part_done(reading, place):
        return "current"
    later = _ENDS_LATER.search(reading.text, place.start, mention.start)
    if later and (later["off"] or _ENDING.match(reading.text, mention.end, place.end)):
        return "current" if mention.name in _ONGOING else "planned"
    if context.temporality == "past" or _HAD.search(reading.text, place.start, mention.start):
        return "past"
    if mention.name not in _ONGOING:
        is_arranged = _ARRANGED.search(reading.text, place.start, mention.start)
        is_joined = mention.name == "clinical trial"
        return "planned" if is_arranged else "current" if is_joined else "past"
    if mention.name in _FOR_YEARS:
        return "current"
    is_running = context.is_timed or _IN_TREATMENT.search(reading.text, place.start, mention.start)
    return "current" if is_running else "past"

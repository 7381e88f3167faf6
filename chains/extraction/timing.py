"""When a medicine is taken: now, before, later, or held."""

import itertools
import re
from collections.abc import Sequence

from chains.context import Context
from chains.extraction.reading import Reading, Span
from chains.lexicon import Mention
from memory.records import FactStatus

SWITCH = re.compile(
    r"\b(?:switch|swap|chang|mov|transition|replac|went|going|go)\w*\b", re.IGNORECASE
)
ARROW = re.compile(r"\s*(?:-+>|→|=+>)\s*")
PLAN = re.compile(
    r"\b(?:want\w*|plan\w*|going|hop\w+|will|ll|need\w*|due|about|supposed|gonna)\s(?:me\s"
    r"|us\s|her\s|him\s)?(?:to\s)?"
    r"(?:add|put|start|begin|switch|move|go|change|try|do|have|give|get|take)\w*\b[^.;!?,]*$"
    r"|\bwants?\s(?:me|us|her|him)\son\s[^.;!?,]*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s(?:the\s|my\s|her\s)?$", re.IGNORECASE)
_TO_NEXT = re.compile(r"[^.;!?]{0,25}?\b(?:on)?to\s(?:the\s)?", re.IGNORECASE)
_FOR_NEXT = re.compile(r"\s(?:for|with)\s(?:the\s)?", re.IGNORECASE)
_SWAP = re.compile(r"\b(?:swap|replac|exchang|trad)\w*\b", re.IGNORECASE)
_MOVED_ON = re.compile(
    r"[^.;!?]{0,60}\b(?:so|then|until)\b[^.;!?]{0,20}\b(?:switch|mov|chang|swapp?)(?:ed"
    r"|e?d)\s(?:me\s)?"
    r"(?:over\s)?(?:on\s?)?to\s",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\s(?:\w+\s)?instead\b", re.IGNORECASE)
_SO_NOW = re.compile(
    r"\b(?:so|now|then)\b[^.;!?]{0,25}\b(?:on|onto|to|take|taking)\s$", re.IGNORECASE
)
_HAS_HAD = re.compile(r"\b(?:'?ve|have|has)\shad\s(?:[\w-]+,?\s){0,7}$", re.IGNORECASE)
_AND_NOW = re.compile(
    r"[^.;!?]{0,60}\b(?:(?:and\s|,\s?)?now\s(?:on|having|doing|starting|i)|and\snow)\b",
    re.IGNORECASE,
)
_PART_DONE = re.compile(
    r"\b(?P<done>\d+|one|two|three|four|five)\s?(?:of|out of|/)\s?(?P<all>\d+|two|three|four|five"
    r"|six|eight|twelve)\b(?!\s?(?:nodes?|lymph|ln|sln))|\b\d+ (?:down"
    r"|done),? (?:and )?\d+ (?:to go|left)\b|\bhalf\s?way\b"
    r"|\b(?:more|left) to (?:go|do)\b|\bto go\b|\bmore left\b",
    re.IGNORECASE,
)
"""A course that is not at its end: "2 of 4 AC done", "2 down, 6 to go"."""
_LATER_COURSE = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|last|final|next|another|[2-9](?:nd|rd|th)|1\d(?:th)?)\s"
    r"(?:(?:cycle|dose|round|infusion|injection|shot|jab|session|lot|one)\s(?:of\s)?(?:my\s"
    r"|the\s)?)?$"
    r"|\b(?:cycle|round|dose)\s(?:[2-9]|1\d)\s(?:of\s)?(?:my\s|the\s)?$",
    re.IGNORECASE,
)
"""Before a medicine that is planned again: "second cycle of enhertu tomorrow"."""
_STARTS_LATER = re.compile(
    r"\b(?:starting|startin|start|begin|beginning|restarting|restart|going on|back on"
    r"|going back on)\s"
    r"(?:on\s|my\s|the\s|her\s|his\s|taking\s|with\s)*$",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"[^.;!?]{0,40}?\b(?:tomorrow|tmrw|tmw|tomoz|next\s\w+|(?:mon|tue|tues|wed|weds|wednes|thu"
    r"|thur|thurs|fri|satur|sun)(?:day)?"
    r"|in (?:a|two|\d) (?:days?|weeks?|wks?)|soon|on the \d+\w*)\b",
    re.IGNORECASE,
)
_STARTS_ON = re.compile(
    r"(?:\sx\s?\d+)?\s(?:re-?)?(?:starts?|starting|begins?|beginning|resumes?"
    r"|resuming)\s(?:back\s|up\s|again\s)*"
    r"(?:on\s|in\s|from\s|the\s)*(?:tomorrow|tmrw|next|mon|tue|wed|thu|fri|sat|sun|a\s|two\s"
    r"|three\s|\d|jan|feb|mar|apr|may"
    r"|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_NTH_COURSE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))\s(?:cycle|round|dose"
    r"|infusion|session)\sof\s$",
    re.IGNORECASE,
)
_WAS = re.compile(r"\s(?:was|went|is done|done)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|after|before|was|were|been|last)\s(?:\w+\s)?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s(?:number\s|no\.?\s|#|cycle\s|round\s|dose\s)(?:[2-9]|1\d)\b", re.IGNORECASE
)
_ONCE = re.compile(
    r"[^.;!?]{0,20}?\b(?:once|when|after|as soon as|if)\s(?!i was|i had|my (?:last|first)|she was)",
    re.IGNORECASE,
)
_FIRST_COURSE = re.compile(
    r"\bhad\s(?:my|her|his|the)\s(?:\w+\s)?(?:first|second|third|\d(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
_DAY_IS_MY = re.compile(
    r"\b(?:tomorrow|next\s\w+|(?:on\s|this\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:'s"
    r"|\sis|\swill be)\s"
    r"(?:my|the|her|his)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
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
    r"\b(?:treatments?|therapy|it|them|meds?|medicines?|medications?|drugs?|pills?|tablets?"
    r"|everything)"
    r"\s(?:(?:was|were|is|are|has|have|had|been|got|all|now|just|to|be|put|currently|being|'?s)\s)*"
    r"(?:paused?|on hold|held|on pause|suspended|interrupted|stopped for now)\b"
    r"|\b(?:paused?|pausing|holding|held|suspended|put a hold on|(?:break|rest) from)\s"
    r"(?:(?:my|the|all|her|his|this|that)\s)*(?:treatments?|therapy|it|them|meds?|medicines?"
    r"|medications?|drugs?|pills?|tablets?|everything)\b",
    re.IGNORECASE,
)
"""A pause told of "the treatment" or "it"."""
_NOTHING_NOW = re.compile(
    r"\b(?:nothing|none|no meds|no treatment|no medication)\s(?:since|now|after that|any ?more)\b"
    r"|\b(?:not on anything|off everything|off all meds|on nothing)\b",
    re.IGNORECASE,
)
"""Behind the last of a list, it says that this too is over."""
_UNTIL_DIAGNOSED = re.compile(
    r"[^.;!?,]{0,20}\b(?:until|till|til)\s(?:i was|i got|my|the|she was|she got)?\s?diagnos",
    re.IGNORECASE,
)
_UNTIL_LATER = re.compile(
    r"\b(?:just|only|still|now|currently|continuing)\s(?:on\s|the\s|my\s|with\s|taking\s)*"
    r"(?:\w+\s(?:and\s|\+\s|plus\s)?)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"[^.;!?,]{0,25}?\b(?:until|till|til)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:in|during)\s(?:19|20)\d\d\b|\b(?:19|20)\d\d\s?(?:-|–|to)\s?(?:19|20)\d\d\b"
)


def status_of(
    reading: Reading, mentions: Sequence[Mention], at: int, *, context: Context
) -> FactStatus:
    """When the medicine `mentions[at]` is taken: by its words, a switch, a plan or a year."""
    mention = mentions[at]
    place = reading.sentence(mention.start)
    told = _told_outright(reading, place, mention)
    if told is not None:
        return told
    role = switch_role(reading, mentions, at)
    if role == "left":
        return "current" if context.temporality == "planned" else "past"
    if role == "taken" and context.temporality != "planned":
        return "current"
    return _by_its_words(reading, mentions, at, context=context)


def _told_outright(reading: Reading, place: Span, mention: Mention) -> FactStatus | None:
    """When it is taken, where its own words leave no doubt."""
    if _goes_on_until(reading, place, mention):
        return "current"
    if is_to_start(reading, place, mention):
        return "planned"
    if _is_behind_now(reading, place, mention):
        return "past"
    if _DAY_IS_MY.search(reading.text, place.start, mention.start):
        return "planned"
    if _FIRST_COURSE.search(reading.text, place.start, mention.start):
        return "current"
    return "current" if is_nth_course(reading, place, mention) else None


def _by_its_words(
    reading: Reading, mentions: Sequence[Mention], at: int, *, context: Context
) -> FactStatus:
    """When it is taken, by the words around it, a pause or a year."""
    mention = mentions[at]
    place = reading.sentence(mention.start)
    end = min([place.end, *(m.start for m in mentions[at + 1 :])])
    is_untimed = context.temporality == "current" and len(mentions) == 1
    if is_untimed and TREATMENT_HELD.search(reading.text, place.start, mention.start):
        return "on_hold"
    if context.temporality == "planned":
        return _planned_status(reading, place, mention)
    if context.temporality == "past":
        return _ended_status(reading, place, mention, Span(mention.end, end))
    if context.temporality == "current" and TREATMENT_HELD.search(reading.text, mention.end, end):
        return "on_hold"
    return context.temporality if context.is_timed else _untimed_status(reading, place, mention)


def _planned_status(reading: Reading, place: Span, mention: Mention) -> FactStatus:
    """What words call planned: over where a year is told, going on where a course follows."""
    if _YEAR.search(reading.text, mention.end, place.end):
        return "past"
    follows = _LATER_COURSE.search(reading.text, place.start, mention.start)
    goes_on = follows or _NUMBERED.match(reading.text, mention.end)
    return "current" if goes_on else "planned"


def is_nth_course(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether one course of several was had: "second cycle of EC was last Friday"."""
    if _NTH_COURSE.search(reading.text, place.start, mention.start) is None:
        return False
    return _WAS.match(reading.text, mention.end, place.end) is not None


def starts_later(reading: Reading, mention: Mention) -> bool:
    """Whether "starting" stands right before it, which the day behind its list makes a plan."""
    place = reading.sentence(mention.start)
    return _STARTS_LATER.search(reading.text, place.start, mention.start) is not None


def is_to_start(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether it is planned in its own words: "they want to add it", "starting it once ..."."""
    if PLAN.search(reading.text, place.start, mention.start):
        return True
    if _STARTS_ON.match(reading.text, mention.end, place.end):
        return True
    starts = _STARTS_LATER.search(reading.text, place.start, mention.start)
    if starts and _SOON.match(reading.text, mention.end, place.end):
        return _SINCE.search(reading.text, place.start, starts.start()) is None
    return bool(starts and _ONCE.match(reading.text, mention.end, place.end))


def _is_behind_now(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether something else has followed: "I've had EC and now on docetaxel"."""
    if _HAS_HAD.search(reading.text, place.start, mention.start) is None:
        return False
    return _AND_NOW.match(reading.text, mention.end, place.end) is not None


def _goes_on_until(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether its end is still to come: "just herceptin till December"."""
    if _UNTIL.match(reading.text, mention.end, place.end) is None:
        return False
    return _UNTIL_LATER.search(reading.text, place.start, mention.start) is not None


def _ended_status(reading: Reading, place: Span, mention: Mention, behind: Span) -> FactStatus:
    """Whether what words call past is only held, was taken up again, or is not at its end."""
    if _is_held(reading, place, mention):
        return "on_hold"
    goes_on = _RESTART.match(reading.text, *behind) or _is_part_done(reading, place)
    return "current" if goes_on else "past"


def _untimed_status(reading: Reading, place: Span, mention: Mention) -> FactStatus:
    """When a bare name is taken: by a year behind it, or as what its list says before it."""
    if _YEAR.search(reading.text, mention.end, place.end):
        return "past"
    if _UNTIL_DIAGNOSED.match(reading.text, mention.end, place.end):
        return "past"
    if _NOTHING_NOW.search(reading.text, mention.end, place.end):
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


def _is_held(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether it was stopped for a time: "stopped it until my counts come up"."""
    if not _FOR_NOW.match(reading.text, mention.end, place.end):
        return False
    return (
        _STOPPED.search(reading.text, place.start, mention.start) is not None
        or _PAUSE_WORD.search(reading.text, place.start, place.end) is not None
    )


def _is_part_done(reading: Reading, place: Span) -> bool:
    """Whether a course has begun and goes on; "4 of 4" is at its end."""
    found = _PART_DONE.search(reading.text, *place)
    return found is not None and (found["done"] is None or found["done"] != found["all"])


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
    if ARROW.fullmatch(between):
        return True
    if _MOVED_ON.fullmatch(between):
        return True
    is_instead = _INSTEAD.match(reading.text, taken.end) and _SO_NOW.search(between)
    if is_instead:
        return True
    if not _TO_NEXT.fullmatch(between):
        return _FOR_NEXT.fullmatch(between) is not None and _SWAP.search(before) is not None
    return bool(SWITCH.search(before) or _FROM.search(before) or SWITCH.search(between))

"""Dose, schedule, dates and reasons as people write them beside a medicine."""

import csv
import functools
import re
from pathlib import Path
from typing import NamedTuple

from chains.extraction.reading import Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBER = (
    r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|a couple(?: of)?|a few|several|half a)"
)
_UNIT = r"(?:years?|yrs?|months?|mths?|mos?|weeks?|wks?|days?|cycles?|rounds?)"
_WHEN = (
    rf"(?:(?:early|mid|late|last|this|the end of|the beginning of|end of)[\s-])?"
    rf"(?:{_MONTH}\b(?:\s?(?:of\s)?(?:19|20)\d\d|\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s20\d\d)?)?"
    rf"|(?:19|20)\d\d"
    r"|(?:spring|summer|autumn|fall|winter|christmas|easter)\b(?:\s(?:19|20)\d\d)?"
    rf"|(?<=last\s)(?:year|month|week)|diagnosis|surgery|yesterday|{_NUMBER}\s{_UNIT}\sago"
    r"|\d{1,2}/\d{2,4})"
)
_DOSE_UNIT = r"(?:mg/m2|mg/kg|milligrams?|mgs?|mcg|micrograms?|µg|grams?|g|ml|iu|units?)"

DOSE = re.compile(rf"\b(\d+(?:[.,]\d+)?)\s?({_DOSE_UNIT})\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\d.,/$#])\b(\d{1,4}(?:\.\d+)?)\b(?!\s?(?:%|/|-|:|,\d|\.\d|(?:more |full |long "
    r"|straight )?"
    r"(?:years?|yrs?|y\b|months?|mths?|mos?\b|weeks?|wks?|days?|cycles?|rounds?|times?|hours?"
    r"|hrs?|am\b|pm\b"
    r"|doses?|tablets?|pills?|infusions?|treatments?|more\b|to go\b|left\b"
    r"|down\b|done\b|st\b|nd\b|rd\b|th\b|of\b|x\b|cm|mm|nodes?"
    r"|x\s)))",
    re.IGNORECASE,
)
_BARE_RIGHT_AFTER = re.compile(
    r"[\s(,:@-]{0,3}(?:at\s|dose\s|of\s|down to\s|up to\s|to\s|now\s|on\s|is\s|was\s)*",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b(?:for\s(?:about|almost|nearly|over|around|the (?:last|past)|more than|at least"
    rf"|just)?\s?)?"
    rf"((?:{_NUMBER})(?:\s?(?:and a half|1/2|\.5))?[\s-]?{_UNIT})\b(?!\s(?:ago|on\b(?=\s\d)|off"
    rf"|later|old|of\s(?:the|age)))",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\bsince\s(?:about\s|around\s|approximately\s)?({_WHEN})", re.IGNORECASE)
_BEGUN = re.compile(
    rf"\b(?:start(?:ed)?|began|begun|beginning|starting|put (?:me|her|him) on|went on|switched"
    rf"|moved|changed)\b[^.;,]{{0,40}}?\b(?:in|on|back in|around)?\s?({_WHEN})",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"\b(?:until|till|til|stopped|finished|ended|completed|came off|quit|done)\b[^.;,]{{0,40}}?"
    rf"(?<![\w])(?:in\s|on\s|back in\s|around\s|by\s)?({_WHEN})",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"\b({_WHEN})\s?(?:-|–|to|until|till)\s?({_WHEN})", re.IGNORECASE)
_SCHEDULE = re.compile(
    rf"\b((?:once|twice|three times|four times|two times|1x|2x|3x)[\s-](?:a|per|each"
    rf"|every)?\s?(?:day|week|month|year|daily|weekly)"
    rf"|(?:once|twice)\s(?:daily|weekly)|every\s(?:other\s)?(?:{_NUMBER}\s)?(?:days?|weeks?"
    rf"|wks?|months?"
    r"|night|morning|evening|hours|mths)|daily|weekly|biweekly|bi-weekly|fortnightly|monthly"
    r"|nightly|at night|at bedtime|each night|each morning"
    r"|in the morning|a day|per day|\b(?:bid|tid|qd|bd|od|tds|prn|qhs)\b|q\d+\s?(?:w|weeks?|d|h)\b"
    r"|as needed|(?:a)?round the clock"
    r"|(?:\d|one|two|three)\s(?:weeks?|wks?|days?)\son,?\s(?:and\s)?(?:\d|one|two)\s?(?:weeks?"
    r"|wks?|days?)?\soff"
    r"|\d+\s(?:weeks?|days?)\son\b)",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"\b(?:reduc\w+|lower\w*|decreas\w+|cut\w*|dropped|dropping|drop|came down|brought down"
    r"|went down|down to|gone down"
    r"|going down|bumped down|stepped down|took me down|less|halved|de-?escalat\w+"
    r"|dose reduction|down from|put me down|moved me down"
    r"|taken down|knocked down|backed off)\b",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"\b(?:increas\w+|rais\w+|upped|bumped up|bumped|went up|gone up|going up|up to|higher"
    r"|doubled|put up|moved up|escalat\w+|back up)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|holding|hold|paused?|pausing|on hold|skipp\w+|interrupt\w+|break)\b", re.IGNORECASE
)
_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|bc(?: of)?|b/c(?: of)?|cause of|cos(?: of)?|coz(?: of)?|cuz(?: of)?"
    r"|due to|owing to|on account of"
    r"|thanks to|as a result of|since|after|as|from|for|over|so that|when|with"
    r"|couldn'?t handle|couldn'?t tolerate|given)\b",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"\b(?:to|at|on|now|reduced|lowered|dose|increased|raised)\s$", re.IGNORECASE
)
_JOINT = re.compile(r",|;|\b(?:so|but|and|then|because|as)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:\W|\b(?:the|my|her|his|our|dose|dosage|it|its|they|theyve|ve|was|were|is|are|been|has"
    r"|have|had|so|now"
    r"|and|then|we|got|i|she|he|dr|doctor|onc|oncologist|team|be|just|recently|but|because|me"
    r"|that|this|last|week"
    r"|month|also|since|first|only|finally|s|getting|getting|being|to)\b)*",
    re.IGNORECASE,
)
_DOSE_LEAD = re.compile(r"\b(?:dose|dosage|mg)\b[^.;,]{0,20}$", re.IGNORECASE)
_INTENDED = re.compile(
    r"\b(?:wants?|wanted|plan\w*|going|thinking|may|might|will|considering|hoping|hopes"
    r"|suggest\w*|talk\w*|discuss\w*|should|could|can)\s"
    r"(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_AGES = range(18, 106)
"""Years; a bare figure of these may be an age."""
_FROM_FIGURE = re.compile(r"\bfrom\s(\d+(?:\.\d+)?)\s?(?:mgs?)?\b", re.IGNORECASE)
_DOSE_CHANGE = re.compile(
    r"\b(?:dose|dosage|mg|pills?|tablets?|strength|milligrams?)\b", re.IGNORECASE
)


class Found(NamedTuple):
    """A value with the place that says it."""

    value: str
    span: Span


def find_dose(text: str, window: Span, *, after: int) -> Found | None:
    """The dose in force within the window; the last one where several stand.

    Args:
        text: the message.
        window: the characters that speak of one medicine.
        after: behind the medicine's name; a bare number counts right there or behind a change.
    """
    with_unit = [m for m in DOSE.finditer(text, *window)]
    if with_unit:
        last = with_unit[-1]
        change = find_change(text, Span(last.end(), window.end))
        is_old = "from" in text[max(0, last.start() - 6) : last.start()].lower()
        behind = Span(last.end(), window.end)
        bare = _bare_after_change(text, behind, after=after, is_changed=is_old)
        return (bare if is_old or change else None) or Found(
            f"{_figure(last[1])} {_unit(last[2])}", Span(*last.span())
        )
    return _bare_after_change(text, window, after=after) or _bare_right_after(text, window, after)


def _bare_after_change(
    text: str, window: Span, *, after: int, is_changed: bool = False
) -> Found | None:
    """The last number without a unit that a word of change leads to: "lowered to 400"."""
    for match in reversed(list(_BARE.finditer(text, *window))):
        if _is_year(match[1]) or not _LEADS_TO.search(text, window.start, match.start()):
            continue
        segment = _segment(text, window, match.start())
        change = find_change(text, segment)
        if is_changed or (change is not None and is_of_dose(text, window, change, after=after)):
            return Found(f"{match[1]} mg", Span(*match.span()))
    return None


def _segment(text: str, window: Span, end: int) -> Span:
    """The part of a clause before `end`, from the last joining word on."""
    joints = [joint.end() for joint in _JOINT.finditer(text, window.start, end)]
    return Span(joints[-1] if joints else window.start, end)


def is_of_dose(text: str, window: Span, change: Found, *, after: int) -> bool:
    """Whether a word of change speaks of the dose and not of "sugar went up".

    Args:
        text: the message.
        window: the characters that speak of one medicine.
        change: as found.
        after: behind the medicine's name.
    """
    segment = _segment(text, window, change.span.start)
    if segment.start <= after <= segment.end or change.span.start < after:
        return True
    if _DOSE_LEAD.search(text, segment.start, change.span.start):
        return True
    return _LEAD.fullmatch(text, segment.start, change.span.start) is not None


def _bare_right_after(text: str, window: Span, after: int) -> Found | None:
    lead = _BARE_RIGHT_AFTER.match(text, after, window.end)
    found = _BARE.match(text, lead.end(), window.end) if lead else None
    if found is None or _is_year(found[1]):
        return None
    return Found(f"{found[1]} mg", Span(*found.span()))


def find_change(text: str, window: Span) -> Found | None:
    """Whether the dose was reduced, raised or held, with the word that says it."""
    for pattern, value in ((_HELD, "held"), (_REDUCED, "reduced"), (_RAISED, "raised")):
        found = pattern.search(text, *window)
        if found is not None and not _INTENDED.search(text, window.start, found.start()):
            return Found(value, Span(*found.span()))
    return None


def find_dose_to_be_left(text: str, window: Span) -> Found | None:
    """The dose still in force where a change is only intended: "wants to go from 125 to 100"."""
    for pattern in (_REDUCED, _RAISED):
        change = pattern.search(text, *window)
        if change is not None and _INTENDED.search(text, window.start, change.start()):
            found = _FROM_FIGURE.search(text, change.end(), window.end)
            return Found(f"{found[1]} mg", Span(*found.span(1))) if found else Found("", window)
    return None


def speaks_of_dose(text: str, window: Span) -> bool:
    """Whether the window holds words for a dose."""
    return _DOSE_CHANGE.search(text, *window) is not None


def find_schedule(text: str, window: Span) -> Found | None:
    """How often it is taken, as written."""
    return _found(_SCHEDULE.search(text, *window))


def find_duration(text: str, window: Span) -> Found | None:
    """How long, as written: "14 months"."""
    for match in _DURATION.finditer(text, *window):
        before = text[max(0, match.start() - 10) : match.start()].lower()
        if not re.search(
            r"\b(?:every|each|per|in|q|last|next|within|once|twice|times)\s$|\b(?:skip"
            r"|miss|break)\w*\s",
            before,
        ):
            return _found(match)
    return None


def find_since(text: str, window: Span) -> Found | None:
    """Since when, as written."""
    return _found(_SINCE.search(text, *window)) or _found(_BEGUN.search(text, *window))


def find_until(text: str, window: Span) -> Found | None:
    """Until when, as written."""
    ranged = _RANGE.search(text, *window)
    if ranged:
        return Found(ranged[2], Span(*ranged.span(2)))
    return _found(_UNTIL.search(text, *window))


def find_because(text: str, window: Span) -> tuple[Span, ...]:
    """Places that open a reason."""
    return tuple(Span(*match.span()) for match in _BECAUSE.finditer(text, *window))


def _found(match: re.Match[str] | None) -> Found | None:
    return Found(match[1].strip(), Span(*match.span())) if match else None


def _figure(number: str) -> str:
    """A figure with its thousands joined and a decimal point."""
    if re.fullmatch(r"\d{1,2},\d{3}", number):
        return number.replace(",", "")
    return number.replace(",", ".")


def _unit(written: str) -> str:
    unit = written.lower()
    if unit in {"mgs", "milligram", "milligrams"}:
        return "mg"
    if unit in {"microgram", "micrograms", "µg"}:
        return "mcg"
    return "g" if unit in {"gram", "grams"} else "IU" if unit == "iu" else unit


def _is_year(number: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", number) is not None


def is_no_dose(name: str, figure: str) -> bool:
    """Whether a bare figure behind a medicine is rather an age than a dose of it.

    Args:
        name: canonical.
        figure: digits, as written: "letrozole, 60".
    """
    if not figure.isdigit() or int(figure) not in _AGES:
        return False
    known = _doses().get(name)
    return known is not None and float(figure) not in known


@functools.cache
def _doses() -> dict[str, frozenset[float]]:
    """Milligrams that a medicine is given in, by canonical name, from `rules/doses.csv`.

    Empty for what is dosed by weight. Used to tell an age from a dose, never to advise on one.
    """
    path = Path(__file__).parents[1] / "rules" / "doses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: frozenset(float(one) for one in row["milligrams"].split("|") if one)
            for row in csv.DictReader(file)
        }

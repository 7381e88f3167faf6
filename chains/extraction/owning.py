"""Questions that say what the asker has: "how long do I have with stage 4 her2 positive".

A question is no fact, but what it calls the writer's own is one: "my grade 3 ductal", "as someone
with bone mets", "is soy safe if I have ER positive cancer". Of "what are the options for triple
negative" and "if I have bone mets, will they ..." nothing is taken.
"""

import re

from chains.context import Context
from chains.extraction.reading import OTHER, Reading, Span
from chains.lexicon import Mention

_RUN = (
    r"(?:(?!(?:is|are|was|were|be|do|does|did|can|could|will|would|should|may|might|if|when|than"
    r"|or|vs|versus|that|which|who|how|what|why|means?|gets?|turns?|becomes?|causes?|to|from"
    r"|of|about|for"
    r"|but|because|so|go|goes|come|comes|has|have|had|not|no|people|women|patients|someone)\b)"
    r"[\w+/%.'’-]+[\s,(]+){0,7}"
)
"""Words of one noun phrase before the place: "my newly diagnosed grade 3"."""
_WITH = re.compile(
    r"(?P<whose>[\w'’]+\s)?\b(?P<help>help\s|helps\s|helping\s)?(?:with|having|being|w/)\s"
    + _RUN
    + "$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|my|we|our|us)\b", re.IGNORECASE)
_GENERIC_HEAD = re.compile(
    r"^(?:people|person|someone|somebody|anyone|anybody|everyone|women|woman|men|man|lady"
    r"|ladies|girls?"
    r"|patients?|those|folks?|others|many|most|friends?|survivors?|ones|cancers?|tumou?rs?"
    r"|deal|experience"
    r"|problem|problems|wrong|do|associated|compared|vs|happens?|helps?)$",
    re.IGNORECASE,
)
_AS = re.compile(
    r"(?:\bas|\blike me,?)\s(?:(?:a|an)\s)?(?:[\w-]+\s){0,4}?(?:(?:someone|somebody|one|woman|man"
    r"|person|patient|mum|mom|girl|lady|survivor)\s)?(?:(?:who\s)?(?:with|has|living with)\s)?"
    + _RUN
    + "$"
    r"|\bas\san?\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_COUNTS_AS = re.compile(
    r"\b(?:such|same|well|known|counts?|counted|defined|called|classed|classified|considered"
    r"|described"
    r"|qualif\w+|regarded|seen)\sas\b",
    re.IGNORECASE,
)
_FEARED = re.compile(
    r"\b(?:means?|meant|sign|signs|proof|whether|think|thinking|makes? me (?:think|worry|fear"
    r"|sure))\b"
    r"(?:\s(?:that|of|the|my|it|its|it's|is|cancer|disease|bc|has|have|maybe|really))*\s?$",
    re.IGNORECASE,
)
"""Before what is only feared: "does this mean my cancer has spread"."""
_CHOICE_BEHIND = re.compile(
    r"[\s-]?(?:(?:low|positive|negative|pos|neg|mutat\w+|\+|-)\s)?or\s(?:a\s)?"
    r"(?:her-?2|er|pr|hr|triple|brca\w*|trip)\b",
    re.IGNORECASE,
)
_ME_WITH = re.compile(
    r"\b(?:me|myself)(?:,\s?|\swith\s|\sas\s(?:an?\s)?|\sbeing\s|\shaving\s)" + _RUN + "$",
    re.IGNORECASE,
)
_OPENING_WITH = re.compile(
    r"^\W*(?:having|being|living with|with me (?:having|being))\s" + _RUN + "$", re.IGNORECASE
)
_MY = re.compile(
    r"\b(?:my|our|her|his)\s(?:(?:[\w-]+\s)?diagnosis\sof\s)?" + _RUN + "$", re.IGNORECASE
)
_MY_CHANCES_FOR = re.compile(
    r"\bmy\s(?:[\w-]+\s){0,2}?(?:options?|chances?|odds|prognosis|outlook|treatments?|plan|survival"
    r"|expectancy|choices)\s(?:[\w-]+\s){0,2}?(?:for|with|at|in|as|being|if i have)\s" + _RUN + "$",
    re.IGNORECASE,
)
_DO_I_NEED_FOR = re.compile(
    r"\b(?:do|should|can|will|must|may|am|could)\s(?:i|we)\s(?!(?:find|look|search|know|tell|learn"
    r"|read|explain|(?:get |be )?(?:screened|tested|checked))\b)"
    r"[^.;?!]{0,60}?\b(?:for|at|when|while)\s"
    r"(?:having\s|being\s)?" + _RUN + "$",
    re.IGNORECASE,
)
_IF_I_HAVE = re.compile(
    r"(?P<main>[^.;?!]*?)\b(?:if|when|since|because|now that|as|while)\s(?:i\s(?:have|am"
    r"|also have)|i'?m"
    r"|i'?ve(?:\sgot)?)\s" + _RUN + "$",
    re.IGNORECASE,
)
_SAFE_MAIN = re.compile(
    r"\b(?:safe|safely|ok|okay|fine|all right|alright|allowed|dangerous|harmful|bad|good"
    r"|advisable|wise)\b"
    r"|\b(?:can|should|could|may)\s(?:i|we)\b|\b(?:do i|should i|what (?:can|should|do) i)\b",
    re.IGNORECASE,
)
"""What one asks of a thing one has, not of a thing one fears."""
_ONLY = re.compile(r"(?:if|when)\s(?:i'?m|i am)\s(?:only|already|just)\s", re.IGNORECASE)
"""What one is only, or already, one is: "why a scan if I'm only stage 1"."""
_WHETHER = re.compile(
    r"\b(?:know|tell|find out|check|test|tests|tested|see|sure|wonder\w*|show|ask|confirm|happens?"
    r"|would|worried|afraid|scared)\b[^,]*$",
    re.IGNORECASE,
)
"""Before "if I have": it is asked whether."""
_NOUN_BEHIND = re.compile(
    r"[\s-]*(?:(?:her2|er|pr|hr|invasive|metastatic|breast|positive|negative|pos|neg|low"
    r"|status|stage|grade"
    r"|\d\w?|[+/,&-]|and|with)[\s-]*)*\b(?:cancer|tumou?r|bc|disease|diagnosis|patient|idc|ilc"
    r"|dcis|type|lump"
    r"|mutation|mets?|metastas\w+|girl|lady|woman)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:any|anyone|anybody|any1|which|other|others|everyone)\b", re.IGNORECASE)
_FOR_ME = re.compile(r"[^.;?!]{0,30}\bmeans? for (?:me|us|my|her|him)\b", re.IGNORECASE)
_ITS_FIGURE = re.compile(r"\s(?:score\s|level\s|count\s)?(?:of|at)\s\d", re.IGNORECASE)
_NOUN_ENDS = re.compile(
    r"\b(?:cancer|tumou?r|disease|scan|biopsy|test|results?|doctor|oncologist)\s+$", re.I
)
_MY_ALONE = re.compile(r"\b(?:my|our|her|his)\s$", re.IGNORECASE)
_NAME = re.compile(r"trip", re.IGNORECASE)
""" "Triple negative" names the cancer, unlike a marker with its value."""
_HEADS = frozenset({"diagnosis", "extent", "comorbidity", "menopausal_status"})


def is_had(reading: Reading, span: Mention | Span, context: Context) -> bool:
    """Whether the message says that somebody has this: told, or named as theirs in a question."""
    if context.subject == OTHER:
        return False
    place = reading.sentence(span.start)
    before = reading.text[place.start : span.start]
    if isinstance(span, Mention) and span.kind == "extent" and _FEARED.search(before):
        return False
    is_asked = context.is_question or reading.reader.is_asked(span.start, span.end)
    if not is_asked and reading.is_stated(span, context):
        return True
    if not (is_asked or context.hypothetical):
        return False
    if (is_asked and _is_called_own(reading, span, before)) or _is_condition(before):
        return not _is_one_of_two(reading, span)
    return False


def _is_one_of_two(reading: Reading, span: Mention | Span) -> bool:
    """Whether it is one of two types that are asked of: "if I am HER2-low or HER2-negative"."""
    is_marker = isinstance(span, Mention) and span.kind == "biomarker"
    return is_marker and _CHOICE_BEHIND.match(reading.text, span.end) is not None


def _is_called_own(reading: Reading, span: Mention | Span, before: str) -> bool:
    if _ME_WITH.search(before) or _OPENING_WITH.search(before) or _MY_CHANCES_FOR.search(before):
        return True
    if _AS.search(before) and not _COUNTS_AS.search(before):
        return True
    if _DO_I_NEED_FOR.search(before) or _FOR_ME.match(reading.text, span.end):
        return True
    return _is_with(reading, before) or _is_mine(reading, span, before)


def _is_with(reading: Reading, before: str) -> bool:
    """Whether "with" leads to it and the question is the writer's: "can I run with bone mets"."""
    found = _WITH.search(before)
    if found is None or (found["whose"] and _GENERIC_HEAD.match(found["whose"].strip())):
        return False
    lead = before[: found.start()] + (found["whose"] or "")
    if _OTHERS.search(lead):
        return False
    return _FIRST.search(lead) is not None or bool(reading.reader.relations)


def _is_mine(reading: Reading, span: Mention | Span, before: str) -> bool:
    """Whether it stands in "my ... cancer", and is not what is asked of it ("is my HER2 low")."""
    found = _MY.search(before)
    if found is None or _NOUN_ENDS.search(before):
        return False
    if not isinstance(span, Mention) and _MY_ALONE.search(before):
        return True
    if isinstance(span, Mention) and span.kind in _HEADS:
        return True
    if _NAME.match(reading.text, span.start):
        return True
    if _ITS_FIGURE.match(reading.text, span.end) or _NOUN_BEHIND.match(reading.text, span.end):
        return True
    return any(m.start >= span.end and m.start - span.end <= 3 for m in reading.of_kind(*_HEADS))


def _is_condition(before: str) -> bool:
    """Whether "if I have" stands behind the question: "is soy safe if I have ER positive ..."."""
    found = _IF_I_HAVE.match(before)
    if found is None or not found["main"].strip():
        return False
    if _ONLY.match(before, found.end("main")):
        return True
    return bool(_SAFE_MAIN.search(found["main"])) and not _WHETHER.search(found["main"])

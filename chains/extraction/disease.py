"""The disease: diagnosis, extent, stage, TNM, grade, size, nodes, metastases."""

import dataclasses
import re
from collections.abc import Iterator

from chains.context import Context
from chains.extraction.owning import is_had
from chains.extraction.reading import SELF, Reading, Span
from chains.extraction.spread import LIST, read_metastases
from chains.lexicon import Mention
from memory.records import Fact

_ROMAN = {
    **{"0": "0", "zero": "0", "1": "I", "one": "I", "2": "II", "two": "II", "3": "III"},
    **{"three": "III", "4": "IV", "four": "IV", "i": "I", "ii": "II", "iii": "III", "iv": "IV"},
}
_STAGE = re.compile(
    r"\b(?:stage|stg|staged(?: at| as)?)\s*(?:is|was|:|at|-)?\s*"
    r"(zero|one|two|three|four|iv|i{1,3}|[0-4])\s?-?([abc](?=\W|\d|$))?(?![a-z%']"
    r"|\s?[-–/]\s?\d|\.\d|(?<=\si)\s(?:am|was|have|had|want|need|think|will|is|can|do|'?m)\b)",
    re.IGNORECASE,
)
_RESTAGED = re.compile(
    r"\b(?:upstaged|up-staged|downstaged|restaged|re-staged)\b[^.;!?]{0,25}?\b(?:to|at"
    r"|as)\s(?:a\s)?(?:stage\s)?"
    r"(one|two|three|four|iv|i{1,3}|[0-4])([abc])?\b",
    re.IGNORECASE,
)
_OF_TUMOR = re.compile(
    r"\b(?:tumou?r|lump|mass|cancer)\s(?:is|was|measures|measured|at|of)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?<!\bin )\bgrade\s*(?:is|was|:|of)?\s*([1-3]|i{1,3})\b"
    r"(?!\s(?:class\w*|teachers?|kids?|students?|pupils?|piano|violin|guitar|maths?|exams?"
    r"|school\w*"
    r"|reading|homework|listed|boys|girls|side))",
    re.IGNORECASE,
)
_TNM = re.compile(
    r"\b([cpyr]{0,3})T\s?([0-4X]|is)([a-d]|mi)?\s?[,/]?\s?[cpyr]{0,2}N\s?([0-3X])([a-c]|mi)?"
    r"(?:\s?\((?:sn|i[+-])\))?(?:\s?[,/]?\s?[cpyr]{0,2}M\s?([01X])([a-c])?)?\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\b(\d{1,2}(?:[.,]\d{1,2})?(?:\s?[x×]\s?\d{1,2}(?:[.,]\d{1,2})?){0,2})\s?-?(cm|mm"
    r"|centimet(?:er|re)s?)\b",
    re.IGNORECASE,
)
_SIZE_OWNERS = re.compile(
    r"tumou?r|lump|mass|cancer|carcinoma|lesion|\bidc\b|\bilc\b|dcis|node|grade|size|measur",
    re.IGNORECASE,
)
_SIZE_PUT_RIGHT = re.compile(
    r"\bnot\s[\d.,]+\s?(?:cm|mm)\b[^.;!?\d]{0,12}\b(?:it'?s|but|it is|was)\b"
    r"|\b(?:it'?s|it is|was)\s[\d.,]+\s?(?:cm|mm),?\s(?:and\s)?not\b",
    re.IGNORECASE,
)
"""A size that only corrects another: "not 2 cm, it's 3.2 cm"."""
_NODES = (
    re.compile(
        r"\b(\d{1,2})\s*(?:/|of|out of)\s*(?:the\s)?(\d{1,2})\s*(?:positive\s|\+\s?)?"
        r"(?:sentinel\s|axillary\s|lymph\s?)*nodes?\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bnodes?\b[^.;\d]{0,25}?\b(\d{1,2})\s*(?:/|of|out of)\s*(\d{1,2})\b", re.IGNORECASE
    ),
)
_NODES_OUT = re.compile(
    r"\b(\d{1,2})\s(?:lymph\s)?nodes?\s(?:were\s)?(?:out|removed|taken(?: out)?|tested|checked"
    r"|sampled)\b"
    r"[^.;\d]{0,20}?\b(\d{1,2})\s(?:of\s\w+\s)?(?:had|were|was|came|positive|with|showed"
    r"|containing)\b",
    re.IGNORECASE,
)
"""All before those with cancer: "14 nodes out, 3 had cancer"."""
_NODES_COUNTED = re.compile(
    r"\b(\d{1,2}|one|two|three|four|five|six)\s(?:positive|involved|affected|cancerous)\s"
    r"(?:lymph\s)?nodes?\b|\b(\d{1,2}|one|two|three|four|five|six)\s(?:lymph\s)?nodes?\s"
    r"(?:were\s|was\s|are\s|is\s)?(?:positive|involved|affected|cancerous)\b",
    re.IGNORECASE,
)
_NODE_STATUS = re.compile(
    r"\b(?:lymph\s)?nodes?[\s-](?:are\s|were\s|was\s|is\s|came back\s)?(?:all\s)?(positive"
    r"|negative|clear|neg|pos)\b"
    r"|\b(clear|negative)\s(?:lymph\s)?nodes?\b",
    re.IGNORECASE,
)
_NO_NODES = re.compile(
    r"\b(?:no|none of (?:my|the|her)|zero|0)\s(?:positive\s|affected\s|cancer in (?:my|the|her)\s)?"
    r"(?:lymph\s)?nodes?\s?(?:involve\w*|affected|positive|spread|(?=[,.;]|$))"
    r"|\b(?:lymph\s)?nodes?\s(?:are\s|were\s)?(?:all\s)?not involved\b"
    r"|\b(?:nothing|no cancer|not)\s(?:found\s)?in (?:my|the|her|any)\s(?:lymph\s)?nodes?\b",
    re.IGNORECASE,
)
_NODE_VALUES = {"clear": "negative", "neg": "negative", "pos": "positive"}
_COUNTS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
FAMILY = re.compile(
    r"\bruns? in (?:my|the|our|her) family|\bfamily history|\b(?:mother|father|mum|mom"
    r"|dad)'?s side"
    r"|\bin (?:my|our|the|her) family\b",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"\b(?:had|died|passed|survived|beat|lost|diagnosed (?:with [\w\s]{0,30})?(?:at|in|when)"
    r"|diagnosed with [\w\s]{0,30}(?:at|in|when)|survivors?|years ago"
    r"|with [\w\s]{0,25}at (?:age )?\d\d)\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"\b(?:show|see|find|pick up|spot|catch|detect|reveal|notice|diagnose)\s(?:up\s)?(?:my|her"
    r"|his)\s"
    r"(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
"""Before a cancer that was there and not seen: "why did the scan not show my lobular cancer"."""
_OF_EARLY = re.compile(
    r"[\s-](?:\w+[\s-]){0,3}?(?:cancer|bc|breast|stage|disease|tumou?r|idc|ilc|er|her2|triple|tnbc"
    r"|hr|hormone|diagnosis)\b|\s?(?:[,.;)]|$)",
    re.IGNORECASE,
)
"""Behind a bare "early": the cancer, and not when something is done."""
_NOT_OF_BLOOD = frozenset({
    *("husband", "wife", "partner", "girlfriend", "boyfriend", "friend", "stepmother"),
    *("mother-in-law", "father-in-law", "sister-in-law", "brother-in-law"),
})
_SAYS_BREAST_CANCER = re.compile(r"breast|\bmbc\b", re.IGNORECASE)


def read_disease(reading: Reading) -> Iterator[Fact]:
    """Facts of the disease itself, in the order stage, figures, diagnosis, extent, metastases."""
    yield from _stages(reading)
    yield from _restaged(reading)
    yield from _grades(reading)
    yield from _tnms(reading)
    yield from _sizes(reading)
    yield from _nodes(reading)
    yield from _diagnoses(reading)
    yield from _extents(reading)
    yield from read_metastases(reading)


def _matches(reading: Reading, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Context]]:
    """Matches that the message states, with their contexts."""
    for match in pattern.finditer(reading.text):
        context = reading.context(Span(*match.span()))
        if is_had(reading, Span(*match.span()), context):
            yield match, context


def _stages(reading: Reading) -> Iterator[Fact]:
    for match, context in _matches(reading, _STAGE):
        span = Span(*match.span())
        name = _ROMAN[match[1].lower()] + (match[2] or "").upper()
        yield reading.fact("stage", name, span, context=context)
        if name.startswith("IV") and not context.negated:
            yield reading.inferred("extent", "metastatic", span, context)


def _restaged(reading: Reading) -> Iterator[Fact]:
    """The stage that another gave way to: "upstaged me from IIA to IIIA"."""
    for match, context in _matches(reading, _RESTAGED):
        name = _ROMAN[match[1].lower()] + (match[2] or "").upper()
        yield reading.fact("stage", name, Span(*match.span()), context=context)


def _grades(reading: Reading) -> Iterator[Fact]:
    symptoms = [mention.start for mention in reading.of_kind("symptom", "comorbidity")]
    for match, context in _matches(reading, _GRADE):
        is_toxicity = any(0 <= start - match.end() <= 3 for start in symptoms)
        if not is_toxicity:
            name = str(len(match[1])) if match[1].lower().startswith("i") else match[1]
            yield reading.fact("grade", name, Span(*match.span()), context=context)


def _tnms(reading: Reading) -> Iterator[Fact]:
    for match, context in _matches(reading, _TNM):
        prefix, t, t_part, n, n_part, m, m_part = (group or "" for group in match.groups())
        t = "is" if t.lower() == "is" else t.upper()
        tail = f"M{m.upper()}{m_part.lower()}" if m else ""
        name = f"{prefix.lower()}T{t}{t_part.lower()}N{n.upper()}{n_part.lower()}{tail}"
        yield reading.fact("tnm", name, Span(*match.span()), context=context)


def _sizes(reading: Reading) -> Iterator[Fact]:
    organs = [mention.start for mention in reading.of_kind("metastasis")]
    for match, context in _matches(reading, _SIZE):
        place = reading.sentence(match.start())
        is_elsewhere = any(
            place.start <= start < place.end and "node" not in reading.lowered[start : start + 12]
            for start in organs
        )
        is_put_right = _SIZE_PUT_RIGHT.search(reading.text, *place) is not None
        if _OF_TUMOR.search(reading.text, place.start, match.start()):
            is_elsewhere = False
        if is_elsewhere or not (
            is_put_right or _SIZE_OWNERS.search(reading.text, place.start, place.end)
        ):
            continue
        unit = "mm" if match[2].lower() == "mm" else "cm"
        figure = re.sub(r"\s?[x×]\s?", " x ", match[1].replace(",", "."))
        yield reading.fact("tumor_size", f"{figure} {unit}", Span(*match.span()), context=context)


def _nodes(reading: Reading) -> Iterator[Fact]:
    for pattern in _NODES:
        for match, context in _matches(reading, pattern):
            name = f"{match[1]}/{match[2]}"
            yield reading.fact("nodes", name, Span(*match.span()), context=context)
            return
    for match, context in _matches(reading, _NODES_OUT):
        yield reading.fact("nodes", f"{match[2]}/{match[1]}", Span(*match.span()), context=context)
        return
    for match, context in _matches(reading, _NODES_COUNTED):
        count = (match[1] or match[2]).lower()
        name = f"{_COUNTS.get(count, count)} positive"
        yield reading.fact("nodes", name, Span(*match.span()), context=context)
        return
    for match, context in _matches(reading, _NO_NODES):
        fact = reading.fact("nodes", "negative", Span(*match.span()), context=context)
        yield fact.model_copy(update={"negated": False})
        return
    for match, context in _matches(reading, _NODE_STATUS):
        word = (match[1] or match[2]).lower()
        name = _NODE_VALUES.get(word, word)
        yield reading.fact("nodes", name, Span(*match.span()), context=context)


def _diagnoses(reading: Reading) -> Iterator[Fact]:
    for mention in reading.of_kind("diagnosis"):
        context = reading.context(mention)
        if not is_had(reading, mention, context):
            continue
        if context.negated and _UNSEEN.search(reading.text, 0, mention.start):
            context = dataclasses.replace(context, negated=False)
        relatives = _family(reading, mention, context)
        if relatives is None:
            yield reading.fact("diagnosis", mention.name, mention, context=context)
        if relatives is not None:
            yield _family_history(reading, mention, context=context, relatives=relatives)


def _family_history(
    reading: Reading, mention: Mention, *, context: Context, relatives: tuple[str, ...]
) -> Fact:
    """History of the person the thread is about; earlier named relatives are kept beside."""
    known = reading.card.find("family_history", mention.name)
    before = known.attributes.get("relatives", "").split(", ") if known else []
    named = ", ".join(dict.fromkeys(filter(None, (*before, *relatives))))
    attributes = {"relatives": named} if named and not context.negated else {}
    fact = reading.fact(
        "family_history", mention.name, mention, context=context, attributes=attributes
    )
    return fact.model_copy(update={"subject": reading.about})


def _family(reading: Reading, mention: Mention, context: Context) -> tuple[str, ...] | None:
    """The relatives whose illness this is history for, empty when unnamed; None when it is not."""
    place = reading.sentence(mention.start)
    named = _relatives(reading, place, mention)
    if FAMILY.search(reading.text, place.start, place.end):
        return named
    is_relative = context.subject not in {SELF, reading.about, *_NOT_OF_BLOOD}
    if is_relative and named and _HAD.search(reading.text, place.start, place.end):
        return named
    return None


def _relatives(reading: Reading, place: Span, mention: Mention) -> tuple[str, ...]:
    """The relative named last before the illness, with those listed beside; else those behind."""
    words = reading.reader.words
    inside = [r for r in reading.reader.relations if place.start <= words[r.word].start < place.end]
    before = [r for r in inside if words[r.word].start < mention.start]
    if not before:
        return tuple(r.name for r in inside)
    named = [before.pop()]
    while before and LIST.fullmatch(
        reading.text, words[before[-1].last - 1].end, words[named[0].word].start
    ):
        named.insert(0, before.pop())
    return tuple(dict.fromkeys(r.name for r in named))


def _extents(reading: Reading) -> Iterator[Fact]:
    for mention in reading.of_kind("extent"):
        if mention.text.lower() == "early" and not _OF_EARLY.match(reading.text, mention.end):
            continue
        context = reading.context(mention)
        if not is_had(reading, mention, context):
            continue
        yield reading.fact("extent", mention.name, mention, context=context)
        if _SAYS_BREAST_CANCER.search(mention.text) and not context.negated:
            yield reading.fact("diagnosis", "breast cancer", mention, context=context)

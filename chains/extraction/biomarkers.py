"""Tumor markers and genes, and laboratory figures."""

import dataclasses
import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from chains.context import Context
from chains.extraction.reading import Reading, Span, cover
from chains.lexicon import Mention
from memory.records import Fact

_LINK = (
    r"(?:\s|:|=|,\s?(?=pos|neg)|\b(?:is|was|status|came back|come back|are|were|result|results"
    r"|expression|still|now|as|tested|both|of|at|gene|about|around|score|ihc|strongly|weakly"
    r"|came out|came)\b)*"
)
_VALUE_AFTER = re.compile(
    _LINK + r"[-–]?\s?(?P<value>pos(?:itive)?\b|\+(?!\s?\d)|neg(?:ative)?\b|ultra[\s-]?low\b|low\b"
    r"|equivocal\b|[0-3]\s?\+|(?:>|<|~)?\s?\d{1,3}(?:\.\d+)?\s?%|[-–−](?=[\s/,;.)]|$|(?:er|pr"
    r"|her)\b)"
    r"|mutat\w*|wild[\s-]?type\b|carrier\b|amplified\b|vus\b|(?:pathogenic\s)?variant\b|cps\s?\d+"
    r"|(?:gene\s)?(?:mutation|fusion)|detected\b|high\b|zero\b|0\b)",
    re.IGNORECASE,
)
_WORD_AFTER = re.compile(_LINK + r"[-–]?\s?(?P<value>[a-z]{7,10})\b", re.IGNORECASE)
_VALUE_WORDS = ("positive", "negative")
_MOST_SLIPS = 2
"""Edits in "positive" and "negative"; no English word but these lies so near to one of them."""
_FISH = re.compile(
    r"\W*(?:(?:but|and|then|with|the|on)\s)*"
    r"(?P<value>(?:fish|ish)\W+(?:(?:was|is|came back|came|test|result)\s)*"
    r"(?:neg|pos|amplified|not amplified|-|\+)\w*)",
    re.IGNORECASE,
)
_FISH_NEGATIVE = re.compile(r"neg|not|-$")
"""A second test decides where the first gave 2+; 2+ and not amplified is HER2-low."""
_GENE_FOUND = re.compile(
    r"(?:\s(?:gene|mutation|has|have|had|was|is|were|also|just|now|then|it))*"
    r"\s(?P<value>(?:came|come|showed|shown|shows|turned|popped|picked|cropped|flagged)\sup|found"
    r"|present|showing)\b",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(_LINK + r"(?P<value>\d{1,3}(?:\.\d+)?)(?![\d/+])", re.IGNORECASE)
_VALUE_BEFORE = re.compile(
    r"\b(?P<value>positive|negative|mutations?|variant|vus|fusion|carr(?:y|ier|ies)|carrying"
    r"|inherited|deletion)\s(?:for|in|of|on)?\s?(?:the\s|my\s|a\s|an\s|both\s)*$",
    re.IGNORECASE,
)
_HAVE_GENE = re.compile(
    r"\b(?:have|has|got|with|carry|carries|because of|due to|given)\s"
    r"(?:the\s|a\s|an\s|my\s|her\s|his\s)?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:/|,|&|\+|and|\s)\s*(?:both\s)?", re.IGNORECASE)
_TRIPLE = re.compile(
    r"\b(?:tripp?le|trip|triple-?)[\s-]?(neg(?:ative)?|pos(?:itive)?)\b", re.IGNORECASE
)
_HORMONE_FED = re.compile(
    r"\b(?:o?estrogen|hormone|hormonal)(?:ly)?[\s-](?:driven|fed|sensitive|fuell?ed)\b",
    re.IGNORECASE,
)
_GENES = frozenset({
    *("BRCA1", "BRCA2", "BRCA", "PALB2", "CHEK2", "ATM", "TP53", "PIK3CA", "ESR1", "AKT1"),
    *("PTEN", "ERBB2 mutation", "NTRK", "DPYD", "CYP2D6"),
})
_RECEPTORS = frozenset({"ER", "PR"})
_FIGURES = frozenset({"Ki-67", "PD-L1", "TMB", "TROP2", "AR", "ctDNA"})

_LAB_VALUE = re.compile(
    r"(?:\s|:|=|\(|,|\b(?:rs|dx|is|was|are|were|at|of|came|come|back|down|up|dropped|fell|rose|went"
    r"|gone|to|score|level|levels"
    r"|count|counts|result|results|reading|still|now|only|around|about|just|high|low|has|have"
    r"|been|as|my|last|week|today"
    r"|yesterday|month|this|normal|a|an|jumped|increased|decreased|climbed|steady|stable"
    r"|hovering|running|high at)\b)*"
    r"(?:from\s(?P<first>\d+(?:[.,]\d+)?)\s?(?:to|down to|up to)\s)?"
    r"(?P<value>[<>]?\d+(?:[.,]\d+)*)(?!\s?(?:/\d|months?|weeks?|days?|years?|cycles?|of\b"
    r"|mg\b|am\b|pm\b))"
    r"(?:\s?(?P<unit>%|k\b|x?\s?10\^?9/?l|/mm3|/ul|g/dl|g/l|u/ml|mg/dl|mmol/l|ms\b|ng/ml|pg/ml"
    r"|u/l|iu/l))?",
    re.IGNORECASE,
)
_PER_MM3 = {
    "ANC": 100.0,
    "white blood cell count": 200.0,
    "lymphocyte count": 100.0,
    "platelet count": 1500.0,
}
"""Counts below this many are in thousands (or 10^9 a liter); above it they are in /mm3."""
_YEAR = re.compile(r"(?:19|20)\d\d$")


def read_biomarkers(reading: Reading) -> Iterator[Fact]:
    """One fact for each marker with a value; "triple negative" gives three."""
    yield from _triples(reading)
    mentions = list(reading.of_kind("biomarker"))
    for at, mention in enumerate(mentions):
        context = reading.context(mention)
        if not reading.is_stated(mention, context):
            continue
        found = _value_of(reading, mentions, at)
        if found is not None:
            yield from _marker(reading, mention, context=context, found=found)
    yield from _hormone_fed(reading)


def _hormone_fed(reading: Reading) -> Iterator[Fact]:
    """ER, inferred, from "hormone driven"."""
    for match in _HORMONE_FED.finditer(reading.text):
        span = Span(*match.span())
        context = reading.context(span)
        if reading.is_stated(span, context):
            value = "negative" if context.negated else "positive"
            fact = reading.inferred("biomarker", "ER", span, context)
            yield _valued(fact, {"value": value})


def _valued(fact: Fact, attributes: dict[str, str]) -> Fact:
    """The fact with its value; a denied marker is a negative one, not a denied fact."""
    return fact.model_copy(update={"attributes": attributes, "negated": False})


def _triples(reading: Reading) -> Iterator[Fact]:
    spans = [
        (Span(*m.span()), m[1].lower().startswith("neg")) for m in _TRIPLE.finditer(reading.text)
    ]
    spans += [
        (Span(m.start, m.end), True)
        for m in reading.of_kind("diagnosis")
        if m.name.startswith("triple-negative") and not _TRIPLE.match(m.text)
    ]
    for span, is_negative in spans:
        context = reading.context(span)
        if not reading.is_stated(span, context) or context.negated:
            continue
        for name in ("ER", "PR", "HER2"):
            value = {"value": "negative" if is_negative else "positive"}
            yield reading.fact("biomarker", name, span, context=context, attributes=value)


def _value_of(reading: Reading, mentions: Sequence[Mention], at: int) -> re.Match[str] | None:
    """The value of a marker: its own, or in "ER and PR positive" that of its list."""
    first = at
    while first and _is_listed(reading, mentions[first - 1], mentions[first]):
        first -= 1
    for mention in mentions[at:]:
        found = _value_after(reading, mention)
        if found is not None:
            return found
        if mention is mentions[-1] or not _is_listed(
            reading, mention, mentions[mentions.index(mention) + 1]
        ):
            break
    return _value_before(reading, mentions[at]) or _value_before(reading, mentions[first])


def _is_listed(reading: Reading, left: Mention, right: Mention) -> bool:
    return _JOINED.fullmatch(reading.text, left.end, right.start) is not None


def _value_after(reading: Reading, mention: Mention) -> re.Match[str] | None:
    found = _VALUE_AFTER.match(reading.text, mention.end)
    if found is not None and mention.name == "HER2" and found["value"].startswith("2"):
        found = _FISH.match(reading.text, found.end()) or found
    if found is None:
        found = _misspelt_value(reading, mention)
    if found is None and mention.name in _GENES:
        found = _GENE_FOUND.match(reading.text, mention.end)
    if found is None and mention.name in _FIGURES:
        found = _NUMBER_AFTER.match(reading.text, mention.end)
    return None if found is not None and _is_joint(reading, mention, found) else found


def _misspelt_value(reading: Reading, mention: Mention) -> re.Match[str] | None:
    """A slip of "positive" or "negative" behind the marker: "HER2 positve"."""
    found = _WORD_AFTER.match(reading.text, mention.end)
    return found if found is not None and _meant_value(found["value"].lower()) else None


def _meant_value(word: str) -> str | None:
    """The word for a result that `word`, lower case, is a slip of; None when it is none."""
    if word[:1] not in {"p", "n"}:
        return None
    near = (
        value
        for value in _VALUE_WORDS
        if DamerauLevenshtein.distance(word, value, score_cutoff=_MOST_SLIPS) <= _MOST_SLIPS
    )
    return next(near, None)


def _is_joint(reading: Reading, mention: Mention, found: re.Match[str]) -> bool:
    """Whether the sign only joins two markers: "ER-PR positive", "ER + PR"."""
    if found["value"] not in {"-", "–", "+"} or found.end() - mention.end < 2:
        return False
    return any(m.start - found.end() in {0, 1} for m in reading.of_kind("biomarker"))


def _value_before(reading: Reading, mention: Mention) -> re.Match[str] | None:
    before = reading.text[max(0, mention.start - 40) : mention.start]
    found = _VALUE_BEFORE.search(before)
    if found is None and mention.name in _GENES:
        followed = reading.lowered[mention.end : mention.end + 6].strip()
        if not followed or followed[0] in ".,;" or followed.startswith(("and", "gene")):
            return re.search(r"(?P<value>carry)?$", "carry") if _HAVE_GENE.search(before) else None
    return found


def _marker(
    reading: Reading, mention: Mention, *, context: Context, found: re.Match[str]
) -> Iterator[Fact]:
    raw = re.sub(r"\s", " ", found["value"] or "carry").strip().lower()
    attributes = _normalized(mention.name, raw)
    is_after = found.string is reading.text
    span = cover([mention, Span(mention.start, found.end())]) if is_after else cover([mention])
    if context.negated and context.is_correction:
        return
    if context.negated and (is_after or attributes["value"] != "negative"):
        attributes = {"value": _OPPOSITE.get(attributes["value"], attributes["value"])}
    if mention.name == "HR" and not context.is_correction:
        yield _valued(reading.inferred("biomarker", "ER", span, context), attributes)
        return
    name = _OF_GENE.get(mention.name, mention.name)
    yield _valued(reading.fact("biomarker", name, span, context=context), attributes)


_OF_GENE = {"HR": "ER", "ERBB2 mutation": "ERBB2"}
_OPPOSITE = {"positive": "negative", "negative": "positive"}


def _normalized(name: str, raw: str) -> dict[str, str]:
    """Attributes of a marker's raw value, lower case: value and, for ER and PR, percent."""
    percent = re.fullmatch(r"([<>~]?)\s?(\d+(?:\.\d+)?)\s?%", raw)
    if percent and name in _RECEPTORS:
        is_positive = float(percent[2]) >= 1 and percent[1] != "<"
        return {"value": "positive" if is_positive else "negative", "percent": percent[2]}
    if percent or name in _FIGURES and raw[:1].isdigit():
        return {"value": raw.replace(" ", "")}
    if raw.startswith("cps"):
        return {"value": raw.upper()}
    return {"value": _word_value(name, raw)}


def _word_value(name: str, raw: str) -> str:
    raw = _meant_value(raw) or raw
    if raw.startswith(("fish", "ish")):
        return "low" if _FISH_NEGATIVE.search(raw) else "positive"
    if name == "HER2" and raw[:1].isdigit():
        return {"0": "negative", "1": "low", "3": "positive"}.get(raw[0], raw.replace(" ", ""))
    if raw.startswith("neg") or raw in {"-", "–", "−", "0", "zero"} or raw.startswith("wild"):
        return "negative"
    if "vus" in raw:
        return "variant of uncertain significance"
    if raw.startswith("ultra"):
        return "ultralow"
    return raw if raw in {"low", "high", "equivocal"} else "positive"


def _lab_mentions(reading: Reading) -> Iterator[Mention]:
    """Laboratory values, those too that stand within a symptom ("neutrophils are low at 0.8")."""
    for mention in reading.of_kind("lab", "symptom"):
        if mention.kind == "lab":
            yield mention
            continue
        words = mention.text.split()
        for within in reading.lexicon.mentions(" ".join(words[:-1])) if len(words) > 1 else ():
            if within.kind == "lab" and within.start == 0:
                yield dataclasses.replace(mention, kind="lab", name=within.name)


def read_labs(reading: Reading) -> Iterator[Fact]:
    """One fact for each laboratory value with a figure."""
    for mention in _lab_mentions(reading):
        context = reading.context(mention)
        if not reading.is_stated(mention, context):
            continue
        found = _LAB_VALUE.match(reading.text, mention.end)
        if found is None or _YEAR.match(found["value"]):
            continue
        value = found["value"].rstrip(".,")
        unit = (found["unit"] or "").strip()
        written = f"{value}{unit}" if unit in {"%", "k", "K"} else f"{value} {unit}".strip()
        attributes = {"value": written, **_per_mm3(mention.name, value)}
        span = Span(mention.start, found.end())
        yield _valued(reading.fact("lab", mention.name, span, context=context), attributes)


def _per_mm3(name: str, value: str) -> dict[str, str]:
    """`normalized` in /mm3 for a blood count; empty for other values."""
    limit = _PER_MM3.get(name)
    figure = value.replace(",", "") if "," in value and len(value) > 4 else value.replace(",", ".")
    if limit is None or not re.fullmatch(r"\d+(?:\.\d+)?", figure):
        return {}
    count = float(figure)
    return {"normalized": f"{round(count * 1000 if count < limit else count)}/mm3"}

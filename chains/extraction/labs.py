"""Laboratory figures, and what genomic assays give in place of one."""

import dataclasses
import re
from collections.abc import Iterator

from chains.context import Context
from chains.extraction.biomarkers import LINK, valued
from chains.extraction.owning import is_had
from chains.extraction.reading import Reading, Span
from chains.lexicon import Mention
from memory.records import Fact

_LAB_VALUE = re.compile(
    r"(?:\s|:|=|\(|,|\b(?:rs|dx|is|was|are|were|at|of|came|come|back|down|up|dropped|fell|rose|went"
    r"|gone|to|score|level|levels"
    r"|count|counts|result|results|reading|still|now|only|around|about|just|high|low|has|have"
    r"|been|as|my|last|week|today"
    r"|yesterday|month|this|normal|a|an|jumped|increased|decreased|climbed|steady|stable"
    r"|hovering|running|high at|crept|creeping|shot|risen|rising|doubled|sits|sitting|reads|read"
    r"|showing|showed|shows|says|measured|tested|bounced|recovered|crashed|tanked|plummeted"
    r"|slipped|over|under|nearly|almost|roughly|approx|approximately|holding|fallen|falling"
    r"|improved|friday|monday|tuesday|wednesday|thursday|saturday|sunday|morning|got|hit"
    r"|all the way|into|back|they|it|its)\b)*"
    r"(?:from\s(?P<first>\d+(?:[.,]\d+)?)\s?(?:to|down to|up to)\s)?"
    r"(?P<value>[<>]?[-−–]?(?:\d+(?:[.,]\d+)*|(?<![\w.])\.\d+))(?!\s?(?:/\d|months?|weeks?"
    r"|days?|years?|cycles?|of\b"
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
_ASSAYS = frozenset({"MammaPrint", "Prosigna", "EndoPredict", "Oncotype DX", "Breast Cancer Index"})
_RISK = re.compile(
    LINK + r"(?:a\s|the\s|in the\s)?(?P<value>ultra[\s-]?low|low|high|intermediate)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


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
        if not is_had(reading, mention, context):
            continue
        found = _LAB_VALUE.match(reading.text, mention.end)
        if found is None and mention.name in _ASSAYS:
            yield from _risk(reading, mention, context)
        if found is None or _YEAR.match(found["value"]):
            continue
        value = found["value"].rstrip(".,")
        if mention.name != "T-score":
            value = value.replace("-", "").replace("−", "").replace("–", "")
        unit = (found["unit"] or "").strip()
        written = f"{value}{unit}" if unit in {"%", "k", "K"} else f"{value} {unit}".strip()
        attributes = {"value": written, **_per_mm3(mention.name, value)}
        span = Span(mention.start, found.end())
        yield valued(reading.fact("lab", mention.name, span, context=context), attributes)


def _risk(reading: Reading, mention: Mention, context: Context) -> Iterator[Fact]:
    """The class that a genomic assay gives in place of a figure: "MammaPrint low risk"."""
    found = _RISK.match(reading.text, mention.end)
    if found is not None:
        value = {"value": re.sub(r"[\s-]", "", found["value"].lower())}
        span = Span(mention.start, found.end())
        yield valued(reading.fact("lab", mention.name, span, context=context), value)


def _per_mm3(name: str, value: str) -> dict[str, str]:
    """`normalized` in /mm3 for a blood count; empty for other values."""
    limit = _PER_MM3.get(name)
    figure = value.replace(",", "") if "," in value and len(value) > 4 else value.replace(",", ".")
    if limit is None or not re.fullmatch(r"\d+(?:\.\d+)?", figure):
        return {}
    count = float(figure)
    return {"normalized": f"{round(count * 1000 if count < limit else count)}/mm3"}

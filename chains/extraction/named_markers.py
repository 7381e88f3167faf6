"""Markers that are only named: genes in a note of findings, markers in a diagnosis's name."""

import re
from collections.abc import Iterator

from chains.extraction.biomarkers import GENES, valued
from chains.extraction.noted import is_item, notes_a_finding
from chains.extraction.owning import is_had
from chains.extraction.reading import Reading, Span
from chains.lexicon import Mention
from memory.records import Fact

_TAKEN_FOR = re.compile(
    r"\s(?:for|because of|due to)\s(?:a\s|an\s|the\s|my\s|her\s|his\s)?", re.IGNORECASE
)
_OPEN = re.compile(
    r"\b(?:test\w*|neg\w*|no|not|panel|screen\w*|wait\w*|pending|results?|or|vs|unknown|check\w*"
    r"|status|clear|wild)\b|\?",
    re.IGNORECASE,
)
"""With such a word in the message a gene that is named was looked for, and perhaps not found."""
_ENDS = re.compile(r"\s*(?:gene|mutation|change)?\s*(?:[,;+.&)\n]|$|\b(?:and|with|plus)\s)", re.I)
_BESIDE = ("drug", "regimen", "biomarker", "metastasis", "procedure", "extent", "diagnosis")
"""Kinds of what else a note tells."""


def read_named_markers(reading: Reading) -> Iterator[Fact]:
    """A change, inferred, of each gene noted among findings: "BRCA1, 36", "Orserdu for ESR1".

    And the marker by whose name a diagnosis goes.
    """
    yield from _named_by_marker(reading)
    if _OPEN.search(reading.text):
        return
    for mention in reading.of_kind("biomarker"):
        if mention.name not in GENES or not _is_noted(reading, mention):
            continue
        context = reading.context(mention)
        if is_had(reading, mention, context) and not context.negated:
            fact = reading.inferred("biomarker", mention.name, mention, context)
            yield valued(fact, {"value": "positive"})


def _is_noted(reading: Reading, mention: Mention) -> bool:
    drugs = [m for m in reading.of_kind("drug") if m.end <= mention.start]
    if drugs and _TAKEN_FOR.fullmatch(reading.text, drugs[-1].end, mention.start):
        return _ENDS.match(reading.text, mention.end) is not None
    is_note = notes_a_finding(reading) or any(m != mention for m in reading.of_kind(*_BESIDE))
    return is_note and is_item(reading, Span(mention.start, mention.end))


def _named_by_marker(reading: Reading) -> Iterator[Fact]:
    """The marker in a diagnosis that is named by it: "HER2-positive breast cancer"."""
    for mention in reading.of_kind("diagnosis"):
        marker, _, rest = mention.name.partition("-positive")
        context = reading.context(mention)
        if rest and not context.negated and is_had(reading, mention, context):
            value = {"value": "positive"}
            yield reading.fact(
                "biomarker", marker.upper(), mention, context=context, attributes=value
            )

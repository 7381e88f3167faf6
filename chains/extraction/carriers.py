"""Who of a family carries a gene: "my sister BRCA2, but I'm negative"."""

import re
from collections.abc import Iterator

from chains.context import Context
from chains.extraction.biomarkers import GENES, valued
from chains.extraction.disease import FAMILY
from chains.extraction.reading import OTHER, Reading, Span
from chains.lexicon import Mention
from memory.records import Fact

_BESIDE_RELATIVE = re.compile(
    r"(?:'s|\s(?:is|was|has|had|also|both|a|an|the|have|are|carries|got))*\s", re.IGNORECASE
)
_ENDS = re.compile(
    r"(?:\s(?:gene|mutation|carrier|too|as well))*\s*(?:[.,;:!)-]|$|(?:but|and|so|which|while"
    r"|though)\b)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:(?P<me>i'?m|i am|i was|i tested|i came (?:back|up|out)|i got tested and (?:i'?m|was)"
    r"|mine (?:is|was|came back))|(?:is|was|are|were|tested|test|came (?:back|up|out)|'s))\s"
    r"(?:also\s|both\s|all\s|thankfully\s|luckily\s)?"
    r"(?P<value>negative|positive|clear|neg|pos)\b(?!\s(?:for|of|nodes?|margins?|breast|cancer"
    r"|mood))",
    re.IGNORECASE,
)
_BARE_DENIAL = re.compile(
    r"\bi\s(?:do not|don'?t|didn'?t|did not|haven'?t|have not|do|did)"
    r"(?:\s(?:have|carry|got|inherit|get)\s?(?:it|that|the gene|the mutation)?)?(?=\s*(?:[.,;!)]"
    r"|$|and\b|but\b))",
    re.IGNORECASE,
)
_NOT = re.compile(r"n'?t\b|\bnot\b", re.IGNORECASE)
_FAR = 80
"""Characters between a gene and whose result is told beside it."""


def read_carriers(reading: Reading) -> Iterator[Fact]:
    """Genes of relatives that are named without a value, and bare results of somebody else."""
    genes = [m for m in reading.of_kind("biomarker") if m.name in GENES]
    is_of_family = FAMILY.search(reading.text) is not None
    if not genes or not (reading.reader.relations or is_of_family):
        return
    yield from _of_relatives(reading, genes)
    for span, value in _results(reading):
        gene = next((m for m in reversed(genes) if m.end <= span.start), None)
        if gene is None or span.start - gene.end > _FAR or _named_between(reading, gene, span):
            continue
        context = reading.context(span)
        owner = "" if is_of_family else reading.context(gene).subject
        if context.is_question or context.subject in {owner, OTHER} or context.hypothetical:
            continue
        fact = reading.fact("biomarker", gene.name, span, context=Context(subject=context.subject))
        yield valued(fact, {"value": value})


def _of_relatives(reading: Reading, genes: list[Mention]) -> Iterator[Fact]:
    """Found in a relative, where nothing else is said of the gene: "my sister BRCA2"."""
    words = reading.reader.words
    for relation in reading.reader.relations:
        end = words[relation.last - 1].end
        for gene in genes:
            lies_beside = gene.start > end and _BESIDE_RELATIVE.fullmatch(
                reading.text, end, gene.start
            )
            if not lies_beside or not _ENDS.match(reading.text, gene.end):
                continue
            context = reading.context(gene)
            if not (context.is_question or context.hypothetical or context.negated):
                yield valued(
                    reading.fact("biomarker", gene.name, gene, context=context),
                    {"value": "positive"},
                )


def _results(reading: Reading) -> Iterator[tuple[Span, str]]:
    for found in _RESULT.finditer(reading.text):
        is_found = found["value"].lower().startswith("pos")
        is_denied = _NOT.search(reading.text, found.start(), found.end()) is not None
        yield (
            Span(found.start("value"), found.end("value")),
            "positive" if is_found and not is_denied else "negative",
        )
    for found in _BARE_DENIAL.finditer(reading.text):
        yield Span(*found.span()), "negative" if _NOT.search(found[0]) else "positive"


def _named_between(reading: Reading, gene: Mention, span: Span) -> bool:
    """Whether another marker or lump stands between, whose result this may be."""
    others = reading.of_kind("biomarker", "procedure", "lab", "metastasis", "diagnosis")
    return any(gene.end <= m.start < span.start or m.start - span.end in {0, 1} for m in others)

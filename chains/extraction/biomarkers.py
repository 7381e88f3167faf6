"""Tumor markers and genes."""

import dataclasses
import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from chains.context import Context
from chains.extraction.owning import is_had
from chains.extraction.reading import Reading, Span, cover
from chains.lexicon import Mention
from memory.records import Fact

LINK = (
    r"(?:\s|:|=|,\s?(?=pos|neg)|\b(?:is|was|status|came back|come back|are|were|tests?|results?"
    r"|expression|still|now|as|tested|both|of|at|gene|about|around|score|ihc|strongly|weakly"
    r"|came out|came|only|just|over|under|nearly|almost|roughly|approx|approximately|reported"
    r"|measured"
    r"|high at|low at|report|showed|shows|showing|marked|coming back|comes back|turned out|to be"
    r"|now|weak|strong)\b)*"
)
_VALUE_AFTER = re.compile(
    LINK + r"[-–]?\s?(?P<value>pos(?:itive)?\b|\+(?!\s?\d)|neg(?:ative)?\b|ultra[\s-]?low\b|low\b"
    r"|equivocal\b|[0-3]\s?\+|(?:>|<|~)?\s?\d{1,3}(?:\.\d+)?\s?%|[-–−](?=[\s/,;.)]|$|(?:er|pr"
    r"|her)\b)"
    r"|mutat\w*|wild[\s-]?type\b|carrier\b|amplified\b|vus\b|(?:pathogenic\s)?variant\b|cps\s?\d+"
    r"|(?:gene\s)?(?:mutation|fusion)|detected\b|high\b|zero\b|0\b|loss\b|lost\b|stable\b"
    r"|intact\b|[a-z]\d{2,4}[a-z]\b|altered\b|alteration\b)",
    re.IGNORECASE,
)
_WORD_AFTER = re.compile(LINK + r"[-–]?\s?(?P<value>[a-z]{7,10})\b", re.IGNORECASE)
_VALUE_WORDS = ("positive", "negative")
_MOST_SLIPS = 2
"""Edits in "positive" and "negative"; no English word but these lies so near to one of them."""
_FISH = re.compile(
    r"\W*(?:(?:but|and|then|with|the|on|(?:by|on)\sihc)\W+)*"
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
_NUMBER_AFTER = re.compile(LINK + r"(?P<value>\d{1,3}(?:\.\d+)?)(?![\d/+])", re.IGNORECASE)
_SHARE_AFTER = re.compile(
    r"\s?[:=]?\s?(?P<value>\d{1,3})(?=\s*(?:[,;/)]|$|\.(?!\d)|\s(?:pr|pgr|her|and|ki)))",
    re.IGNORECASE,
)
"""A share of ER or PR without its sign: "ER 95, PR 80"."""
_VALUE_BEFORE = re.compile(
    r"\b(?P<value>positive|negative|mutations?|variant|vus|fusion|carr(?:y|ier|ies)|carrying"
    r"|inherited|deletion)\s(?:for|in|of|on)?\s?(?:the\s|my\s|a\s|an\s|both\s)*$",
    re.IGNORECASE,
)
_AMOUNT_BEFORE = re.compile(r"\b(?P<value>high|low)\s$", re.IGNORECASE)
_HAVE_GENE = re.compile(
    r"\b(?:have|has|got|with|carry|carries|because of|due to|given)\s"
    r"(?:the\s|a\s|an\s|my\s|her\s|his\s)?$",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:no|not|never|isn'?t|wasn'?t|aren'?t)\b", re.IGNORECASE)
"""With none of these, "came back negative" is the result itself."""
_ABSENT = re.compile(r"\b(?P<value>no|without)\s(?:the\s|any\s)?$", re.IGNORECASE)
_NOT_ITS_RESULT = re.compile(
    r"\s(?:status|test\w*|results?|treatment|drugs?|targeted|therapy|info\w*|yet|change|or\b|in\b"
    r"|counsel\w*|family|history|appointment)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"[^.;!?]{0,60}?\b(?:but|now|then|since|turned|became|and the|went)\b[^.;!?]{0,50}?"
    r"\b(?P<value>pos(?:itive)?|neg(?:ative)?|low|zero)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:used to be|was|were|originally|initially|at first|first|before|previously|started"
    r"(?:\s\w+)?\sas|changed from|went from)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
"""Before a result that a later one of the same marker replaces."""
_MINE = re.compile(r"\b(?:mine|hers|mines)\b(?=\s(?:is|was|came|are)|'s)(?:'s)?", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:/|,|&|\+|and|\s)\s*(?:both\s)?", re.IGNORECASE)
_TRIPLE = re.compile(
    r"\b(?:tripp?le|trip|triple-?)[\s-]?(neg(?:ative)?|pos(?:itive)?)\b", re.IGNORECASE
)
_HORMONE_FED = re.compile(
    r"\b(?:o?estrogen|hormone|hormonal)(?:ly)?[\s-](?:driven|fed|sensitive|fuell?ed)\b",
    re.IGNORECASE,
)
GENES = frozenset({
    *("BRCA1", "BRCA2", "BRCA", "PALB2", "CHEK2", "ATM", "TP53", "PIK3CA", "ESR1", "AKT1"),
    *("PTEN", "ERBB2 mutation", "NTRK", "DPYD", "CYP2D6"),
})
_RECEPTORS = frozenset({"ER", "PR"})
_FIGURES = frozenset({"Ki-67", "PD-L1", "TMB", "TROP2", "AR", "ctDNA"})


def read_biomarkers(reading: Reading) -> Iterator[Fact]:
    """One fact for each marker with a value; "triple negative" gives three."""
    yield from _triples(reading)
    mentions = list(reading.of_kind("biomarker"))
    for at, mention in enumerate(mentions):
        context = reading.context(mention)
        if not is_had(reading, mention, context):
            continue
        found = _value_of(reading, mentions, at)
        if found is not None:
            if _is_new_result(reading, mentions, at, found=found):
                context = dataclasses.replace(context, is_correction=True)
            yield from _marker(reading, mention, context=context, found=found)
    yield from _hormone_fed(reading)
    yield from _mine(reading, mentions)


def _mine(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Fact]:
    """The marker last named, from "mine is 1+"."""
    for match in _MINE.finditer(reading.text):
        named = [m for m in mentions if m.end <= match.start()]
        found = _VALUE_AFTER.match(reading.text, match.end())
        span = Span(*match.span())
        context = reading.context(span)
        if named and found is not None and not (context.is_question or context.hypothetical):
            yield from _marker(reading, named[-1], context=context, found=found)


def _hormone_fed(reading: Reading) -> Iterator[Fact]:
    """ER, inferred, from "hormone driven"."""
    for match in _HORMONE_FED.finditer(reading.text):
        span = Span(*match.span())
        context = reading.context(span)
        if is_had(reading, span, context):
            value = "negative" if context.negated else "positive"
            fact = reading.inferred("biomarker", "ER", span, context)
            yield valued(fact, {"value": value})


def valued(fact: Fact, attributes: dict[str, str]) -> Fact:
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
        if not is_had(reading, span, context) or context.negated:
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
    if found is None and mention.name in GENES:
        found = _GENE_FOUND.match(reading.text, mention.end)
    if found is None and mention.name in _FIGURES:
        found = _NUMBER_AFTER.match(reading.text, mention.end)
    if found is None and mention.name in _RECEPTORS:
        found = _SHARE_AFTER.match(reading.text, mention.end)
    if found is None or _is_joint(reading, mention, found):
        return None
    return _changed(reading, mention, found) or found


def _changed(reading: Reading, mention: Mention, found: re.Match[str]) -> re.Match[str] | None:
    """The result that replaced one told as earlier: "was HER2 positive but is now negative"."""
    place = reading.sentence(mention.start)
    is_first = _ONCE.search(reading.text, place.start, mention.start) or _WAS.search(
        reading.text, mention.end, found.end()
    )
    if not is_first:
        return None
    others = [m.start for m in reading.of_kind("biomarker") if m.start >= found.end()]
    later = _CHANGED.match(reading.text, found.end(), min([place.end, *others]))
    return later if later is not None and later["value"][:3] != found["value"][:3] else None


def _is_new_result(
    reading: Reading, mentions: Sequence[Mention], at: int, *, found: re.Match[str]
) -> bool:
    """Whether the words themselves say that this result replaces an earlier one."""
    mention = mentions[at]
    if found.re is _CHANGED:
        return True
    place = reading.sentence(mention.start)
    return any(
        earlier.name == mention.name
        and earlier.start >= place.start
        and _ONCE.search(reading.text, place.start, earlier.start) is not None
        for earlier in mentions[:at]
    )


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
    if (
        found is None
        and (mention.name == "HER2" or mention.name in GENES)
        and not _NOT_ITS_RESULT.match(reading.text, mention.end)
    ):
        found = _ABSENT.search(before)
    if found is None and mention.name == "TMB":
        found = _AMOUNT_BEFORE.search(before)
    if found is None and mention.name in GENES:
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
    if (
        is_after
        and raw.startswith("neg")
        and not _DENIES.search(reading.text, reading.sentence(mention.start).start, found.end())
    ):
        context = dataclasses.replace(context, negated=False)
    if context.negated and (is_after or attributes["value"] != "negative"):
        attributes = {"value": _OPPOSITE.get(attributes["value"], attributes["value"])}
    if mention.name == "HR" and not context.is_correction:
        yield valued(reading.inferred("biomarker", "ER", span, context), attributes)
        return
    name = _OF_GENE.get(mention.name, mention.name)
    yield valued(reading.fact("biomarker", name, span, context=context), attributes)


_NEGATIVE = frozenset({
    "no",
    "without",
    "-",
    "–",
    "−",
    "0",
    "zero",
    "loss",
    "lost",
    "stable",
    "intact",
})
_OF_GENE = {"HR": "ER", "ERBB2 mutation": "ERBB2"}
_OPPOSITE = {"positive": "negative", "negative": "positive"}


def _normalized(name: str, raw: str) -> dict[str, str]:
    """Attributes of a marker's raw value, lower case: value and, for ER and PR, percent."""
    is_bare = name in _RECEPTORS and raw.isdigit()
    percent = re.fullmatch(r"([<>~]?)\s?(\d+(?:\.\d+)?)\s?%", f"{raw}%" if is_bare else raw)
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
    if raw.startswith(("neg", "wild")) or raw in _NEGATIVE:
        return "negative"
    if "vus" in raw:
        return "variant of uncertain significance"
    if raw.startswith("ultra"):
        return "ultralow"
    return raw if raw in {"low", "high", "equivocal"} else "positive"

"""The rules a sentence is held to, in order; each gives the reason it fails for, or nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chains.model.check_ages import age_limits
from chains.model.check_alignment import Told
from chains.model.check_binding import (
    is_figure_of_another,
    is_of_another_group,
    is_of_another_medicine,
)
from chains.model.check_comparisons import is_told, why_turned_round
from chains.model.check_contrasts import BIOMARKERS, STAGES
from chains.model.check_coverage import is_foreign, is_new, is_off_topic
from chains.model.check_names import strange_medicines, strange_names
from chains.model.check_opposites import is_reversed
from chains.model.check_parts import Part, read, tails
from chains.model.check_same import Quantity, stands_in
from chains.model.check_stages import stages, stages_told
from chains.model.check_turning import is_turned


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, read."""

    whole: Part
    clauses: tuple[Part, ...]

    @property
    def named(self) -> frozenset[int]:
        """Where the names begin that the lexicon has."""
        words = (word for word in self.whole.tokens if any(m[0] in "@#" for m in word.means))
        return frozenset(word.start for word in words)


Rule = Callable[[Said, Told], str]

_DRUG_KINDS = {"drug", "regimen"}
_MEASURES = frozenset({
    "mg",
    "mcg",
    "g",
    "kg",
    "ml",
    "day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "second",
    "per day",
    "per week",
})
_SPANS = frozenset({"day", "week", "month", "year", "hour"})
_TIMES = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "hour": "hours?|hourly",
        "day": "days?|daily|overnight|nightly|nights?|mornings?|evenings?",
        "week": "weeks?|weekly|fortnights?",
        "month": "months?|monthly",
        "year": "years?|yearly|annual|annually|decades?|lifelong|lifetime|for life",
    }.items()
}
_NO_SPAN = re.compile(r"\b(?:half an? \w+|(?:the|these|one|some) days?)\b", re.IGNORECASE)
"""A time of its own that a figure tells elsewhere, and days that are no span."""
_SCALES = {
    name: re.compile(rf"\b{name}s?\b", re.IGNORECASE)
    for name in ("dozen", "hundred", "thousand", "million")
}
_COUNTS = re.compile(r"\b(?:within|for|about|roughly|around|nearly|lasts?) $", re.IGNORECASE)
_FEWEST_WORDS = 2
"""Words with a meaning; fewer can be held against nothing."""
_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|\S+@\S+")
LEAST_COSINE = 0.3


def drugs(said: Said, told: Told) -> str:
    """Each medicine stands in a passage; a class is not its member, a member is of its class."""
    named = {name for kind, name in told.names if kind in _DRUG_KINDS}
    for kind, name in said.whole.names:
        if kind == "drug" and name not in named and not _is_part(name, named, told):
            return "drug"
        if kind == "regimen" and name not in named:
            return "drug"
        if kind == "drug_class" and not _is_class_told(name, named, told):
            return "drug"
    return "drug" if any(strange_medicines(said.whole.text, told.text, said.named)) else ""


def _is_part(name: str, named: set[str], told: Told) -> bool:
    """Whether a named regimen always holds the medicine."""
    regimens = (told.lexicon.regimen(other) for other in named)
    return any(regimen and name in regimen.drugs for regimen in regimens)


def _is_class_told(name: str, named: set[str], told: Told) -> bool:
    if ("drug_class", name) in told.names or f"={name}" in told.means:
        return True
    if any(name in told.lexicon.classes_of(drug) for drug in named):
        return True
    return not any(kind == "drug_class" for kind, _ in told.names) and not named


def biomarkers(said: Said, told: Told) -> str:
    """Each marker stands in a passage, with its value where it has one."""
    named = {name for kind, name in told.names if kind == "biomarker"}
    for kind, name in said.whole.names:
        if kind == "biomarker" and name == "HER2" and "her2" in said.whole.contrasts:
            continue
        if kind == "biomarker" and not _is_marker_told(name, named, told):
            return "biomarker"
    for dimension in BIOMARKERS:
        if _is_new(said.whole, told, dimension) or _is_swapped(said, told, dimension):
            return "biomarker"
    return ""


_SAME_MARKERS = ({"ER", "HR", "PR"}, {"BRCA", "BRCA1", "BRCA2"}, {"PIK3CA"})


def _is_marker_told(name: str, named: set[str], told: Told) -> bool:
    if name in named:
        return True
    if name == "BRCA":
        return bool(named & {"BRCA1", "BRCA2"})
    if name in {"ER", "HR", "PR"}:
        return (
            bool(named & {"ER", "HR", "PR"}) or "hormone" in told.means or "=hormone" in told.means
        )
    return f"@{name}" in told.means


def _values(told: Told, dimension: str) -> frozenset[str]:
    return frozenset().union(*(p.contrasts.get(dimension, frozenset()) for p in told.sentences))


def figures(said: Said, told: Told) -> str:
    """Each figure stands in a passage, in its unit, rounded only where it is marked."""
    there = [quantity for part in told.sentences for quantity in part.quantities]
    loose = any(quantity.is_about for quantity in said.whole.quantities)
    for quantity in said.whole.quantities:
        if _is_counting_sources(quantity) or stands_in(quantity, there, is_loose=loose):
            continue
        if _is_no_count(quantity, said.whole.text):
            continue
        if quantity.value == 0.5 and any(
            "median" in token.written for p in told.sentences for token in p.tokens
        ):
            continue
        return _why(quantity, there, loose)
    return ""


def _is_no_count(quantity: Quantity, text: str) -> bool:
    """Whether "a month", "daily" or "one day" is said without counting."""
    if quantity.value != 1 or quantity.step != 1:
        return False
    if _COUNTS.search(text[: quantity.start]) and not quantity.unit.startswith("per"):
        return False
    is_one = text[quantity.start : quantity.start + 3].lower() == "one" and quantity.unit != "day"
    return (
        not is_one
        and quantity.unit.removeprefix("per ") in _SPANS
        and not text[quantity.start].isdigit()
    )


def spans_of_time(said: Said, told: Told) -> str:
    """Where no figure stands, "a week" is not said of what is told in days, nor years of months."""
    text = said.whole.text
    for quantity in reversed(said.whole.quantities):
        if quantity.value != 1:
            text = f"{text[: quantity.start]} {text[quantity.end :]}"
    text = _NO_SPAN.sub(" ", text)
    for words in (_TIMES, _SCALES):
        ours, theirs = _held(text, words), _held(told.text, words)
        if theirs and ours - theirs:
            return "unit"
    return ""


def _held(text: str, words: Mapping[str, re.Pattern[str]]) -> set[str]:
    return {name for name, pattern in words.items() if pattern.search(text)}


def _is_counting_sources(quantity: Quantity) -> bool:
    return quantity.unit == "trial" and quantity.value <= 4


def _why(said: Quantity, there: list[Quantity], loose: bool) -> str:
    if said.unit in {"date", "decade"}:
        return "date"
    if any(abs(said.value - other.value) < 1e-6 and other.unit in _MEASURES for other in there):
        return "unit" if said.unit in _MEASURES else "number"
    return "number"


def stage_of_disease(said: Said, told: Told) -> str:
    """Each stage and extent stands in a passage."""
    there = frozenset().union(*(stages_told(part.text) for part in told.sentences))
    if stages(said.whole.text) - there:
        return "stage"
    for dimension in STAGES:
        if _is_new(said.whole, told, dimension) or _is_swapped(said, told, dimension):
            return "stage"
    return ""


def _is_new(part: Part, told: Told, dimension: str) -> bool:
    return bool(part.contrasts.get(dimension, frozenset()) - _values(told, dimension))


def _is_swapped(said: Said, told: Told, dimension: str) -> bool:
    return any(
        is_of_another_group(clause, told, dimension)
        for clause in said.clauses
        if dimension in clause.contrasts
    )


_GROUPS = (
    "menopause",
    "sex",
    "age",
    "ages",
    "dosing",
    "line",
    "setting",
    "nodes",
    "inheritance",
    "operation",
    "risk",
    "heritage",
    "site",
)
_NEVER_NEW = frozenset({"menopause", "age", "dosing", "ages", "nodes", "risk", "heritage"})

_NEVER_SWAPPED = frozenset({"site"})
"""Named in every other line, so that which line is nearest says nothing."""


def population(said: Said, told: Told) -> str:
    """What the passages limit is not said of others."""
    there = frozenset().union(*(age_limits(part.text) for part in told.sentences))
    if any(age.turned in there and age not in there for age in age_limits(said.whole.text)):
        return "population"
    for dimension in _GROUPS:
        if dimension not in said.whole.contrasts:
            continue
        new = said.whole.contrasts[dimension] - _values(told, dimension)
        if new and (_values(told, dimension) or dimension in _NEVER_NEW or "men" in new):
            return "population"
        if dimension not in _NEVER_SWAPPED and _is_swapped(said, told, dimension):
            return "population"
    return ""


def figure_of_another(said: Said, told: Told) -> str:
    """A figure is said of what the passages say it of."""
    return "number" if is_figure_of_another(said.whole, told) else ""


def medicine_of_another(said: Said, told: Told) -> str:
    """What is said of a medicine is said of that one."""
    return "drug" if any(is_of_another_medicine(c, told) for c in said.clauses) else ""


def comparison(said: Said, told: Told) -> str:
    """Of two that are compared, the same one has more."""
    return next(filter(None, (why_turned_round(c, told) for c in said.clauses)), "")


def negation(said: Said, told: Told) -> str:
    """A clause denies what its source denies, and nothing else."""
    turned = any(
        (is_turned(c, told) or is_reversed(c, told)) and not is_told(c, told) for c in said.clauses
    )
    return "negation" if turned else ""


def meaning(said: Said, told: Told) -> str:
    """Each clause is near to a passage and says nothing that no passage says."""
    if sum(not word.is_light for word in said.whole.tokens) < _FEWEST_WORDS:
        return "meaning"
    if is_off_topic(said.whole, told) or _names_what_is_not_told(said, told):
        return "meaning"
    has_figure = bool(said.whole.quantities)
    if any(is_foreign(clause, told, is_strict=has_figure) for clause in said.clauses):
        return "meaning"
    parts = [read(tail, told.lexicon) for tail in tails(said.whole.text)]
    if any(is_new(part, told, is_strict=has_figure) for part in parts):
        return "meaning"
    if max(told.cosines(said.whole.text)) < LEAST_COSINE:
        return "meaning"
    return ""


def _names_what_is_not_told(said: Said, told: Told) -> bool:
    """Whether an address or a proper name stands in no passage."""
    texts = told.text.lower()
    if any(address not in texts for address in _ADDRESS.findall(said.whole.text.lower())):
        return True
    return any(strange_names(said.whole.text, told.text, said.named))


RULES: tuple[Rule, ...] = (
    drugs,
    biomarkers,
    figures,
    spans_of_time,
    stage_of_disease,
    population,
    figure_of_another,
    medicine_of_another,
    negation,
    comparison,
    meaning,
)

"""The rules a sentence is held to, in order; each gives the reason it fails for, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from chains.model.check_alignment import Told, overlap, weight
from chains.model.check_contrasts import BIOMARKERS, STAGES
from chains.model.check_parts import Part
from chains.model.check_quantities import Quantity, same, stands_in


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, read."""

    whole: Part
    clauses: tuple[Part, ...]


Rule = Callable[[Said, Told], str]

_DRUG_KINDS = {"drug", "regimen"}
_MEASURES = frozenset({"mg", "mcg", "g", "kg", "ml", "day", "week", "month", "year", "hour", "minute", "second", "per day", "per week"})
UNCOVERED_WORDS = 2.0
UNCOVERED_SHARE = 0.34
LEAST_COSINE = 0.3
_MARGIN = 0.12


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
    return ""


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
        if kind == "biomarker" and not _is_marker_told(name, named, told):
            return "biomarker"
    for dimension in BIOMARKERS:
        values = said.whole.contrasts.get(dimension, frozenset())
        if values - _values(told, dimension):
            return "biomarker"
    return ""


_SAME_MARKERS = ({"ER", "HR", "PR"}, {"BRCA", "BRCA1", "BRCA2"}, {"PIK3CA"})


def _is_marker_told(name: str, named: set[str], told: Told) -> bool:
    if name in named:
        return True
    if name == "BRCA":
        return bool(named & {"BRCA1", "BRCA2"})
    if name in {"ER", "HR", "PR"}:
        return bool(named & {"ER", "HR", "PR"}) or "hormone" in told.means or "=hormone" in told.means
    return f"@{name}" in told.means or (name == "HER2" and bool(_values(told, "her2")))


def _values(told: Told, dimension: str) -> frozenset[str]:
    return frozenset().union(*(p.contrasts.get(dimension, frozenset()) for p in told.sentences))


def figures(said: Said, told: Told) -> str:
    """Each figure stands in a passage, in its unit, rounded only where it is marked."""
    there = [quantity for part in told.sentences for quantity in part.quantities]
    loose = any(quantity.is_about for quantity in said.whole.quantities)
    for quantity in said.whole.quantities:
        if _is_counting_sources(quantity) or stands_in(quantity, there, is_loose=loose):
            continue
        if quantity.value == 1 and quantity.unit in _MEASURES and not quantity.unit.startswith("per"):
            continue
        return _why(quantity, there, loose)
    return ""


def _is_counting_sources(quantity: Quantity) -> bool:
    return quantity.unit == "trial" and quantity.value <= 4


def _why(said: Quantity, there: list[Quantity], loose: bool) -> str:
    if said.unit in {"date", "decade"}:
        return "date"
    if any(abs(said.value - other.value) < 1e-6 and other.unit in _MEASURES for other in there):
        return "unit" if said.unit in _MEASURES else "number"
    return "number"


RULES: tuple[Rule, ...] = (drugs, biomarkers, figures)

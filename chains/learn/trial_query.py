"""A search of ClinicalTrials.gov as a link, filled from the card and edited by the person.

The names of the fields are those that the site itself writes into the address of its search page:
`cond` (condition or disease), `term` (other terms), `intr` (intervention or treatment), `locStr`
(place), and `aggFilters=status:rec` for studies that are recruiting. They are the search areas of
its API (`query.cond`, `query.term`, `query.intr`, `query.locn`); read in November 2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from chains.compose.links import TRIAL_MARKERS, TRIAL_VALUES, TRIALS
from chains.compose.person import PLANNED, RECEPTORS, Known
from chains.lexicon import Lexicon

CONDITION, SPREAD = "Breast Cancer", "Metastatic Breast Cancer"
MALE = "Male Breast Cancer"
MOST_CHARS = 200
"""Longest text of one field; what is longer is no search."""
STATUS_RECRUITING = "status:rec"
BESIDE = frozenset({"bone_agent", "growth_factor", "steroid", "blood_thinner"})
"""Classes of medicines taken beside a cancer treatment; trials are not looked for by them."""
TRIPLE_NEGATIVE = "triple negative"
GENES = ("BRCA1", "BRCA2", "PIK3CA", "ESR1")
"""Markers of which a trial names the change, not a positive result."""


@dataclass(frozen=True, slots=True)
class TrialQuery:
    """What the link carries to ClinicalTrials.gov, field by field; an empty field is left out."""

    condition: str = CONDITION
    terms: str = ""
    treatment: str = ""
    place: str = ""
    is_recruiting: bool = True

    @property
    def url(self) -> str:
        """The address of the search; nothing is sent before somebody opens it."""
        fields = {
            "cond": self.condition,
            "term": self.terms,
            "intr": self.treatment,
            "locStr": self.place,
        }
        asked = {name: _clean(text) for name, text in fields.items() if _clean(text)}
        if self.is_recruiting:
            asked["aggFilters"] = STATUS_RECRUITING
        return f"{TRIALS}?{urlencode(asked, quote_via=quote, safe=':')}" if asked else TRIALS


@dataclass(frozen=True, slots=True)
class TrialStart:
    """What the form holds at first."""

    query: TrialQuery
    is_from_card: bool
    """False where the card says nothing that a search could use."""


def start_from(known: Known, lexicon: Lexicon) -> TrialStart:
    """The search that the card suggests: the disease, its spread, markers and cancer medicines.

    Only names that we know are taken, and only results from a closed list: words that a person
    typed do not leave this machine in a link that was filled in for them.
    """
    terms = " AND ".join(_markers(known))
    condition = _condition(known)
    taken = {*known.values.get("medication", {}), *known.values.get(PLANNED, {})}
    treatment = " OR ".join(sorted(name for name in taken if _is_cancer_drug(name, lexicon)))
    is_from_card = bool(terms or treatment) or condition != CONDITION
    return TrialStart(TrialQuery(condition, terms, treatment), is_from_card)


def _condition(known: Known) -> str:
    if "metastatic" in known.values.get("extent", {}):
        return SPREAD
    return MALE if "male breast cancer" in known.values.get("diagnosis", {}) else CONDITION


def _markers(known: Known) -> Iterable[str]:
    is_triple_negative = TRIPLE_NEGATIVE in known.values.get("subtype", {})
    if is_triple_negative:
        yield TRIPLE_NEGATIVE
    for name in TRIAL_MARKERS:
        if is_triple_negative and name in RECEPTORS:
            continue
        for value in list(known.values.get(f"biomarker.{name}", {}))[:1]:
            if name in GENES:
                yield from [f"{name} mutation"] if value == "positive" else []
            elif value in TRIAL_VALUES:
                yield f"{name} {value}"


def _is_cancer_drug(name: str, lexicon: Lexicon) -> bool:
    drug = lexicon.drug(name)
    return drug is not None and drug.role == "cancer" and not lexicon.classes_of(name) & BESIDE


def _clean(text: str) -> str:
    """One line, no longer than a search is."""
    return " ".join(text.split())[:MOST_CHARS]

"""Does a paragraph of the library fit this person? Conditions held against the card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from chains.compose.types_named import Pair, types_named
from chains.lexicon import Lexicon, Mention
from memory.records import Card, Fact
from vectorstore.articles import Line
from vectorstore.conditions import Atom, Condition

Verdict = Literal["always", "met", "ruled_out", "unknown"]

EARLY_STAGES = ("0", "I", "II", "III")
SPREAD = frozenset({"metastatic", "oligometastatic"})
RECEPTORS = ("ER", "PR", "HER2")
ASKED = ""
"""Stands for the fact where a question, not the card, names a thing."""
PLANNED = "planned"
"""Key of a medicine that is to come: questions are about it, conditions do not ask for it."""
QUIET_KEYS = frozenset({"medication", "class", "symptom", "preference", "procedure"})
"""Keys whose absence from the card is read as "not so": no branches are shown for them."""

_DCIS = "ductal carcinoma in situ"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a line holds for the person, and by which facts."""

    verdict: Verdict
    atoms: tuple[Atom, ...] = ()
    """The atoms that were met, or, for `unknown`, those the card does not settle."""
    fact_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The card as conditions ask for it."""

    values: Mapping[str, Mapping[str, str]]
    """key -> value -> the fact that says so."""
    excluded: frozenset[str]
    """Subtypes that what is known rules out, while others stay possible."""

    def judge(self, atom: Atom) -> Fit:
        """Hold one atom against the card."""
        held = self.values.get(atom.key, {})
        met = [held[value] for value in atom.values if value in held]
        if met and atom.operator == "=":
            return Fit("met", (atom,), tuple(met[:1]))
        if atom.key == "subtype" and not self.excluded.issuperset(atom.values):
            return Fit("unknown", (atom,))
        if not held and atom.key != "subtype":
            return Fit("unknown", (atom,))
        if atom.operator == "!=" and not met:
            return Fit("met", (atom,), tuple(list(held.values())[:1]))
        return Fit("ruled_out", (atom,))

    def judge_all(self, condition: Condition) -> Fit:
        """Hold a conjunction against the card: one atom ruled out rules it out."""
        fits = [self.judge(atom) for atom in condition.atoms]
        for verdict in ("ruled_out", "unknown"):
            found = [fit for fit in fits if fit.verdict == verdict]
            if found:
                atoms = tuple(atom for fit in found for atom in fit.atoms)
                return Fit("ruled_out" if verdict == "ruled_out" else "unknown", atoms)
        facts = tuple(dict.fromkeys(fact for fit in fits for fact in fit.fact_ids if fact))
        return Fit("met" if facts else "always", condition.atoms, facts)

    def asking(self, question: str, lexicon: Lexicon) -> "Known":
        """The same while this question is asked: what it names holds for its answer.

        No fact stands behind it, so that lines it lets in count as told to everyone who asks.
        """
        values = {key: dict(held) for key, held in self.values.items()}
        pairs = [p for m in lexicon.mentions(question) for p in _asked_pairs(m, lexicon)]
        asked = types_named(question)
        for key, value in (*pairs, *asked):
            values.setdefault(key, {}).setdefault(value, ASKED)
        excluded = _add_subtypes(values) - {value for key, value in asked if key == "subtype"}
        return replace(self, values=values, excluded=excluded)

    def names(self) -> frozenset[str]:
        """What is taken, felt, measured and where it has spread, by name; classes too."""
        had = ("symptom", "metastasis", "lab", "procedure", "comorbidity", "diagnosis")
        keys = ("medication", "class", PLANNED, *had)
        in_situ = {_DCIS} if "in situ" in self.values.get("extent", {}) else set()
        return frozenset(in_situ.union(*(self.values.get(key, {}) for key in keys)))

    def pairs(self) -> frozenset[Pair]:
        """Everything that holds, as key and value."""
        return frozenset((key, value) for key, held in self.values.items() for value in held)

    def fit(self, line: Line) -> Fit:
        """Whether a library line may be said to this person."""
        if line.unless is not None and self.judge_all(line.unless).verdict == "met":
            return Fit("ruled_out", line.unless.atoms)
        return self.judge_all(line.when) if line.when is not None else Fit("always")


NOTHING = Known({}, frozenset())
"""What is known of nobody."""


def known_of(card: Card, lexicon: Lexicon) -> Known:
    """Read a card for conditions.

    A medicine stands for its classes, oligometastatic for metastatic, a stage for its extent;
    a marker with two values that disagree is not known.
    """
    pairs: dict[str, dict[str, str]] = {}
    for fact in card.facts:
        for key, value in _pairs_of(fact, lexicon):
            pairs.setdefault(key, {})[value] = fact.fact_id
    _settle_receptors(pairs)
    _settle_extent(pairs)
    return Known(pairs, _add_subtypes(pairs))


def _asked_pairs(mention: Mention, lexicon: Lexicon) -> list[tuple[str, str]]:
    if mention.kind == "drug":
        classes = sorted(lexicon.classes_of(mention.name))
        return [("medication", mention.name), *(("class", name) for name in classes)]
    if mention.kind == "drug_class":
        return [("class", mention.name)]
    return [(mention.kind, mention.name)] if mention.kind in ("symptom", "procedure") else []


def _pairs_of(fact: Fact, lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    if fact.negated:
        return ()
    if fact.kind == "biomarker":
        return _biomarker_pairs(fact)
    if fact.kind == "medication":
        if fact.status == "planned":
            return [(PLANNED, fact.name)]
        if fact.status not in ("current", "on_hold"):
            return ()
        classes = sorted(lexicon.classes_of(fact.name))
        return [("medication", fact.name), *(("class", name) for name in classes)]
    if fact.kind == "stage":
        return [("stage", fact.name), ("stage", fact.name.rstrip("ABC")), *_extent_of_stage(fact)]
    if fact.kind == "metastasis":
        return [("metastasis", fact.name), ("extent", "metastatic")]
    if fact.kind == "extent" and fact.name in SPREAD:
        return [("extent", fact.name), ("extent", "metastatic")]
    return [(fact.kind, fact.name)]


def _biomarker_pairs(fact: Fact) -> list[tuple[str, str]]:
    key, value = f"biomarker.{fact.name}", fact.attributes.get("value", "")
    pairs = [(key, value)] if value else []
    if value in ("low", "ultralow"):
        pairs.append((key, "negative"))
    return pairs


def _extent_of_stage(fact: Fact) -> list[tuple[str, str]]:
    group = fact.name.rstrip("ABC")
    if group == "IV":
        return [("extent", "metastatic")]
    if group == "0":
        return [("extent", "in situ")]
    if group == "III":
        return [("extent", "early"), ("extent", "locally advanced")]
    return [("extent", "early")] if group in EARLY_STAGES else []


def _settle_receptors(pairs: dict[str, dict[str, str]]) -> None:
    for key in [key for key in pairs if key.startswith("biomarker.")]:
        if {"positive", "negative"} <= set(pairs[key]):
            del pairs[key]


def _settle_extent(pairs: dict[str, dict[str, str]]) -> None:
    """Cancer that has spread is no longer early, whatever the first stage was."""
    extent = pairs.get("extent", {})
    if "metastatic" in extent:
        for early in ("early", "in situ", "locally advanced"):
            extent.pop(early, None)


def _add_subtypes(pairs: dict[str, dict[str, str]]) -> frozenset[str]:
    """Add the subtype the markers settle; give those they rule out."""
    er, pr, her2 = (pairs.get(f"biomarker.{name}", {}) for name in RECEPTORS)
    hormone = er.get("positive") or pr.get("positive")
    found: dict[str, str] = {}
    excluded: set[str] = set()
    if "positive" in her2:
        found["HER2 positive"] = her2["positive"]
        excluded |= {"triple negative", "HR positive HER2 negative"}
    if "negative" in her2:
        excluded.add("HER2 positive")
    if hormone:
        excluded.add("triple negative")
        if "negative" in her2:
            found["HR positive HER2 negative"] = hormone
    elif "negative" in er and "negative" in her2:
        found["triple negative"] = er["negative"]
        excluded.add("HR positive HER2 negative")
    if found:
        pairs["subtype"] = {**found, **pairs.get("subtype", {})}
    return frozenset(excluded)

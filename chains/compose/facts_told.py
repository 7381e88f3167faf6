"""Facts of the card in plain words."""

from collections.abc import Iterable, Sequence

from chains.lexicon import Lexicon
from memory.records import Card, Fact, FactKind

MARKERS = ("ER", "PR", "HER2")
MOST_MEDICINES = 3


def facts_in_mind(card: Card, used: Iterable[str], lexicon: Lexicon) -> tuple[Fact, ...]:
    """The disease, the cancer medicines of now, and what else the answer used, in that order.

    A stage is not said beside the extent it stands for.
    """
    ids = set(used)
    kinds: list[FactKind] = ["biomarker", "extent", "metastasis", "diagnosis"]
    if not card.of_kind("extent"):
        kinds.append("stage")
    disease = [
        fact
        for fact in card.of_kind(*kinds)
        if fact.kind != "biomarker" or fact.name in MARKERS or fact.fact_id in ids
    ]
    medicines = [
        fact
        for fact in card.current_medications()
        if fact.fact_id in ids or _is_cancer_drug(fact, lexicon)
    ]
    others = [
        fact
        for fact in card.facts
        if fact.fact_id in ids and fact not in disease and fact not in medicines
    ]
    return tuple(disease + medicines[-MOST_MEDICINES:] + others)


def told(facts: Sequence[Fact]) -> str:
    """Facts as a phrase: "ER-positive, oligometastatic breast cancer, ribociclib 400 mg"."""
    adjectives = [
        words for fact in facts if (words := _adjective(fact)) and fact.kind != "diagnosis"
    ]
    diagnosis = next((f.name for f in reversed(facts) if f.kind == "diagnosis"), "breast cancer")
    disease = ", ".join(adjectives)
    has_disease = any(f.kind in ("diagnosis", "biomarker", "extent", "stage") for f in facts)
    sites = [fact.name for fact in facts if fact.kind == "metastasis"]
    parts = [f"{disease} {diagnosis}".strip()] if has_disease else []
    parts += [f"spread to the {' and '.join(sites)}"] if sites else []
    parts += [words for fact in facts if (words := _noun(fact))]
    return _listed(list(dict.fromkeys(parts)))


def fact_line(fact: Fact) -> str:
    """One fact in plain words: "ribociclib, 400 mg, for 14 months, dose reduced (neutropenia)"."""
    said = fact.attributes
    parts = [_KINDS.get(fact.kind, "{name}").format(name=fact.name.replace("_", " "))]
    if fact.kind in ("biomarker", "lab"):
        parts = [f"{fact.name} {said.get('value', '')}".strip()]
    parts += [said[key] for key in ("dose", "schedule") if key in said]
    parts += [f"{word} {said[key]}" for key, word in _SPANS.items() if key in said]
    if "change" in said:
        reason = f" ({said['reason']})" if "reason" in said else ""
        parts.append(f"dose {said['change']}{reason}")
    if "relatives" in said:
        parts.append(said["relatives"])
    if fact.status in ("past", "planned", "on_hold"):
        parts.append(fact.status.replace("_", " "))
    return ("no " if fact.negated else "") + ", ".join(parts)


_SPANS = {"duration": "for", "since": "since", "until": "until"}
_KINDS = {
    "stage": "stage {name}",
    "grade": "grade {name}",
    "age": "age {name}",
    "metastasis": "spread to the {name}",
    "allergy": "allergy: {name}",
    "nodes": "lymph nodes {name}",
    "tumor_size": "tumor size {name}",
    "family_history": "in the family: {name}",
    "preference": "you asked for: {name}",
}


def _adjective(fact: Fact) -> str:
    if fact.kind == "biomarker":
        return f"{fact.name}-{fact.attributes.get('value', 'tested')}"
    if fact.kind == "extent":
        return fact.name
    return f"stage {fact.name}" if fact.kind == "stage" else ""


def _noun(fact: Fact) -> str:
    if fact.kind == "medication":
        words = " ".join(filter(None, (fact.name, fact.attributes.get("dose", ""))))
        return f"{words} (on hold)" if fact.status == "on_hold" else words
    if fact.kind == "preference":
        return ""
    if fact.kind in ("diagnosis", "biomarker", "extent", "stage", "metastasis"):
        return ""
    return f"age {fact.name}" if fact.kind == "age" else fact.name


def _listed(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


def _is_cancer_drug(fact: Fact, lexicon: Lexicon) -> bool:
    drug = lexicon.drug(fact.name)
    return drug is not None and drug.role == "cancer"

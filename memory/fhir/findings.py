"""Markers, labs, staging, symptoms and what else was found, as Observation."""

from typing import Final

from pydantic import JsonValue

from memory.fhir.codes import Json, codings, concept
from memory.fhir.speaker import Speaker
from memory.figures import read_figure
from memory.records import Fact, FactKind

_TEXTS: Final[dict[FactKind, str]] = {
    "stage": "Stage of the cancer",
    "tnm": "TNM category",
    "grade": "Grade of the tumor",
    "extent": "Extent of the disease",
    "tumor_size": "Size of the tumor",
    "nodes": "Lymph nodes",
    "menopausal_status": "Menopausal status",
    "age": "Age",
    "preference": "Wish about care",
    "family_history": "Family history",
}
_KINDS: Final = (
    *("stage", "tnm", "grade", "extent", "tumor_size", "nodes", "menopausal_status", "age"),
    *("preference", "biomarker", "lab", "symptom"),
)
_RECEPTORS: Final = frozenset({"ER", "PR", "HR", "HER2", "AR", "Ki-67", "PD-L1", "TROP2"})
_MEASURES: Final = frozenset({"TMB", "MSI", "ctDNA", "HRD"})


def observations(speaker: Speaker) -> list[Json]:
    """One Observation for each finding on the card."""
    return [_observation(fact, speaker) for fact in speaker.card.facts if _is_finding(fact)]


def _is_finding(fact: Fact) -> bool:
    # An illness that is not in the family is no relative's: there is nobody to hang it on.
    return fact.kind in _KINDS or (fact.kind == "family_history" and fact.negated)


def quantity(words: str) -> Json | None:
    """A FHIR Quantity from words such as "10.2 g/dL" or "<0.5"; None when they are no figure."""
    figure = read_figure(words)
    if figure is None:
        return None
    value = int(figure.value) if figure.value.is_integer() else figure.value
    made: Json = {"value": value}
    if figure.sign:
        made["comparator"] = figure.sign
    if figure.unit:
        made["unit"] = figure.unit
    return made


def _observation(fact: Fact, speaker: Speaker) -> Json:
    content: Json = {
        "status": "preliminary" if fact.state == "inferred" else "final",
        "code": _code(fact),
        "subject": speaker.patient,
        "performer": [speaker.informant],
        **_value(fact),
    }
    components = _components(fact)
    if components:
        content["component"] = components
    when = speaker.told_at(fact)
    if when is not None:
        content["issued"] = when.isoformat()
    return speaker.resource("Observation", fact, content)


def _code(fact: Fact) -> Json:
    if fact.kind in ("biomarker", "lab"):
        if _is_variant(fact):
            return concept(f"{fact.name} variant", ("variant", ""))
        return concept(fact.name, (fact.kind, fact.name))
    if fact.kind == "symptom":
        return {"text": fact.name}
    return concept(_TEXTS[fact.kind], (fact.kind, ""))


def _value(fact: Fact) -> Json:
    """The value of an Observation, under the key of its type."""
    if fact.kind == "symptom":
        return {"valueBoolean": not fact.negated}
    if fact.kind not in ("biomarker", "lab"):
        return _told_value(fact)
    said = fact.attributes.get("value", "")
    if not said:
        return {"valueString": "not present" if fact.negated else "tested; the result was not told"}
    measured = quantity(said)
    if measured is not None:
        return {"valueQuantity": measured}
    kind = "variant_value" if _is_variant(fact) else "value"
    return {"valueCodeableConcept": concept(said, (kind, said))}


def _told_value(fact: Fact) -> Json:
    text = f"not {fact.name}" if fact.negated else fact.name.replace("_", " ")
    if fact.negated:
        return {"valueString": text}
    if fact.kind == "age" and fact.name.isdigit():
        return {"valueQuantity": {"value": int(fact.name), "unit": "years"}}
    if fact.kind == "tumor_size" and (measured := quantity(fact.name)) is not None:
        return {"valueQuantity": measured}
    return {"valueCodeableConcept": concept(text, (fact.kind, fact.name))}


def _components(fact: Fact) -> list[JsonValue]:
    made: list[JsonValue] = []
    percent = quantity(fact.attributes.get("percent", ""))
    if percent is not None:
        code = concept(f"{fact.name}, percent of cells", ("percent", fact.name))
        made.append({"code": code, "valueQuantity": percent})
    normalized = quantity(fact.attributes.get("normalized", ""))
    if normalized is not None:
        code = {"text": f"{fact.name}, converted by a computer program"}
        made.append({"code": code, "valueQuantity": normalized})
    if _is_variant(fact):
        studied: Json = {"coding": list(codings("gene_studied")), "text": "Gene studied"}
        made.append({"code": studied, "valueCodeableConcept": {"text": fact.name}})
    return made


def _is_variant(fact: Fact) -> bool:
    """Whether a marker is a gene, of which a change was looked for."""
    return fact.kind == "biomarker" and fact.name not in _RECEPTORS | _MEASURES

"""Diagnoses, metastases and other illnesses as Condition."""

from collections.abc import Sequence
from typing import Final

from pydantic import JsonValue

from memory.fhir.codes import Json, codings, concept
from memory.fhir.speaker import Speaker
from memory.records import Fact

_CLINICAL: Final = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFIED: Final = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/condition-category"
_MORPHOLOGY: Final = (
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior"
)
_STAGED: Final = ("stage", "tnm", "grade", "extent")
"""Kinds that a diagnosis is staged by, in this order."""


def conditions(speaker: Speaker) -> list[Json]:
    """One Condition for each diagnosis, metastasis and other illness on the card."""
    facts = speaker.card.facts
    diagnoses = [fact for fact in facts if fact.kind == "diagnosis"]
    main = next((fact for fact in diagnoses if not fact.negated), None)
    made = [_diagnosis(fact, speaker, is_main=fact is main) for fact in diagnoses]
    made += [_metastasis(fact, speaker) for fact in facts if fact.kind == "metastasis"]
    made += [
        _condition(fact, speaker, concept(fact.name))
        for fact in facts
        if fact.kind == "comorbidity"
    ]
    return made


def _diagnosis(fact: Fact, speaker: Speaker, *, is_main: bool) -> Json:
    made = _condition(fact, speaker, concept(fact.name, ("diagnosis", fact.name)))
    morphology = codings("morphology", fact.name)
    if morphology:
        value: Json = {"coding": list(morphology), "text": fact.name}
        made["extension"] = [{"url": _MORPHOLOGY, "valueCodeableConcept": value}]
    if is_main:
        staged = [f for kind in _STAGED for f in speaker.card.of_kind(kind)]
        if staged:
            made["stage"] = _stages(staged, speaker)
    return made


def _stages(facts: Sequence[Fact], speaker: Speaker) -> list[JsonValue]:
    """What stages the disease, each with the Observation that holds it."""
    return [
        {
            "summary": concept(fact.name, (fact.kind, fact.name)),
            "assessment": [{"reference": f"urn:uuid:{speaker.uuid(fact.fact_id)}"}],
            "type": {"text": f"{fact.kind} as the person told it"},
        }
        for fact in facts
    ]


def _metastasis(fact: Fact, speaker: Speaker) -> Json:
    code = concept(f"metastasis: {fact.name}", ("metastasis", ""), ("metastasis", fact.name))
    return _condition(fact, speaker, code) | {"bodySite": [{"text": fact.name}]}


def _condition(fact: Fact, speaker: Speaker, code: Json) -> Json:
    # Whoever lives with an illness can confirm that it was told so, not that it is so.
    status, clinical = ("refuted", "inactive") if fact.negated else ("unconfirmed", "active")
    content: Json = {
        "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": clinical}]},
        "verificationStatus": {"coding": [{"system": _VERIFIED, "code": status}]},
        "category": [{"coding": [{"system": _CATEGORY, "code": "problem-list-item"}]}],
        "code": code,
        "subject": speaker.patient,
        "asserter": speaker.informant,
    }
    when = speaker.told_at(fact)
    if when is not None:
        content["recordedDate"] = when.isoformat()
    return speaker.resource("Condition", fact, content)

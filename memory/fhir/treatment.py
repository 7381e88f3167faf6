"""Medicines, procedures, allergies and the family, as FHIR resources."""

from datetime import datetime
from typing import Final

from memory.fhir.codes import Json, concept
from memory.fhir.speaker import Speaker
from memory.records import Fact
from memory.when import SaidDate, date_of, start_of

_ALLERGY_VERIFIED: Final = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
_ALLERGY_CLINICAL: Final = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
_TAKEN: Final = {
    "current": "active",
    "on_hold": "on-hold",
    "past": "completed",
    "planned": "intended",
    None: "unknown",
}
_DONE: Final = {
    "current": "in-progress",
    "on_hold": "on-hold",
    "past": "completed",
    "planned": "preparation",
    None: "unknown",
}


def treatments(speaker: Speaker) -> list[Json]:
    """One resource for each medicine, procedure, allergy and illness of the family."""
    makers = {
        "medication": _medication,
        "procedure": _procedure,
        "allergy": _allergy,
        "family_history": _family,
    }
    facts = speaker.card.facts
    return [
        makers[fact.kind](fact, speaker)
        for fact in facts
        if fact.kind in makers and not (fact.kind == "family_history" and fact.negated)
    ]


def _medication(fact: Fact, speaker: Speaker) -> Json:
    when = speaker.told_at(fact)
    content: Json = {
        "status": "not-taken" if fact.negated else _TAKEN[fact.status],
        "medicationCodeableConcept": concept(fact.name, ("medication", fact.name)),
        "subject": speaker.patient,
        "informationSource": speaker.informant,
    }
    if when is not None:
        content["dateAsserted"] = when.isoformat()
        period = _period(fact, when)
        if period:
            content["effectivePeriod"] = period
    reason = fact.attributes.get("reason")
    if reason:
        # mCODE and FHIR have a reason for the status, not for a changed dose.
        content["statusReason"] = [{"text": reason}]
    dosage = _dosage(fact)
    if dosage:
        content["dosage"] = [{"text": dosage}]
    return speaker.resource("MedicationStatement", fact, content)


def _period(fact: Fact, told_at: datetime) -> Json:
    """From when to when, as far as the words name dates."""
    said, told_on = fact.attributes, told_at.date()
    start: SaidDate | None = date_of(said.get("since", ""), told_on)
    if start is None and fact.status == "current":
        start = start_of(said.get("duration", ""), told_on)
    end = date_of(said.get("until", ""), told_on)
    period: Json = {}
    if start is not None:
        period["start"] = str(start)
    if end is not None:
        period["end"] = str(end)
    return period


def _dosage(fact: Fact) -> str:
    """Dose, schedule and change as they were told."""
    said = fact.attributes
    parts = [said[key] for key in ("dose", "schedule") if key in said]
    parts += [f"for {said['duration']}"] if "duration" in said else []
    parts += [f"dose {said['change']}"] if "change" in said else []
    return ", ".join(parts)


def _procedure(fact: Fact, speaker: Speaker) -> Json:
    content: Json = {
        "status": "not-done" if fact.negated else _DONE[fact.status],
        "code": concept(fact.name, ("procedure", fact.name)),
        "subject": speaker.patient,
        "asserter": speaker.informant,
    }
    return speaker.resource("Procedure", fact, content)


def _allergy(fact: Fact, speaker: Speaker) -> Json:
    verified, clinical = ("refuted", "inactive") if fact.negated else ("unconfirmed", "active")
    content: Json = {
        "clinicalStatus": {"coding": [{"system": _ALLERGY_CLINICAL, "code": clinical}]},
        "verificationStatus": {"coding": [{"system": _ALLERGY_VERIFIED, "code": verified}]},
        "code": concept(fact.name, ("medication", fact.name)),
        "patient": speaker.patient,
        "asserter": speaker.informant,
    }
    when = speaker.told_at(fact)
    if when is not None:
        content["recordedDate"] = when.isoformat()
    return speaker.resource("AllergyIntolerance", fact, content)


def _family(fact: Fact, speaker: Speaker) -> Json:
    relatives = fact.attributes.get("relatives", "a relative, not said which")
    content: Json = {
        "status": "partial",
        "patient": speaker.patient,
        "relationship": {"text": relatives},
        "condition": [{"code": {"text": fact.name}}],
    }
    when = speaker.told_at(fact)
    if when is not None:
        content["date"] = when.isoformat()
    return speaker.resource("FamilyMemberHistory", fact, content)

"""A card as a FHIR R4 Bundle: one bundle a card, one Patient a bundle.

A relative's card is a bundle of its own: whoever reads a bundle into a record reads it as one
patient's. Profiles are not claimed in `meta.profile`: mCODE asks for more than people tell, such as
the method of a stage.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import JsonValue

from memory.fhir.codes import Json
from memory.fhir.disease import conditions
from memory.fhir.findings import observations
from memory.fhir.speaker import Speaker
from memory.fhir.treatment import treatments
from memory.records import SELF, Card, Told


def card_bundle(
    card: Card, told: Mapping[str, Sequence[Told]], *, person_key: str, made_at: datetime
) -> str:
    """All facts of one card as a Bundle of type collection.

    Args:
        card: of one person; may be empty, then the bundle holds the Patient alone.
        told: the tellings of its facts, by fact id; facts without one have no date.
        person_key: unguessable; the ids of resources are made from it and do not give it away.
        made_at: aware.

    Returns:
        JSON text. Every resource says that it is self-reported, in which words, and whether the
        person confirmed it. Codes are those of `codes.csv` alone; else there is text.
    """
    speaker = Speaker(card, told, person_key)
    resources = [
        *_people(speaker),
        *conditions(speaker),
        *observations(speaker),
        *treatments(speaker),
    ]
    entries: list[JsonValue] = [
        {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources
    ]
    bundle: Json = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": made_at.isoformat(),
        "entry": entries,
    }
    text = json.dumps(bundle, ensure_ascii=False, indent=2)
    # Half of a surrogate pair has no place in UTF-8: it is written as the JSON escape it is.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _people(speaker: Speaker) -> list[Json]:
    """The patient, and who wrote when that is another."""
    patient: Json = {"resourceType": "Patient", "id": speaker.uuid("patient")}
    if speaker.card.subject == SELF:
        return [patient]
    relation = f"writes about their {speaker.card.subject}, the patient"
    informant: Json = {
        "resourceType": "RelatedPerson",
        "id": speaker.uuid("informant"),
        "patient": speaker.patient,
        "relationship": [{"text": relation}],
    }
    return [patient, informant]

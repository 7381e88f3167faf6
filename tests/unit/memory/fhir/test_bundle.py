"""Bundles are read back with `fhir.resources`: R4B (FHIR 4.3.0), the same as R4 in these parts."""

import json
from datetime import UTC, datetime

import pytest
from fhir.resources.R4B.bundle import Bundle

from memory.fhir import card_bundle
from memory.fhir.codes import load_codes
from memory.fhir.findings import quantity
from memory.records import Told
from tests.support.builders import card, fact, marker

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
WHOLE = card(
    fact("diagnosis", "invasive ductal carcinoma"),
    fact("diagnosis", "lung cancer", negated=True),
    fact("stage", "IIIA"),
    fact("extent", "metastatic"),
    fact("tnm", "T2N1M0"),
    fact("grade", "3"),
    fact("tumor_size", "2.3 cm"),
    fact("nodes", "2 of 14"),
    fact("metastasis", "bone"),
    marker("ER", "positive"),
    fact("biomarker", "PR", value="low", percent="5%"),
    fact("biomarker", "BRCA2", value="positive"),
    fact("biomarker", "HER2"),
    fact("lab", "ANC", value="0.8", normalized="800/mm3"),
    fact("lab", "CA 15-3", value="1,045 U/mL"),
    fact("symptom", "fatigue"),
    fact("symptom", "nausea", negated=True),
    fact("medication", "ribociclib", dose="400 mg", duration="14 months", change="reduced"),
    fact("medication", "letrozole", status="on_hold", since="March 2024", reason="arthralgia"),
    fact("medication", "tamoxifen", status="past", until="January 2024"),
    fact("medication", "denosumab", status="planned"),
    fact("medication", "aspirin", negated=True),
    fact("procedure", "lumpectomy", status="past"),
    fact("procedure", "mastectomy", status="planned"),
    fact("allergy", "penicillin"),
    fact("allergy", "latex", negated=True),
    fact("comorbidity", "hypertension"),
    fact("menopausal_status", "postmenopausal"),
    fact("age", "54"),
    fact("family_history", "breast cancer", relatives="mother"),
    fact("family_history", "ovarian cancer", negated=True),
    fact("preference", "no_chemotherapy"),
)


def bundle(of, **said):
    told = {
        f.fact_id: (Told(said=f, thread_id="t", turn_id="u", message=f.evidence, told_at=NOW),)
        for f in of.facts
    }
    known = {"person_key": "ann", "made_at": NOW}
    return json.loads(card_bundle(of, told, **{**known, **said}))


def resources(made, kind):
    found = (entry["resource"] for entry in made["entry"])
    return [resource for resource in found if resource["resourceType"] == kind]


def test_whole_card_is_valid_fhir_and_holds_every_fact():
    made = bundle(WHOLE)
    read = Bundle.model_validate(made)
    assert len(read.entry) == 1 + len(WHOLE.facts)


def test_every_reference_of_a_bundle_leads_into_it():
    text = json.dumps(made := bundle(WHOLE))
    there = {entry["fullUrl"] for entry in made["entry"]}
    pointed = {part.split('"')[0] for part in text.split('"reference": "')[1:]}
    assert pointed
    assert pointed <= there


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("ribociclib", "active"),
        ("letrozole", "on-hold"),
        ("tamoxifen", "completed"),
        ("denosumab", "intended"),
        ("aspirin", "not-taken"),
    ],
)
def test_planned_past_and_held_medicines_are_told_apart(name, status):
    taken = {
        statement["medicationCodeableConcept"]["text"]: statement["status"]
        for statement in resources(bundle(WHOLE), "MedicationStatement")
    }
    assert taken[name] == status


def test_dates_have_as_much_detail_as_was_said():
    periods = {
        statement["medicationCodeableConcept"]["text"]: statement.get("effectivePeriod")
        for statement in resources(bundle(WHOLE), "MedicationStatement")
    }
    assert periods["ribociclib"] == {"start": "2025-09"}
    assert periods["letrozole"] == {"start": "2024-03"}
    assert periods["tamoxifen"] == {"end": "2024-01"}
    assert periods["denosumab"] is None


def test_a_code_is_one_of_the_table_and_each_row_names_its_source():
    rows = load_codes()
    assert all(row.source and row.code and row.system for row in rows)
    known = {(row.system, row.code) for row in rows}
    made = _codings(bundle(WHOLE))
    clinical = {pair for pair in made if not pair[0].startswith("http://terminology.hl7.org/")}
    assert ("http://www.nlm.nih.gov/research/umls/rxnorm", "1873916") in clinical
    assert clinical <= known


def _codings(value):
    if isinstance(value, list):
        return set().union(*map(_codings, value))
    if not isinstance(value, dict):
        return set()
    own = {(value["system"], value["code"])} if "system" in value else set()
    return own.union(*map(_codings, value.values()))


def test_name_without_a_row_is_text_alone():
    (made,) = resources(bundle(card(fact("medication", "moonwort"))), "MedicationStatement")
    assert made["medicationCodeableConcept"] == {"text": "moonwort"}


def test_every_fact_says_that_it_is_self_reported_and_whether_it_was_confirmed():
    sure = fact("stage", "II", evidence="stage two").model_copy(update={"state": "confirmed"})
    guess = fact("extent", "early").model_copy(update={"state": "inferred"})
    first, second = resources(bundle(card(sure, guess)), "Observation")
    assert "Self-reported: told by the person themselves" in first["note"][0]["text"]
    assert '"stage two"' in first["note"][0]["text"]
    assert "Confirmed by the person" in first["note"][0]["text"]
    assert "not confirmed by the person" in second["note"][0]["text"]
    assert (first["status"], second["status"]) == ("final", "preliminary")


def test_contradiction_is_named_on_both_sides():
    both = bundle(card(marker("HER2", "negative"), marker("HER2", "positive")))
    notes = [one["note"][0]["text"] for one in resources(both, "Observation")]
    assert all("not settled" in note for note in notes)


def test_relative_is_the_patient_and_the_writer_the_informant():
    of = card(fact("medication", "palbociclib", subject="mother"), subject="mother")
    made = bundle(of)
    Bundle.model_validate(made)
    (statement,) = resources(made, "MedicationStatement")
    (informant,) = resources(made, "RelatedPerson")
    assert statement["informationSource"]["reference"] == f"urn:uuid:{informant['id']}"
    assert "somebody close" in statement["note"][0]["text"]


def test_ids_are_the_same_in_every_export_and_do_not_give_the_person_away():
    first, second = bundle(WHOLE), bundle(WHOLE)
    assert first == second
    assert "ann/" not in json.dumps(first)
    other = bundle(WHOLE, person_key="bea")
    assert other["entry"][0]["fullUrl"] != first["entry"][0]["fullUrl"]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("10.2 g/dL", {"value": 10.2, "unit": "g/dL"}),
        ("1,045", {"value": 1045}),
        ("<0.5 ng/mL", {"value": 0.5, "comparator": "<", "unit": "ng/mL"}),
        ("30%", {"value": 30, "unit": "%"}),
        ("low", None),
        ("120/80", None),
        ("0,8", {"value": 0.8}),
        ("800/mm3", {"value": 800, "unit": "/mm3"}),
    ],
)
def test_quantity_is_a_figure_with_its_unit(words, made):
    assert quantity(words) == made

import json

from tests.unit.vectorstore.fetch.conftest import Answer
from vectorstore.fetch.openfda import OpenFDA

NOT_FOUND = Answer('{"error":{"code":"NOT_FOUND","message":"No matches found!"}}', 404)


def _label(generic, brand, *, substances=1, nda=True, day="20240930", **fields):
    number = "NDA020726" if nda else "ANDA090934"
    return {
        "set_id": f"{brand.lower()}-set",
        "effective_time": day,
        **{name: [text] for name, text in fields.items()},
        "openfda": {
            "generic_name": [generic],
            "brand_name": [brand],
            "substance_name": ["X"] * substances,
            "product_type": ["HUMAN PRESCRIPTION DRUG"],
            "application_number": [number],
        },
    }


def _serve(host, **labels):
    """Answers by what `openfda.generic_name` or `openfda.brand_name` is searched for."""

    def answer(request):
        found = labels.get(
            request.query["search"].replace("openfda.", "").replace(":", "_").replace('"', "")
        )
        if found is None:
            return NOT_FOUND
        meta = {
            "disclaimer": "Do not rely on openFDA ...",
            "results": {"skip": 0, "total": len(found)},
        }
        return Answer(json.dumps({"meta": meta, "results": found}))

    host.answers = {"/drug/label.json": answer}


SECTIONS = {
    "indications_and_usage": "1 INDICATIONS AND USAGE Femara is for early breast cancer.",
    "dosage_and_administration": "2 DOSAGE The recommended dose is one tablet.",
    "drug_interactions": "7 DRUG INTERACTIONS Tamoxifen lowers it.",
    "adverse_reactions": "6 ADVERSE REACTIONS Hot flashes.",
    "pregnancy": "8.1 Pregnancy It can harm an unborn baby.",
    "clinical_pharmacology": "12 CLINICAL PHARMACOLOGY Half-life.",
}


def test_the_label_of_the_medicine_alone_is_kept_with_what_a_patient_needs(
    host, fetch, front_matter
):
    _serve(
        host,
        generic_name_letrozole=[
            _label("RIBOCICLIB AND LETROZOLE", "KISQALI FEMARA CO-PACK", substances=2, **SECTIONS),
            _label("LETROZOLE", "LETROZOLE", nda=False, day="20260101", **SECTIONS),
            _label("LETROZOLE", "FEMARA", **SECTIONS),
        ],
    )
    outcome, shelf, _ = fetch(OpenFDA(["Letrozole"], base_url=host.url))
    assert (outcome.fetched, outcome.status) == (1, 0)
    assert list(shelf["Letrozole (Femara): US label"]) == [
        "What it is for",
        "How the label says it is given",
        "Interactions",
        "Side effects",
        "Pregnancy",
    ]
    front = front_matter("openfda", "letrozole")
    assert (front["kind"], front["year"], front["licence"]) == ("label", 2024, "CC0-1.0")
    assert front["url"].endswith("setid=femara-set")


def test_a_brand_name_finds_its_label(host, fetch):
    _serve(host, brand_name_femara=[_label("LETROZOLE", "FEMARA", **SECTIONS)])
    assert "Letrozole (Femara): US label" in fetch(OpenFDA(["Femara"], base_url=host.url))[1]


def test_no_label_and_a_label_without_sections_are_told_and_stop_nothing(host, fetch):
    _serve(
        host,
        generic_name_bare=[_label("BARE", "BARE", clinical_pharmacology="Half-life.")],
        generic_name_letrozole=[_label("LETROZOLE", "FEMARA", **SECTIONS)],
    )
    outcome, shelf, told = fetch(OpenFDA(["nosuchdrug", "bare", "letrozole"], base_url=host.url))
    assert (outcome.fetched, outcome.failed, outcome.status) == (1, 2, 1)
    assert "nosuchdrug: openFDA has no label under this name" in told
    assert "Bare: the label has none of the sections a patient needs" in told
    assert len(shelf) == 1

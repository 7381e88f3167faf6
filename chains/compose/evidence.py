"""How strong what a source says is, in words; and how near to a question it must be."""

from vectorstore.description import Description

SURE = 0.5
"""Nearness from which the library answers a question, if its article names the medicines that the
question names; below it, everything medical that the question names must stand there. Nearness is
the better cosine: of question and best passage, or of question and the nearest question that the
found articles answer."""
ENOUGH = 0.42
"""Below it there is no answer. Both were read off questions of and beside the field."""
MEDICAL_KINDS = frozenset({
    *("drug", "regimen", "drug_class", "biomarker", "symptom", "diagnosis", "extent"),
    *("procedure", "metastasis", "lab", "menopausal_status"),
})
MEDICINE_KINDS = frozenset({"drug", "regimen"})
EVIDENCE_WORDS = {
    "guideline": "guideline",
    "label": "medicine label",
    "review": "review of studies",
    "trial": "study in people",
    "observational": "observation of people",
    "laboratory": "laboratory or animals only",
    "patient_page": "page for patients",
}
SMALL_STUDY = 100
"""A study of fewer people is called small."""


def evidence_told(document: Description) -> str:
    """The strength of a document's evidence: its kind, whether people were studied and how many."""
    if document.in_people is False:
        return EVIDENCE_WORDS["laboratory"]
    words = EVIDENCE_WORDS[document.kind]
    is_study = document.kind in ("trial", "observational")
    if is_study and document.size is not None and document.size < SMALL_STUDY:
        return f"small {words}" if document.kind == "trial" else f"{words}, small"
    if document.kind == "review" and document.audience == "professional":
        return f"{words}, written for doctors"
    return words

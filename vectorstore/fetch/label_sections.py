"""Which sections of a US drug label a patient needs, and under which heading they are kept."""

from collections.abc import Callable
from dataclasses import dataclass

from vectorstore.fetch.documents import FetchedDocument, Part
from vectorstore.fetch.failures import PageError


@dataclass(frozen=True, slots=True)
class LabelSection:
    """One section as FDA codes it."""

    loinc: str
    """Code in an SPL document: FDA, section headings (LOINC) for drug labels."""
    field: str
    """Name in openFDA's JSON: open.fda.gov, drug label, searchable fields."""
    heading: str


SECTIONS = (
    LabelSection("34066-1", "boxed_warning", "Boxed warning"),
    LabelSection("34067-9", "indications_and_usage", "What it is for"),
    LabelSection("34070-3", "contraindications", "Who should not take it"),
    # Told as the label tells it; what a person takes is the care team's to say.
    LabelSection("34068-7", "dosage_and_administration", "How the label says it is given"),
    LabelSection("43685-7", "warnings_and_cautions", "Warnings and precautions"),
    LabelSection("34071-1", "warnings", "Warnings"),
    LabelSection("42232-9", "precautions", "Precautions"),
    LabelSection("34073-7", "drug_interactions", "Interactions"),
    LabelSection("34084-4", "adverse_reactions", "Side effects"),
    LabelSection("42228-7", "pregnancy", "Pregnancy"),
    LabelSection("77290-5", "lactation", "Breastfeeding"),
    LabelSection("34080-2", "nursing_mothers", "Nursing mothers"),
    LabelSection("77291-3", "females_and_males_of_reproductive_potential", "Birth control"),
    LabelSection("34076-0", "information_for_patients", "What patients are told"),
    LabelSection("42230-3", "spl_patient_package_insert", "Patient leaflet"),
    LabelSection("42231-1", "spl_medguide", "Medication guide"),
)
"""In the order in which they are kept."""
PAGE = "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id}"
"""Where a patient is shown a label."""


def label_document(
    *,
    publisher: str,
    name: str,
    set_id: str,
    effective: str,
    licence: str,
    paragraphs: Callable[[LabelSection], list[str]],
) -> FetchedDocument:
    """A label with the sections a patient needs.

    Args:
        publisher: who gave it out.
        name: of the medicine, as the label has it.
        set_id: that stays the same through all versions of the label.
        effective: the day this version holds from, YYYYMMDD.
        licence: of the text.
        paragraphs: of one section, in reading order; empty where the label lacks it.

    Raises:
        PageError: it has none of the sections, or no date.
    """
    parts = tuple(
        Part(section.heading, tuple(texts))
        for section in SECTIONS
        if (texts := [text for text in paragraphs(section) if text.strip()])
    )
    if not parts:
        raise PageError(f"{name}: the label has none of the sections a patient needs")
    if not effective[:4].isdecimal() or len(effective) < 4:
        raise PageError(f"{name}: the label names no date")
    return FetchedDocument(
        publisher=publisher,
        title=f"{name}: US label",
        year=int(effective[:4]),
        url=PAGE.format(set_id=set_id),
        kind="label",
        licence=licence,
        audience="professional",
        parts=parts,
    )

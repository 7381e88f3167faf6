"""Cards as FHIR R4, for a person to take along."""

from memory.fhir.bundle import card_bundle

__all__ = ["card_bundle"]

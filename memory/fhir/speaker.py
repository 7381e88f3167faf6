"""Who said a fact, when, in which words, and how sure it is: on every resource of a bundle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from pydantic import JsonValue

from memory.contradictions import rivals
from memory.fhir.codes import Json
from memory.records import SELF, Card, Fact, Told

_STATES: Final = {
    "stated": "Not checked again by the person since.",
    "inferred": "Taken from these words by a computer program; not confirmed by the person.",
    "confirmed": "Confirmed by the person.",
    "corrected": "Corrected by the person.",
}
_UNCHECKED: Final = "Not checked by a clinician."
_UNSETTLED: Final = "The person has also said something that contradicts this; it is not settled."


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person who wrote, the person the card is about, and what was written when."""

    card: Card
    told: Mapping[str, Sequence[Told]]
    person_key: str
    """Makes the ids of this person's resources; it cannot be read back from them."""

    @property
    def patient(self) -> Json:
        """A reference to the person whom the card is about."""
        return {"reference": f"urn:uuid:{self.uuid('patient')}"}

    @property
    def informant(self) -> Json:
        """A reference to the person who wrote."""
        role = "patient" if self.card.subject == SELF else "informant"
        return {"reference": f"urn:uuid:{self.uuid(role)}"}

    def uuid(self, what: str) -> str:
        """The id of a resource, the same in every export."""
        return str(uuid5(NAMESPACE_URL, f"{self.person_key}/{self.card.subject}/{what}"))

    def told_at(self, fact: Fact) -> datetime | None:
        """When the fact was told last; None where the message is gone."""
        tellings = self.told.get(fact.fact_id, ())
        return tellings[-1].told_at if tellings else None

    def note(self, fact: Fact) -> list[JsonValue]:
        """The statement that a fact is self-reported, with its words and its state."""
        is_own = self.card.subject == SELF
        teller = "by the person themselves" if is_own else "by somebody close to the patient"
        when = self.told_at(fact)
        day = f" on {when:%Y-%m-%d}" if when else ""
        parts = [
            f'Self-reported: told {teller} in a chat{day}, in the words "{fact.evidence}".',
            _STATES[fact.state],
            _UNCHECKED,
        ]
        if rivals(self.card.facts, fact):
            parts.append(_UNSETTLED)
        return [{"authorReference": self.informant, "text": " ".join(parts)}]

    def resource(self, kind: str, fact: Fact, content: Json) -> Json:
        """A resource of one fact, with its id and note."""
        head: Json = {"resourceType": kind, "id": self.uuid(fact.fact_id)}
        return head | content | {"note": self.note(fact)}

"""A medicine told by how it is given: "the tablet" of a talk on a tablet and a shot."""

from collections.abc import Iterable
from dataclasses import replace

from chains.condense.entities import Entity
from chains.condense.wording import Wording
from chains.lexicon import Lexicon

_FEWEST = 2
"""Medicines spoken of from which how one is given tells them apart."""


def formed(
    text: str, medicines: Iterable[Entity], wording: Wording, lexicon: Lexicon
) -> Entity | None:
    """The medicine that "the shots" of a text are, at their place; None where two fit or none.

    Args:
        text: That says how a medicine is given.
        medicines: Those spoken of; fewer than two tell nothing apart.
        wording: How each is given.
        lexicon: Their classes.
    """
    spoken = {medicine.key: medicine for medicine in medicines}
    if len(spoken) < _FEWEST:
        return None
    for form in wording.forms:
        place = form.pattern.search(text)
        fitting = [e for e in spoken.values() if wording.form_of(e.name, lexicon) is form]
        if place is not None and len(fitting) == 1:
            return replace(fitting[0], start=place.start(), end=place.end(), words=fitting[0].name)
    return None

"""What a line's `when` and `unless` say: a conjunction of atoms over the person's card.

Only read here; whether an atom holds for a card is decided where cards are known.
"""

import re
from dataclasses import dataclass
from typing import Literal

from vectorstore.errors import ConditionError

Operator = Literal["=", "!="]

KEYS = (
    "subtype",
    "extent",
    "stage",
    "medication",
    "class",
    "symptom",
    "menopausal_status",
    "preference",
    "procedure",
    "metastasis",
    "comorbidity",
    "diagnosis",
    "lab",
)
"""Keys an atom may have, besides `biomarker.<name>`."""

# " and " parts atoms only where a key and an operator follow: a value may hold the word itself.
_BETWEEN_ATOMS = re.compile(r"\s+and\s+(?=[\w.\-]+\s*!?=)")
_ATOM = re.compile(r"(?P<key>[A-Za-z_]+(?:\.[\w\-]+)?)\s*(?P<operator>!?=)\s*(?P<values>.+)")


@dataclass(frozen=True, slots=True)
class Atom:
    """One test of the card, such as `biomarker.HER2 = positive | low`."""

    key: str
    """`biomarker.<name>` or one of `KEYS`."""
    operator: Operator
    values: tuple[str, ...]
    """Alternatives, one or more, as written; any one of them meets (or, with `!=`, breaks) it."""

    @property
    def biomarker(self) -> str | None:
        """The biomarker's name; None when the atom is about something else."""
        kind, _, name = self.key.partition(".")
        return name if kind == "biomarker" else None


@dataclass(frozen=True, slots=True)
class Condition:
    """Atoms that must all hold; there is at least one."""

    atoms: tuple[Atom, ...]

    def __str__(self) -> str:
        """The condition in the form it is written in."""
        parts = (f"{a.key} {a.operator} {' | '.join(a.values)}" for a in self.atoms)
        return " and ".join(parts)


def parse_condition(text: str) -> Condition:
    """Read a condition such as `extent = metastatic | recurrent and class = steroid`.

    Raises:
        ConditionError: an atom has another form, an unknown key or an empty value.
    """
    return Condition(tuple(_parse_atom(part) for part in _BETWEEN_ATOMS.split(text.strip())))


def _parse_atom(text: str) -> Atom:
    match = _ATOM.fullmatch(text.strip())
    if match is None:
        raise ConditionError(f"{text!r} is not of the form `key = value`")
    key = match["key"]
    if key not in KEYS and not key.startswith("biomarker."):
        raise ConditionError(f"{key!r} is not a key that a condition may test")
    values = tuple(value.strip() for value in match["values"].split("|"))
    if not all(values):
        raise ConditionError(f"{text!r} has an empty value")
    return Atom(key, "!=" if match["operator"] == "!=" else "=", values)

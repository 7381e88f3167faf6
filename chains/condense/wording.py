"""The wording of follow-ups: `rules/followups.yaml`, compiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chains.errors import RuleError
from chains.lexicon import Lexicon

_PATH = Path(__file__).parents[1] / "rules" / "followups.yaml"
Pattern = re.Pattern[str]
_NO_PATTERNS = frozenset({
    "source_of",
    "function_words",
    "small_words",
    "people",
    "not_remedies",
    "lost",
    "soothing",
    "forms",
    "wide_classes",
    "plain",
    "somewhere",
})


@dataclass(frozen=True, slots=True)
class Slot:
    """What the words around a pronoun ask it to be."""

    pattern: Pattern
    groups: tuple[str, ...]
    """Groups of kinds, best first: medicine, intake, symptom, disease, care."""
    is_deep: bool = False
    """Whether the first group is looked for in every turn, and on the card, before the others."""
    is_firm: bool = False
    """Whether it can be nothing but the disease, or what was lost or felt."""
    is_beside: bool = False
    """Whether it is had beside what the message names: then only a medicine explains it."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """A word that needs the thing it belongs to ("side effects")."""

    pattern: Pattern
    groups: tuple[str, ...]
    template: str
    uses_card: bool
    """Whether the medicine of the card may stand in when the conversation names none."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question that holds two things named before against each other."""

    pattern: Pattern
    template: str
    joiner: str


@dataclass(frozen=True, slots=True)
class Form:
    """How medicines are given, and what they are called for it: "the tablet", "the shots"."""

    pattern: Pattern
    names: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """All patterns and templates of follow-ups."""

    one: Mapping[str, Pattern]
    """Single patterns by their key; those of a section as `section.key`."""
    ordinals: Mapping[int, str]
    kinds: Mapping[str, str]
    """Kind -> group."""
    slots: tuple[Slot, ...]
    definite: tuple[Slot, ...]
    aspects: tuple[Aspect, ...]
    compares: tuple[Comparison, ...]
    links: Mapping[str, str]
    source_of: str
    more_template: str
    foreign_count: int
    tests: Mapping[str, frozenset[str]]
    """Test or count -> medicines and classes that it is checked for."""
    everyday_classes: frozenset[str]
    not_remedies: frozenset[str]
    """Classes of medicine that nobody takes for a complaint of treatment."""
    soothing: frozenset[str]
    """Treatments of the body for a complaint."""
    forms: tuple[Form, ...]
    wide_classes: frozenset[str]
    """Classes of medicine that are spoken of as such, beside their members."""
    plain: Mapping[str, str]
    """Symptom -> what people call it."""
    somewhere: frozenset[str]
    """Symptoms that are felt in a part of the body, which belongs to them."""
    lost: Mapping[str, str]
    """Symptom -> what is lost by it."""
    function_words: frozenset[str]
    small_words: frozenset[str]
    people: str
    """Words for people, as an alternation."""

    def form_of(self, name: str, lexicon: Lexicon) -> Form | None:
        """How a medicine is given: by its name, else by the first form of one of its classes."""
        classes = lexicon.classes_of(name)
        named = (form for form in self.forms if name in form.names)
        classed = (form for form in self.forms if classes & form.classes)
        return next(named, None) or next(classed, None)


@cache
def load_wording(path: Path = _PATH) -> Wording:
    """Read the wording, once a process.

    Raises:
        RuleError: A part is missing or holds a pattern that is no regular expression.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _wording(data)
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _wording(data: Mapping[str, Any]) -> Wording:
    return Wording(
        one=_patterns(data),
        ordinals=data["choice"]["ordinals"],
        kinds={kind: group for group, kinds in data["kinds"].items() for kind in kinds},
        slots=tuple(map(_slot, data["slots"])),
        definite=tuple(map(_slot, data["definite"])),
        aspects=tuple(map(_aspect, data["aspects"])),
        compares=tuple(
            Comparison(_compiled(row["pattern"]), row["template"], row["joiner"])
            for row in data["compares"]
        ),
        links=data["links"],
        source_of=data["source_of"],
        more_template=data["choice"]["more_template"],
        foreign_count=data["foreign_count"],
        tests={
            name: frozenset(row["moved_by"])
            for row in data["card"]["tests"]
            for name in row["names"]
        },
        everyday_classes=frozenset(data["everyday_classes"]),
        not_remedies=frozenset(data["not_remedies"]),
        soothing=frozenset(data["soothing"]),
        forms=tuple(map(_form, data["forms"])),
        wide_classes=frozenset(data["wide_classes"]),
        plain=data["plain"],
        somewhere=frozenset(data["somewhere"]),
        lost={name: what for what, names in data["lost"].items() for name in names},
        function_words=frozenset(data["function_words"].split()),
        small_words=frozenset(data["small_words"].split()),
        people=data["people"],
    )


def _patterns(data: Mapping[str, Any]) -> dict[str, Pattern]:
    """Every text that is a pattern, but for templates and those with a place to fill."""
    found: dict[str, Pattern] = {}
    for key, value in data.items():
        if isinstance(value, str) and key not in _NO_PATTERNS:
            found[key] = _compiled(value)
        elif isinstance(value, dict) and key in {"choice", "persons", "card", "lean"}:
            for name, text in value.items():
                if isinstance(text, str) and name not in {"more_template", "picks", "inside"}:
                    found[f"{key}.{name}"] = _compiled(text)
    for name in ("picks", "inside"):
        for place, ordinal in data["choice"]["ordinals"].items():
            text = data["choice"][name].replace("{n}", ordinal)
            found[f"choice.{name}.{place}"] = _compiled(text)
    return found


def _slot(row: Mapping[str, Any]) -> Slot:
    return Slot(
        _compiled(row["pattern"]),
        tuple(row["kinds"]),
        bool(row.get("deep")),
        bool(row.get("firm")),
        bool(row.get("beside")),
    )


def _form(row: Mapping[str, Any]) -> Form:
    return Form(_compiled(row["pattern"]), frozenset(row["names"]), frozenset(row["classes"]))


def _aspect(row: Mapping[str, Any]) -> Aspect:
    return Aspect(
        _compiled(row["pattern"]), tuple(row["kinds"]), row["template"], bool(row["card"])
    )


def _compiled(text: str) -> Pattern:
    return re.compile(text, re.IGNORECASE)

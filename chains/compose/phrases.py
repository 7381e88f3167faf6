"""The connecting words of an answer, read from `plans/phrases.yaml`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from chains.alternatives import either, told_apart
from chains.plan_files import read_plan
from chains.questions import PLANS
from memory.records import SELF, Fact
from vectorstore.conditions import Atom


@dataclass(frozen=True, slots=True)
class Voice:
    """How an answer speaks of the person it is for."""

    you: str
    your: str
    are: str

    @classmethod
    def of(cls, subject: str) -> "Voice":
        """`you` for the person themselves, `your mother` for someone cared for."""
        if subject == SELF:
            return cls("you", "your", "are")
        return cls(f"your {subject}", f"your {subject}'s", "is")


class _Words(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True
    )


class Branch(_Words):
    """How an unknown is told."""

    what: str
    """What the answer turns on."""
    if_: str = Field(alias="if")
    """One branch of it."""
    where: str
    """Where the person can find it out."""


class Warm(_Words):
    """A line that meets a feeling or a wish."""

    pattern: re.Pattern[str]
    line: str
    offers: str = ""
    """A question of the library to begin with; `Phrases.offered` when empty."""


class Phrases(_Words):
    """All connecting words; none of them claims anything about medicine."""

    notice_short: str
    notice: str
    general: str
    general_with_card: str
    comfort: str
    offer: str
    offered: str
    left_out: str
    opening: str
    shelf_quoted: str
    shelf_named: str
    study_size: str
    aged: str
    headings: dict[str, str]
    because: dict[str, str]
    preferences: dict[str, str]
    branches: dict[str, Branch]
    warm: tuple[Warm, ...]
    dose_boundary: str
    dose_pattern: re.Pattern[str]

    def warm_to(self, message: str) -> Warm | None:
        """What meets a feeling or a wish; None when the message holds none."""
        lowered = message.lower()
        return next((warm for warm in self.warm if warm.pattern.search(lowered)), None)

    def reason(self, atom: Atom, fact: Fact, voice: Voice) -> str:
        """Why a line fits, by the atom that was met and the fact that met it."""
        key = atom.key.partition(".")[0]
        # A stage may stand for an extent, a spread for both: then the atom's own word is said.
        value = fact.name if fact.kind == key else atom.values[0]
        if key == "class":
            value = fact.name
        if key == "biomarker":
            value = fact.attributes.get("value", "")
        if key == "preference":
            value = self.preferences.get(fact.name, fact.name)
        template = self.because.get(key, "")
        words = template.format(
            you=voice.you, your=voice.your, are=voice.are, value=value, marker=fact.name
        )
        # "because your mother take": the verb follows its subject.
        return words if voice.you == "you" else words.replace(" take ", " takes ")

    def dose_line(self, message: str, subject: str) -> str:
        """The line that hands a dose decision over; empty when none is asked about."""
        if not self.dose_pattern.search(message.lower()):
            return ""
        voice = Voice.of(subject)
        return self.dose_boundary.format(you=voice.you, your=voice.your)

    def branch(self, atom: Atom, voice: Voice) -> Branch:
        """How an atom that the card does not settle is told."""
        row = self.branches[atom.key.partition(".")[0]]
        values = {
            "marker": atom.biomarker or "",
            "value": either(told_apart(atom.values)),
            "you": voice.you,
            "your": voice.your,
            "are": voice.are,
        }
        return Branch(
            what=row.what.format(**values),
            if_=row.if_.format(**values),
            where=row.where.format(**values),
        )


@cache
def load_phrases(path: Path = PLANS / "phrases.yaml") -> Phrases:
    """Read the phrases.

    Raises:
        RuleError: A phrase is missing or a pattern is no regular expression.
    """
    return read_plan(Phrases, path)

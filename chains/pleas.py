"""A telling that begs for an answer though it asks nothing: "on letrozole and my knees kill me"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chains.errors import RuleError
from memory.records import Fact

_PATH = Path(__file__).parent / "plans" / "pleas.yaml"
_NAMES = (
    "for_the_record",
    "over",
    "now",
    "trouble",
    "urged",
    "events",
    "habit",
    "beside",
    "two_views",
    "wish",
)
_STATUS = frozenset({
    *("diagnosis", "stage", "grade", "biomarker", "extent", "age", "tumor_size", "nodes", "tnm"),
    *("metastasis", "menopausal_status", "family_history", "lab"),
})
_HISTORY = 3
"""Facts of the disease from which a message tells a history, symptoms and all."""
_OF_MIND = frozenset({"anxiety", "depression"})
_CARE = frozenset({"medication", "procedure", "biomarker", "diagnosis", "symptom", "lab"})


@dataclass(frozen=True, slots=True)
class _Cues:
    patterns: dict[str, re.Pattern[str]]

    def has(self, name: str, text: str) -> bool:
        """Whether the text has a cue of this name."""
        return self.patterns[name].search(text) is not None


def begs(text: str, facts: Sequence[Fact]) -> bool:
    """Whether a message that asks nothing wants an answer all the same.

    Args:
        text: In lower case, apostrophes straight.
        facts: What it told of persons; may be empty.

    Returns:
        True for trouble of now, for what others urge, and for an event beside a treatment; False
        for what is told for the record, for what is over, and for a history of the disease.
    """
    cues = _load_cues()
    if cues.has("for_the_record", text):
        return False
    if sum(fact.kind in _STATUS for fact in facts) >= _HISTORY and not cues.has("now", text):
        return False
    if cues.has("trouble", text) or cues.has("two_views", text):
        return True
    has_care = any(fact.kind in _CARE for fact in facts)
    if any(cues.has(name, text) for name in ("urged", "beside", "wish")):
        return True
    if has_care and cues.has("events", text) and not cues.has("habit", text):
        return True
    return _has_complaint(text, facts, cues)


def is_bodily_trouble(text: str, facts: Sequence[Fact]) -> bool:
    """Whether a message with words of feeling is about the body or a medicine all the same."""
    told = [fact for fact in facts if fact.kind in _CARE and fact.name not in _OF_MIND]
    return bool(told) and _load_cues().has("trouble", text)


def _has_complaint(text: str, facts: Sequence[Fact], cues: _Cues) -> bool:
    """A symptom of now."""
    told = [fact for fact in facts if fact.kind == "symptom" and not fact.negated]
    is_over = cues.has("over", text) and not cues.has("now", text)
    return bool(told) and not is_over


@cache
def _load_cues(path: Path = _PATH) -> _Cues:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _Cues({name: re.compile(data[name]) for name in _NAMES})
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error

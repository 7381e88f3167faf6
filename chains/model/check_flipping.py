"""A clause turned into its opposite: if that is nearer to the passages, the clause denies them.

An encoder hardly tells "is needed" from "is not needed" by how near they are to another text, yet
it does tell which of the two is nearer. So no list of all ways to deny is needed, only some ways
to turn a clause round.
"""

import csv
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from chains.model.check_alignment import Told
from chains.model.check_parts import Part

_DROPPED = (
    (re.compile(r"\bcannot\b|\bcan't\b", re.IGNORECASE), "can"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will"),
    (re.compile(r"\b(?:do|does|did)(?: not|n't)\b", re.IGNORECASE), ""),
    (re.compile(r"(?<=[a-z])n't\b", re.IGNORECASE), ""),
    (re.compile(r"\b(?:not|never)\b", re.IGNORECASE), ""),
    (re.compile(r"\bno (?:longer)?", re.IGNORECASE), ""),
    (re.compile(r"\bneither\b", re.IGNORECASE), "both"),
)
_HELPER = re.compile(
    r"\b(?:is|are|was|were|can|may|might|should|must|will|has|have|had|could|would|does|do|did)\b"
    r"(?! not|n't)",
    re.IGNORECASE,
)
_RATHER = re.compile(
    r"(?P<a>[\w-]+)(?P<mid>,? (?:rather than|instead of)(?: an?| the)? )(?P<b>[\w-]+)"
)
_WORD = re.compile(r"[A-Za-z]+")


def pull(clause: Part, told: Told) -> float:
    """How much nearer the passages are to the opposite of a clause, -2 .. 2; -2 without one."""
    turned = list(dict.fromkeys(opposites(clause.text)))
    if not turned:
        return -2.0
    own = told.nearest_part(clause.text)
    return max(told.nearest_part(text) for text in turned) - own


def opposites(text: str) -> Iterator[str]:
    """A clause with one thing in it turned round."""
    denied = False
    for pattern, put in _DROPPED:
        if pattern.search(text):
            denied = True
            yield _tidy(pattern.sub(put, text, count=1))
    if not denied:
        yield from _denied(text)
    for match in _RATHER.finditer(text):
        yield f"{text[: match.start()]}{match['b']}{match['mid']}{match['a']}{text[match.end() :]}"
    for word in _WORD.finditer(text):
        for other in _pairs().get(word[0].lower(), ()):
            yield f"{text[: word.start()]}{other}{text[word.end() :]}"


def _denied(text: str) -> Iterator[str]:
    helper = _HELPER.search(text)
    if helper:
        yield f"{text[: helper.end()]} not{text[helper.end() :]}"
    else:
        yield f"Do not {text[:1].lower()}{text[1:]}"


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@functools.cache
def _pairs() -> Mapping[str, Sequence[str]]:
    """Word -> its opposites, both ways."""
    found: dict[str, list[str]] = {}
    path = Path(__file__).parents[1] / "rules" / "check_turns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["one"], []).append(row["other"])
            found.setdefault(row["other"], []).append(row["one"])
    return found

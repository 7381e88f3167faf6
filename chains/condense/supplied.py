"""What the rules leave out of a completed question, by weights learnt from follow-ups with gold.

`rules/followup_weights.csv` is written by `python -m evals.condense.train`.
"""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chains.condense.candidates import Reading
from chains.condense.conversation import Conversation
from chains.condense.entities import Entity
from chains.condense.rewrite import appended, listed
from chains.condense.signs import Signs, of_message, of_thing, picks

WEIGHTS = Path(__file__).parents[1] / "rules" / "followup_weights.csv"
_LEAST = 0.7
"""Probability from which a thing is added: of 644 questions in lots left out ten more held all of
the gold then, and three more held what it lacks. A lower one gains and loses more."""
_LEAST_ALONE = 0.8
"""The same where the rules leave the message alone: it may stand alone."""
_LEAST_OF = {"disease": 0.8, "intake": 0.8, "person": 0.8}
"""Groups whose things are wrong more often."""
_MOST_ADDED = 2
_CROSSED = (
    *("points it", "points that", "points they", "points her", "points asks what"),
    *("points asks if", "points goes on", "words", "names nothing", "content", "untouched"),
    *("names intake", "names medicine", "names symptom", "names care"),
)
"""Signs of the message that say which signs of a thing count."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that could complete a message, with what speaks for it."""

    entity: Entity
    group: str
    signs: Signs


def candidates(reading: Reading) -> tuple[Candidate, ...]:
    """All that could complete a message, newest first."""
    shared = of_message(reading)
    return tuple(
        Candidate(entity, group := reading.group(entity), crossed(group, shared, own))
        for entity in reading.things
        for own in [of_thing(entity, reading)]
    )


def crossed(group: str, shared: Signs, own: Signs) -> Signs:
    """All signs, by the group of the thing too, and those of the thing by those of the message."""
    is_held = "held" if "rules hold" in own else "left out"
    signs = {"any": 1.0, f"{group}: any": 1.0, **shared, **own}
    for name, value in (shared | own).items():
        signs[f"{group}: {name}"] = value
        if not name.startswith("word "):
            signs[f"{is_held}: {name}"] = value
    for name in _CROSSED:
        if name in shared:
            signs |= {f"{name} & {other}": value for other, value in own.items()}
    return signs


def supplied(
    text: str, message: str, talk: Conversation, weights: Mapping[str, float] | None = None
) -> str:
    """The text with what the completed question most likely holds besides; else the text.

    Args:
        text: as the rules complete it.
        message: as it was written.
        talk: the conversation and the card.
        weights: of the signs; those shipped when left out.
    """
    if talk.last is None:
        return text
    reading = Reading(message, text, talk)
    known = load_weights() if weights is None else weights
    likely = sorted(_likely(reading, known), key=lambda pair: -pair[0])
    hung: dict[str, list[Entity]] = {}
    for _, candidate in likely[:_MOST_ADDED]:
        hung.setdefault(_link(candidate, reading), []).append(candidate.entity)
    for link, things in hung.items():
        text = appended(text, link.format(x=listed(things)))
    return text


def probability(signs: Signs, weights: Mapping[str, float]) -> float:
    """That a thing with these signs stands in the completed question, 0 .. 1."""
    score = sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-score))


@cache
def load_weights(path: Path = WEIGHTS) -> dict[str, float]:
    """Sign -> weight; read once a process."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["sign"]: float(row["weight"]) for row in csv.DictReader(lines)}


def _likely(reading: Reading, weights: Mapping[str, float]) -> Iterator[tuple[float, Candidate]]:
    for candidate in candidates(reading):
        if candidate.entity.key in reading.held or _is_settled(candidate, reading):
            continue
        found = probability(candidate.signs, weights)
        if found > least(candidate.group, is_alone=reading.text == reading.message):
            yield found, candidate


def least(group: str, *, is_alone: bool) -> float:
    """Probability from which a thing of a group is added."""
    return max(_LEAST_OF.get(group, _LEAST), _LEAST_ALONE if is_alone else 0.0)


def _is_settled(candidate: Candidate, reading: Reading) -> bool:
    """Whether it is there already, or is left to the rules.

    They know better which medicine "the new one" is, what stands alone, and that a food is no
    remedy.
    """
    talk = reading.talk
    if reading.text == reading.message and not _points(reading):
        return True
    if candidate.group == "symptom" and not all(
        map(talk.is_remedy, talk.of_group(reading.named, "intake"))
    ):
        return True
    if candidate.group != "medicine":
        return candidate.entity.words.lower() in reading.text.lower()
    named = talk.named(reading.text)
    return picks(reading) or bool(talk.of_group(named, "medicine"))


def _points(reading: Reading) -> bool:
    """Whether a message that the rules leave alone can lean: it names nothing to be about."""
    named = reading.talk.of_group(reading.named, "medicine", "symptom", "disease", "care")
    return not named


def _link(candidate: Candidate, reading: Reading) -> str:
    """How a thing is hung on: a complaint that something is taken for by "for"."""
    is_for = candidate.group == "symptom" and reading.talk.of_group(reading.named, "intake")
    return "for {x}" if is_for else reading.talk.wording.links[candidate.group]

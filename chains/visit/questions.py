"""Questions for the oncologist, collected from the conversations about one person."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz

from chains.intent import is_asking
from chains.visit.forgotten import ForgottenNames
from memory.masking import as_context
from memory.records import Mask, Turn
from memory.store import ConversationStore

MOST_TURNS = 200
"""Turns that are read, newest first."""
MOST_CHARS = 240
"""Longest question; what is longer is a story, not a question for a sheet."""
FIRST_CHOICE = 8
"""Questions that stand on a sheet nobody has changed: what fits on one page."""
OWN_FIRST = 4
"""Of these, what the person asked, at most."""
ALIKE = 86.0
"""Of 100, by rapidfuzz's token_sort_ratio: the same question in other words or order."""

Origin = Literal["asked", "answer", "own"]


class SheetQuestion(BaseModel):
    """One question of a sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question_id: str
    """The turn it came from and its place there, or an id of its own."""
    text: str
    origin: Origin
    """Asked by the person, offered by an answer, or written for the sheet."""

    @property
    def turn_id(self) -> str:
        """The turn it came from; empty for one that was written for the sheet."""
        return "" if self.origin == "own" else self.question_id.rpartition(":")[0]


def collect_questions(
    person_id: str, subject: str, store: ConversationStore, forgotten: ForgottenNames
) -> tuple[SheetQuestion, ...]:
    """All questions of the conversations about one person, each once.

    Args:
        person_id: who wrote.
        subject: whose card the conversations are about.
        store: holds them.
        forgotten: what may not be named.

    Returns:
        What the person asked, newest first, then what answers offered, those offered most often
        first. Messages that raised an alarm are not questions.
    """
    masks = store.masks(person_id)
    turns = _turns(person_id, subject, store)
    found = [one for turn in turns for one in _of_turn(turn, masks, forgotten)]
    asked = _each_once([one for one in found if one.origin == "asked"])
    offered = _each_once([one for one in found if one.origin == "answer"])
    often = sorted(offered, key=lambda group: -len(group))
    return tuple(group[0] for group in _each_once_of([*asked, *often]))


def first_choice(collected: Sequence[SheetQuestion]) -> tuple[SheetQuestion, ...]:
    """What stands on a sheet that nobody has changed yet."""
    asked = [one for one in collected if one.origin == "asked"][:OWN_FIRST]
    offered = [one for one in collected if one.origin == "answer"]
    return tuple(asked + offered[: FIRST_CHOICE - len(asked)])


def not_chosen(
    collected: Iterable[SheetQuestion], chosen: Sequence[SheetQuestion]
) -> tuple[SheetQuestion, ...]:
    """What could be added: collected, and neither chosen nor like one that is."""
    ids = {one.question_id for one in chosen}
    return tuple(
        one
        for one in collected
        if one.question_id not in ids and not any(_are_alike(one.text, c.text) for c in chosen)
    )


def _turns(person_id: str, subject: str, store: ConversationStore) -> list[Turn]:
    """The newest turns of the conversations about a person, newest first."""
    turns = [
        turn
        for thread in store.threads(person_id)
        if thread.about == subject
        for turn in store.turns(person_id, thread.thread_id, limit=MOST_TURNS)
    ]
    return sorted(turns, key=lambda turn: turn.created_at, reverse=True)[:MOST_TURNS]


def _of_turn(
    turn: Turn, masks: Sequence[Mask], forgotten: ForgottenNames
) -> Iterator[SheetQuestion]:
    if turn.status != "complete" or turn.record is None:
        return
    record = json.loads(as_context(turn, masks).record or "{}")
    if record["kind"] not in ("answer", "no_source"):
        return
    standalone = record["standalone_question"]
    asked = _as_question(standalone)
    if (
        is_asking(standalone)
        and len(asked) <= MOST_CHARS
        and not forgotten.are_in(asked, turn.created_at)
    ):
        yield SheetQuestion(question_id=f"{turn.turn_id}:asked", text=asked, origin="asked")
    for number, text in enumerate(record["answer"]["questions_to_ask"]):
        if not forgotten.are_in(text, turn.created_at):
            yield SheetQuestion(question_id=f"{turn.turn_id}:{number}", text=text, origin="answer")


def _as_question(text: str) -> str:
    """A question as one writes it down: a capital first, its mark last."""
    words = " ".join(text.split())
    ended = words if words.endswith(("?", ".", "!")) else f"{words}?"
    return ended[:1].upper() + ended[1:]


def _each_once(questions: Iterable[SheetQuestion]) -> list[list[SheetQuestion]]:
    """Groups of questions that are alike, each in the order given."""
    groups: list[list[SheetQuestion]] = []
    for one in questions:
        same = next((group for group in groups if _are_alike(group[0].text, one.text)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    return groups


def _each_once_of(groups: Sequence[list[SheetQuestion]]) -> list[list[SheetQuestion]]:
    """Groups without those that are alike to an earlier one."""
    kept: list[list[SheetQuestion]] = []
    for group in groups:
        if not any(_are_alike(earlier[0].text, group[0].text) for earlier in kept):
            kept.append(group)
    return kept


def _are_alike(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) >= ALIKE

"""Reading old turns without the words whose fact was forgotten or corrected."""

import json
import re
from collections.abc import Iterable
from typing import Final

from pydantic import JsonValue

from memory.records import Mask, Turn

BLANK: Final = "[...]"
"""Stands where masked words were."""
_SHORTEST: Final = 4
"""Characters; shorter names and words (ER, II, 52) are left in answers: they are everywhere."""

_CODES: Final = frozenset({"kind", "level", "label", "code", "status", "state"})
"""Keys of a record that hold one of a few set words, which are not the person's."""


def as_context(turn: Turn, masks: Iterable[Mask]) -> Turn:
    """A turn as later turns may read it.

    Args:
        turn: as it is stored and shown.
        masks: those of its person.

    Returns:
        The turn without the masked words in its own message, and, in what was written before
        a fact was forgotten, without the name of that fact or its words.
    """
    masks = list(masks)
    own = [m.evidence for m in masks if m.message_id == turn.message_id and m.evidence]
    later = [
        words
        for mask in masks
        if mask.reason == "forgotten" and turn.created_at <= mask.masked_at
        for words in (mask.name, mask.evidence)
        if len(words) >= _SHORTEST
    ]
    if not own and not later:
        return turn
    masked = [*own, *later]
    record = None if turn.record is None else json.dumps(_blanked_json(turn.record, masked))
    read = {"message": _blanked(turn.message, masked), "typed": _blanked(turn.typed, masked)}
    return turn.model_copy(update=read | {"record": record})


def blanked(text: str, words: Iterable[str]) -> str:
    """JSON, or any other text, without these words; the same text where none is in it.

    Words of fewer than four characters are left: they are everywhere.
    """
    masked = [one for one in words if len(one) >= _SHORTEST]
    if not masked:
        return text
    try:
        held = json.loads(text)
    except ValueError:
        return _blanked(text, masked)
    left = _blanked_json(text, masked)
    return text if left == held else json.dumps(left)


def _blanked(text: str, masked: list[str]) -> str:
    longest_first = sorted(masked, key=len, reverse=True)
    words = "|".join(re.escape(words) for words in longest_first)
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", BLANK, text, flags=re.IGNORECASE)


def _blanked_json(text: str, masked: list[str]) -> JsonValue:
    def blank(value: JsonValue) -> JsonValue:
        if isinstance(value, str):
            return _blanked(value, masked)
        if isinstance(value, list):
            return [blank(item) for item in value]
        if isinstance(value, dict):
            return {k: item if k in _CODES else blank(item) for k, item in value.items()}
        return value

    return blank(json.loads(text))

"""What left this machine for a turn, word for word, as a person may look at it."""

from collections.abc import Sequence

from chains.events import TURN_EVENT, Sent
from memory.errors import StoreError
from memory.masking import as_context
from memory.records import Mask, Turn
from memory.store import ConversationStore


def what_left(store: ConversationStore, person_id: str, turn: Turn) -> tuple[Sent, ...]:
    """Everything that was sent for a turn, in order; empty where nothing was.

    What was forgotten since then is not in it: a fact's own line went with the fact, and its
    words are blank elsewhere. A deleted message takes all of it along.

    Args:
        store: Where events are kept, encrypted.
        person_id: Whose turn it is.
        turn: The turn.

    Raises:
        StoreError: It cannot be read just now.
    """
    masks = store.masks(person_id)
    sent = [
        TURN_EVENT.validate_json(event.payload)
        for event in store.events(person_id, turn.turn_id)
        if event.kind == "sent"
    ]
    return tuple(_blanked(event, turn, masks) for event in sent if isinstance(event, Sent))


def _blanked(sent: Sent, turn: Turn, masks: Sequence[Mask]) -> Sent:
    def read(text: str) -> str:
        return as_context(turn.model_copy(update={"message": text, "record": None}), masks).message

    messages = tuple(
        message.model_copy(
            update={
                "parts": tuple(
                    part.model_copy(update={"text": read(part.text)}) for part in message.parts
                )
            }
        )
        for message in sent.messages
    )
    return sent.model_copy(update={"messages": messages})


def has_left(store: ConversationStore, person_id: str, turn: Turn) -> bool:
    """Whether anything was sent for a turn; False where that cannot be read just now."""
    try:
        return any(event.kind == "sent" for event in store.events(person_id, turn.turn_id))
    except StoreError:
        return False

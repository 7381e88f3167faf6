"""Whose turns the Lab may open: made-up people's, and those of people who said yes."""

from chains.errors import TurnError
from memory.demonstration import is_demonstration
from memory.masking import as_context
from memory.records import Thread, Turn
from memory.store import ConversationStore

CONSENT = "lab-consent"
_YES = "yes"
_MOST_TURNS = 200


class ConsentError(TurnError):
    """The person has not said that their turns may be opened; nothing was read."""


def has_consented(store: ConversationStore, person_id: str) -> bool:
    """True while this person's switch is on."""
    return store.kept(person_id).get(CONSENT) == _YES


def set_consent(store: ConversationStore, person_id: str, *, is_given: bool) -> None:
    """Turn this person's switch on or off."""
    store.keep(person_id, CONSENT, _YES if is_given else None)


def opened_threads(store: ConversationStore, person_id: str) -> list[Thread]:
    """The conversations of somebody whose turns may be opened, newest first.

    Raises:
        ConsentError: They may not.
    """
    _hold(store, person_id)
    return store.threads(person_id)


def opened_turns(store: ConversationStore, person_id: str, thread_id: str) -> list[Turn]:
    """The finished turns of such a conversation, oldest first, at most 200.

    Words whose fact was forgotten are blanked, as they are for later turns.

    Raises:
        ConsentError: They may not be opened.
        ThreadNotFoundError: There is no such conversation of theirs.
    """
    _hold(store, person_id)
    masks = store.masks(person_id)
    turns = store.turns(person_id, thread_id, limit=_MOST_TURNS)
    return [as_context(turn, masks) for turn in turns if turn.record is not None]


def _hold(store: ConversationStore, person_id: str) -> None:
    if not (is_demonstration(person_id) or has_consented(store, person_id)):
        raise ConsentError("This person has not said that their conversations may be opened.")

"""What a store of people and their conversations does, whatever it stands on.

Every operation begins with whose it is. What belongs to another person behaves as if it were not
there. Errors are those of `memory.errors`; any operation may raise `StoreUnavailableError`, and
`InvalidIdError` for an id that is empty or longer than 255 characters.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from memory.card import CardChange
from memory.records import (
    SELF,
    Card,
    Event,
    FactStatus,
    Feedback,
    Mask,
    NewEvent,
    Removed,
    Thread,
    ThreadOutline,
    Thumbs,
    Told,
    Turn,
    TurnStatus,
)


class ConversationStore(Protocol):
    """People, their threads and turns, their cards, and the forgetting of each."""

    # Threads

    def ensure_thread(self, person_id: str, thread_id: str, *, about: str = SELF) -> Thread:
        """The thread, made if need be with its person; `about` counts only when it is made.

        Raises:
            ThreadNotFoundError: the id is that of another person's thread.
        """
        ...

    def threads(self, person_id: str) -> list[Thread]:
        """All threads, newest first; empty for someone unknown."""
        ...

    def outlines(self, person_id: str) -> list[ThreadOutline]:
        """All threads with their first message, the one last written in first."""
        ...

    def find_threads(self, person_id: str, words: str) -> list[str]:
        """Ids of the threads with these words in the title or the person's messages.

        Case does not count, a part of a word does; all must be there. All threads when `words`
        holds none.
        """
        ...

    def set_about(self, person_id: str, thread_id: str, *, about: str) -> None:
        """Change whose card the thread is about. Raises ThreadNotFoundError."""
        ...

    def set_title(self, person_id: str, thread_id: str, *, title: str) -> None:
        """Name the thread. Raises ThreadNotFoundError."""
        ...

    # Turns

    def begin_turn(
        self, person_id: str, thread_id: str, *, typed: str, message: str | None = None
    ) -> Turn:
        """Keep a message, before anything else is done with it.

        Args:
            person_id: whose thread it is.
            thread_id: a thread that `ensure_thread` made.
            typed: what was typed, as written.
            message: what is to be read; None when that is `typed`.

        Returns:
            The turn, running, with its ids and its number in the thread.

        Raises:
            ThreadNotFoundError: this person has no such thread.
        """
        ...

    def set_message(self, person_id: str, turn_id: str, *, message: str) -> None:
        """What is to be read: both halves, when this turn finished a message. TurnNotFoundError."""
        ...

    def append_event(self, person_id: str, turn_id: str, *, kind: str, payload: str) -> Event:
        """Append one event; `payload` is JSON text. Raises TurnNotFoundError."""
        ...

    def append_events(
        self, person_id: str, turn_id: str, *, events: Sequence[NewEvent]
    ) -> list[Event]:
        """Append several events at once, numbered in their order. Raises TurnNotFoundError."""
        ...

    def events(self, person_id: str, turn_id: str, *, after: int = 0) -> list[Event]:
        """The events with a number above `after`, in order. Raises TurnNotFoundError."""
        ...

    def finish_turn(
        self, person_id: str, turn_id: str, *, status: TurnStatus, record: str | None = None
    ) -> None:
        """End a turn. `record` is the JSON text of its record. Raises TurnNotFoundError.

        A fact that was forgotten while the turn ran is taken out of the record.
        """
        ...

    def turn(self, person_id: str, turn_id: str) -> Turn:
        """One turn. Raises TurnNotFoundError."""
        ...

    def turns(
        self, person_id: str, thread_id: str, *, limit: int = 20, before: int | None = None
    ) -> list[Turn]:
        """The newest `limit` turns with a number below `before`, oldest first.

        Raises ThreadNotFoundError.
        """
        ...

    def last_turn(self, person_id: str, thread_id: str, *, before_number: int) -> Turn | None:
        """The turn before this number; None for the first. Raises ThreadNotFoundError."""
        ...

    def interrupt_running(self) -> int:
        """Mark turns that a crash left running as interrupted; how many. For process start.

        A turn that another process runs just now is marked too, until it is finished there.
        """
        ...

    # Cards

    def card(self, person_id: str, subject: str = SELF) -> Card:
        """What is known of one subject; an empty card when nothing is."""
        ...

    def cards(self, person_id: str) -> dict[str, Card]:
        """All cards with a fact on them, by subject."""
        ...

    def save_cards(
        self, person_id: str, turn_id: str, *, changes: Mapping[str, CardChange]
    ) -> None:
        """Keep what a turn changed on the cards, with its sources, all or nothing.

        Only the changes are applied: a fact forgotten since the cards were read stays forgotten.

        Raises:
            TurnNotFoundError: this person has no such turn.
        """
        ...

    def confirm_fact(self, person_id: str, fact_id: str) -> CardChange:
        """Mark a fact as confirmed. Raises FactNotFoundError."""
        ...

    def correct_fact(
        self,
        person_id: str,
        fact_id: str,
        *,
        name: str | None = None,
        status: FactStatus | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> CardChange:
        """Set a fact right, see `memory.card.correct`; its old words are masked.

        Raises FactNotFoundError.
        """
        ...

    def forget_fact(self, person_id: str, fact_id: str) -> CardChange:
        """Take a fact off its card and out of every stored record and event; mask its words.

        The messages stay in view. Raises FactNotFoundError.
        """
        ...

    def told(self, person_id: str) -> dict[str, tuple[Told, ...]]:
        """The tellings of every fact on a card, oldest first, by the id of the fact."""
        ...

    def masks(self, person_id: str) -> list[Mask]:
        """The words that may not be read again, oldest first; see `memory.masking`."""
        ...

    # Feedback

    def save_feedback(
        self, person_id: str, turn_id: str, *, thumbs: Thumbs | None, reason: str = ""
    ) -> None:
        """Keep what the person thinks of an answer, in place of what was kept before.

        Raises TurnNotFoundError.
        """
        ...

    def feedback(self, person_id: str, turn_ids: Iterable[str]) -> dict[str, Feedback]:
        """The feedback given on these turns, by turn id; only those that have one."""
        ...

    # What else is kept

    def keep(self, person_id: str, name: str, text: str | None) -> None:
        """Keep a text under a name, in place of what was there; None takes it away.

        For what is no conversation and no fact: a consent, the notes of a visit sheet.

        Args:
            person_id: whose it is; made if need be.
            name: a name from code, stored in clear, never a person's words.
            text: stored encrypted, exported and forgotten with the person.

        Raises InvalidIdError where someone real would be marked as made up.
        """
        ...

    def kept(self, person_id: str) -> dict[str, str]:
        """All that is kept in this way, by name; empty for someone unknown."""
        ...

    # Forgetting

    def delete_message(self, person_id: str, turn_id: str) -> Removed:
        """Delete a message with its answer, and what was learnt from it alone.

        A later message that repeats its words, having been joined to it, goes with it.
        Raises TurnNotFoundError.
        """
        ...

    def forget_thread(self, person_id: str, thread_id: str) -> Removed:
        """Delete a thread, and what was learnt in it alone. Raises ThreadNotFoundError."""
        ...

    def forget_person(self, person_id: str) -> Removed:
        """Destroy the person's key, then all that is kept; zeros for someone unknown."""
        ...

    def wipe_demonstrations(self, *, before: datetime) -> int:
        """Forget the made-up people who were made before a time, aware; how many."""
        ...

    def start_over(self, person_id: str, thread_id: str, *, about: str = SELF) -> Thread:
        """Make a new thread and forget every fact of that subject, as `forget_fact` does.

        Raises ThreadNotFoundError when the id is that of another person's thread.
        """
        ...

    def export_person(self, person_id: str) -> str:
        """All that is kept of a person, as JSON text. Raises PersonNotFoundError."""
        ...

"""A thread as LangChain reads one: the messages of its last turns, to hand to a chat model."""

import json
from collections.abc import Sequence

from langchain_core.chat_history import BaseChatMessageHistory
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from memory.errors import ReadOnlyHistoryError
from memory.masking import as_context
from memory.records import Turn
from memory.store import ConversationStore


class ThreadHistory(BaseChatMessageHistory):
    """The last turns of one thread, without the words whose fact was forgotten or corrected."""

    def __init__(
        self, store: ConversationStore, person_id: str, *, thread_id: str, limit: int = 20
    ) -> None:
        """Read a thread.

        Args:
            store: where it is kept.
            person_id: whose it is.
            thread_id: which.
            limit: in turns, the newest.
        """
        self._store = store
        self._person_id = person_id
        self._thread_id = thread_id
        self._limit = limit

    # LangChain declares an attribute; its own histories make it a property too.
    @property
    def messages(self) -> list[BaseMessage]:  # type: ignore[override]
        """What was typed and what was answered, oldest first; read anew each time.

        Raises:
            ThreadNotFoundError: this person has no such thread.
        """
        masks = self._store.masks(self._person_id)
        turns = self._store.turns(self._person_id, self._thread_id, limit=self._limit)
        return [message for turn in turns for message in _messages(as_context(turn, masks))]

    def add_messages(self, messages: Sequence[BaseMessage]) -> None:
        """Refused: a turn keeps its message and its answer. Raises ReadOnlyHistoryError."""
        raise ReadOnlyHistoryError("a thread is written by its turns: begin_turn, finish_turn")

    def clear(self) -> None:
        """Refused: a person forgets a thread. Raises ReadOnlyHistoryError."""
        raise ReadOnlyHistoryError("a thread is removed by forget_thread")


def _messages(turn: Turn) -> list[BaseMessage]:
    typed = HumanMessage(content=turn.typed, id=turn.message_id)
    answer = _answer(turn.record)
    return [typed, AIMessage(content=answer, id=turn.turn_id)] if answer else [typed]


def _answer(record: str | None) -> str:
    """The text of the answer in a turn's record; empty when there is none."""
    stored = None if record is None else json.loads(record)
    answer = stored.get("answer") if isinstance(stored, dict) else None
    markdown = answer.get("markdown") if isinstance(answer, dict) else None
    return markdown if isinstance(markdown, str) else ""

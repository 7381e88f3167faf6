"""A store that is thrown away, and conversations in it."""

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from chains.services import Services
from memory.card import CardChange
from memory.records import Card, Thread, Turn
from memory.settings import MemorySettings
from memory.sql_store import open_store


@contextmanager
def scratch(services: Services) -> Iterator[Services]:
    """The same services on an empty store of their own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="carethread-lab-") as folder:
        store = open_store(MemorySettings(data_dir=Path(folder)))
        try:
            yield replace(services, store=store)
        finally:
            store.close()


def new_thread(copy: Services, *, about: str) -> Thread:
    """A thread of somebody new in a store that is thrown away."""
    return copy.store.ensure_thread(
        f"lab-{secrets.token_urlsafe(12)}", secrets.token_urlsafe(12), about=about
    )


def seed(copy: Services, thread: Thread, turns: Sequence[Turn], cards: dict[str, Card]) -> None:
    """Put earlier turns, and what was known after them, into a thread of such a store.

    Args:
        copy: From `scratch`.
        thread: From `new_thread`.
        turns: The turns before, oldest first, as later ones may read them (`as_context`).
        cards: What was known, by whom it is about.
    """
    for turn in turns:
        begun = copy.store.begin_turn(
            thread.person_id, thread.thread_id, typed=turn.typed, message=turn.message
        )
        copy.store.finish_turn(
            thread.person_id, begun.turn_id, status=turn.status, record=turn.record
        )
    changes = {s: CardChange(card=c, added=c.facts) for s, c in cards.items() if c.facts}
    if changes:
        # Facts stand on a turn: an empty one in a thread apart, which counts for nothing.
        aside = copy.store.ensure_thread(thread.person_id, secrets.token_urlsafe(12))
        told = copy.store.begin_turn(thread.person_id, aside.thread_id, typed="(earlier)")
        copy.store.finish_turn(thread.person_id, told.turn_id, status="interrupted")
        copy.store.save_cards(thread.person_id, told.turn_id, changes=changes)

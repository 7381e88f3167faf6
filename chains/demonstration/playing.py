"""Beginning and wiping a demonstration: a made-up person of its own in the store."""

import secrets
from datetime import UTC, datetime

from chains.demonstration.people import MadeUpPerson
from memory.demonstration import LONGEST, MARK, new_demonstration_id
from memory.errors import NotFoundError
from memory.store import ConversationStore


def begin_demonstration(store: ConversationStore, shown: MadeUpPerson) -> str:
    """Make a made-up person in the store, with one thread; gives their id. Old ones are wiped.

    Args:
        store: Where people are kept; nobody real is read or changed.
        shown: Whom the demonstration shows.
    """
    wipe_old(store)
    person_id = new_demonstration_id()
    store.keep(person_id, MARK, shown.key)
    store.ensure_thread(person_id, secrets.token_urlsafe(16), about=shown.about)
    return person_id


def shown_in(store: ConversationStore, person_id: str) -> str | None:
    """Whom a demonstration shows; None when it is over, wiped here or elsewhere."""
    return store.kept(person_id).get(MARK)


def wipe(store: ConversationStore, person_id: str) -> None:
    """Forget a made-up person for good. Raises NotFoundError for the id of anyone else."""
    if MARK not in store.kept(person_id):
        raise NotFoundError("there is no such demonstration")
    store.forget_person(person_id)


def wipe_old(store: ConversationStore) -> int:
    """Forget the made-up people of longer ago than a day; how many."""
    return store.wipe_demonstrations(before=datetime.now(UTC) - LONGEST)


def wipe_all(store: ConversationStore) -> int:
    """Forget every made-up person; how many. For the start of the store's only process."""
    return store.wipe_demonstrations(before=datetime.now(UTC))

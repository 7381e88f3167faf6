"""Who agreed that messages leave, and to whom; nothing is sent to anybody else."""

import json
from dataclasses import dataclass
from typing import Literal

from chains.model.endpoint import Endpoint
from memory.errors import StoreError
from memory.store import ConversationStore

NAME = "model-consent"
Choice = Literal["open", "local", "agreed"]


@dataclass(frozen=True, slots=True)
class Consent:
    """One person's choice about one service."""

    choice: Choice
    """open: not asked yet; local: nothing leaves; agreed: to this service."""
    may_send: bool
    """Whether a message may be sent now."""


def consent_of(store: ConversationStore, person_id: str, endpoint: Endpoint) -> Consent:
    """What a person chose; a choice that cannot be read sends nothing.

    Without a choice, messages go to a service on this machine and to no other. An agreement
    holds for the host and the model that it was given for.
    """
    try:
        kept = store.kept(person_id).get(NAME)
    except StoreError:
        return Consent("open", may_send=False)
    if kept is None:
        return Consent("open", may_send=endpoint.is_loopback)
    if kept == "local":
        return Consent("local", may_send=False)
    if kept == _agreement(endpoint):
        return Consent("agreed", may_send=True)
    return Consent("open", may_send=endpoint.is_loopback)


def agree(store: ConversationStore, person_id: str, endpoint: Endpoint) -> None:
    """Keep that a person agreed to what leaves and to whom. Raises StoreError."""
    store.keep(person_id, NAME, _agreement(endpoint))


def keep_local(store: ConversationStore, person_id: str) -> None:
    """Keep every message of this person on this machine from now on. Raises StoreError."""
    store.keep(person_id, NAME, "local")


def _agreement(endpoint: Endpoint) -> str:
    return json.dumps({"url": endpoint.url, "model": endpoint.model or ""})

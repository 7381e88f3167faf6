"""Whether a service answers in a JSON schema: found out once, beside the turns."""

import json
import threading
from typing import Literal

from chains.events import SentMessage, SentPart
from chains.model.client import ChatClient
from chains.model.failures import ModelFailure

LIMIT_S = 20.0
MOST_FAILED = 3
"""Readings that failed after which the service counts as not supporting it after all."""
_ASKED = "Answer in JSON: is the sky blue?"
_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"blue": {"type": "boolean"}},
    "required": ["blue"],
    "additionalProperties": False,
}


class SchemaSupport:
    """Asked by turns, answered by one probe of the process; safe to share between threads."""

    def __init__(self, client: ChatClient, *, is_wanted: bool) -> None:
        """Begin without knowing; nothing is asked where it is not wanted."""
        self._client = client
        self._lock = threading.Lock()
        self._state: Literal["unknown", "asking", "yes", "no"] = "unknown" if is_wanted else "no"
        self._failed = 0

    def is_known_good(self) -> bool:
        """True once the probe found support; never waits."""
        return self._state == "yes"

    def find_out(self) -> None:
        """Begin the probe, once; called when the service has answered well."""
        with self._lock:
            if self._state != "unknown":
                return
            self._state = "asking"
        threading.Thread(target=self._probe, name="schema-probe", daemon=True).start()

    def failed(self) -> None:
        """A reading came to nothing."""
        with self._lock:
            self._failed += 1
            if self._failed >= MOST_FAILED:
                self._state = "no"

    def _probe(self) -> None:
        messages = [SentMessage(role="user", parts=(SentPart(text=_ASKED),))]
        try:
            found = json.loads(self._client.ask_json(messages, _SCHEMA, LIMIT_S))
            is_good = isinstance(found, dict) and isinstance(found.get("blue"), bool)
        except (ModelFailure, ValueError):
            is_good = False
        with self._lock:
            self._state = "yes" if is_good else "no"

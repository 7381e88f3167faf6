"""Made-up people: shown to others, apart from everyone real, and wiped afterwards.

Their ids begin with a prefix that no id of a real person may have: whoever takes ids from outside
(a browser's cookie) refuses those that `is_demonstration` finds.
"""

import secrets
from datetime import timedelta
from typing import Final

PREFIX: Final = "demonstration:"
MARK: Final = "demonstration"
"""Name under which a made-up person keeps that they are one; in clear, so that old ones are found
without their ids."""
NOTE: Final = "A made-up person, shown in a demonstration. Nothing here is about anyone real."
LONGEST: Final = timedelta(days=1)
"""A demonstration that is older is wiped."""


def new_demonstration_id() -> str:
    """An id of a made-up person, which nobody can guess."""
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def is_demonstration(person_id: str) -> bool:
    """True for the id of a made-up person."""
    return person_id.startswith(PREFIX)

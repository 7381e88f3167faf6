"""What can go wrong with what is kept of a person; split by who must act.

StoreError
|- ConfigurationError        the operator: key file, folder or database address
|- StoreUnavailableError     nobody: try again, the database did not answer
|- InvalidIdError            the caller: an id is empty or too long
|- CardError                 the caller: a fact was handed to another person's card
|- ReadOnlyHistoryError      the caller: turns are written by the store
`- NotFoundError             the caller: no such thing, or it is another person's
   |- PersonNotFoundError
   |- ThreadNotFoundError
   |- TurnNotFoundError
   `- FactNotFoundError

Messages carry ids of ours and codes, never a person's words.
"""


class StoreError(Exception):
    """Base of every error of this package."""


class ConfigurationError(StoreError):
    """The store cannot be opened as it is set up; the message says what to change."""


class StoreUnavailableError(StoreError):
    """The database refused or did not answer; nothing of the operation was kept."""


class InvalidIdError(StoreError, ValueError):
    """An id is empty or longer than 255 characters."""


class CardError(StoreError, ValueError):
    """A fact about one person was handed to the card of another."""


class ReadOnlyHistoryError(StoreError):
    """A message history was asked to write; turns write, histories read."""


class NotFoundError(StoreError, LookupError):
    """It is not there, or it is another person's: the caller cannot tell which."""


class PersonNotFoundError(NotFoundError):
    """Nothing is kept for this person."""


class ThreadNotFoundError(NotFoundError):
    """This person has no such thread."""


class TurnNotFoundError(NotFoundError):
    """This person has no such turn."""


class FactNotFoundError(NotFoundError):
    """No card of this person holds such a fact."""

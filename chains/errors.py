"""What can go wrong in a turn, by who must act."""


class TurnError(Exception):
    """Base of all errors of this package; its text is one plain sentence."""


class ConfigurationError(TurnError):
    """The operator must change a setting; the text names it."""


class MessageRefusedError(TurnError):
    """The person must send something else; the text says what. Nothing was stored."""


class BusyError(TurnError):
    """Too many turns are waiting; the person can send the message again in a moment."""


class RuleError(TurnError):
    """A row of `chains/rules` or `chains/plans` is broken; the text names file and row."""

"""Red flags: found before anything else, answered with reviewed wording."""

from chains.triage.cards import HelpNumbers, same_day_banner, urgent_card
from chains.triage.rating import find, rated, triage
from chains.triage.thread import Told, found_in_thread, triage_in_thread

__all__ = [
    "HelpNumbers",
    "Told",
    "find",
    "found_in_thread",
    "rated",
    "same_day_banner",
    "triage",
    "triage_in_thread",
    "urgent_card",
]

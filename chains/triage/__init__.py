"""Red flags: found before anything else, answered with reviewed wording."""

from chains.triage.cards import HelpNumbers, same_day_banner, urgent_card
from chains.triage.rating import triage

__all__ = ["HelpNumbers", "same_day_banner", "triage", "urgent_card"]

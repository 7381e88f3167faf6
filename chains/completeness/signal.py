"""What a sign of a cut says."""

from dataclasses import dataclass

from chains.stages import CutReason


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to think that a message stops short."""

    reason: CutReason
    strength: float
    """In 0 .. 1: the share of such endings that are cuts, as seen in the tuning cases."""
    fragment: str
    """The last words before the cut, as written; the broken word alone when one is broken."""

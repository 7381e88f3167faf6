"""Which texts name something that the person asked to have forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chains.lexicon import Lexicon
from memory.masking import BLANK
from memory.records import Card, Mask


class ForgottenNames:
    """Names that were forgotten and not told again since, in all their spellings."""

    def __init__(self, masks: Sequence[Mask], cards: Mapping[str, Card], lexicon: Lexicon) -> None:
        """Take what is masked.

        Args:
            masks: those of the person.
            cards: as they are now, by subject: what stands on one is not forgotten.
            lexicon: knows brands, nicknames and slips of a name.
        """
        self._lexicon = lexicon
        self._masks = [
            mask
            for mask in masks
            if mask.reason == "forgotten"
            and not any(card.find(mask.kind, mask.name) for card in cards.values())
        ]

    def are_in(self, text: str, written_at: datetime) -> bool:
        """Whether a text names what was forgotten after it was written.

        Args:
            text: a question or a line of notes.
            written_at: when it was written or last kept, aware.
        """
        if BLANK in text:
            return True
        gone = [mask for mask in self._masks if mask.masked_at >= written_at]
        if not gone:
            return False
        mentions = self._lexicon.mentions(text)
        named = {mention.name.casefold() for mention in mentions}
        plain = f" {' '.join(_words(text))} "
        return any(
            not named.isdisjoint(self._names(mask))
            or f" {' '.join(_words(mask.name))} " in plain
            or f" {' '.join(_words(mask.evidence))} " in plain
            for mask in gone
        )

    def _names(self, mask: Mask) -> set[str]:
        """The name with what is asked only of those who have it: the class of a medicine."""
        names = {mask.name.casefold()}
        if mask.kind == "medication":
            names |= {name.casefold() for name in self._lexicon.classes_of(mask.name)}
        return names


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()

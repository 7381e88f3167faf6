"""The small edits a rewritten message is made of."""

import re
from collections.abc import Sequence

from chains.condense.entities import Entity

_END = re.compile(r"[\s?!.…]*$")
_SENTENCE_END = re.compile(r"[?!;\n]|\.(?=\s|$)|,? (?:please|thanks|thank you|thx)\W*$")
_PLURAL = re.compile(r"(?<![sui])s$", re.IGNORECASE)
_TO_PLURAL = {"is": "are", "was": "were", "does": "do", "has": "have", "doesn't": "don't"}
_TO_SINGULAR = {plural: singular for singular, plural in _TO_PLURAL.items()}
_MODALS = frozenset({"can", "could", "will", "would", "should", "may", "might", "must", "did"})
_AUXILIARIES = _TO_PLURAL.keys() | _TO_SINGULAR.keys() | _MODALS
_COUNTED = frozenset({"symptom", "food", "procedure", "metastasis", "lab", "diagnosis"})
_MODAL = re.compile(
    r"\b(?:can|could|will|would|should|may|might|must|did|do|does)\b[^,;.?!]*$", re.IGNORECASE
)
_VERB_BEFORE = re.compile(r"\b([a-z']+)(\s+)$", re.IGNORECASE)
_VERB_BEHIND = re.compile(r"^(\s+)(is|are|was|were|does|do|has|have)\b", re.IGNORECASE)


def listed(things: Sequence[Entity], joiner: str = "and") -> str:
    """Their words as one phrase, at most three."""
    words = list(dict.fromkeys(thing.words for thing in things[:3]))
    return f" {joiner} ".join([", ".join(words[:-1]), words[-1]]) if words[1:] else words[0]


def appended(text: str, phrase: str) -> str:
    """The text with a phrase in front of its final mark."""
    mark = _END.search(text)
    cut = mark.start() if mark else len(text)
    gap = "" if phrase.startswith(",") else " "
    return f"{text[:cut]}{gap}{phrase}{text[cut:]}"


def inserted(text: str, after: int, phrase: str) -> str:
    """The text with a phrase at the end of the sentence that holds place `after`."""
    end = _SENTENCE_END.search(text, after)
    cut = end.start() if end else len(text.rstrip())
    return f"{text[:cut].rstrip()} {phrase}{text[cut:]}"


def is_plural(things: Sequence[Entity]) -> bool:
    """Whether a verb after these things stands in the plural."""
    if len(things) != 1:
        return len(things) > 1
    words = things[0].words.partition(" in the ")[0]
    return things[0].kind in _COUNTED and _PLURAL.search(words) is not None


def replaced(text: str, span: tuple[int, int], words: str, *, plural: bool) -> str:
    """The text with other words at a place; the verb beside it agrees with them."""
    before, behind = text[: span[0]], text[span[1] :]
    forms = _TO_PLURAL if plural else _TO_SINGULAR
    verb = _VERB_BEFORE.search(before)
    is_main = verb is not None and _MODAL.search(before[: verb.start()]) is not None
    if verb is not None and not is_main and verb.group(1).lower() in forms:
        agreed = _cased(forms[verb.group(1).lower()], verb.group(1))
        before = before[: verb.start()] + agreed + verb.group(2)
    elif (
        (verb is None or verb.group(1).lower() not in _AUXILIARIES)
        and (follows := _VERB_BEHIND.match(behind))
        and follows.group(2).lower() in forms
    ):
        agreed = _cased(forms[follows.group(2).lower()], follows.group(2))
        behind = follows.group(1) + agreed + behind[follows.end() :]
    if not before.strip() and text[:1].isupper():
        words = words[:1].upper() + words[1:]
    return before + words + behind


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word

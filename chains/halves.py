"""A message that was cut off, and the words that finish it: two halves, read as one."""

import re
from collections.abc import Callable, Sequence

from chains.stages import Completeness

_STARTS_ANEW = re.compile(
    r"\W*(what|how|why|when|where|which|who|can|could|should|is|are|do|does|will|would|tell me|"
    r"please|help me|help with|find|show|explain|give me|i want|i need|i would like|never ?mind|"
    r"forget|sorry|no,|start over|thanks|thank you)\b",
    re.IGNORECASE,
)
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3}
_CHOICE = re.compile(
    r"(?:the |number )?(?P<place>first|1st|second|2nd|third|3rd|fourth|yes|yep|yeah|right|exactly)"
    r"(?: one| option| ending)?\W*"
)
_LONG = 6
"""Words from which a reply can be a message of its own."""


def starts_anew(reply: str) -> bool:
    """True when the reply to a clarification is another question, not the missing half."""
    words = reply.split()
    return bool(_STARTS_ANEW.match(reply)) and (len(words) >= _LONG or reply.rstrip().endswith("?"))


def picked(reply: str, guesses: Sequence[str]) -> str:
    """The ending a reply picks: "the second one" is the second guess, "yes" the first.

    Any other reply is an ending itself.
    """
    words = _CHOICE.fullmatch(reply.strip().lower())
    place = _PLACES.get(words["place"], 0) if words else len(guesses)
    return guesses[place] if place < len(guesses) else reply


def joined(first: str, cut: Completeness, reply: str, is_word: Callable[[str], bool]) -> str:
    """Both halves as one message.

    Args:
        first: The message that stopped.
        cut: Where it stopped.
        reply: What was typed or picked to finish it.
        is_word: Whether a word is one of the vocabulary's.

    Returns:
        The first half and the reply; a broken word is completed, or replaced by the whole one.
    """
    first, reply = first.rstrip(), reply.strip()
    fragment = cut.fragment or ""
    if cut.reason != "mid_word" or not fragment or not first.endswith(fragment):
        return f"{first} {reply}"
    stem = first[: -len(fragment)]
    word = re.match(r"\w+", reply)
    if reply.lower().startswith(fragment.lower()) or word is None:
        return stem + reply
    if is_word(f"{fragment}{word.group()}".lower()):
        return first + reply
    return stem + reply

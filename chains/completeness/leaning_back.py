"""Short follow-ups that are whole because the turn before gives them their sense: "do they?"."""

import re

from chains.completeness.asking_back import asked_first
from chains.completeness.signal import Signal
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordLists
from chains.lexicon import Lexicon
from chains.stages import LastTurn

_LONGEST = 7
"""Words of a question that leans with its last word; longer ones bring their own sense."""
_OWNED = frozenset({"mine", "hers", "theirs", "ours", "yours"})
_OWNED_OR_OWNING = "his"
_FEWEST_TOLD = 3
"""Words from which a turn that names nothing we know still has a sense to lean on."""
_LINKS = frozenset({
    "and",
    "but",
    "or",
    "so",
    "also",
    "ok",
    "okay",
    "then",
    "yes",
    "no",
    "oh",
    "well",
})
_ASKED_BARE = frozenset({"why", "when", "where"})
"""Asking words that one pronoun and its verb may follow: "when can I"; "how can I" goes on."""
_STANDING_IN = frozenset(
    {"another", "either", "neither", "both", "one", "ones", "other", "others", "worst", "best"}
    | {"first", "second", "third", "latter", "former", "same", "more", "less"}
)
"""Words that stand for a thing named before."""
_POINTING = frozenset({"it", "that", "this", "them", "they", "those", "these"})
_DONE = frozenset({"have", "has", "do", "does", "need", "get", "is", "was"})
_PUT = re.compile(r"\b(?:put|rub|wear|keep|leave|try|have|take|smear|pop)\b.+\b(?:on|off|in)$")
_IS_THAT_IT = re.compile(
    r"\b(?:is|was|could|would|might|can) (?:be )?(?:that|it|this) (?:it|that)$"
)
_OWNER = re.compile(r"\b(?:my|mine|her|hers|his|our|their)\b", re.IGNORECASE)


def leans_back(
    cut: Signal, tail: Tail, last_turn: LastTurn | None, lists: WordLists, lexicon: Lexicon
) -> bool:
    """Whether what looks cut off is a short question on what the turn before was about.

    Args:
        cut: the sign that decided.
        tail: the end of the message.
        last_turn: the turn before; without one nothing gives "can I" its sense.
        lists: which words may end a sentence.
        lexicon: tells whether the turn before spoke of anything.
    """
    if cut.reason not in ("dangling", "content_word", "mid_word") or tail.earlier:
        return False
    if last_turn is None or not _gives_sense(last_turn, lexicon):
        return False
    words = tail.lower
    while len(words) > 1 and words[0] in _LINKS:
        words = words[1:]
    is_asked = tail.mark == "stop"
    if cut.reason == "mid_word":
        return len(words) == 1 and words[0] in _OWNED
    if words == (_OWNED_OR_OWNING,):
        return is_asked or _OWNER.search(last_turn.question) is not None
    return (
        _is_inverted(words, lists, is_asked=is_asked)
        or _stands_in(words, lists)
        or _IS_THAT_IT.search(" ".join(words)) is not None
    )


def _gives_sense(last_turn: LastTurn, lexicon: Lexicon) -> bool:
    """Whether the turn before was about something, and not a greeting or thanks."""
    if last_turn.kind == "clarification":
        return False
    said = f"{last_turn.message}\n{last_turn.question}"
    is_told = last_turn.kind != "memory" and len(last_turn.message.split()) >= _FEWEST_TOLD
    return is_told or bool(lexicon.mentions(said))


def _is_inverted(words: tuple[str, ...], lists: WordLists, *, is_asked: bool) -> bool:
    """A verb and its pronoun alone ("does it"), behind "why" too, or behind "if" ("if I do")."""
    if len(words) == 3 and words[0] == "if":
        return _is_person(words[1], lists) and _is_verb(words[2], lists)
    if len(words) == 3 and lists.has(words[0], "wh_word"):
        is_open = words[0] not in _ASKED_BARE and not is_asked
        return not is_open and _is_inverted(words[1:], lists, is_asked=is_asked)
    return len(words) == 2 and _is_verb(words[0], lists) and _is_person(words[1], lists)


def _is_verb(word: str, lists: WordLists) -> bool:
    return lists.has(word, "auxiliary", "negative_auxiliary")


def _is_person(word: str, lists: WordLists) -> bool:
    return lists.has(word, "subject_pronoun") or word in ("it", "you")


def _stands_in(words: tuple[str, ...], lists: WordLists) -> bool:
    """A question whose last word stands for a thing: "do I take another", "can I have it"."""
    if not 2 < len(words) <= _LONGEST or not asked_first(words, lists):
        return False
    if words[-1] in _STANDING_IN:
        return True
    if words[-1] in _POINTING and words[-2] in _DONE:
        return True
    return _is_verb(words[0], lists) and _PUT.search(" ".join(words)) is not None

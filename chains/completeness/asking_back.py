"""Short ends that are whole although their last word seldom is: "why don't I, should I"."""

from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordClass, WordLists

_LONGEST_TOPIC = 3
"""Words of a topic that one question word follows ("hair loss when")."""
_OTHERS = frozenset({"he", "she", "they", "it", "you", "everyone", "someone", "people", "others"})


def asks_back(tail: Tail, lists: WordLists) -> bool:
    """Whether the end is a question that leans on the clause before it.

    Its verb was said there: by someone else ("they want me to stop, should I"), or left out there
    too ("I could but should I"). "I have a rash, should I" goes on.
    """
    words = tail.words
    if len(words) < 4 or not _is_inverted(tail, lists):
        return False
    joined = words[-3].lower in ("or", "but")
    if not (joined or words[-2].after_comma):
        return False
    front = tail.lower[: -3 if joined else -2]
    if not front:
        return False
    ends_open = lists.has(front[-1], "auxiliary", "negative_auxiliary", "subject_pronoun")
    others = any(word in _OTHERS or lists.has(word, "agent") for word in front)
    return ends_open or (others and not lists.has(front[0], "auxiliary") and not joined)


def _is_inverted(tail: Tail, lists: WordLists) -> bool:
    asked, who = tail.lower[-2:]
    return lists.has(asked, "auxiliary", "negative_auxiliary") and lists.has(who, "subject_pronoun")


def is_bare_topic(words: tuple[str, ...], lists: WordLists) -> bool:
    """Whether these words (lower case) are a topic without a verb, as typed into a search."""
    verbal: tuple[WordClass, ...] = (
        "verb",
        "open_verb",
        "saying_verb",
        "auxiliary",
        "negative_auxiliary",
        "contraction",
    )
    closed: tuple[WordClass, ...] = (
        "subject_pronoun",
        "wh_word",
        "preposition",
        "determiner",
        "possessive",
    )
    return len(words) <= _LONGEST_TOPIC and not any(
        lists.has(word, *verbal, *closed) and not lists.has(word, "noun_verb") for word in words
    )


def asked_first(words: tuple[str, ...], lists: WordLists) -> bool:
    """Whether a message (words in lower case) opens as a question does."""
    return lists.has(words[0], "wh_word", "auxiliary", "negative_auxiliary")

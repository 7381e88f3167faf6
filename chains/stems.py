"""Words as the lexicon compares them: lower case, without apostrophes and plural endings."""

import re

WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’`]")
_POSSESSIVE = re.compile(r"['’`][sS]$")
_SAME_WORD = {
    **dict.fromkeys(("her", "his", "their", "our", "the"), "my"),
    "thru": "through",
    **dict.fromkeys(("cannot", "couldnt", "cudnt"), "cant"),
    **dict.fromkeys(("doesnt", "didnt"), "dont"),
}


def plain(word: str) -> str:
    """Lower case, without apostrophes."""
    return _APOSTROPHE.sub("", word).lower()


def owner(word: str) -> str:
    """The word before a possessive ending, else the whole, as `plain` gives it."""
    return plain(_POSSESSIVE.sub("", word))


def stem(word: str) -> str:
    """A word without its plural ending; words that stand for each other are one."""
    word = _SAME_WORD.get(word, word)
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("shes", "ches", "xes", "sses")) else word[:-1]

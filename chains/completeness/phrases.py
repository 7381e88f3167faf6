"""The noun phrase a sentence ends with, found without a tagger.

Words that are neither function words nor verbs are taken for nouns.
"""

from dataclasses import dataclass

from chains.completeness.word_lists import WordClass, WordLists

FUNCTION_CLASSES: tuple[WordClass, ...] = (
    "preposition",
    "firm_preposition",
    "conjunction",
    "soft_conjunction",
    "auxiliary",
    "negative_auxiliary",
    "contraction",
    "subject_pronoun",
    "object_pronoun",
    "wh_word",
    "degree",
    "particle",
    "adverb",
    "soft_determiner",
)
_LONGEST_PHRASE = 4
"""Words of a noun phrase without its determiner."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase a sentence ends with."""

    start: int
    """Index of its first word, determiner included."""
    is_led: bool
    """It has a determiner or possessive."""


def last_phrase(words: tuple[str, ...], lists: WordLists) -> Phrase | None:
    """The phrase at the end of these words (lower case); None when they end otherwise."""
    start = len(words)
    while start > 0 and len(words) - start < _LONGEST_PHRASE:
        if not _is_nominal(words, start - 1, lists):
            break
        start -= 1
    if start == len(words):
        return None
    for position in range(len(words) - 1, max(start - 2, -1), -1):
        if lists.has(words[position], "determiner", "possessive", "third_owner"):
            return Phrase(position, True) if position < len(words) - 1 else None
    return Phrase(start, False)


def _is_nominal(words: tuple[str, ...], position: int, lists: WordLists) -> bool:
    word = words[position]
    if lists.has(word, "weak_adjective"):
        return True
    if lists.has(word, *FUNCTION_CLASSES, "determiner", "possessive", "opening_determiner"):
        return False
    before = words[position - 1] if position else ""
    if word.endswith("ing") and is_noun_use(before, lists):
        return True
    if lists.has(before, "determiner", "possessive"):
        return True
    if lists.has(word, "noun_verb"):
        plural = before.endswith("s") or lists.has(before, "irregular_plural")
        is_last = position == len(words) - 1
        speaks = plural if is_last else word.endswith("s")
        after_noun = not speaks and not lists.has(before, *FUNCTION_CLASSES)
        return after_noun or is_noun_use(before, lists)
    if lists.has(word, "verb", "open_verb", "saying_verb"):
        return False
    return not (len(word) > 4 and word.endswith("ed"))


def is_noun_use(before: str, lists: WordLists) -> bool:
    """Whether a word after `before` is a noun although it may be a verb elsewhere."""
    attributive = lists.has(before, "determiner", "possessive", "weak_adjective", "preposition")
    return attributive and before != "to"


_ALIKE = frozenset({"become", "come", "cut", "hit", "hurt", "let", "put", "read", "run", "set"})
"""Bare verbs that are their own participle."""


def is_bare_form(word: str, lists: WordLists) -> bool:
    """Whether `word` is the bare form of a verb that has another form for a participle."""
    if word in _ALIKE or not lists.has(word, "verb", "open_verb"):
        return False
    forms = (word + "s", word + "ing", word.removesuffix("e") + "ing", word + word[-1] + "ing")
    return any(lists.has(form, "verb", "open_verb") for form in forms)

"""Ends that lead on to a word that is missing: "we are still", "is the needle gonna"."""

from chains.completeness.word_lists import WordClass, WordLists

SHORT = 5
"""Words: a clause as short as this may leave out what was said before it ("I don't want to")."""


def leads_on(words: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "we are still", "I can't even": an adverb in front of the verb that is missing."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if lists.has(words[0], "opening_answer", "wh_word") or {"than", "as"} & set(words):
        return False
    if lists.has(last, "leading_adverb"):
        kinds: tuple[WordClass, ...] = ("auxiliary", "negative_auxiliary", "subject_pronoun")
        return before in ("its", "thats") or lists.has(before, "contraction", *kinds)
    said = lists.has(before, "contraction") or (lists.has(before, "be_form") and len(words) > 2)
    return said and lists.has(last, "inner_adverb")


def some(words: tuple[str, ...], _lists: WordLists) -> float:
    """Such as "my toddler found my tablets and ate some"."""
    taken = words[-1] == "some" and words[-2:-1] and words[-2] in _TAKEN
    return 0.2 if taken else 0.8 if len(words) > 1 else 0.48


_TAKEN = frozenset({"ate", "chewed", "took", "drank", "swallowed", "had", "lost", "missed"})


def spoken_infinitive(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "is the needle gonna"; a short refusal ("I'm not gonna") may leave out its verb."""
    denied = any(lists.has(w, "negative_auxiliary") or w in ("not", "never") for w in words)
    return 0.2 if denied and len(words) <= SHORT else 0.9

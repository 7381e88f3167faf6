"""A subject with all that hangs on it, and no verb: "apparently the lump they found last week"."""

from collections.abc import Iterator
from itertools import pairwise

from chains.completeness.phrases import FUNCTION_CLASSES, is_noun_use
from chains.completeness.signal import Signal
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordClass, WordLists

_LEADS: tuple[WordClass, ...] = ("determiner", "possessive", "third_owner")
_VERBS: tuple[WordClass, ...] = ("verb", "open_verb", "saying_verb")
_JOINS = frozenset({"and", "&", "or"})


def open_subject(tail: Tail, lists: WordLists) -> Signal | None:
    """The last clause is only its subject, however long: phrases and relative clauses included."""
    words = tail.lower
    if tail.mark != "none" or len(words) < 3 or tail.is_other_language:
        return None
    if lists.has(words[-1], *FUNCTION_CLASSES, "time_word") and not _has_relative(words, lists):
        return None
    if lists.ends_with(words, "whole_tail"):
        return None
    found = (
        strength
        for start, strength in _starts(tail, lists)
        if _may_begin(words, start, lists) and _is_all_subject(words, start, lists)
    )
    strength = max(found, default=0.0)
    return Signal("content_word", strength, tail.fragment()) if strength else None


def _has_relative(words: tuple[str, ...], lists: WordLists) -> bool:
    return any(_opens_relative(words, n, lists) for n in range(2, len(words) - 1))


def _may_begin(words: tuple[str, ...], start: int, lists: WordLists) -> bool:
    """Whether a subject begins here: with a determiner, or as "that women with dense breasts"."""
    if start >= len(words) - 1 or words[start] == "its":
        return False
    if lists.has(words[start], *_LEADS):
        return True
    many = words[start].endswith("s") or lists.has(words[start], "irregular_plural")
    extended = lists.has(words[start + 1], "preposition") and words[start + 1] != "to"
    return many and extended and words[start - 1] in ("that", "whether", "because")


def _starts(tail: Tail, lists: WordLists) -> Iterator[tuple[int, float]]:
    """Where a subject may begin, with the strength of what stands in front of it."""
    words = tail.lower
    for n, word in enumerate(words[:-2]):
        strength = _opener_strength(words, n, lists)
        start = n + 3 if words[n + 1 : n + 3] == ("or", "not") else n + 1
        if strength and not (tail.words[n].after_comma and word in ("says", "said")):
            yield start, strength
    if lists.has(words[0], "fronting"):
        yield from (
            (p, 0.75)
            for p in range(2, len(words) - 1)
            if _is_fronted(words, p, lists) and not tail.words[p - 1].after_comma
        )
    asked = lists.has(words[0], "modal") or words[0] in ("do", "does", "did")
    if asked and not _holds_bare_verb(words, lists):
        yield 1, 0.72 if _ends_in_thing(words, lists) or _has_relative(words, lists) else 0.0
    if any(lists.has(word, "agent") and words[n + 1] == "who" for n, word in enumerate(words[:-2])):
        yield 0, 0.65


def _holds_bare_verb(words: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "can the dog sleep on the bed": a word that may be the verb of the question."""
    return any(
        lists.has(word, "noun_verb") and not word.endswith("s") and not is_noun_use(ahead, lists)
        for ahead, word in pairwise(words[1:-1])
    )


def _ends_in_thing(words: tuple[str, ...], lists: WordLists) -> bool:
    """Whether the last word is surely a noun: in a question it may be the bare verb."""
    if is_noun_use(words[-2], lists):
        return True
    return is_noun_use(words[-3], lists) and not lists.has(words[-1], *_VERBS, "noun_verb")


def _opener_strength(words: tuple[str, ...], n: int, lists: WordLists) -> float:
    word, before = words[n], words[n - 1] if n else ""
    if word == "that":
        said = any(lists.has(w, "saying_verb") for w in words[:n])
        return 0.75 if said and not lists.has(before, "auxiliary", "preposition") else 0.0
    if word == "once" and words[n + 1] in ("a", "every", "the"):
        return 0.0
    if lists.has(word, "subordinator") or word in ("but", "so"):
        return 0.8
    if lists.has(word, "wh_word"):
        return 0.72 if n else 0.0
    if lists.has(word, "clause_opener"):
        return 0.7 if not lists.has(before, "auxiliary", "wh_word") or n == 0 else 0.0
    if word == "out" and before in ("turns", "turned"):
        return 0.75
    if word in ("way", "chance") and before in ("any", "a", "no"):
        return 0.66 if lists.has(words[n + 1], "possessive") else 0.0
    if word in ("mean", "means") and before in ("that", "this", "it"):
        return 0.66 if lists.has(words[n + 1], "possessive") else 0.0
    if word in ("then", "now") and (n == 0 or (n == 1 and before in ("and", "but", "so"))):
        return 0.75
    return _joined_strength(words, n, lists)


def _joined_strength(words: tuple[str, ...], n: int, lists: WordLists) -> float:
    """After "and": someone who acts, where the words in front speak of things."""
    if words[n] not in ("and", "&") or n < 3 or len(words) - n < 3:
        return 0.0
    if lists.has(words[n - 1], "time_word"):
        return 0.66 if lists.has(words[n + 1], "possessive") else 0.0
    acts = lists.has(words[n + 2], "agent") and not lists.has(words[n - 1], "agent")
    told = any(lists.has(word, *_VERBS) for word in words[: n - 1])
    listed = any(lists.has(word, "agent") for word in words[:n])
    return 0.66 if acts and told and not listed else 0.0


def _is_fronted(words: tuple[str, ...], start: int, lists: WordLists) -> bool:
    """Whether a time, place or clause put in front ends just before `start`."""
    before = words[start - 1]
    judged = lists.has(before, "particle") or lists.has(words[start - 2], "be_form")
    if judged and any(lists.has(word, "subordinator") for word in words[:2]):
        return lists.has(words[start + 1], "agent")
    if before != "now" and not (_is_noun(words, start - 1, lists) or before.isdigit()):
        return False
    if lists.has(words[0], "subordinator") or words[0] in ("since", "after", "before"):
        return True
    return not any(_is_finite(words, n, lists) for n in range(1, start))


def _is_all_subject(words: tuple[str, ...], start: int, lists: WordLists) -> bool:
    """Whether the words from `start` to the end are one subject with what hangs on it."""
    at = _phrase_end(words, start, lists)
    while at is not None and at < len(words):
        if (
            lists.has(words[at], "preposition")
            and words[at] != "to"
            or words[at] in _JOINS
            or words[at] in ("around", "inside", "behind", "below", "above", "after", "before")
        ):
            at = _phrase_end(words, at + 1, lists)
        else:
            return _opens_relative(words, at, lists) and _is_relative(words, at, lists)
    return at is not None


def _phrase_end(words: tuple[str, ...], start: int, lists: WordLists) -> int | None:
    """End of the noun phrase that begins at `start`; None when none does."""
    at = start + (start < len(words) and lists.has(words[start], *_LEADS, "opening_determiner"))
    first = at
    while at < len(words) and _is_noun(words, at, lists):
        at += 1
    return at if at > first else None


def _is_noun(words: tuple[str, ...], n: int, lists: WordLists) -> bool:
    word, before = words[n], words[n - 1] if n else ""
    if lists.has(word, "weak_adjective", "time_word"):
        return True
    if lists.has(word, *FUNCTION_CLASSES, *_LEADS, "opening_determiner"):
        return False
    if is_noun_use(before, lists) or lists.has(before, "third_owner"):
        return True
    if lists.has(word, "noun_verb"):
        after_word = lists.has(before, *FUNCTION_CLASSES) or not before
        plural = before.endswith("s") or lists.has(before, "irregular_plural")
        if word.endswith("s"):
            return not after_word and lists.has(word, "plural_noun")
        return not after_word and not plural
    return not (lists.has(word, *_VERBS) or _looks_verbal(word))


def _looks_verbal(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ed", "ing"))


def _opens_relative(words: tuple[str, ...], at: int, lists: WordLists) -> bool:
    if at >= len(words) - 1 or not _is_noun(words, at - 1, lists):
        return False
    if words[at] in ("who", "that", "which"):
        return True
    if lists.has(words[at], "subject_pronoun") or words[at] in ("you", "it"):
        return True
    owned = lists.has(words[at], "possessive", "determiner") and at + 2 < len(words)
    return owned and _is_finite(words, at + 2, lists)


def _is_relative(words: tuple[str, ...], at: int, lists: WordLists) -> bool:
    """Whether the words from `at` hold one group of verbs, so that none is left for the subject."""
    verbs = [n for n in range(at, len(words)) if _is_finite(words, n, lists)]
    if not verbs:
        return False
    group = range(verbs[0], verbs[0] + len(verbs))
    loose = [n for n in verbs if n not in group and not _is_linked(words, n, lists)]
    return not loose and not lists.has(words[-1], "auxiliary")


def _is_linked(words: tuple[str, ...], n: int, lists: WordLists) -> bool:
    """Whether a verb goes on with the one before it ("was put", "also had")."""
    return lists.has(words[n - 1], "auxiliary", "adverb", "negative_auxiliary")


def _is_finite(words: tuple[str, ...], n: int, lists: WordLists) -> bool:
    word, before = words[n], words[n - 1] if n else ""
    if lists.has(word, "auxiliary", "negative_auxiliary", "contraction"):
        return True
    if is_noun_use(before, lists) or lists.has(before, "third_owner"):
        return False
    if lists.has(word, "time_word"):
        return False
    if lists.has(word, "noun_verb"):
        return not _is_noun(words, n, lists)
    return lists.has(word, *_VERBS) or _looks_verbal(word)

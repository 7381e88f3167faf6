"""A sentence that stops after a word which needs another: "the dose was", "because of", "on the"."""

from collections.abc import Callable

from chains.completeness.signal import Signal
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordClass, WordLists

Judge = Callable[[tuple[str, ...], WordLists], float]

_SHORT = 5
"""Words: a clause as short as this may leave out what was said before it ("I don't want to")."""
_BE = frozenset({"is", "are", "was", "were", "am"})


def function_end(tail: Tail, lists: WordLists) -> Signal | None:
    """The last word is one that seldom ends a sentence, and nothing here lets it end this one."""
    if tail.mark in ("ellipsis", "other") or not tail.words or tail.is_other_language:
        return None
    words = tail.lower
    strength = _strength(words, lists)
    if len(words) == 1 and tail.earlier and strength:
        strength = 0.9
    if tail.mark == "stop":
        strength = 0.65 if _is_firm(words, lists) and "?" not in tail.text[-2:] else 0.0
    return Signal("dangling", strength, tail.fragment()) if strength > 0 else None


def _is_firm(words: tuple[str, ...], lists: WordLists) -> bool:
    firm = lists.has(words[-1], "determiner", "possessive", "conjunction", "contraction")
    return firm and len(words) > 2 and not lists.ends_with(words, "whole_tail")


def _strength(words: tuple[str, ...], lists: WordLists) -> float:
    if lists.ends_with(words, "whole_tail") and not _is_subject_and_auxiliary(words, lists):
        return 0.0
    for kind, judge in _JUDGES:
        if lists.has(words[-1], kind):
            return judge(words, lists)
    return 0.0


def _is_subject_and_auxiliary(words: tuple[str, ...], lists: WordLists) -> bool:
    """Whether "it was" ends a longer sentence, where the short answer "it was" would be whole."""
    return len(words) > 2 and lists.has(words[-1], "auxiliary") and words[-1] not in ("be",)


def _fixed(strength: float) -> Judge:
    return lambda words, _lists: strength if len(words) > 1 else strength * 0.6


def _to(words: tuple[str, ...], lists: WordLists) -> float:
    if can_strand(words[:-1], "to", lists):
        return 0.1
    verb = words[-2:-1] and lists.has(words[-2], "verb", "open_verb", "auxiliary", "adverb")
    negated = any(lists.has(word, "negative_auxiliary") or word in ("not", "never") for word in words)
    asked = lists.has(words[0], "auxiliary", "negative_auxiliary") or words[0] in ("if", "only")
    if verb and len(words) <= _SHORT + negated and (negated or asked or words[-2] == "used"):
        return 0.2
    return 0.93


def _preposition(words: tuple[str, ...], lists: WordLists) -> float:
    if words[-1] in ("on", "in") and lists.has(words[-2] if len(words) > 1 else "", "particle"):
        return 0.2
    return 0.1 if can_strand(words[:-1], words[-1], lists) else 0.92 if len(words) > 1 else 0.4


def can_strand(before: tuple[str, ...], preposition: str, lists: WordLists) -> bool:
    """Whether a preposition after these words may end: "what is it made of", "the one I'm on"."""
    return (
        _after_gap(before, preposition, lists)
        or _after_relative(before, lists)
        or _after_infinitive(before, lists)
    )


def _after_gap(before: tuple[str, ...], preposition: str, lists: WordLists) -> bool:
    return any(
        _leaves_gap(before[n], before[n + 1 :], lists)
        for n, word in enumerate(before[:-1])
        if lists.has(word, "gap_word") or (word == "how" and preposition == "for")
    )


def _leaves_gap(opener: str, inner: tuple[str, ...], lists: WordLists) -> bool:
    if opener == "that" and not lists.has(inner[0], "subject_pronoun", "contraction"):
        return False
    return _has_subject(inner, lists) and not _ends_in_noun(inner, lists)


def _has_subject(inner: tuple[str, ...], lists: WordLists) -> bool:
    """Whether the place that the question word opened is not that of the subject."""
    subjects: tuple[WordClass, ...] = ("subject_pronoun", "object_pronoun", "contraction")
    if any(lists.has(word, *subjects) or word in ("this", "that") for word in inner):
        return True
    if any(lists.has(word, "determiner", "possessive") for word in inner[:-1]):
        return True
    inverted = lists.has(inner[0], "auxiliary") and len(inner) > 1
    verbal: tuple[WordClass, ...] = ("verb", "open_verb", "adverb", "auxiliary")
    return inverted and not lists.has(inner[1], *verbal)


def _ends_in_noun(inner: tuple[str, ...], lists: WordLists) -> bool:
    """Whether the word before the preposition is a noun that would take it ("the dose of")."""
    last = inner[-1]
    if lists.has(last, "noun_verb") and len(inner) > 1:
        return lists.has(inner[-2], "determiner", "possessive", "weak_adjective", "be_form")
    if _is_verbal(last, lists) or lists.has(last, "object_pronoun", "subject_pronoun", "particle"):
        return False
    if lists.has(last, "adverb", "contraction", "saying_verb", "be_form"):
        return False
    led = any(lists.has(word, "determiner", "possessive", "weak_adjective") for word in inner[-4:-1])
    return led or (len(inner) > 2 and lists.has(inner[0], "be_form"))


def _is_verbal(word: str, lists: WordLists) -> bool:
    verbal = lists.has(word, "verb", "open_verb", "saying_verb")
    return verbal or (len(word) > 4 and word.endswith(("ed", "ing")))


def _after_relative(before: tuple[str, ...], lists: WordLists) -> bool:
    """A noun, then directly a pronoun with its verb: "the pills I was put"."""
    start = _last_index(before, lambda w: lists.has(w, "subject_pronoun", "contraction") or w == "you")
    if start is None or start < 2:
        return False
    head, inner = before[start - 1], before[start + 1 :]
    functional: tuple[WordClass, ...] = (
        "preposition", "firm_preposition", "conjunction", "soft_conjunction", "auxiliary",
        "adverb", "wh_word", "saying_verb", "verb", "open_verb", "particle", "contraction",
        "negative_auxiliary",
    )  # fmt: skip
    if lists.has(head, *functional) and not lists.has(head, "antecedent"):
        return False
    led = lists.has(head, "antecedent") or lists.has(before[start - 2], "determiner", "possessive")
    return led and all(
        _is_verbal(word, lists) or lists.has(word, "auxiliary", "negative_auxiliary", "adverb", "particle")
        for word in inner
    )


def _after_infinitive(before: tuple[str, ...], lists: WordLists) -> bool:
    """ "someone to talk", "nothing to worry", "who to turn": an infinitive that hangs on a noun."""
    to = _last_index(before, lambda word: word == "to")
    if to is None or to == 0 or not 1 <= len(before) - 1 - to <= 3:
        return False
    return lists.has(before[to - 1], "antecedent", "gap_word")


def _last_index(words: tuple[str, ...], test: Callable[[str], bool]) -> int | None:
    return next((n for n in range(len(words) - 1, -1, -1) if test(words[n])), None)


def _auxiliary(words: tuple[str, ...], lists: WordLists) -> float:
    before = words[:-1]
    if len(before) <= 1:
        return 0.1 if before and _is_pronoun(before[-1], lists) else 0.7
    if _may_leave_out(words, lists):
        return 0.15
    return 0.85 if words[-1] in ("do", "did", "does", "have", "had", "be") else 0.93


def _is_pronoun(word: str, lists: WordLists) -> bool:
    return lists.has(word, "subject_pronoun") or word in ("it", "you", "this", "that", "there")


def _may_leave_out(words: tuple[str, ...], lists: WordLists) -> bool:
    """Whether what follows the auxiliary was said before, or stands at the head of the clause."""
    before = words[:-1]
    if lists.has(before[0], "opening_answer") and len(words) <= _SHORT:
        return True
    if {"than", "as"} & set(before[-3:]):
        return True
    if _is_pronoun(before[-1], lists) and _follows_own_belief(before, lists):
        return True
    opener = _last_index(before, lambda word: word in _HEADS)
    if opener is None or opener == len(before) - 1 or words[-1] in _MODALS:
        return False
    inner = before[opener + 1 :]
    if words[-1] in ("be", "been"):
        return _is_pronoun(before[-1], lists)
    if words[-1] in ("do", "have") and lists.has(inner[0], "auxiliary"):
        return True
    return not any(_is_verbal(word, lists) or lists.has(word, "auxiliary") for word in inner)


_MODALS = frozenset({"should", "could", "can", "would", "will", "may", "might", "must", "shall"})
_HEADS = frozenset({"what", "how", "where", "who", "which", "why", "all", "whatever"})


def _follows_own_belief(before: tuple[str, ...], lists: WordLists) -> bool:
    return any(
        lists.has(word, "own_belief") or word == "if" and n == 0
        for n, word in enumerate(before[-4:-1])
    ) and ("i" in before[:-1] or "i'm" in before or "im" in before or before[0] == "if")


def _negative_auxiliary(words: tuple[str, ...], lists: WordLists) -> float:
    if len(words) <= _SHORT and _is_pronoun(words[-2] if len(words) > 1 else "", lists):
        return 0.1
    if len(words) > 2 and _is_pronoun(words[-2], lists):
        return 0.75 if words[-3] in ("and", "so", "because", "that") else 0.3
    return 0.75


def _subject_pronoun(words: tuple[str, ...], lists: WordLists) -> float:
    before = words[:-1]
    if not before:
        return 0.5
    if before[-1] in ("than", "as") or (len(before) > 1 and before[-2] in ("so", "neither", "nor")):
        return 0.1
    if before[-1] in _BE and lists.has(before[0], "wh_word"):
        return 0.15
    return 0.93


def _object_pronoun(words: tuple[str, ...], lists: WordLists) -> float:
    last, before = words[-1], words[:-1]
    if last == "her":
        return 0.2 if before and _takes_object(before[-1], lists) else 0.7
    if last not in ("it", "you") or not before:
        return 0.0
    if before[-1] in ("if", "when", "because", "that", "whether", "although", "but"):
        return 0.85
    if before[-1] == "and" and any(lists.has(w, "verb", "open_verb", "auxiliary") for w in before):
        return 0.75
    if lists.has(before[-1], "auxiliary") and before[-1] not in _BE:
        return 0.75 if len(before) <= 3 else 0.4
    return 0.6 if len(before) == 1 and before[-1] in _BE else 0.0


def _takes_object(word: str, lists: WordLists) -> bool:
    return _is_verbal(word, lists) or lists.has(word, "preposition")


def _soft_conjunction(words: tuple[str, ...], lists: WordLists) -> float:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "though" or not before:
        return 0.2
    if last == "so":
        return 0.2 if lists.has(before, "own_belief", "auxiliary") or len(words) <= 3 else 0.75
    if last == "cause":
        return 0.3
    return 0.65 if last == "once" else 0.9


def _wh_word(words: tuple[str, ...], lists: WordLists) -> float:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in ("why", "where", "when", "how", "what", "whats", "wat") or not before:
        return 0.75 if last in ("how", "whats") and len(words) > _SHORT else 0.3
    return 0.85


def _that(words: tuple[str, ...], lists: WordLists) -> float:
    if words[-1] != "that" or len(words) < 2:
        return 0.55 if words[-1] in ("these", "those") and len(words) > 2 else 0.1
    return 0.85 if lists.has(words[-2], "saying_verb") or words[-2] in ("me", "so") else 0.1


_JUDGES: tuple[tuple[WordClass, Judge], ...] = (
    ("determiner", _fixed(0.97)),
    ("possessive", _fixed(0.97)),
    ("contraction", _fixed(0.95)),
    ("conjunction", _fixed(0.96)),
    ("negative_auxiliary", _negative_auxiliary),
    ("auxiliary", _auxiliary),
    ("subject_pronoun", _subject_pronoun),
    ("object_pronoun", _object_pronoun),
    ("soft_conjunction", _soft_conjunction),
    ("firm_preposition", _fixed(0.9)),
    ("preposition", lambda words, lists: (_to if words[-1] == "to" else _preposition)(words, lists)),
    ("opening_determiner", _fixed(0.8)),
    ("soft_determiner", _that),
    ("wh_word", _wh_word),
    ("degree", _fixed(0.85)),
)

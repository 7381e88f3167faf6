"""A sentence that stops after a word which needs another: "the dose was", "because of"."""

from collections.abc import Callable
from itertools import pairwise

from chains.completeness.asking_back import asked_first, asks_back, is_bare_topic
from chains.completeness.leading_end import SHORT, leads_on, some, spoken_infinitive
from chains.completeness.phrases import FUNCTION_CLASSES, is_noun_use
from chains.completeness.signal import Signal
from chains.completeness.stranding import after_relative, can_strand, is_verbal, last_index
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordClass, WordLists

Judge = Callable[[tuple[str, ...], WordLists], float]


def function_end(tail: Tail, lists: WordLists) -> Signal | None:
    """The last word is one that seldom ends a sentence, and nothing here lets it end this one."""
    if tail.mark in ("ellipsis", "other") or not tail.words or tail.is_other_language:
        return None
    words = tail.lower
    strength = 0.0 if asks_back(tail, lists) else _strength(words, lists)
    if len(words) == 1 and tail.earlier and _opens_sentence(words[0], lists):
        strength = 0.9
    if tail.mark == "stop":
        strength = 0.65 if _is_firm(words, lists) and "?" not in tail.text[-2:] else 0.0
    return Signal("dangling", strength, tail.fragment()) if strength > 0 else None


def _opens_sentence(word: str, lists: WordLists) -> bool:
    """Whether a word that stands alone after other sentences began a new one."""
    opens = lists.has(word, "determiner", "possessive", "conjunction", "contraction")
    return opens or lists.has(word, "preposition", "subject_pronoun")


def _is_firm(words: tuple[str, ...], lists: WordLists) -> bool:
    firm = lists.has(words[-1], "determiner", "possessive", "conjunction", "contraction")
    return firm and len(words) > 2 and not lists.ends_with(words, "whole_tail")


def _strength(words: tuple[str, ...], lists: WordLists) -> float:
    if lists.ends_with(words, "whole_tail"):
        return 0.0
    for kind, judge in _JUDGES:
        if lists.has(words[-1], kind):
            return judge(words, lists)
    return 0.0


def _fixed(strength: float) -> Judge:
    return lambda words, _lists: strength if len(words) > 1 else strength * 0.6


def _to(words: tuple[str, ...], lists: WordLists) -> float:
    opens_infinitive = lists.has(words[-2] if len(words) > 1 else "", "infinitive_opener")
    if not opens_infinitive and can_strand(words[:-1], "to", lists):
        return 0.1
    if words[-2:-1] and lists.has(words[-2], "reluctance") and len(words) <= SHORT:
        return 0.2
    if words[-2:-1] == ("need",) and words[-4:-3] in (("when",), ("unless",), ("as",), ("than",)):
        return 0.2
    verb = words[-2:-1] and lists.has(words[-2], "verb", "open_verb", "auxiliary", "adverb")
    negated = any(
        lists.has(word, "negative_auxiliary") or word in ("not", "never") for word in words
    )
    asked = lists.has(words[0], "auxiliary", "negative_auxiliary") or lists.has(
        words[0], "subordinator"
    )
    if verb and len(words) <= SHORT + negated and (negated or asked or words[-2] == "used"):
        return 0.2
    return 0.93


def _preposition(words: tuple[str, ...], lists: WordLists) -> float:
    if words[-1] == "to":
        return _to(words, lists)
    before = words[-2] if len(words) > 1 else ""
    if words[-1] == "in" and lists.has(before, "device"):
        return 0.2
    pushed = words[-1] == "on" and before in ("up", "out", "off")
    pushed |= words[-1] == "in" and before in ("up", "out", "over")
    if words[-1] in ("on", "in") and lists.has(before, "particle") and not pushed:
        return 0.2
    return 0.1 if can_strand(words[:-1], words[-1], lists) else 0.92 if len(words) > 1 else 0.4


def _auxiliary(words: tuple[str, ...], lists: WordLists) -> float:
    before = words[:-1]
    if len(before) <= 1:
        return 0.1 if before and _is_pronoun(before[-1], lists) else 0.7
    if len(words) == 3 and lists.has(before[0], "possessive") and words[-1] in ("did", "does"):
        return 0.3
    if words[-1] == "do" and lists.has(words[0], "modal") and not _has_verb(words[1:-1], lists):
        return 0.15
    if _may_leave_out(words, lists) or _is_main_verb(words, lists):
        return 0.15
    return 0.85 if words[-1] in ("do", "did", "does", "have", "had", "be") else 0.93


def _is_main_verb(words: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "the questions I have", "what to do", "if it will ever be": nothing need follow."""
    if words[-1] == "do":
        return words[-2] == "to" or after_relative(words[:-1], lists)
    if words[-2] == "there":
        return any(lists.has(word, "superlative") or word.endswith("est") for word in words[:-2])
    if words[-1] == "be":
        return bool({"if", "whether", "when"} & set(words[-6:]))
    return words[-1] in ("have", "had", "has") and after_relative(words, lists)


def _is_pronoun(word: str, lists: WordLists) -> bool:
    return lists.has(word, "subject_pronoun") or word in ("it", "you", "this", "that", "there")


def _may_leave_out(words: tuple[str, ...], lists: WordLists) -> bool:
    """Whether what follows the auxiliary was said before, or stands at the head of the clause."""
    before = words[:-1]
    if lists.has(before[0], "opening_answer") and len(words) <= SHORT:
        return True
    if {"than", "as"} & set(before[-3:]) or _is_compared(before, lists):
        return True
    if _is_pronoun(before[-1], lists) and _follows_own_belief(before, lists):
        return True
    opener = last_index(before, lambda word: lists.has(word, "ellipsis_head"))
    if opener is None or opener == len(before) - 1 or lists.has(words[-1], "modal"):
        return False
    inner = before[opener + 1 :]
    if words[-1] in ("be", "been"):
        verbless = not _has_verb(inner[:-1], lists)
        if before[-1] == "to":
            return True
        perfect = len(inner) > 1 and before[-1] in ("has", "have", "had") and verbless
        return perfect or _is_pronoun(before[-1], lists) or lists.has(inner[0], "modal")
    if words[-1] in ("do", "have") and any(lists.has(word, "auxiliary") for word in inner):
        return True
    return not (_has_verb(inner, lists) or any(lists.has(word, "auxiliary") for word in inner))


def _has_verb(inner: tuple[str, ...], lists: WordLists) -> bool:
    """Whether a verb stands among the words behind a question word, which may own the first."""
    return any(
        is_verbal(word, lists) and not is_noun_use(ahead, lists) and ahead[-2:] != "'s"
        for ahead, word in pairwise(("the", *inner))
    )


def _is_compared(before: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "better than the old drug did": nothing but a phrase since "than"."""
    than = last_index(before, lambda word: word == "than")
    if than is None or than == len(before) - 1:
        return False
    said = any(lists.has(word, "saying_verb") for word in before[than + 1 : -1])
    if said and _is_pronoun(before[-1], lists):
        return True
    rest = before[than + 1 :]
    linked = any(lists.has(word, "auxiliary", "contraction", "conjunction") for word in rest)
    return not (linked or _has_verb(rest, lists))


def _follows_own_belief(before: tuple[str, ...], lists: WordLists) -> bool:
    if before[-2:-1] in (("if",), ("whether",)) and len(before) > 2:
        denied = any(lists.has(w, "negative_auxiliary") or w in _DENIALS for w in before)
        wished = "would" in before[:-2] and not lists.has(before[-3], "saying_verb", "own_belief")
        return denied or wished
    if any(lists.has(word, "ellipsis_head") and word != "all" for word in before[-4:-1]):
        return False
    return any(
        lists.has(word, "own_belief") or word == "if" and n == 0
        for n, word in enumerate(before[-4:-1])
    ) and ("i" in before[:-1] or "i'm" in before or "im" in before or before[0] == "if")


def _negative_auxiliary(words: tuple[str, ...], lists: WordLists) -> float:
    if len(words) <= SHORT and _is_pronoun(words[-2] if len(words) > 1 else "", lists):
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
    if lists.has(before[-1], "copula") and lists.has(before[0], "wh_word"):
        return 0.15
    return 0.93


def _object_pronoun(words: tuple[str, ...], lists: WordLists) -> float:
    last, before = words[-1], words[:-1]
    if last == "her":
        return 0.2 if before and _takes_object(before[-1], lists) else 0.7
    if not before:
        return 0.0
    if last not in ("it", "you"):
        return _handed(last, before, lists)
    if before[-1] == "that" and len(before) == 2 and lists.has(before[0], "be_form"):
        return 0.1
    if before[-1] in ("if", "when", "because", "that", "whether", "although", "but"):
        return 0.85
    if before[-1] == "and" and any(lists.has(w, "verb", "open_verb", "auxiliary") for w in before):
        return 0.75
    if before[-1] in ("has", "have", "had") and len(before) > 2 and not asked_first(words, lists):
        return 0.0
    if lists.has(before[-1], "auxiliary") and not lists.has(before[-1], "copula"):
        return 0.75 if len(before) <= 3 else 0.4
    return 0.6 if len(before) == 1 and lists.has(before[-1], "copula") else 0.0


_DENIALS = frozenset({"not", "never", "unsure", "doubt", "no"})


def _handed(last: str, before: tuple[str, ...], lists: WordLists) -> float:
    """Such as "the tablets make me", "the nurse told me": what it is about is missing."""
    if before[-1] in ("make", "makes", "made", "let", "lets"):
        return 0.0 if any(lists.has(w, "object_head", "antecedent") for w in before) else 0.7
    if before[-1] in ("told", "tells") and last in ("me", "us"):
        short = len(before) <= 2 and not lists.has(before[0], "agent")
        asked = any(lists.has(word, "object_head") for word in before)
        return 0.0 if short or asked else 0.65
    return 0.0


def _takes_object(word: str, lists: WordLists) -> bool:
    return is_verbal(word, lists) or lists.has(word, "preposition")


def _soft_conjunction(words: tuple[str, ...], lists: WordLists) -> float:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    bare = before in ("from", "since", "until", "till", "by") or is_bare_topic(words[:-1], lists)
    if not before or (last == "when" and bare):
        return 0.2
    if last == "though":
        return 0.9 if before in ("even", "as") else 0.2
    if last == "so":
        return (
            0.2
            if lists.has(before, "own_belief", "auxiliary", "object_pronoun") or len(words) <= 3
            else 0.75
        )
    return 0.65 if last == "once" else 0.9


def _wh_word(words: tuple[str, ...], lists: WordLists) -> float:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "what" and len(words) > 3 and before in ("and", "but", "is", "was", "that's"):
        return 0.75
    if lists.has(before, "own_belief") or before in ("remember", "unsure", "asked"):
        return 0.2
    if last == "what" and before in _ASKING:
        return 0.75
    if last in ("why", "where", "when", "how", "what", "whats", "wat") or not before:
        return 0.75 if last in ("how", "whats") and len(words) > SHORT else 0.3
    return 0.85


_ASKING = frozenset({
    "explain",
    "understand",
    "me",
    "say",
    "ask",
    "tell",
    "show",
    "describe",
    "see",
})


def _that(words: tuple[str, ...], lists: WordLists) -> float:
    if words[-1] == "such" and len(words) > 2:
        return 0.9
    if words[-1] == "each" and words[-2:-1] != ("of",) and len(words) > 2:
        return 0.75 if lists.has(words[-2], "preposition", "firm_preposition") else 0.1
    if words[-1] == "these" and words[-2:-1] in (("getting",), ("having",)):
        return 0.65
    if words[-1] == "that" and len(words) > 2 and _is_plain(words[-2], lists):
        return 0.75
    if words[-1] != "that" or len(words) < 2:
        return 0.55 if words[-1] in ("these", "those") and len(words) > 2 else 0.1
    if lists.has(words[-2], "be_form") and len(words) > 3:
        return 0.1 if any(lists.has(word, "wh_word") for word in words) else 0.8
    said = lists.has(words[-2], "saying_verb") or words[-2] in ("me", "so")
    return 0.85 if said or "so" in words[-4:-2] else 0.1


def _is_plain(word: str, lists: WordLists) -> bool:
    """Whether a word is a noun or adjective only, so that "that" behind it opens a clause."""
    if lists.has(word, "weak_adjective", "agent"):
        return True
    closed: tuple[WordClass, ...] = (*FUNCTION_CLASSES, "determiner", "possessive", "antecedent")
    other = lists.has(word, "opening_determiner", "opening_answer", "sign_off", "be_form", "label")
    return not (other or lists.has(word, *closed, "time_word") or is_verbal(word, lists))


def _particle(words: tuple[str, ...], _lists: WordLists) -> float:
    """Mostly an adverb; "since" after a perfect tense wants to know since when."""
    joined = {"and", "but", "or"} & set(words)
    perfect = words[-1] == "since" and "been" in words and "on" in words[-4:-1]
    return 0.7 if perfect and not joined else 0.2


def _adverb(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "if there", "and then": the first words of a new clause."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "there":
        return 0.85 if before in ("if", "that", "whether", "because") else 0.0
    if leads_on(words, lists):
        return 0.75
    joined = before in ("and", "but") and len(words) > 2
    if last == "then" and words[0] == "if" and len(words) > SHORT:
        return 0.75
    return 0.75 if joined and (last == "then" or lists.has(last, "clause_adverb")) else 0.0


_JUDGES: tuple[tuple[WordClass, Judge], ...] = (
    ("spoken_infinitive", spoken_infinitive),
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
    ("preposition", _preposition),
    ("opening_determiner", some),
    ("soft_determiner", _that),
    ("wh_word", _wh_word),
    ("particle", _particle),
    ("adverb", _adverb),
    ("degree", _fixed(0.85)),
)

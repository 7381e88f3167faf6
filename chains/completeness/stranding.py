"""Where a preposition may rightly end a sentence: "what is it made of", "the one I'm on"."""

from collections.abc import Callable

from chains.completeness.word_lists import WordClass, WordLists


def can_strand(before: tuple[str, ...], preposition: str, lists: WordLists) -> bool:
    """Whether the preposition may end a sentence after these words (lower case)."""
    return (
        _after_gap(before, preposition, lists)
        or _after_inverted(before, preposition, lists)
        or _after_indefinite(before, preposition, lists)
        or after_relative(before, lists)
        or _after_owned_relative(before, lists)
        or _after_infinitive(before, lists)
        or _after_worth(before, lists)
    )


def _after_gap(before: tuple[str, ...], preposition: str, lists: WordLists) -> bool:
    return any(
        _leaves_gap(before[n], before[n + 1 :], lists)
        for n, word in enumerate(before[:-1])
        if lists.has(word, "gap_word") or (word == "how" and preposition == "for")
    )


_ASKS_FOR: dict[str, frozenset[str]] = {
    "where": frozenset({"from", "to"}),
    "who": frozenset({"to", "from", "with", "about", "for"}),
    "whom": frozenset({"to", "from", "with", "about"}),
    "what": frozenset({"for", "with", "about"}),
}
"""Which preposition each question word may leave at the end, behind an object."""


_POINTED = frozenset({"the", "my", "your", "her", "his", "our", "their", "this", "that", "it"})


def _after_inverted(before: tuple[str, ...], preposition: str, lists: WordLists) -> bool:
    """Such as "where do I get a wig from": a question with its own verb and object."""
    if before and before[0] == "what" and preposition == "like":
        return True
    if preposition == "for" and before[:1] == ("what",) and 2 < len(before) < 5:
        return lists.has(before[1], "be_form") and before[2] not in _POINTED
    if before and before[0] == "which":
        at = next((n for n in (1, 2, 3) if n < len(before) and _inverts(before, n, lists)), None)
        return at is not None and any(is_verbal(word, lists) for word in before[at + 2 :])
    return any(
        preposition in _ASKS_FOR.get(word, ())
        and before[n + 1] in ("do", "does", "did", "should", "would", "can", "could")
        and lists.has(before[n + 2], "subject_pronoun", "object_pronoun")
        and is_verbal(before[n + 3], lists)
        and not is_verbal(before[-1], lists)
        and lists.has(
            before[n + 4], "determiner", "possessive", "object_pronoun", "soft_determiner"
        )
        for n, word in enumerate(before[:-4])
    )


def _inverts(before: tuple[str, ...], n: int, lists: WordLists) -> bool:
    """Whether a question's auxiliary and its pronoun stand here ("should they")."""
    owner = before[n + 1] if n + 1 < len(before) else ""
    pronoun = lists.has(owner, "subject_pronoun") or owner == "you"
    return lists.has(before[n], "auxiliary") and pronoun


def _after_indefinite(before: tuple[str, ...], preposition: str, lists: WordLists) -> bool:
    """Such as "something I need to see the nurse about"."""
    if preposition not in ("for", "about"):
        return False
    starts = (
        n
        for n, word in enumerate(before[:-3])
        if word in _INDEFINITE and lists.has(before[n + 1], "subject_pronoun", "object_pronoun")
    )
    return any(
        sum(is_verbal(word, lists) or lists.has(word, "modal") for word in before[n + 2 :]) > 1
        and not is_verbal(before[-1], lists)
        and not lists.has(before[-1], "determiner", "possessive")
        for n in starts
    )


_INDEFINITE = frozenset({"something", "anything", "someone", "anyone", "somebody", "anybody"})


def _leaves_gap(opener: str, inner: tuple[str, ...], lists: WordLists) -> bool:
    if opener == "that" and not lists.has(inner[0], "subject_pronoun", "contraction"):
        return False
    if inner == ("its",):
        return True
    return _has_subject(inner, lists) and not _ends_in_noun(inner, lists)


def _has_subject(inner: tuple[str, ...], lists: WordLists) -> bool:
    """Whether the place that the question word opened is not that of the subject."""
    subjects: tuple[WordClass, ...] = ("subject_pronoun", "object_pronoun", "contraction")
    if any(lists.has(word, *subjects) or word in ("this", "that") for word in inner):
        return True
    if any(lists.has(word, "determiner", "possessive") for word in inner[:-1]):
        return True
    if len(inner) < 2:
        return False
    if lists.has(inner[0], "modal") or inner[0] in ("do", "does", "did"):
        return True
    verbal = lists.has(inner[1], "verb", "open_verb", "adverb", "auxiliary")
    inverted = lists.has(inner[0], "auxiliary") and not verbal
    return inverted or (len(inner) == 2 and lists.has(inner[1], "copula"))


def _ends_in_noun(inner: tuple[str, ...], lists: WordLists) -> bool:
    """Whether the word before the preposition is a noun that would take it ("the dose of")."""
    last = inner[-1]
    if lists.has(last, "noun_verb") and len(inner) > 1:
        return lists.has(inner[-2], "determiner", "possessive", "weak_adjective", "be_form")
    if is_verbal(last, lists) or lists.has(last, "object_pronoun", "subject_pronoun", "particle"):
        return False
    if lists.has(last, "weak_adjective", "adverb", "contraction", "saying_verb", "be_form"):
        return False
    led = any(
        lists.has(word, "determiner", "possessive", "weak_adjective") for word in inner[-4:-1]
    )
    return led or (len(inner) > 2 and lists.has(inner[0], "be_form"))


def is_verbal(word: str, lists: WordLists) -> bool:
    """Whether the word is a verb, or looks like a form of one."""
    verbal = lists.has(word, "verb", "open_verb", "saying_verb")
    return verbal or (len(word) > 4 and word.endswith(("ed", "ing")))


def after_relative(before: tuple[str, ...], lists: WordLists) -> bool:
    """A noun, then directly a pronoun with its verb: "the pills I was put"."""
    start = last_index(
        before, lambda w: lists.has(w, "subject_pronoun", "contraction") or w in ("you", "it")
    )
    if start is None or start < 1:
        return False
    head, inner = before[start - 1], before[start + 1 :]
    if start == 1:
        return head in _INDEFINITE and bool(inner) and _only_verbs(inner, lists)
    if lists.has(head, "antecedent", "superlative") or before[start - 2] in _INDEFINITE:
        return _only_verbs(inner, lists)
    functional: tuple[WordClass, ...] = (
        "preposition", "firm_preposition", "conjunction", "soft_conjunction", "auxiliary",
        "adverb", "wh_word", "saying_verb", "verb", "open_verb", "particle", "contraction",
        "negative_auxiliary",
    )  # fmt: skip
    named = start > 1 and lists.has(before[start - 2], "determiner", "possessive")
    if lists.has(head, *functional) and not (named and is_verbal(head, lists)):
        return False
    return _is_led(before[: start - 1], lists) and _only_verbs(inner, lists)


def _is_led(before: tuple[str, ...], lists: WordLists) -> bool:
    """Whether a determiner stands at the end of these words, or one attribute before it."""
    leads: tuple[WordClass, ...] = ("determiner", "possessive", "opening_determiner")
    if lists.has(before[-1], *leads):
        return True
    closed: tuple[WordClass, ...] = ("preposition", "conjunction", "auxiliary", "verb", "open_verb")
    return len(before) > 1 and lists.has(before[-2], *leads) and not lists.has(before[-1], *closed)


def _only_verbs(words: tuple[str, ...], lists: WordLists) -> bool:
    kinds: tuple[WordClass, ...] = ("auxiliary", "negative_auxiliary", "adverb", "particle")
    return all(is_verbal(w, lists) or lists.has(w, *kinds) or w == "to" for w in words)


def _after_owned_relative(before: tuple[str, ...], lists: WordLists) -> bool:
    """A noun, then another with its verb: "the ones my sister is"."""
    starts = (
        n
        for n in range(1, len(before) - 2)
        if lists.has(before[n - 1], "antecedent")
        or (n > 1 and _is_owned_thing(before[n - 2], before[n - 1], lists))
    )
    return any(
        lists.has(before[n], "possessive", "determiner") and _only_verbs(before[n + 2 :], lists)
        for n in starts
    )


def _is_owned_thing(lead: str, noun: str, lists: WordLists) -> bool:
    """Whether two words are an article and a noun ("the creams")."""
    closed: tuple[WordClass, ...] = ("preposition", "verb", "open_verb", "weak_adjective", "adverb")
    return lead in ("the", "a", "an") and not lists.has(noun, *closed, "agent", "time_word")


def _after_infinitive(before: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "someone to talk", "who to turn": an infinitive that hangs on a noun."""
    to = last_index(before, lambda word: word == "to")
    if to is None or to == 0 or not 1 <= len(before) - 1 - to <= 3:
        return False
    if to <= 2 and _is_bare_thing(before[:to], lists):
        return True
    filled = lists.has(before[to - 1], "gap_word") and lists.has(before[to + 1], "open_verb")
    return lists.has(before[to - 1], "antecedent", "gap_word") and not filled


def _after_worth(before: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "is it worth holding out (for)": the object stands in front."""
    worth = last_index(before, lambda word: word == "worth")
    return worth is not None and _only_verbs(before[worth + 1 :], lists) and worth < len(before) - 1


def _is_bare_thing(front: tuple[str, ...], lists: WordLists) -> bool:
    """Whether a message opens with a thing and no verb: "foods (to steer clear of)"."""
    closed: tuple[WordClass, ...] = (
        "verb", "open_verb", "saying_verb", "auxiliary", "negative_auxiliary", "contraction",
        "subject_pronoun", "preposition", "adverb", "infinitive_opener", "wh_word",
    )  # fmt: skip
    return not any(lists.has(w, *closed) and not lists.has(w, "noun_verb") for w in front)


def last_index(words: tuple[str, ...], test: Callable[[str], bool]) -> int | None:
    """Place of the last word that passes; None when none does."""
    return next((n for n in range(len(words) - 1, -1, -1) if test(words[n])), None)

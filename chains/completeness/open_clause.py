"""A sentence that stops after a content word and leaves its verb or object open.

"after 3 cycles my echo": without a tagger, by where a noun phrase may stand. Words that are
neither function words nor verbs are taken for nouns.
"""

from dataclasses import dataclass

from chains.completeness.function_end import can_strand
from chains.completeness.signal import Signal
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordClass, WordLists

_FUNCTION: tuple[WordClass, ...] = (
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
_SUBORDINATORS = frozenset(
    {"because", "if", "whether", "when", "although", "though", "while", "once", "unless", "that"}
    | {"cos", "coz", "bc", "cuz", "whereas"}
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


def open_clause(tail: Tail, lists: WordLists) -> Signal | None:
    """The last clause has a subject without its verb, or a verb without its object."""
    if tail.mark != "none" or not tail.words or tail.is_other_language:
        return None
    words = tail.lower
    if lists.has(words[-1], *_FUNCTION) or lists.ends_with(words, "whole_tail"):
        return None
    strength = max(
        _set_phrase(words, lists),
        _open_verb(words, lists),
        _lone_subject(tail, lists),
        _unpaired(words),
        _announced(words, lists),
    )
    return Signal("content_word", strength, tail.fragment()) if strength > 0 else None


def _set_phrase(words: tuple[str, ...], lists: WordLists) -> float:
    """ "my white", "three lymph": the first half of a phrase that is never halved."""
    if len(words) > 2 and lists.ends_with(words, "set_phrase"):
        return 0.8
    if len(words) < 4:
        return 0.0
    owned = lists.has(words[-2], "possessive") and lists.has(words[-1], "weak_adjective")
    bare = lists.has(words[-2], "determiner") and lists.has(words[-1], "attribute")
    return 0.75 if owned or bare else 0.0


def _unpaired(words: tuple[str, ...]) -> float:
    """ "between letrozole": one of two things to choose from."""
    recent = words[-5:-1]
    if "between" not in recent or "and" in recent:
        return 0.0
    return 0.8 if words[-1] not in ("them", "us", "meals", "cycles", "two", "both") else 0.0


def _announced(words: tuple[str, ...], lists: WordLists) -> float:
    """ "the reason I stopped verzenio": what was announced is never told."""
    at = next((n for n, w in enumerate(words[:4]) if lists.has(w, "announcing_noun")), None)
    if not at or not (lists.has(words[at - 1], "determiner", "possessive") or words[at - 1] == "one"):
        return 0.0
    rest = words[at + 1 :]
    told = any(lists.has(word, "be_form") or word.endswith("'s") for word in rest)
    return 0.7 if _has_verb(rest, lists) and not told else 0.0


def _open_verb(words: tuple[str, ...], lists: WordLists) -> float:
    """ "my oncologist recommended": a verb that takes an object, in a clause that gave it none."""
    if not lists.has(words[-1], "open_verb") or len(words) < 3:
        return 0.0
    before = words[:-1]
    if _is_noun_use(before[-1], lists) or _is_passive(before, lists):
        return 0.0
    if can_strand(words, "", lists) and not lists.has(words[0], "fronting"):
        return 0.0
    if any(word in ("what", "which", "who", "how", "where", "all", "as", "than") for word in before):
        return 0.0
    if before[-1] == "to":
        return 0.7 if any(lists.has(w, "open_verb", "verb", "saying_verb") for w in before) else 0.4
    if lists.has(before[-1], "adverb"):
        before = before[:-1]
    has_subject = bool(before) and (
        lists.has(before[-1], "subject_pronoun", "auxiliary", "agent", "contraction")
        or not lists.has(before[-1], *_FUNCTION)
    )
    return 0.72 if has_subject else 0.0


def _is_noun_use(before: str, lists: WordLists) -> bool:
    attributive = lists.has(before, "determiner", "possessive", "weak_adjective", "preposition")
    return attributive and before != "to"


def _is_passive(before: tuple[str, ...], lists: WordLists) -> bool:
    return any(lists.has(w, "be_form") or w in ("been", "being", "get", "got") for w in before[-3:])


def _lone_subject(tail: Tail, lists: WordLists) -> float:
    """The noun phrase at the end begins a clause that never gets its verb."""
    words = tail.lower
    phrase = _last_phrase(words, lists)
    if phrase is None:
        return 0.0
    agent = lists.has(words[-1], "agent")
    if phrase.start == 0:
        return _lone_phrase(words, phrase, lists)
    before = words[phrase.start - 1]
    if before in _SUBORDINATORS:
        return _after_subordinator(words, phrase, lists)
    if before in ("but", "so"):
        return 0.82 if phrase.is_led or agent else 0.55
    if before in ("and", "&", "n", "then", "now"):
        return _after_and(words, phrase, lists)
    if lists.has(before, "clause_opener") and phrase.is_led:
        return 0.78
    if lists.has(before, "auxiliary", "negative_auxiliary"):
        return _after_inverted(words, phrase, lists)
    if lists.has(before, *_FUNCTION, "verb", "open_verb", "saying_verb"):
        return 0.0
    return _after_fronting(tail, phrase, lists)


def _last_phrase(words: tuple[str, ...], lists: WordLists) -> Phrase | None:
    start = len(words)
    while start > 0 and len(words) - start < _LONGEST_PHRASE:
        if not _is_nominal(words, start - 1, lists):
            break
        start -= 1
    if start == len(words):
        return None
    for position in range(len(words) - 1, max(start - 2, -1), -1):
        if lists.has(words[position], "determiner", "possessive") or words[position] in ("his", "her"):
            return Phrase(position, True) if position < len(words) - 1 else None
    return Phrase(start, False)


def _is_nominal(words: tuple[str, ...], position: int, lists: WordLists) -> bool:
    word = words[position]
    if lists.has(word, *_FUNCTION, "determiner", "possessive", "opening_determiner"):
        return lists.has(word, "weak_adjective")
    if word.endswith("ing") and position and _is_noun_use(words[position - 1], lists):
        return True
    if lists.has(word, "noun_verb"):
        before = words[position - 1] if position else "the"
        return _is_noun_use(before, lists) or not (
            lists.has(before, *_FUNCTION) or (before.endswith("s") and position == len(words) - 1)
        )
    if lists.has(word, "verb", "open_verb", "saying_verb"):
        return False
    return not (len(word) > 4 and word.endswith("ed"))


def _lone_phrase(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    """A whole sentence of one phrase: people who act want a verb, things may be a topic."""
    if not phrase.is_led or not lists.has(words[0], "determiner", "possessive"):
        return 0.0
    if lists.has(words[-1], "agent"):
        return 0.72
    return 0.66 if lists.has(words[-1], "announcing_noun") else 0.0


def _after_subordinator(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    before = words[phrase.start - 1]
    previous = words[phrase.start - 2] if phrase.start > 1 else ""
    if words[phrase.start].endswith("ing"):
        return 0.0
    if before == "that":
        return 0.8 if lists.has(previous, "saying_verb") or previous in ("me", "us") else 0.0
    if lists.has(words[-1], "weak_adjective", "adverb") and not phrase.is_led:
        return 0.0
    if phrase.is_led or before in ("whether", "because", "although"):
        return 0.85
    return 0.72


def _after_and(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    """Two clauses, or two things? A clause in front and a new owner behind speak for two clauses."""
    front = words[: phrase.start - 1]
    if not _has_verb(front, lists) or not phrase.is_led:
        return 0.0
    if words[phrase.start - 1] in ("then", "now"):
        return 0.7
    parallel = any(lists.has(word, "determiner", "possessive") for word in front[-3:])
    verb_near = front and lists.has(front[-1], "verb", "open_verb", "preposition")
    if parallel or verb_near:
        return 0.3
    return 0.66 if lists.has(words[-1], "agent") or len(front) > 5 else 0.55


def _has_verb(words: tuple[str, ...], lists: WordLists) -> bool:
    return any(
        lists.has(word, "verb", "open_verb", "auxiliary", "contraction", "saying_verb")
        for word in words
    )


def _after_inverted(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    """ "does soy milk", "can my husband": a question that never gets its verb."""
    at = phrase.start - 1
    if lists.has(words[-1], "verb", "noun_verb") and len(words) - at > 2:
        return 0.0
    opens = at == 0 or lists.has(words[at - 1], "wh_word", "conjunction")
    if not opens:
        return 0.0
    if words[at] in ("is", "are", "was", "were", "am"):
        return 0.0 if at else 0.6 if phrase.is_led else 0.55
    if words[at] in ("has", "have", "had", "do") and not phrase.is_led and at:
        return 0.0
    return 0.85


def _after_fronting(tail: Tail, phrase: Phrase, lists: WordLists) -> float:
    """ "in January my husband": a second phrase with no link to the first."""
    words = tail.lower
    if not phrase.is_led:
        return 0.0
    fronted = lists.has(words[0], "fronting") or words[0].isdigit()
    if tail.words[phrase.start].after_comma:
        return 0.75 if fronted or _has_verb(words[: phrase.start], lists) else 0.45
    previous = words[phrase.start - 1]
    dated = lists.has(previous, "time_word", "agent") or previous[0].isdigit()
    return 0.82 if fronted else 0.65 if dated else 0.5

"""A message that stops inside a word: "for example neutr", "I take ribocic"."""

import re

from chains.completeness.phrases import FUNCTION_CLASSES, is_bare_form
from chains.completeness.signal import Signal
from chains.completeness.spelling import Spelling
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordLists
from chains.completeness.word_pairs import load_word_pairs

_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_MASHED = re.compile(r"[^aeiouy']{5}")
"""No word holds so many consonants in a row: keys hit at random."""
_LONGEST = 30
"""Letters; what is longer is no word."""
_SURE = 0.65
"""Below this, a capital speaks for a name we do not know."""
_OUT_OF_PLACE = 0.78
_MISSED = 10
"""Times chance would have put a common word there; set, as the next four, on whole messages."""
_OWNERS = ("the", "a", "an", "my", "your", "her", "his", "their", "our")
_RARE, _SEEN = 60, 3
_UNUSUAL, _OFTEN = 350, 8
"""Uses of a word in the counted texts, and times a longer one stood in its place."""
_OPEN: frozenset[str] = frozenset({"other_language", "unit_start", "sign_off"})
"""Classes that do not make two letters a word of an English sentence."""


def broken_word(tail: Tail, lists: WordLists, spelling: Spelling) -> Signal | None:
    """The last word is the beginning of one, and no misspelling of a whole one."""
    if tail.mark not in ("none", "stop") or not tail.words or tail.is_other_language:
        return None
    written = re.split(r"[-/]", tail.last.text)[-1]
    word = written.lower()
    if not _LETTERS.fullmatch(word) or len(tail.text) < 4 or len(word) > _LONGEST:
        return None
    if written != tail.last.text and not spelling.completions(word):
        return None
    strength = _word_strength(word, lists, spelling, tail)
    if strength < _OUT_OF_PLACE and len(word) > 1 and _is_out_of_place(word, lists, spelling, tail):
        strength = _OUT_OF_PLACE
    strength *= _name_share(written, tail, lists)
    if strength > 0 and _is_foreign(tail, lists, spelling):
        strength *= 0.5
    if written[:1].isupper() and strength < _SURE and not _is_shouted(written, tail):
        strength *= 0.5
    if tail.mark == "stop":
        firm = len(word) >= 4 and bool(spelling.medical(spelling.completions(word)))
        strength *= 0.8 if firm else 0.4
    return Signal("mid_word", strength, written) if strength > 0 else None


def _is_foreign(tail: Tail, lists: WordLists, spelling: Spelling) -> bool:
    """Whether most words before the last are none that we know: another language, or names."""
    before = [word for word in tail.lower[:-1] if word.isalpha() and len(word) > 1]
    strange = [
        word
        for word in before
        if not spelling.is_whole(word)
        or lists.classes.get(word, frozenset()) == frozenset({"other_language"})
    ]
    unread = sum(_strangeness(word, lists, spelling) for word in strange)
    return unread >= 2 and 2 * unread >= len(before)


def _strangeness(word: str, lists: WordLists, spelling: Spelling) -> float:
    """How little a word looks like English, in 0 .. 1; a slip of the finger counts half."""
    if lists.has(word, "other_language"):
        return 1.0
    if spelling.is_misspelt_drug(word):
        return 0.0
    return 0.5 if spelling.whole_distance(word, 1) <= 1 else 1.0


def _word_strength(word: str, lists: WordLists, spelling: Spelling, tail: Tail) -> float:
    completions = spelling.completions(word)
    if _MASHED.search(word) and not completions:
        return 0.0
    if len(word) == 1:
        return _letter_strength(word, tail, lists)
    if len(word) == 2:
        return 0.0 if lists.classes.get(word, _OPEN) - _OPEN else 0.8
    if spelling.is_whole(word):
        return _whole_strength(word, lists, spelling, tail)
    if completions or (len(word) > 3 and spelling.goes_on(word)):
        return 0.95
    if spelling.is_misspelt_drug(word):
        return 0.0
    limit = 2 if len(word) > 6 else 1
    whole = spelling.whole_distance(word, limit)
    beginning = spelling.beginning_distance(word, limit)
    if beginning < whole and beginning <= limit:
        return 0.75
    if whole <= 1 or spelling.ends_like_a_word(word):
        return 0.0 if whole <= limit else 0.5
    return 0.75


def _is_unfinished_form(before: str, word: str, lists: WordLists) -> bool:
    """Such as "she has been throw": a bare verb where only another form of it may stand."""
    if not is_bare_form(word, lists) or load_word_pairs().count(before, word):
        return False
    if before in ("been", "being"):
        return True
    return before in _WANTS_A_GERUND and not lists.has(word, "weak_adjective")


_WANTS_A_GERUND = frozenset({
    "keep",
    "keeps",
    "kept",
    "stop",
    "stopped",
    "avoid",
    "trouble",
    "difficulty",
    "finished",
})


def _is_out_of_place(word: str, lists: WordLists, spelling: Spelling, tail: Tail) -> bool:
    """A word never seen after the one before it, where longer words that it begins often are."""
    if len(tail.words) < 2 or tail.last.after_comma or lists.has(word, "short_form"):
        return False
    if lists.has(tail.lower[-2], "label"):
        return False
    before = tail.lower[-2]
    seen = load_word_pairs().evidence(before, word)
    if seen.itself:
        return False
    leads = lists.has(before, "determiner", "possessive", "weak_adjective", "attribute")
    if leads and not (lists.has(word, *FUNCTION_CLASSES) or spelling.is_everyday(word)):
        owned = load_word_pairs().pooled(_OWNERS, word)
        if not owned.itself and owned.uses <= _RARE and owned.longer >= _OFTEN:
            return owned.longer_uses > 2 * owned.uses
    if seen.expected >= _MISSED and seen.longer >= _SEEN:
        return lists.has(word, "auxiliary", "verb", "open_verb")
    if lists.has(word, *FUNCTION_CLASSES) or spelling.is_everyday(word):
        return False
    rare = seen.uses <= _RARE and seen.longer >= _SEEN
    return seen.longer_uses > 2 * seen.uses and (
        rare or (seen.uses <= _UNUSUAL and seen.longer >= _OFTEN)
    )


def _whole_strength(word: str, lists: WordLists, spelling: Spelling, tail: Tail) -> float:
    """A word, but one that does not fit here or that patients hardly use for itself."""
    if spelling.is_stump(word):
        return 0.75
    if len(tail.words) > 2 and _is_unfinished_form(tail.lower[-2], word, lists):
        return 0.75
    if lists.has(word, "whole_word"):
        return 0.0
    if len(tail.words) < 3:
        led = lists.has(tail.lower[0], "determiner", "possessive", "soft_determiner")
        return 0.68 if led and spelling.is_seldom_whole(word) else 0.0
    before = tail.lower[-3 if lists.has(tail.lower[-2], "adverb") else -2]
    if lists.has(word, "verb", "open_verb") and not lists.has(word, "noun_verb", "saying_verb"):
        named = lists.has(before, "determiner", "possessive") or before == "of"
        finite = lists.has(before, "be_form", "copula") or before in ("been", "being")
        return 0.7 if (named or finite) and spelling.is_bare_verb(word) else 0.0
    return 0.68 if spelling.is_seldom_whole(word) else 0.0


def _letter_strength(word: str, tail: Tail, lists: WordLists) -> float:
    bare = tail.mark == "none" and len(tail.words) > 3 and not lists.has(word, "whole_word")
    if (
        not bare
        or word in "aiox"
        or tail.lower[-2] in ("a", "an", "letter")
        or lists.has(tail.lower[-2], "label")
        or tail.lower[-2][-1].isdigit()
    ):
        return 0.0
    return 0.7


def _name_share(written: str, tail: Tail, lists: WordLists) -> float:
    """How much of a sign is left where a name may stand: after a sign-off, or with a capital."""
    if _is_signed(tail, lists):
        return 0.3
    if not written[:1].isupper() or _is_shouted(written, tail):
        return 1.0
    if written.isupper():
        return 0.3
    if len(tail.words) == 1:
        return 0.7 if tail.is_new_line else 1.0
    return 0.3 if lists.has(tail.lower[-2], "name_opener") else 0.8


def _is_signed(tail: Tail, lists: WordLists) -> bool:
    """Whether the last words are a sign-off and a name."""
    recent = tail.words[-4:]
    said = any(
        lists.has(word.lower, "sign_off") and (word in tail.words[:2] or word.after_comma)
        for word in recent[:-1]
    )
    return said or (len(recent) < 3 and any(lists.has(w, "sign_off") for w in tail.earlier[-3:]))


def _is_shouted(written: str, tail: Tail) -> bool:
    return len(written) > 1 and all(word.text.isupper() for word in tail.words[-4:])

"""A message that stops inside a word: "for example neutr", "I take ribocic"."""

import re
from functools import cache
from itertools import chain

from rapidfuzz.distance import DamerauLevenshtein

from chains.completeness.signal import Signal
from chains.completeness.tail import Tail
from chains.completeness.word_lists import HealthWords, WordLists
from chains.lexicon import Lexicon

_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_RARE = 600_000
"""Occurrences in the dictionary's trillion words below which a short word may be a beginning."""
_COMMON = 20
"""Occurrences in the health pages that make a completion a likely one."""


class Spelling:
    """Which words are whole, and which are the beginning of one."""

    def __init__(self, lexicon: Lexicon, lists: WordLists, health: HealthWords) -> None:
        """Index the lexicon's words for look-up by their beginning."""
        self._lexicon = lexicon
        self._lists = lists
        self._health = health
        self._medical = frozenset(w for w in lexicon.vocabulary() if w.isalpha())
        groups: dict[str, list[str]] = {}
        for word in sorted(self._medical.union(health.words)):
            groups.setdefault(word[:1], []).append(word)
        self._by_letter = {letter: tuple(words) for letter, words in groups.items()}

    def is_whole(self, word: str) -> bool:
        """Whether `word` (lower case) is a word, an abbreviation or a name we know."""
        if word in self._medical or word in self._health.count or word in self._lists.classes:
            return True
        if word.endswith("'s") or word.endswith("s'"):
            return self.is_whole(word[:-2])
        return self._lexicon.is_english(word)

    def is_rare(self, word: str) -> bool:
        """Whether a dictionary word is seldom used and unknown to our own lists."""
        own = word in self._medical or word in self._health.count or word in self._lists.classes
        return not own and 0 < self._lexicon.frequency(word) < _RARE

    def completions(self, beginning: str) -> tuple[str, ...]:
        """Words longer than `beginning` that begin with it, sorted; may be empty."""
        group = self._by_letter.get(beginning[:1], ())
        return tuple(w for w in group if w.startswith(beginning) and w != beginning)

    def goes_on(self, beginning: str) -> bool:
        """Whether a few letters more make it a dictionary word in common use."""
        return any(self._lexicon.frequency(beginning + end) > _RARE for end in _ENDS)

    def medical(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the words that stand in the lexicon."""
        return tuple(word for word in words if word in self._medical)

    def weight(self, word: str) -> int:
        """How often patients' pages use it; 0 when never."""
        return self._health.count.get(word, 0)

    def whole_distance(self, word: str, limit: int) -> int:
        """Edits to the nearest whole word of similar length; `limit` + 1 when none is so near."""
        if limit and any(self.is_whole(near) for near in _one_edit(word)):
            return 1
        near = (w for w in self._neighbours(word) if abs(len(w) - len(word)) <= limit)
        return min((_distance(word, w, limit) for w in near), default=limit + 1)

    def beginning_distance(self, word: str, limit: int) -> int:
        """Edits to the nearest beginning of a longer word; `limit` + 1 when none is so near."""
        longer = (w for w in self._neighbours(word) if len(w) > len(word) + 1)
        cuts = (w[: len(word) + d] for w in longer for d in (0, 1))
        return min((_distance(word, cut, limit) for cut in cuts), default=limit + 1)

    def _neighbours(self, word: str) -> tuple[str, ...]:
        group = self._by_letter.get(word[:1], ())
        return tuple(w for w in group if w[1:2] == word[1:2] or w[1:2] == word[2:3])


def _distance(left: str, right: str, limit: int) -> int:
    return int(DamerauLevenshtein.distance(left, right, score_cutoff=limit))


_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ENDS = (
    *_ALPHABET,
    *(first + second for first in _ALPHABET for second in _ALPHABET),
    *("ing", "ion", "ted", "ent", "ble", "ful", "ity", "ive", "ous", "ers", "ies", "ment", "ness"),
    *("tion", "able", "ible", "ance", "ence", "ical", "ally", "ated", "ating", "ation"),
)


def _one_edit(word: str) -> chain[str]:
    """Every word one edit away, those that only append a letter left out."""
    cuts = range(len(word))
    return chain(
        (word[:n] + word[n + 1 :] for n in cuts),
        (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in cuts[:-1]),
        (word[:n] + letter + word[n + 1 :] for n in cuts[1:] for letter in _ALPHABET),
        (word[:n] + letter + word[n:] for n in cuts for letter in _ALPHABET),
    )


@cache
def spelling_of(lexicon: Lexicon, lists: WordLists, health: HealthWords) -> Spelling:
    """The spelling index of a lexicon, made once."""
    return Spelling(lexicon, lists, health)


def broken_word(tail: Tail, lists: WordLists, spelling: Spelling) -> Signal | None:
    """The last word is the beginning of one, and no misspelling of a whole one."""
    if tail.mark not in ("none", "stop") or not tail.words or tail.is_other_language:
        return None
    written = re.split(r"[-/]", tail.last.text)[-1]
    word = written.lower()
    if not _LETTERS.fullmatch(word) or len(tail.text) < 4:
        return None
    strength = _word_strength(word, lists, spelling, tail)
    strength *= _name_share(written, tail, lists)
    if tail.mark == "stop":
        firm = len(word) >= 4 and bool(spelling.medical(spelling.completions(word)))
        strength *= 0.8 if firm else 0.4
    return Signal("mid_word", strength, written) if strength > 0 else None


def _word_strength(word: str, lists: WordLists, spelling: Spelling, tail: Tail) -> float:
    completions = spelling.completions(word)
    if len(word) == 1:
        return _letter_strength(word, tail, lists)
    if spelling.is_whole(word):
        common = any(spelling.weight(longer) >= _COMMON for longer in completions)
        common = common or bool(spelling.medical(completions))
        return 0.75 if len(word) > 2 and spelling.is_rare(word) and common else 0.0
    if completions or (len(word) > 3 and spelling.goes_on(word)):
        return 0.95 if len(word) > 2 else 0.8
    limit = 2 if len(word) > 6 else 1
    whole = spelling.whole_distance(word, limit)
    beginning = spelling.beginning_distance(word, limit)
    if beginning < whole and beginning <= limit:
        return 0.75
    return 0.0 if whole <= limit else 0.55


def _letter_strength(word: str, tail: Tail, lists: WordLists) -> float:
    bare = tail.mark == "none" and len(tail.words) > 3 and not lists.has(word, "whole_word")
    labels = ("vitamin", "vit", "hepatitis", "stage", "type", "plan", "part", "grade", "drug", "group")
    if not bare or word in "aiox" or tail.lower[-2] in labels or tail.lower[-2][-1].isdigit():
        return 0.0
    return 0.7


def _name_share(written: str, tail: Tail, lists: WordLists) -> float:
    """How much of a sign is left where a name may stand: after a sign-off, or with a capital."""
    before = tail.lower[:-1]
    signed = any(lists.has(word, "sign_off") for word in (*tail.earlier, *before)[-4:])
    if signed and (written[:1].isupper() or lists.has((*tail.earlier, *before)[-1], "sign_off")):
        return 0.3
    if not written[:1].isupper() or _is_shouted(written, tail):
        return 1.0
    if not before:
        return 0.3 if tail.is_new_line else 1.0
    return 0.3 if lists.has(before[-1], "name_opener") else 0.8


def _is_shouted(written: str, tail: Tail) -> bool:
    return len(written) > 1 and all(word.text.isupper() for word in tail.words[-4:])

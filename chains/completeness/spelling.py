"""Which words are whole, and which are the beginning of one."""

from collections import Counter
from functools import cache
from itertools import chain

from rapidfuzz.distance import DamerauLevenshtein

from chains.completeness.word_lists import HealthWords, WordLists
from chains.lexicon import Lexicon

_RARE = 20_000_000
"""Occurrences in the dictionary's trillion words below which a short word may be a beginning."""
_VERY_RARE = 1_000_000
_SELDOM = 200_000
_EVERYDAY = 80_000_000
_FEW = 4
"""Completions from our own lists below which the dictionary's are looked up too."""
_INFLECTIONS = ("s", "es", "ed", "ing", "ly", "d")
_FINAL_SHARE = 0.02
"""Of all words with three letters in a row, how many end in them, for an ending to be usual."""
_OFTENER = 3
"""Times that a longer form must outnumber a bare verb to be the one that was meant."""
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
        for word in sorted(self._medical.union(health.count)):
            groups.setdefault(word[:1], []).append(word)
        self._by_letter = {letter: tuple(words) for letter, words in groups.items()}
        self._final: Counter[str] = Counter(word[-3:] for word in health.count)
        self._inner: Counter[str] = Counter(
            word[n : n + 3] for word in health.count for n in range(len(word) - 3)
        )

    def is_whole(self, word: str) -> bool:
        """Whether `word` (lower case) is a word, an abbreviation or a name we know."""
        if word in self._medical or word in self._health.count or word in self._lists.classes:
            return True
        if word.endswith("'s") or word.endswith("s'"):
            return self.is_whole(word[:-2])
        return self._lexicon.is_english(word)

    def is_misspelt_drug(self, word: str) -> bool:
        """Whether the lexicon reads an unknown word as the name of a medicine."""
        return any(m.corrected and m.kind == "drug" for m in self._lexicon.mentions(word))

    def is_stump(self, word: str) -> bool:
        """Whether a rare dictionary word is better read as the beginning of a common one.

        Such entries ("canc", "transp") have no plural or other form, as real words do.
        """
        if word in self._medical or word in self._health.count or word in self._lists.classes:
            return False
        frequency = self._lexicon.frequency(word)
        if frequency > _RARE or any(self._lexicon.is_english(word + end) for end in _INFLECTIONS):
            return False
        longer = self.completions(word)
        seldom = frequency < _VERY_RARE
        return any(self.weight(w) >= (_COMMON if seldom else 10 * _COMMON) for w in longer) or (
            seldom and bool(self.medical(longer))
        )

    def is_everyday(self, word: str) -> bool:
        """Whether the web uses the word so often that health pages say little of it ("card")."""
        return self._lexicon.frequency(word) > _EVERYDAY

    def is_bare_verb(self, word: str) -> bool:
        """Whether `word` is a verb that patients' pages use far more in a longer form."""
        forms = [word + end for end in ("ed", "d", "ing", "ion")]
        forms.append(word.removesuffix("e") + "ing")
        return max(map(self.weight, forms)) >= _OFTENER * max(self.weight(word), 1)

    def is_seldom_whole(self, word: str) -> bool:
        """Whether a rare word that no patients' page uses begins a common one."""
        if word in self._health.count or self._is_known_by_itself(word):
            return False
        if self._lexicon.frequency(word) > 2 * _VERY_RARE or word + "s" in self._health.count:
            return False
        return any(self.weight(w) >= _COMMON for w in self.completions(word))

    def _is_known_by_itself(self, word: str) -> bool:
        """Whether the lexicon knows the word by itself."""
        return bool(self._lexicon.mentions(word)) or word in self._lists.classes

    def ends_like_a_word(self, word: str) -> bool:
        """Whether words end in these last letters, or only go on after them."""
        last = word[-3:]
        return self._final[last] > _FINAL_SHARE * self._inner[last]

    def completions(self, beginning: str) -> tuple[str, ...]:
        """Words longer than `beginning` that begin with it, sorted; may be empty."""
        group = self._by_letter.get(beginning[:1], ())
        return tuple(w for w in group if w.startswith(beginning) and w != beginning)

    def goes_on(self, beginning: str) -> bool:
        """Whether a few letters more make it a dictionary word in some use."""
        return any(self._lexicon.frequency(beginning + end) > _SELDOM for end in _ENDS)

    def endings_of(self, beginning: str) -> tuple[str, ...]:
        """Whole words that `beginning` may become; plain English only when we know no better."""
        known = self.completions(beginning)
        if len(known) > _FEW:
            return known
        plain = (beginning + end for end in _ENDS)
        found = sorted(plain, key=lambda word: -self._lexicon.frequency(word))
        used = (word for word in found[:_FEW] if self._lexicon.frequency(word) > _SELDOM)
        return tuple(dict.fromkeys([*known, *used]))

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

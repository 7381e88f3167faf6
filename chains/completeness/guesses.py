"""How a cut message may go on: up to four endings, best first."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from math import log

from chains.completeness.ending_rows import endings_after, kinds_after, related_words
from chains.completeness.signal import Signal
from chains.completeness.spelling import Spelling
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordLists, load_word_lists
from chains.completeness.word_pairs import load_word_pairs
from chains.lexicon import Lexicon
from memory.records import Card

MOST_GUESSES = 4
_ON_CARD, _RELATED, _SET_PHRASE, _FITTING_KIND, _MEDICAL = 8.0, 6.0, 5.0, 4.0, 1.0
"""Points of a completion, beside logarithms of how often health pages and the web use it."""
_FOLLOWS = 1.0
"""Points for each logarithm of how often it was seen after the word before."""
_MANY = 2.0
"""Points that a plural loses behind "a"."""
_POINTING = ":([/"
_LOOKED_AT = 16
"""Completions whose place in the lexicon is looked up."""


def guess_endings(
    cut: Signal, tail: Tail, card: Card, lexicon: Lexicon, spelling: Spelling
) -> tuple[str, ...]:
    """Endings of a cut message, ranked by vocabulary, sentence and card; may be empty.

    Whole words for a broken one, words that follow for the rest; never a dose.
    """
    if cut.reason == "mid_word":
        found = iter(_completions(cut.fragment.lower(), tail, card, lexicon, spelling))
    elif cut.reason == "open_figure" or tail.text[-1] in _POINTING:
        return ()
    else:
        found = _continuations(tail, card, lexicon, load_word_lists())
    return tuple(dict.fromkeys(islice(found, 2 * MOST_GUESSES)))[:MOST_GUESSES]


def _continuations(tail: Tail, card: Card, lexicon: Lexicon, lists: WordLists) -> Iterator[str]:
    if not tail.words:
        return
    classes = [f"<{kind}>" for kind in sorted(lists.classes.get(tail.lower[-1], ()))]
    classes += [f"<{mention.kind}>" for mention in lexicon.mentions(tail.last.text)]
    for ending in endings_after(tail.lower, classes):
        yield from (e for e in _filled(ending, card) if e.lower() not in tail.lower)


def _filled(ending: str, card: Card) -> Iterator[str]:
    for kind, names in (
        ("{medication}", [fact.name for fact in card.current_medications()]),
        ("{symptom}", [fact.name for fact in card.of_kind("symptom")]),
    ):
        if kind in ending:
            yield from (ending.replace(kind, name) for name in reversed(names[-2:]))
            return
    yield ending


def _completions(
    broken: str, tail: Tail, card: Card, lexicon: Lexicon, spelling: Spelling
) -> list[str]:
    before = tail.lower[:-1]
    known, related = _card_words(card, lexicon)
    fitting = kinds_after(before[-3:])
    opener = spelling.medical(before[-1:])
    single = not {"a", "an"}.isdisjoint(before[-2:])
    pairs, ahead = load_word_pairs(), before[-1] if before else ""
    likely = sorted(spelling.endings_of(broken), key=lambda w: -spelling.weight(w))
    medical = set(spelling.medical(tuple(likely)))
    near_card = (known | related).intersection(likely)
    looked_at = dict.fromkeys([*near_card, *likely[:_LOOKED_AT], *sorted(medical)[:_LOOKED_AT]])

    def points(word: str) -> float:
        return (
            log(1 + spelling.weight(word))
            + log(1 + lexicon.frequency(word)) / 10
            + _FOLLOWS * log(1 + pairs.count(ahead, word))
            - _MANY * (word.endswith("s") and single)
            + _ON_CARD * (word in known)
            + _RELATED * (word in related)
            + _MEDICAL * (word in medical)
            + _FITTING_KIND * (word in medical and not fitting.isdisjoint(_kinds(word, lexicon)))
            + _SET_PHRASE * (word in medical and _is_set_phrase(opener, word, lexicon))
        )

    ranked = sorted(looked_at, key=lambda word: (-points(word), word))
    return list(_twins_last(ranked))


def _card_words(card: Card, lexicon: Lexicon) -> tuple[set[str], frozenset[str]]:
    """Words of the names on the card, and words its classes and names are related to."""
    facts = [fact for fact in card.facts if not fact.negated]
    known = {word for fact in facts for word in fact.name.lower().split()}
    classes = (lexicon.classes_of(f.name) for f in facts if f.kind == "medication")
    keys = {fact.name for fact in facts}.union(*classes)
    return known, related_words(keys)


@lru_cache(maxsize=20_000)
def _kinds(word: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(mention.kind for mention in lexicon.mentions(word))


def _is_set_phrase(before: tuple[str, ...], word: str, lexicon: Lexicon) -> bool:
    """Whether the word before and this one are one thing the lexicon knows ("hot flashes")."""
    if not before:
        return False
    return any(m.start == 0 and " " in m.text for m in lexicon.mentions(f"{before[0]} {word}"))


def _twins_last(words: Iterable[str]) -> Iterator[str]:
    """The words, a second form of an earlier one ("effects" after "effect") put to the end."""
    seen: set[str] = set()
    twins: list[str] = []
    for word in words:
        stem = word.removesuffix("s")
        if stem in seen:
            twins.append(word)
        else:
            seen.add(stem)
            yield word
    yield from twins

"""Counted English words, as the baselines need them."""

from functools import cache
from importlib import resources

from chains.lexicon import load_lexicon


@cache
def english_counts() -> dict[str, int]:
    """Word to its count: the dictionary of 82,765 words that symspellpy ships."""
    path = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(number) for word, number in (line.split() for line in lines)}


def commonest_completions(fragment: str, most: int) -> list[str]:
    """The commonest words that begin with `fragment` (lower case), of English and our lexicon."""
    counts = english_counts()
    words = {word for word in counts if word.startswith(fragment)}
    words |= {word for word in load_lexicon().vocabulary() if word.startswith(fragment)}
    return sorted(words - {fragment}, key=lambda word: (-counts.get(word, 0), word))[:most]

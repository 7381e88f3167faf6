"""Words of English with how often they stand on the web."""

import functools
from collections.abc import Mapping
from importlib import resources


@functools.cache
def english() -> Mapping[str, int]:
    """Words with their counts, from the frequency dictionary that symspellpy ships."""
    path = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines)}

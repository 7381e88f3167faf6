"""Everyday words for what the library calls by another plain word, as data."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import RootModel

from chains.plan_files import read_plan
from chains.questions import PLANS


class _Rows(RootModel[dict[str, tuple[str, ...]]]):
    """The everyday words by the library's word."""


class _LayWords(NamedTuple):
    pattern: re.Pattern[str]
    words: Mapping[str, str]
    """The library's word by the everyday one."""


@cache
def _load(path: Path = PLANS / "lay_words.yaml") -> _LayWords:
    rows = read_plan(_Rows, path).root
    words = {form: word for word, forms in rows.items() for form in forms}
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return _LayWords(re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE), words)


def in_library_words(text: str) -> str:
    """The text with each everyday word as the word the library uses.

    Args:
        text: A question; may be empty.
    """
    lay = _load()
    return lay.pattern.sub(lambda found: lay.words[found[0].lower()], text)

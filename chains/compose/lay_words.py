"""Everyday words for what the library calls by another plain word, as data."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from chains.errors import RuleError
from chains.questions import PLANS


class _LayWords(NamedTuple):
    pattern: re.Pattern[str]
    words: Mapping[str, str]
    """The library's word by the everyday one."""


@cache
def _load(path: Path = PLANS / "lay_words.yaml") -> _LayWords:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = {form: word for word, forms in rows.items() for form in forms}
        longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    except (AttributeError, TypeError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    return _LayWords(re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE), words)


def in_library_words(text: str) -> str:
    """The text with each everyday word as the word the library uses.

    Args:
        text: A question; may be empty.
    """
    lay = _load()
    return lay.pattern.sub(lambda found: lay.words[found[0].lower()], text)

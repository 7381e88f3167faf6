"""Everyday words are read as the words the library uses."""

import pytest

from chains.compose.lay_words import _load, in_library_words
from chains.errors import RuleError


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("would I get a dummy pill", "would I get a placebo"),
        ("why is my Pee red", "why is my urine red"),
        ("I want both off", "I want both breasts removed"),
    ],
)
def test_everyday_word_is_read_as_the_librarys(said, read):
    assert in_library_words(said) == read


@pytest.mark.parametrize("said", ["a bumpy ride", "my opinion", "peel the skin", "onco clinic"])
def test_word_that_only_holds_one_is_left_alone(said):
    assert in_library_words(said) == said


def test_a_broken_file_is_named(tmp_path):
    file = tmp_path / "lay_words.yaml"
    file.write_text("- a\n")
    with pytest.raises(RuleError, match="lay_words.yaml"):
        _load(file)

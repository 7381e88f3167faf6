"""Names of conversations."""

import pytest

from chains.thread_title import MOST_CHARS, shortened, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("side effects of letrozole", "Side effects of letrozole"),
        ("I am 47. I take letrozole. Is joint pain normal?", "Is joint pain normal?"),
        ("I feel low today. Nothing helps", "I feel low today."),
    ],
)
def test_title_is_the_question_else_the_first_sentence(text, title):
    assert shortened(text) == title


def test_long_question_is_cut_at_a_word():
    title = shortened("can I take melatonin together with ribociclib and letrozole every night?")
    assert len(title) <= MOST_CHARS
    assert title == "Can I take melatonin together with…"


def test_word_longer_than_a_title_is_cut_all_the_same():
    assert len(shortened("x" * 200)) == MOST_CHARS


def test_turn_that_asks_nothing_gives_no_title(person):
    assert title_of(person.says("I take letrozole")) == ""
    assert title_of(person.says("what are its side effects?")) == "What are its side effects?"

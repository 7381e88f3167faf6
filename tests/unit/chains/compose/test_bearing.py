"""What fits a person is said only where it bears on what was asked."""

from types import SimpleNamespace

import pytest

from chains.compose.bearing import Bearing
from chains.compose.matching import Match


def _candidate(text, answers=(), questions=()):
    article = SimpleNamespace(article_id="a", answers=questions)
    return SimpleNamespace(article=article, line=SimpleNamespace(text=text, answers=answers))


SURVIVAL = _candidate("In a trial, half of the women lived longer. Not a forecast for one person.")


@pytest.mark.parametrize(
    "asked", ["can I have grapefruit", "is my rash normal", "when do I take the pill"]
)
def test_how_long_people_live_is_not_told_to_who_asks_something_else(asked):
    assert not Bearing(asked, "together", ()).has(SURVIVAL)


@pytest.mark.parametrize("asked", ["how long have I got", "is it worth it", "will I be cured"])
def test_who_asks_for_the_outlook_or_the_gain_is_told(asked):
    assert Bearing(asked, "what_it_is", ()).has(SURVIVAL)


def test_line_that_answers_only_what_was_not_asked_is_left_out():
    driving = _candidate("The drug may make you dizzy.", (1,), ("Can I drive on it?",))
    assert not Bearing("is my rash normal", "symptom", ()).has(driving)
    assert Bearing("can I drive", "safe_or_useful", ()).has(driving)


def test_line_marked_for_the_question_itself_stays():
    article = SimpleNamespace(article_id="a", answers=("Will it help me live longer?",))
    line = SimpleNamespace(text=SURVIVAL.line.text, answers=(1,))
    match = Match(article, 1, article.answers[0], 0.9)
    marked = SimpleNamespace(article=article, line=line)
    assert Bearing("tell me more", "what_it_is", (match,)).has(marked)

"""Which of the library's own questions was asked."""

import pytest

from chains.compose.matching import SAME, matches
from chains.stages import CondensedQuestion
from tests.support.builders import article, library, line, section

PILLS = article(
    "ribociclib",
    "Ribociclib (Kisqali)",
    [section("in_short", line("Ribociclib is a pill."))],
    answers=("Can I eat grapefruit on Kisqali?", "What are the side effects of ribociclib?"),
)
OTHERS = article(
    "lapatinib",
    "Lapatinib (Tykerb)",
    [section("in_short", line("Lapatinib is a pill."))],
    answers=("Can I eat grapefruit on lapatinib?", "What are the side effects of lapatinib?"),
)
LOW = article(
    "low-counts",
    "Low white counts (neutropenia)",
    [section("in_short", line("Neutropenia is a low count."))],
    answers=("What can I do about low neutrophils?", "Are low neutrophils dangerous?"),
)


@pytest.fixture
def asked(kit_of):
    kit = kit_of(library(PILLS, OTHERS, LOW))

    def ask(raw, standalone="", added=()):
        question = CondensedQuestion(raw=raw, standalone=standalone or raw, added=added)
        return matches(question, (PILLS, OTHERS, LOW), kit)

    return ask


def test_brand_and_misspelling_match_the_name_of_the_library(asked):
    best = asked("side efects of Kisqali?")[0]
    assert (best.article, best.number) == (PILLS, 2)
    assert best.score >= SAME


def test_question_about_another_medicine_is_another_question(asked):
    found = asked("can I have grapefruit on kisqali")
    assert (found[0].article, found[0].number) == (PILLS, 1)
    assert all(match.score < SAME for match in found if match.article is OTHERS)


def test_message_that_names_its_thing_counts_beside_the_completed_question(asked):
    raw = "what can I do about my low neutrophils"
    best = asked(raw, f"{raw} on ribociclib", added=("ribociclib",))[0]
    assert (best.article, best.number) == (LOW, 1)


def test_unrelated_question_stands_for_none(asked):
    assert all(match.score < SAME for match in asked("who pays for my wig"))


def test_no_articles_answer_nothing(kit_of):
    question = CondensedQuestion(raw="what helps", standalone="what helps")
    assert matches(question, (), kit_of(library(PILLS))) == []

"""The collected questions: whole, spread over the way, and found by meaning."""

from collections import Counter

import pytest

from chains.compose.links import PREVIEW_WORDS
from chains.errors import RuleError
from chains.learn.collection import (
    articles_asked_of,
    chapter_of,
    find_questions,
    load_chapters,
    load_collection,
    related_to,
    write_collection,
)

COLLECTED = load_collection()


@pytest.fixture
def find(services):
    def search(words):
        kit = services.composer.kit
        return find_questions(words, COLLECTED, services.index, services.searcher, kit)

    return search


def test_every_part_of_the_way_has_its_questions():
    assert len(COLLECTED) == 120
    counted = Counter(row.chapter for row in COLLECTED)
    assert counted == {chapter.title: chapter.questions for chapter in load_chapters()}


def test_every_question_stands_word_for_word_in_its_article(services):
    articles = services.index.library.articles
    assert all(row.question in articles[row.article_id].answers for row in COLLECTED)
    assert all(chapter_of(row.article_id) == row.chapter for row in COLLECTED)


def test_every_article_of_the_way_is_in_the_library_and_in_one_part_alone(services):
    named = [key for chapter in load_chapters() for key in chapter.articles]
    assert len(named) == len(set(named))
    assert set(named) <= set(services.index.library.articles)


def test_no_question_and_no_preview_is_there_twice():
    assert len({row.question for row in COLLECTED}) == len(COLLECTED)
    assert len({row.preview for row in COLLECTED}) == len(COLLECTED)


def test_preview_is_a_few_words():
    assert all(5 < len(row.preview.split()) <= PREVIEW_WORDS + 1 for row in COLLECTED)


@pytest.mark.parametrize(
    "words", ["whats a mamogram for", "low white blod cells", "losing my hair"]
)
def test_search_finds_collected_questions_by_meaning_in_spite_of_spelling(find, words):
    found = find(words)
    assert found.collected
    assert words not in {row.question for row in found.collected}


def test_search_also_finds_what_is_not_collected_with_its_first_words(find, services):
    found = find("grapefruit juice")
    known = {row.question for row in COLLECTED}
    assert found.others and not known & {row.question for row in found.others}
    for row in found.others:
        assert row.preview and row.question in services.index.article(row.article_id).answers


@pytest.mark.parametrize("words", ["", "zxqv wplk", "qzzt", "lawn mower carburetor"])
def test_search_for_what_nobody_asks_finds_nothing(find, words):
    found = find(words)
    assert not found.collected and not found.others


def test_related_questions_are_three_others(services):
    kit = services.composer.kit
    for row in COLLECTED[::15]:
        related = related_to(row, COLLECTED, kit)
        assert len({other.question for other in related} - {row.question}) == 3


def test_words_lead_to_the_article_that_answers_them(services):
    kit = services.composer.kit
    found = articles_asked_of("tingling fingers", services.index, services.searcher, kit)
    assert "neuropathy" in [article.article_id for article in found[:2]]


def test_collection_is_read_as_it_was_written(tmp_path):
    write_collection(COLLECTED[:3], tmp_path / "some.csv")
    assert load_collection(tmp_path / "some.csv") == COLLECTED[:3]


def test_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("question,preview\na,b\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"other\.csv"):
        load_collection(path)

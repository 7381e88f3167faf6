from concurrent.futures import ThreadPoolExecutor

import pytest

from vectorstore.articles import load_library
from vectorstore.chunking import chunk_library
from vectorstore.lexical import LexicalIndex, query_words


@pytest.fixture(scope="module")
def words(library_dir):
    index = LexicalIndex(chunk for chunk in chunk_library(load_library(library_dir)) if chunk.lines)
    yield index
    index.close()


def test_words_are_met_by_their_stem(words):
    assert words.rank("exercising, tiredness and fatigued", 3)[0].startswith("walking#")


def test_a_word_of_the_title_finds_every_section(words):
    assert {key.split("#")[0] for key in words.rank("letrozole", 10)} == {"letrozole"}


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "'; DROP TABLE chunks; --",
        "NEAR(a b) OR NOT *",
        "title:x AND",
        "\U0001f62d",
        "(((",
        "\x00",
        "how do I",
    ],
)
def test_any_text_is_a_query(words, query):
    assert isinstance(words.rank(query, 5), list)


def test_operators_are_plain_words(words):
    assert words.rank('fever" OR "x', 10) == words.rank("fever x", 10)


def test_a_very_long_message_is_still_answered(words):
    assert words.rank("fever " + " ".join(f"word{n}" for n in range(5000)), 3)[0].startswith(
        "fever#"
    )


def test_the_order_is_the_same_each_time_and_in_each_thread(words):
    with ThreadPoolExecutor(4) as pool:
        rankings = set(map(tuple, pool.map(lambda _: words.rank("bones and cancer", 9), range(20))))
    assert len(rankings) == 1


def test_words_of_a_query_are_lower_case_and_each_once():
    assert query_words("HER2+ her2, CDK4/6?") == ["her2", "cdk4", "6"]

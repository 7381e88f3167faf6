import csv
from pathlib import Path

import pytest

from vectorstore import lay_words
from vectorstore.lay_words import as_published


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("Is a flu jab safe?", "Is a flu vaccine safe?"),
        ("pins and needles since my op", "tingling since my surgery"),
        ("I can\u2019t keep anything down", "I vomiting"),
        ("Looking after my mum at home", "caregiving for my mother at home"),
        ("waterworks trouble", "bladder trouble"),
    ],
)
def test_everyday_words_become_those_of_published_pages(said, published):
    assert as_published(said) == published


@pytest.mark.parametrize(
    "said",
    [
        "looking after my skin",
        "the results came back",
        "it's back pain",
        "what options are there",
        "mumps and nanotechnology",
    ],
)
def test_words_that_mean_something_else_stay(said):
    assert as_published(said) == said


def test_the_table_is_in_order_and_says_nothing_twice():
    path = Path(lay_words.__file__).parent / "lay_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lay = [row["lay"] for row in csv.DictReader(file)]
    assert lay == sorted(set(lay))
    assert all(word == word.lower() for word in lay)

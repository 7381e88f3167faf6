"""What was asked is held against the library's questions in all the wordings that ship."""

import numpy as np
import pytest

from vectorstore.articles import load_library
from vectorstore.asked_questions import AskedQuestions, shipped_questions
from vectorstore.asked_space import AskedSpace
from vectorstore.chunking import question_id


def test_a_question_is_as_near_as_the_nearest_of_its_wordings():
    rows = np.eye(3, dtype=np.float32)
    asked = AskedQuestions(("a", "a", "b"), rows, AskedSpace())
    (near,) = asked.nearest([[0.1, 0.9, 0.4]], limit=3)
    assert near == pytest.approx({"a": 0.9, "b": 0.4})
    assert asked.nearest([[0.1, 0.9, 0.4]], limit=1) == [pytest.approx({"a": 0.9})]
    assert asked.nearest([], limit=3) == []


def test_the_shipped_library_is_compared_in_all_its_wordings(encoder):
    library = load_library()
    asked = shipped_questions(library)
    article = library.articles["letrozole"]
    ways = (article.answers[0], *article.asked_as[1])
    for row in asked.nearest([encoder.embed_query(way) for way in ways], limit=9):
        assert row[question_id("letrozole", 1)] > 0.99


def test_another_library_is_compared_through_its_index(library_dir):
    assert shipped_questions(load_library(library_dir)) is None

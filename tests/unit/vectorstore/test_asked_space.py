"""Questions are compared in a space that is turned to how patients ask."""

import numpy as np
import pytest

from tests.unit.vectorstore.small_library import article_text
from vectorstore.articles import load_library
from vectorstore.asked_as import read_asked_as
from vectorstore.asked_space import AskedSpace, TurnedEmbeddings, read_space
from vectorstore.chunking import content_hash
from vectorstore.embeddings import MiniLMEmbeddings
from vectorstore.errors import ArticleError, ConfigurationError
from vectorstore.library_check import check_library
from vectorstore.vectors import SHIPPED_QUESTIONS, read_vectors

# Written for this test: none of them stands in the library.
LAY = [
    ("my bones feel thin what can i do about it on this pill", "Will letrozole thin my bones?"),
    ("do my fingertips stay this numb forever", "Does neuropathy from chemo go away?"),
    ("hair coming out in clumps when does it come back", "When does hair grow back after chemo?"),
    ("is it in my genes should my daughter worry", "Should my daughter get genetic testing?"),
    ("cant sleep a wink since the pills", "What helps me sleep during hormone therapy?"),
]


def test_lay_words_come_nearer_to_their_question_than_to_others():
    turned = TurnedEmbeddings(MiniLMEmbeddings(), read_space())
    asked, meant = (
        np.array(turned.embed_documents([pair[side] for pair in LAY])) for side in (0, 1)
    )
    assert np.linalg.norm(asked, axis=1) == pytest.approx(1, abs=1e-5)
    assert (asked @ meant.T).argmax(axis=1).tolist() == list(range(len(LAY)))


def test_shipped_rows_are_those_of_the_shipped_space():
    article = load_library().articles["letrozole"]
    texts = [article.answers[0], *article.asked_as[1]]
    anew = TurnedEmbeddings(MiniLMEmbeddings(), read_space()).embed_documents(texts)
    shipped = read_vectors(SHIPPED_QUESTIONS)
    for text, row in zip(texts, anew, strict=True):
        assert float(shipped[content_hash(text)] @ np.array(row, np.float32)) > 0.999


def test_without_a_turn_vectors_stay_as_they_are():
    rows = np.eye(3, dtype=np.float32)
    assert AskedSpace().of(rows) is rows


def test_a_broken_space_is_told(tmp_path):
    (tmp_path / "space.npy").write_bytes(b"broken")
    with pytest.raises(ConfigurationError, match=r"space\.npy"):
        read_space(tmp_path / "space.npy")


def test_other_words_are_read_by_article_and_number(tmp_path):
    assert read_asked_as(tmp_path) == {}
    path = tmp_path / "asked_as.csv"
    path.write_text("article_id,number,text\nfever,2,am i burning up\nfever,2,hot\n")
    assert read_asked_as(tmp_path) == {"fever": {2: ("am i burning up", "hot")}}
    path.write_text("article_id,number,text\nfever,two,hot\n")
    with pytest.raises(ArticleError, match="'two' is not a number"):
        read_asked_as(tmp_path)
    path.write_text("article,text\nfever,hot\n")
    with pytest.raises(ArticleError, match="columns"):
        read_asked_as(tmp_path)


def test_words_for_a_question_that_is_gone_are_a_problem_of_the_library(tmp_path):
    (tmp_path / "fever.md").write_text(article_text("fever"), encoding="utf-8")
    (tmp_path / "asked_as.csv").write_text("article_id,number,text\nfever,1,hot\nfever,99,cold\n")
    told = [problem.text for problem in check_library(tmp_path)]
    assert told == ["asked_as.csv asks question 99, which is not there"]

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vectorstore.articles import load_library
from vectorstore.errors import VectorStoreError
from vectorstore.hybrid import HybridRetriever, Ranking, fuse_rankings
from vectorstore.ingest import open_index
from vectorstore.settings import LIBRARY_DIR, VectorStoreSettings


@pytest.fixture(scope="module")
def retriever(index):
    return HybridRetriever(index=index)


def test_first_in_every_ranking_scores_one():
    scores = fuse_rankings([Ranking(["a", "b"], 3.0), Ranking(["a", "c"])])
    assert scores["a"] == pytest.approx(1.0)
    assert list(scores) == ["a", "b", "c"]
    assert scores["c"] == pytest.approx(1 / 4 * 11 / 12)


def test_ties_are_broken_by_id():
    assert list(fuse_rankings([Ranking(["b"]), Ranking(["a"])])) == ["a", "b"]


def test_empty_rankings_are_no_help_and_no_rankings_are_refused():
    assert fuse_rankings([Ranking([])]) == {}
    with pytest.raises(VectorStoreError):
        fuse_rankings([])


def test_a_question_in_other_words_finds_its_passage(retriever):
    assert retriever.search("sore knees from femara")[0].article_id == "letrozole"
    assert retriever.search("my temperature is up, whom do I phone")[0].article_id == "fever"


def test_a_question_the_article_answers_brings_its_short_answer(retriever):
    hits = retriever.search("Can I take Tylenol first?")
    assert hits[0].article_id == "fever"
    assert "fever#in_short" in {hit.chunk_id for hit in hits}


def test_questions_themselves_are_never_shown(retriever):
    assert "answers" not in {hit.section_kind for hit in retriever.search("Is it safe?", 50)}


def test_hits_carry_scores_in_their_range_best_first_each_once(retriever):
    hits = retriever.search(["letrozole and bones", "bone density on letrozole"], 50)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert all(-1 <= hit.similarity <= 1 for hit in hits)
    assert len({hit.chunk_id for hit in hits}) == len(hits)


def test_a_hit_found_by_words_alone_has_its_similarity_too(retriever, index):
    hits = {hit.chunk_id: hit for hit in retriever.search("Neutrophils are counted", 50)}
    vector = index.embeddings.embed_query("Neutrophils are counted")
    expected = index.vectors.similarities("library", [vector], list(hits))
    assert {k: h.similarity for k, h in hits.items()} == pytest.approx(expected, abs=1e-4)


def test_a_slip_of_the_pen_finds_what_the_right_word_finds(retriever):
    right, wrong = retriever.search("letrozole"), retriever.search("letrazole")
    assert [hit.chunk_id for hit in wrong] == [hit.chunk_id for hit in right]


def test_a_handed_in_word_is_not_repaired(index):
    known = HybridRetriever(index=index, extra_words=frozenset({"letrazole"}))
    assert known.search("letrazole") != HybridRetriever(index=index).search("letrazole")


def test_a_second_phrasing_counts_and_an_equal_one_changes_nothing(retriever):
    alone = retriever.search("is it safe")
    assert retriever.search(["is it safe", " is it  safe "]) == alone
    both = retriever.search(["is it safe", "is lifting weights safe with weak bones"])
    assert both[0].chunk_id == "walking#safety"


@pytest.mark.parametrize("query", ["", "  ", [], ["", " "]])
def test_nothing_asked_is_nothing_found(retriever, query):
    assert retriever.search(query) == []


@pytest.mark.parametrize("query", ["\U0001f62d", "'\"; --", "x" * 20000, "\x00", "\ud83d"])
def test_any_text_may_be_asked(retriever, query):
    assert isinstance(retriever.search(query), list)


def test_k_limits_the_hits(index):
    assert len(HybridRetriever(index=index, k=2).search("letrozole")) == 2
    assert len(HybridRetriever(index=index, k=2).search("letrozole", 5)) == 5


def test_threads_get_the_hits_one_thread_gets(retriever):
    queries = ["fever at night", "sore joints", "tired, can I walk", "thin bones"] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(retriever.search, queries)) == [retriever.search(q) for q in queries]


def test_as_a_langchain_retriever_it_gives_documents(retriever):
    document = retriever.invoke("What counts as a fever?")[0]
    hit = retriever.search("What counts as a fever?")[0]
    assert (document.id, document.page_content) == (hit.chunk_id, hit.text)
    assert document.metadata["section_kind"] == hit.section_kind


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("whole")
    index = open_index(VectorStoreSettings(data_dir=data_dir, library_dir=LIBRARY_DIR))
    yield HybridRetriever(index=index)
    index.close()


def _found(retriever, question, article_ids):
    return bool({hit.article_id for hit in retriever.search(question, 3)} & set(article_ids))


def test_the_questions_an_article_answers_find_it_in_the_first_three(whole):
    articles = load_library(LIBRARY_DIR).articles.values()
    # Every fourth question: all 3,938 take minutes; `evals/` asks whole answers of them.
    asked = [(question, [a.article_id]) for a in articles for question in a.answers[::4]]
    found = sum(_found(whole, question, wanted) for question, wanted in asked)
    # Articles on a class and on its medicines answer some of the same questions.
    assert found / len(asked) >= 0.94


def test_patients_own_words_find_an_article_that_answers(whole):
    rows = (Path(__file__).parent / "patient_questions.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(row) for row in rows.splitlines()]
    found = sum(_found(whole, case["question"], case["articles"]) for case in cases)
    assert found / len(cases) >= 0.8

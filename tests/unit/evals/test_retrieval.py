"""Rules of the retrieval figures, over a folder of three pages."""

import json

import pytest

from evals.retrieval import __main__ as command_line
from evals.retrieval import known_items, scope, sizes
from evals.retrieval.corpus import open_corpus
from evals.retrieval.known_items import first_rank, known_item_figures
from evals.retrieval.systems import build_systems
from vectorstore.embeddings import MiniLMEmbeddings

PAGES = {
    "mouth": "## Mouth sores\n\nRinse with [salt water](/x) often. Sores in the mouth heal slowly.",
    "hair": "## Hair loss\n\nHair falls out two to four weeks after chemotherapy starts.",
    "arm": "## Lymphedema\n\nAn arm swells when lymph nodes were taken out.",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    pages = tmp_path_factory.mktemp("pages")
    for name, body in PAGES.items():
        address = f"https://www.cancer.gov/{name}"
        head = f"title: {name} page - NCI\nurl: {address}\nlastReviewed: '2025-12-30'"
        (pages / f"{name}.md").write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")
    bare = "---\nlang: en\n---\nA page that does not say whose it is.\n"
    (pages / "bare.md").write_text(bare, encoding="utf-8")
    return pages


@pytest.fixture(scope="module")
def corpus(pages, tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    corpus = open_corpus(pages)
    yield corpus
    corpus.shelf.close()
    patch.undo()


def test_every_system_finds_the_page_that_says_it(corpus):
    systems = build_systems(corpus)
    assert set(systems.searches) == {"ours", "Chroma similarity", "BM25", "ensemble"}
    for name in systems.searches:
        found = systems.documents(name, "when does hair fall out")
        assert found[0] == corpus.document_of["hair.md"], name


def test_pages_are_cut_by_the_ingestion_and_what_it_refuses_is_left_out(corpus):
    assert set(corpus.document_of) == {"mouth.md", "hair.md", "arm.md"}
    assert len(corpus.chunks) == len(corpus.vectors) == 3
    text = " ".join(chunk.text for chunk in corpus.chunks)
    assert "mouth page. Mouth sores. Rinse with salt water often." in text


def test_a_second_run_over_the_same_pages_encodes_nothing(pages, corpus, monkeypatch):
    def never(_encoder, text):
        raise AssertionError(text)

    monkeypatch.setattr(MiniLMEmbeddings, "encode", never)
    again = open_corpus(pages)
    again.shelf.close()
    assert again.document_of == corpus.document_of


def test_larger_shelves_are_built_once_where_they_are_kept(corpus, monkeypatch):
    monkeypatch.setattr(sizes, "SIZES", (5,))
    monkeypatch.setattr(sizes, "QUERIES", 3)
    systems = build_systems(corpus)
    figures = sizes.size_figures(systems, ["sore mouth"], keep=True)
    assert [figure.n for figure in figures] == [3] * 8
    assert {f.measure for f in figures} >= {
        "p50 of a query, 3 passages",
        "p95 in processor time, 5 passages, copies",
    }
    [kept] = corpus.settings.data_dir.glob("copies-5-of-*")
    monkeypatch.setattr(sizes, "_fill", None)  # would fail if it were called again
    assert len(sizes.size_figures(systems, ["sore mouth"], keep=True)) == len(figures)
    assert kept.is_dir()


def test_a_near_duplicate_counts_and_the_eleventh_page_does_not():
    item = frozenset({"a.md", "b.md"})
    others = [f"{n}.md" for n in range(9)]
    assert first_rank(["x.md", "b.md", "a.md"], item) == 2
    assert first_rank([*others, "a.md"], item) == 10
    assert first_rank([*others, "y.md", "a.md"], item) == 0


def test_figures_set_misspelt_questions_apart(corpus, tmp_path, monkeypatch):
    rows = [
        {"id": "1", "question": "hair falls out", "path": "hair.md", "also": [], "misspelt": False},
        {"id": "2", "question": "mouht soores", "path": "mouth.md", "also": [], "misspelt": True},
        {"id": "3", "question": "hair falls out", "path": "none.md", "also": [], "misspelt": False},
    ]
    path = tmp_path / "known_item_blind_toy.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(known_items, "item_files", lambda: [path])
    figures = {f.measure: f for f in known_item_figures(build_systems(corpus))}
    assert figures["hit in first 5, toy"].value == pytest.approx(200 / 3)
    assert figures["MRR@10 times 100, toy"].value == pytest.approx(200 / 3)
    misspelt = figures["hit in first 5, toy, misspelt"]
    assert (misspelt.n, misspelt.value, misspelt.baselines["BM25"]) == (1, 100.0, 0.0)


def test_a_refusal_is_right_outside_and_wrong_inside(tmp_path, monkeypatch):
    rows = [
        {"id": "1", "question": "refused", "scope": "in"},
        {"id": "2", "question": "answered", "scope": "in"},
        {"id": "3", "question": "refused", "scope": "out"},
        {"id": "4", "question": "urgent", "scope": "out"},
    ]
    path = tmp_path / "scope_blind_toy.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    kinds = {"refused": "out_of_scope", "answered": "answer", "urgent": "emergency"}

    class Record:
        def __init__(self, question):
            self.kind = kinds[question]

    monkeypatch.setattr(scope, "scope_files", lambda: [path])
    monkeypatch.setattr(scope, "last_record", lambda _, messages: Record(messages[0]))
    inside, outside = scope.scope_figures()
    assert (inside.value, inside.n, outside.value, outside.n) == (50.0, 2, 100.0, 1)


def test_a_folder_that_is_not_there_is_told_in_one_line(capsys, tmp_path):
    assert command_line.main(["--data", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1

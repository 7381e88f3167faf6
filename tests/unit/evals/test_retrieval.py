"""Rules of the retrieval figures, over a folder of three pages."""

import json

import pytest

from evals.retrieval import __main__ as command_line
from evals.retrieval import known_items, scope
from evals.retrieval.corpus import open_corpus
from evals.retrieval.known_items import Item, first_rank, known_item_figures
from evals.retrieval.systems import build_systems

PAGES = {
    "mouth": "## Mouth sores\n\nRinse with [salt water](/x) often. Sores in the mouth heal slowly.",
    "hair": "## Hair loss\n\nHair falls out two to four weeks after chemotherapy starts.",
    "arm": "## Lymphedema\n\nAn arm swells when lymph nodes were taken out.",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    root = tmp_path_factory.mktemp("retrieval")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(root / "cache"))
    pages, work = root / "pages", root / "work"
    pages.mkdir()
    work.mkdir()
    for name, body in PAGES.items():
        address = f"https://www.cancer.gov/{name}"
        head = f"title: {name} page - NCI\nurl: {address}\nlastReviewed: '2025-12-30'"
        (pages / f"{name}.md").write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")
    (pages / "bare.md").write_text("---\nlang: en\n---\nNo title.\n", encoding="utf-8")
    corpus = open_corpus(pages, work)
    yield corpus
    corpus.index.close()
    patch.undo()


def test_every_system_finds_the_page_that_says_it(corpus):
    systems = build_systems(corpus)
    assert set(systems.searches) == {"ours", "Chroma similarity", "BM25", "ensemble"}
    for name in systems.searches:
        assert systems.pages(name, "when does hair fall out")[0] == "hair.md", name


def test_links_and_pages_without_a_title_are_left_out(corpus):
    assert set(corpus.page_of.values()) == {"mouth.md", "hair.md", "arm.md"}
    text = " ".join(chunk.text for chunk in corpus.chunks)
    assert "Rinse with salt water often." in text
    assert {chunk.title for chunk in corpus.chunks} == {"mouth page", "hair page", "arm page"}


def test_a_near_duplicate_counts_and_the_eleventh_page_does_not():
    item = Item("q", frozenset({"a.md", "b.md"}), is_misspelt=False)
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

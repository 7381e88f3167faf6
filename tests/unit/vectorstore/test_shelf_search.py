from dataclasses import replace

import pytest

from tests.unit.vectorstore.shelf_documents import Told, document
from vectorstore.hits import Hit
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import open_index, open_shelf
from vectorstore.passages import passage
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import Shelf
from vectorstore.shelf_search import ShelfRetriever, merged
from vectorstore.shelving import Shelver


@pytest.fixture(scope="module")
def settings(tmp_path_factory, library_dir, encoder):
    folder = tmp_path_factory.mktemp("shelf")
    settings = VectorStoreSettings(data_dir=folder / "data", library_dir=library_dir)
    document(folder / "in" / "caps.md")
    fever = "Fever can be the only sign of an infection. " * 3 + "Call at night too."
    document(folder / "in" / "fever.md", fever, title="Fever", url="https://f.example/")
    word = "Pegfilgrastim is a growth factor that is injected under the skin."
    document(folder / "in" / "pegs.md", word, title="Growth factors", url="https://p.example/")
    Shelver(settings, encoder, Told()).run([folder / "in"])
    return settings


@pytest.fixture
def retriever(settings, encoder):
    shelf = open_shelf(settings, encoder)
    yield ShelfRetriever(shelf, encoder)
    shelf.close()


def test_the_best_passage_of_each_document_comes_first(retriever):
    hits = retriever.search("cold caps to keep my hair")
    assert hits[0].title == "Scalp cooling"
    assert len({hit.article_id for hit in hits}) == len(hits) == 3
    assert hits[0].similarity > hits[1].similarity


def test_misspelt_words_are_repaired_to_words_of_the_shelf(retriever):
    assert retriever.search("what is pegfilgrastin")[0].title == "Growth factors"


PAGES = {
    "Everolimus": "Everolimus (Afinitor) is a tablet that slows the growth of tumors.",
    "Infection during treatment": "You may catch infections more easily. Wash your hands.",
    "Colds and flu": "Some treatments make you catch a cold more easily. Keep away from crowds.",
    "Low white cells": "Fewer white cells make it easier to catch an infection.",
}


def test_a_page_that_names_the_medicine_asked_about_comes_first(tmp_path, encoder, monkeypatch):
    for name, body in PAGES.items():
        document(tmp_path / "in" / f"{name}.md", body, title=name, url=f"https://p.example/{name}")
    settings = VectorStoreSettings(data_dir=tmp_path / "data")
    Shelver(settings, encoder, Told()).run([tmp_path / "in"])
    shelf = open_shelf(settings, encoder)
    retriever = ShelfRetriever(shelf, encoder)
    question = "will afinitor make me catch infections more easily"
    found = [hit.title for hit in retriever.search(question)]
    monkeypatch.setattr("vectorstore.shelf_search._NAMES_WEIGHT", 0.0)
    before = [hit.title for hit in retriever.search(question)]
    shelf.close()
    assert (found[0], before[0] == "Everolimus") == ("Everolimus", False)


def test_a_question_is_also_searched_in_clinical_words(retriever):
    meant = replace(retriever, clinical=lambda text: text.replace("roasting", "pegfilgrastim"))
    assert retriever.search("am I roasting")[0].title != "Growth factors"
    assert meant.search("am I roasting")[0].title == "Growth factors"


def test_nothing_asked_or_nothing_there_is_nothing_found(retriever, encoder):
    assert retriever.search("  ") == []
    assert ShelfRetriever(Shelf.empty(), encoder).search("hair") == []
    assert Shelf.empty().passage("shelf-x#1") is None


def test_the_library_is_searched_as_if_no_shelf_were_there(settings, index):
    beside = open_index(settings)
    asked = ["What counts as a fever?", "cold caps to keep my hair"]
    found = [HybridRetriever(index=beside).search(text) for text in asked]
    assert found == [HybridRetriever(index=index).search(text) for text in asked]
    hit = ShelfRetriever(beside.shelf, beside.embeddings).search(asked[1])[0]
    told = passage(beside, hit)
    assert (told.source, told.url) == (
        "Cancer Institute: Scalp cooling",
        "https://www.cancer.example/scalp-cooling",
    )
    beside.close()


def test_hits_of_both_stand_in_one_order_by_nearness():
    def hit(name, score, similarity):
        return Hit(
            chunk_id=name, article_id=name, title="", section="", section_kind="", text="",
            score=score, similarity=similarity,
        )  # fmt: skip

    ours, theirs = [hit("a", 0.9, 0.6), hit("b", 0.5, 0.3)], [hit("c", 1.0, 0.7)]
    assert [found.chunk_id for found in merged(ours, theirs)] == ["c", "a", "b"]

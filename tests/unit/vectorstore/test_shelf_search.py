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
    "Infection during treatment": "You may be weaker against infections. Wash your hands.",
    "Colds and flu": "Some treatments weaken the body against a cold. Keep away from crowds.",
    "Low white cells": "Fewer white cells make it easier to catch an infection.",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("pages")
    for name, body in PAGES.items():
        document(folder / "in" / f"{name}.md", body, title=name, url=f"https://p.example/{name}")
    told = "A sore mouth heals faster when it is rinsed with salt water four times each day."
    many = "\n\n".join(f"## Part {n}\n\nPart {n} is about forms and offices." for n in range(40))
    document(folder / "in" / "short.md", told, title="Care", url="https://p.example/short")
    long = f"{told}\n\n{many}"
    document(folder / "in" / "long.md", long, title="Care", url="https://p.example/long")
    settings = VectorStoreSettings(data_dir=folder / "data")
    Shelver(settings, encoder, Told()).run([folder / "in"])
    shelf = open_shelf(settings, encoder)
    yield ShelfRetriever(shelf, encoder)
    shelf.close()


def test_a_page_that_names_the_medicine_asked_about_is_lifted_above_the_others(pages):
    def lead(retriever):
        found = retriever.search("what should I know of afinitor")
        scores = {hit.title: hit.score for hit in found}
        return scores.pop("Everolimus") - max(scores.values())

    assert lead(pages) > 0
    assert lead(pages) > lead(replace(pages, dense_weight=1e9)) + 0.05  # by meaning alone


def test_of_two_pages_that_say_the_same_the_one_about_nothing_else_is_shown(pages):
    hits = pages.search("how do I rinse my sore mouth", 20)
    sizes = pages.shelf.sizes()
    assert sizes[hits[0].article_id] == 1
    assert [hit.text for hit in hits].count(hits[0].text) == 1
    assert max(sizes.values()) == 41  # the long page, which is there and says the same


def test_words_that_stand_everywhere_are_not_looked_for_where_rarer_ones_tell(pages, monkeypatch):
    rank = pages.shelf.rank
    everywhere = len(rank("part", 50))
    assert everywhere == 40
    assert len(rank("parts of a rinse", 50)) == everywhere + 2  # "rinsed" in both pages
    monkeypatch.setattr("vectorstore.shelf._MOST_ROWS", 10)
    assert len(rank("parts of a rinse", 50)) == 2
    assert len(rank("part", 50)) == everywhere  # the only word that tells anything stays
    assert rank("the of", 50) == []


def test_an_index_of_an_older_format_is_built_anew(tmp_path, encoder, monkeypatch):
    document(tmp_path / "in" / "caps.md")
    settings = VectorStoreSettings(data_dir=tmp_path / "data")
    with monkeypatch.context() as older:
        older.setattr("vectorstore.shelf_build._COMPLETE", "complete")
        Shelver(settings, encoder, Told()).run([tmp_path / "in"])
    shelf = open_shelf(settings, encoder)
    assert [hit.title for hit in ShelfRetriever(shelf, encoder).search("my hair")] == [
        "Scalp cooling"
    ]
    shelf.close()


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

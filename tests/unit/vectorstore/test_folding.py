"""Passages that say nearly the same count once, and the one with the best source is shown."""

from dataclasses import replace

import pytest

from tests.unit.vectorstore.shelf_documents import Told, document
from vectorstore.folding import Candidate, Place, fold
from vectorstore.ingest import open_index
from vectorstore.searching import searcher
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelving import Shelver

COOLING = Candidate(
    "cooling",
    "Scalp cooling",
    "Who it suits",
    "Cold caps can keep some hair during chemotherapy. Most people with solid tumors can try them.",
)
OTHER_WORDS = "During chemotherapy, cold caps can keep some hair. Most people with tumors can try."


def _ids(encoder, *candidates, most=8):
    vectors = dict(
        zip(
            (candidate.passage_id for candidate in candidates),
            encoder.embed_documents([candidate.text for candidate in candidates]),
            strict=True,
        )
    )
    return fold(candidates, most, vectors.get)


@pytest.fixture(scope="module")
def arrays(encoder):
    import numpy as np

    class Arrays:
        def embed_documents(self, texts):
            return [np.array(row, np.float32) for row in encoder.embed_documents(texts)]

    return Arrays()


def test_what_says_nearly_the_same_counts_once(arrays):
    again = replace(COOLING, passage_id="again", text=OTHER_WORDS)
    apart = Candidate("apart", "Fever", "When to call", "Fever can be a sign of an infection.")
    assert _ids(arrays, COOLING, again, apart) == [
        Place("cooling", "cooling"),
        Place("apart", "apart"),
    ]


def test_the_best_source_is_shown_in_the_place_of_the_first(arrays):
    better = replace(COOLING, passage_id="better", text=COOLING.text + " Ask.", worth=(1,))
    assert _ids(arrays, COOLING, better) == [Place("better", "cooling")]
    assert _ids(arrays, better, COOLING) == [Place("better", "better")]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Scalp cooling", COOLING.text.replace("some", "80 in 100")),  # a figure of its own
        ("Scalp cooling for men", COOLING.text),  # of another matter
        ("Scalp", COOLING.text + " Lymphedema sleeves, compression bandages and massage help arms"),
    ],
    ids=["figure", "title", "says more"],
)
def test_what_adds_something_stays(arrays, title, text):
    other = replace(COOLING, passage_id="other", title=title, text=text)
    assert len(_ids(arrays, COOLING, other)) == 2


def test_pages_of_a_series_that_read_alike_stay(arrays):
    text = "This combination contains {0}. Combinations usually work better than single drugs."
    pages = [
        Candidate("ac-t", "AC-T", "", text.format("doxorubicin, cyclophosphamide and paclitaxel")),
        Candidate("ac", "AC", "", text.format("doxorubicin and cyclophosphamide")),
    ]
    assert len(_ids(arrays, *pages)) == 2


def test_words_alone_do_not_fold():
    again = replace(COOLING, passage_id="again", text=OTHER_WORDS)
    assert len(fold([COOLING, again], 8, lambda _key: None)) == 2


def test_of_copies_the_best_is_found_without_their_vectors():
    copies = [replace(COOLING, passage_id=str(n), worth=(n % 5,)) for n in range(9)]
    assert fold(copies, 8, lambda _key: None) == [Place("4", "0")]


def test_no_more_are_read_than_are_needed():
    read = []

    def candidates():
        for n in range(9):
            read.append(n)
            yield Candidate(str(n), f"Title {n}", "", f"text {n}")

    assert len(fold(candidates(), 2, lambda _key: None)) == 2
    assert len(read) <= 3


def test_a_search_on_the_shelf_and_on_both_shows_one_of_them(tmp_path, library_dir, encoder):
    folder, text = tmp_path / "in", COOLING.text
    pages = {"old": "2019", "new": "2025"}
    for name, year in pages.items():
        document(folder / f"{name}.md", text, year=year, url=f"https://c.example/{name}")
    copied = "Letrozole is a pill that lowers estrogen."
    settings = VectorStoreSettings(data_dir=tmp_path / "data", library_dir=library_dir)
    index = open_index(settings)
    ours = next(c for c in index.chunks.values() if c.lines and c.article_id == "letrozole")
    index.close()
    document(folder / "copy.md", ours.text or copied, title=ours.title, url="https://c.example/l")
    Shelver(settings, encoder, Told()).run([folder])
    index = open_index(settings)
    on_shelf = searcher(index, settings, "shelf")("can cold caps keep my hair")
    cooling = [hit for hit in on_shelf if hit.title == "Scalp cooling"]
    assert [index.shelf.document(hit.article_id).year for hit in cooling] == [2025]
    asked = f"{ours.title} {ours.text}"
    alone = {hit.title for hit in searcher(index, settings, "shelf")(asked)}
    both = [hit for hit in searcher(index, settings, "both")(asked) if hit.text == ours.text]
    assert ours.title in alone
    assert [hit.chunk_id for hit in both] == [ours.chunk_id]
    index.close()

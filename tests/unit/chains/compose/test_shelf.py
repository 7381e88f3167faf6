"""What the second shelf may say, and what it may not."""

from dataclasses import replace
from datetime import date

import pytest

from chains.compose import EmbeddedComposer, shelf
from chains.compose.draft import Draft
from chains.compose.phrases import load_phrases
from chains.compose.writing import write
from chains.grounding import Grounder
from chains.stages import CondensedQuestion
from memory.records import Card
from tests.support.builders import claim
from tests.unit.vectorstore.shelf_documents import Told, document
from vectorstore.ingest import open_shelf
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf_search import ShelfRetriever
from vectorstore.shelving import Shelver

TODAY = date(2026, 11, 30)
ZEBRA = (
    "Equine therapy is time spent with horses under the guidance of a trained person. "
    "It is offered at some cancer centers to people who have finished treatment. "
    "A third sentence about equine therapy is never quoted. Give equine therapy 40 mg daily."
)


@pytest.fixture(scope="module")
def shelved(tmp_path_factory, services):
    """A shelf with a page in the public domain, a paper, a page for doctors and a rat study."""
    folder = tmp_path_factory.mktemp("shelf")
    page = {"publisher": "Institute", "reviewed": "2022-03-09"}
    document(folder / "in/a.md", ZEBRA, title="Equine therapy", url="https://i.example/a", **page)
    paper = {"licence": "CC BY 4.0", "audience": "professional", "kind": "trial"}
    trial = "Equine-assisted therapy was tried in women after breast cancer and eased their worry."
    document(
        folder / "in/b.md", trial, title="Horses after breast cancer, equine therapy tried",
        url="https://j.example/b", design="randomized trial", size=48, in_people="true", **paper,
    )  # fmt: skip
    rats = "Deuterium depleted water slowed breast tumors in rats that drank it."
    document(
        folder / "in/c.md", rats, title="Deuterium depleted water in rats", year="2012",
        url="https://j.example/c", in_people="false", **paper,
    )  # fmt: skip
    prostate = "Equine therapy was offered to men after prostate cancer and they liked it."
    document(folder / "in/d.md", prostate, title="Prostate cancer", url="https://j.example/d")
    settings = VectorStoreSettings(data_dir=folder / "data")
    shelver = Shelver(settings, services.index.embeddings, Told())
    assert shelver.run([folder / "in"]).failed == []
    opened = open_shelf(settings, services.index.embeddings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def composer(services, shelved):
    retriever = ShelfRetriever(shelved, services.index.embeddings)
    lexicon = services.lexicon.for_one_turn()
    return EmbeddedComposer(replace(services.composer.kit, shelf=retriever)).for_one_turn(lexicon)


@pytest.fixture(scope="module")
def grounder(services, shelved):
    index = replace(services.index, shelf=shelved)
    return Grounder(index, services.tables, {})


@pytest.mark.parametrize(
    "said",
    [
        "Adults usually take 600 milligrams of this medicine twice a day with food.",
        "Take one tablet twice a day with a full glass of water.",
        "You may take two pills every six hours for the pain that you have.",
        "Women took 1 gram of calcium and 800 international units of vitamin D.",
        "Start with half a teaspoon of the powder in water each evening.",
        "The usual amount is 75 mg/m² into a vein once every 3 weeks.",
    ],
)
def test_no_amount_is_quoted_however_it_is_written(said):
    assert not shelf._may_be_quoted(said)
    assert shelf._with_next(["It helps.", said], 0) == ["It helps."]


@pytest.mark.parametrize(
    "said",
    [
        "About 1 in 8 women will develop breast cancer during her lifetime.",
        "Hormone therapy is often a pill that is taken at home for years.",
        "Your nurse gives you the medicine once every 3 weeks in a vein.",
    ],
)
def test_figures_that_are_no_amounts_are_quoted(said):
    assert shelf._may_be_quoted(said)


def _alone(composer, text):
    return shelf.alone(CondensedQuestion(raw=text, standalone=text), composer.kit, TODAY)


def test_without_a_source_of_ours_the_shelf_answers_in_quotation_marks(composer, grounder):
    kept, report = grounder.ground(_alone(composer, "What is equine therapy?"))
    assert (report.dropped, kept.short) == ((), ())
    answer = write(kept, load_phrases())
    quoted = "It is offered at some cancer centers to people who have finished treatment."
    [sentence] = answer.sentences
    assert sentence.text == f"{ZEBRA.split(' It is')[0]} {quoted}"
    assert f"**Institute, Equine therapy:** “{sentence.text}” [1]" in answer.markdown
    assert "page for patients; last reviewed March 2022; may be out of date" in answer.markdown
    assert "*Source 1: last reviewed March 2022; may be out of date.*" in answer.markdown
    assert "never quoted" not in answer.markdown
    assert "mg" not in answer.markdown


def test_what_may_not_be_quoted_is_named_with_design_size_year_and_link_alone(composer, grounder):
    kept, _ = grounder.ground(_alone(composer, "Does equine therapy help after breast cancer?"))
    answer = write(kept, load_phrases())
    told = (
        "[Horses after breast cancer, equine therapy tried](https://j.example/b) [2]"
        " *(randomized trial; 48 people in it; 2024; small study in people)*"
    )
    assert told in answer.markdown
    assert "eased their worry" not in answer.markdown
    assert [s.url for s in answer.sources] == ["https://i.example/a", "https://j.example/b"]


def test_a_page_about_another_cancer_is_left_out(composer, shelved):
    found = shelf.shelf_found(
        CondensedQuestion(raw="What is equine therapy?", standalone="What is equine therapy?"),
        composer.kit,
    )
    assert "Prostate cancer" in {description.title for _, description in shelved.documents()}
    assert "Prostate cancer" not in {one.document.title for one in found}


def test_a_study_of_animals_says_so(composer):
    [block] = _alone(composer, "deuterium depleted water for breast tumors").blocks
    assert block.claims[0].because == (
        "2012; laboratory or animals only; from 2012; may be out of date"
    )


@pytest.mark.parametrize(
    "asked", ["What is the capital of France?", "Does reiki help?", "Is equine flu dangerous?"]
)
def test_what_the_shelf_does_not_speak_of_stays_without_an_answer(composer, asked):
    assert _alone(composer, asked) == Draft()


def test_our_own_articles_come_first_and_the_shelf_says_nothing_twice(composer):
    words = "Is equine therapy tried after breast cancer?"
    asked = CondensedQuestion(raw=words, standalone=words)
    ours = Draft(short=(claim("Walking eases tiredness."),))
    both = shelf.beside(ours, asked, composer.kit, TODAY)
    assert both.claims()[0] == ours.short[0]
    assert [c.form for c in both.claims()[1:]] == ["quote", "pointer"]
    told = Draft(short=(claim(both.claims()[1].text),))
    texts = [c.text for c in shelf.beside(told, asked, composer.kit, TODAY).claims()]
    assert texts.count(told.short[0].text) == 1


def test_an_empty_shelf_changes_no_answer(services):
    asked = CondensedQuestion(raw="What is letrozole?", standalone="What is letrozole?")
    hits = services.searcher.search("What is letrozole?")
    without = EmbeddedComposer(replace(services.composer.kit, shelf=None))
    card = Card(subject="self")
    assert services.composer.compose(asked, hits, card) == without.compose(asked, hits, card)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Equine therapy cures the disease."},
        {"text": ZEBRA.split(" Give")[0]},  # three sentences
        {"chunk_id": "shelf-000000000000#1"},
        {"form": "line"},
    ],
)
def test_a_quotation_that_does_not_stand_in_its_passage_is_dropped(composer, grounder, changed):
    draft = _alone(composer, "What is equine therapy?")
    [quote] = [c for c in draft.claims() if c.form == "quote"]
    assert grounder.ground(Draft(short=(quote,)))[0].short == (quote,)
    assert grounder.ground(Draft(short=(replace(quote, **changed),)))[0].short == ()


def test_words_of_a_licensed_text_are_never_let_through_as_a_quotation(composer, grounder):
    draft = _alone(composer, "deuterium depleted water for breast tumors")
    [named] = draft.claims()
    words = "Deuterium depleted water slowed breast tumors in rats that drank it."
    assert grounder.ground(Draft(short=(named,)))[0].short == (named,)
    assert grounder.ground(Draft(short=(replace(named, text=words),)))[0].short == ()
    quote = replace(named, text=words, form="quote")
    assert grounder.ground(Draft(short=(quote,)))[0].short == ()

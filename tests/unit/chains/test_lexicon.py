"""The words of the field, and their misspellings."""

from typing import get_args

import pytest

from chains.lexicon import Role, load_lexicon


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def named(lexicon, text):
    return [(mention.kind, mention.name) for mention in lexicon.mentions(text)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Kisqali", "ribociclib"),
        ("T-DXd", "trastuzumab deruxtecan"),
        ("tdm1", "trastuzumab emtansine"),
        ("abraxane", "nab-paclitaxel"),
        ("LUPRON", "leuprorelin"),
        ("5-FU", "fluorouracil"),
        ("Tylenol", "paracetamol"),
        ("St. John's wort", "St. John's wort"),
        ("st johns wort", "St. John's wort"),
        ("ribociclib's", "ribociclib"),
        ("omega 3", "fish oil"),
    ],
)
def test_brands_and_short_names_give_the_international_name(lexicon, written, name):
    assert named(lexicon, f"I take {written} now") == [("drug", name)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ribocyclib", "ribociclib"),
        ("tamoxafin", "tamoxifen"),
        ("anastrazol", "anastrozole"),
        ("kisquali", "ribociclib"),
        ("verzinio", "abemaciclib"),
        ("zolodex", "goserelin"),
        ("gabapenten", "gabapentin"),
        ("phemara", "letrozole"),
        ("trastuzumab derukstecan", "trastuzumab deruxtecan"),
    ],
)
def test_misspelt_drug_is_repaired_and_marked(lexicon, typed, name):
    (mention,) = lexicon.mentions(typed)
    assert (mention.name, mention.corrected, mention.text) == (name, True, typed)


@pytest.mark.parametrize("text", ["please align the paleo tables", "Mary versed in lime", "emend"])
def test_ordinary_words_are_no_drugs(lexicon, text):
    assert "drug" not in {mention.kind for mention in lexicon.mentions(text)}


def test_word_between_two_drugs_is_not_guessed(lexicon):
    assert lexicon.mentions("trastuzumad pertuzumad")[0].name == "trastuzumab"
    assert lexicon.mentions("xxlixx") == ()


def test_longest_name_wins_and_places_are_those_of_the_text(lexicon):
    text = "had trastuzumab emtansine, then trastuzumab"
    first, second = lexicon.mentions(text)
    assert (first.name, second.name) == ("trastuzumab emtansine", "trastuzumab")
    assert text[first.start : first.end] == first.text == "trastuzumab emtansine"


def test_a_name_does_not_reach_over_a_full_stop(lexicon):
    assert named(lexicon, "hot. Flashes") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("er+ tumor", True),
        ("I am er pos", True),
        ("went to the ER", False),
        ("er, I think", False),
        ("What does ER mean", True),
    ],
)
def test_two_letter_markers_count_only_where_they_are_markers(lexicon, text, expected):
    assert (("biomarker", "ER") in named(lexicon, text)) is expected


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("the runs", "symptom", "diarrhea"),
        ("can’t sleep", "symptom", "insomnia"),
        ("hot flushes", "symptom", "hot flashes"),
        ("her neutrophils are low", "symptom", "neutropenia"),
        ("pins and needles", "symptom", "peripheral sensory neuropathy"),
        ("lumpectomies", "procedure", "lumpectomy"),
        ("spine", "metastasis", "bone"),
        ("CA 27.29", "lab", "CA 27.29"),
        ("CDK4/6 inhibitors", "drug_class", "cdk4_6_inhibitor"),
        ("grapefruit juice", "food", "grapefruit"),
        ("AC-T", "regimen", "AC-T"),
    ],
)
def test_lay_words_give_the_term(lexicon, text, kind, name):
    assert named(lexicon, text) == [(kind, name)]


def test_a_drug_is_found_by_any_of_its_names(lexicon):
    drug = lexicon.drug("kisqali")
    assert drug is not None
    assert (drug.name, drug.role, drug.is_breast) == ("ribociclib", "cancer", True)
    assert lexicon.drug("ibuprofen").role == "everyday"
    assert lexicon.drug("no such thing") is None
    assert {"aromatase_inhibitor", "endocrine_therapy"} <= lexicon.classes_of("Femara")
    assert lexicon.classes_of("no such thing") == frozenset()


def test_every_drug_row_is_whole(lexicon):
    drugs = [lexicon.drug(name) for name in lexicon.names("drug")]
    assert len(drugs) > 600
    assert all(drug is not None and drug.classes for drug in drugs)
    assert {drug.role for drug in drugs} == set(get_args(Role))


def test_every_regimen_is_made_of_known_drugs(lexicon):
    for name in lexicon.names("regimen"):
        regimen = lexicon.regimen(name)
        assert regimen is not None
        assert all(lexicon.drug(drug).name == drug for drug in regimen.drugs + regimen.inferred)


def test_vocabulary_and_english_words_are_told_apart(lexicon):
    assert {"ribociclib", "kisqali", "neutropenia"} <= lexicon.vocabulary()
    assert lexicon.is_english("Tired")
    assert not lexicon.is_english("ribociclib")
    assert lexicon.frequency("the") > lexicon.frequency("tired") > 0 == lexicon.frequency("xqz")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I have been taking doxl since May", "liposomal doxorubicin"),
        ("on odcetaxel now", "docetaxel"),
        ("started erceptin last week", "trastuzumab"),
        ("taking tuky6a 300 mg", "tucatinib"),
    ],
)
def test_a_short_or_broken_beginning_is_repaired_where_a_medicine_is_expected(lexicon, text, name):
    assert [m.name for m in lexicon.mentions(text) if m.kind == "drug"] == [name]


@pytest.mark.parametrize("text", ["the doxl shop", "my taxis and I", "that was fenara's idea"])
def test_a_short_slip_alone_is_no_medicine(lexicon, text):
    assert "drug" not in {mention.kind for mention in lexicon.mentions(text)}


def test_an_owner_is_no_misspelling(lexicon):
    (mention,) = [m for m in lexicon.mentions("Enhertu's label") if m.kind == "drug"]
    assert (mention.name, mention.corrected) == ("trastuzumab deruxtecan", False)


def test_name_that_is_an_everyday_word_counts_in_its_own_spelling_alone(lexicon):
    for everyday in ("is it the same as ibrance", "Same for me", "IS IT THE SAME"):
        assert ("drug", "SAMe") not in named(lexicon, everyday)
    for meant in ("I take SAMe", "sam-e for mood", "s-adenosylmethionine"):
        assert ("drug", "SAMe") in named(lexicon, meant)

"""Facts by kind of saying: ages behind medicines, reactions, carriers, questions of things."""

import pytest

from chains.extraction import extract
from memory.records import Card


def said(text):
    """Kind, name, status or value, and subject of each fact that a message states."""
    facts = extract(text, Card())
    return {
        (f.kind, f.name, f.status or f.attributes.get("value"), f.subject)
        for f in facts
        if not f.negated
    }


def dose_of(text):
    return next(f.attributes.get("dose") for f in extract(text, Card()) if f.kind == "medication")


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("taking anastrozole, 67, retired", "67"),
        ("on Femara 58", "58"),
        ("started Verzenio, 49 and exhausted", "49"),
    ],
)
def test_figure_that_is_no_dose_of_the_medicine_is_an_age(text, age):
    assert ("age", age, None, "self") in said(text)
    assert dose_of(text) is None


@pytest.mark.parametrize(
    ("text", "dose"),
    [("on Verzenio 100", "100 mg"), ("exemestane, 25", "25 mg"), ("Xeloda 1500", "1500 mg")],
)
def test_figure_that_is_a_dose_stays_one(text, dose):
    assert dose_of(text) == dose


@pytest.mark.parametrize(
    ("text", "allergen"),
    [
        ("amoxicillin brought me out in a rash", "amoxicillin"),
        ("I get hives from codeine", "codeine"),
        ("erythromycin makes me sick so I can't take it", "erythromycin"),
        ("nickel makes my skin blister", "nickel"),
        ("I reacted badly to docetaxel", "docetaxel"),
    ],
)
def test_what_harms_like_an_allergen_is_an_allergy_alone(text, allergen):
    assert said(text) == {("allergy", allergen, None, "self")}


@pytest.mark.parametrize(
    ("text", "medicine"),
    [
        ("metformin gives me diarrhea", "metformin"),
        ("Kisqali gives me a rash", "ribociclib"),
        ("I'm still on gabapentin though it gives me a rash", "gabapentin"),
    ],
)
def test_side_effect_of_what_is_taken_is_no_allergy(text, medicine):
    facts = said(text)
    assert ("medication", medicine, "current", "self") in facts
    assert not [fact for fact in facts if fact[0] == "allergy"]


def test_bare_result_is_the_speakers_and_a_bare_gene_the_relatives():
    assert said("my aunt CHEK2, but I'm negative") == {
        ("biomarker", "CHEK2", "positive", "aunt"),
        ("biomarker", "CHEK2", "negative", "self"),
    }
    assert said("mum carries BRCA2 and I don't") >= {("biomarker", "BRCA2", "negative", "self")}
    # A receptor is no gene: "negative" beside it says nothing of the speaker.
    her2 = said("my mum has HER2 positive cancer, I'm negative")
    assert not [fact for fact in her2 if fact[0] == "biomarker" and fact[3] == "self"]


def test_medicine_that_is_no_longer_taken_is_past_and_what_came_instead_current():
    for text in (
        "I am not on letrozole any more, they changed me to exemestane",
        "not on letrozole anymore, my onc moved me over to exemestane",
        "they took me off letrozole and gave me exemestane",
    ):
        assert said(text) == {
            ("medication", "letrozole", "past", "self"),
            ("medication", "exemestane", "current", "self"),
        }


@pytest.mark.parametrize(
    "text",
    [
        "Will Tukysa give me headaches?",
        "Can trastuzumab hurt my lungs, or is it all right with weak ones?",
        "Does chemo help with bone pain and how soon",
        "How can I get a free scan?",
        "Can I swim while on Xgeva or Zometa?",
        "why do they test my vitamin d so often",
        "Does this mean my cancer has spread?",
        "Should my niece start screening early?",
        "Which lumps count as locally advanced?",
        "I'm so tired of being brave",
        "tiny red spots on my skin",
    ],
)
def test_what_is_only_asked_about_or_felt_at_heart_teaches_nothing(text):
    assert said(text) == set()


def test_who_clause_tells_of_the_relative_it_follows():
    assert ("medication", "letrozole", "current", "mother") in said(
        "my mother, who is 66, takes letrozole"
    )
    assert ("medication", "ribociclib", "current", "wife") in said("the wife is on Kisqali")

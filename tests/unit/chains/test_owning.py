"""Questions that name the asker's own cancer state it; questions about others do not."""

import pytest

from chains.extraction import extract
from memory.records import Card


def read(text):
    return {
        (f.kind, f.name, f.attributes.get("value") or f.status)
        for f in extract(text, Card())
        if f.state != "inferred"
    }


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how long can I work with stage 3 cancer", ("stage", "III", None)),
        ("is yoga safe if I have HER2 positive cancer", ("biomarker", "HER2", "positive")),
        ("as a stage 2 patient, do I need scans", ("stage", "II", None)),
        (
            "will my lobular cancer show on a scan",
            ("diagnosis", "invasive lobular carcinoma", None),
        ),
        ("what are my options for ER negative disease", ("biomarker", "ER", "negative")),
        ("does my ki67 of 40 matter", ("biomarker", "Ki-67", "40")),
        ("what can I do about these hot flashes", ("symptom", "hot flashes", None)),
        ("what happens at my first Taxol on Friday", ("medication", "paclitaxel", "planned")),
        (
            "should I worry about wine now that I'm on letrozole",
            ("medication", "letrozole", "current"),
        ),
    ],
)
def test_question_that_calls_it_the_writers_own_states_it(question, told):
    assert told in read(question)


@pytest.mark.parametrize(
    "question",
    [
        "what are the options for stage 3",
        "is yoga safe in HER2 positive cancer",
        "do people with bone mets lift weights",
        "is my HER2 positive?",
        "is my cancer stage 4",
        "will my cancer spread to my bones",
        "if I have bone mets will they radiate them",
        "what happens if I have brain mets",
        "any ladies here with stage 3?",
        "will my hair fall out",
        "is this a rash from taxol",
    ],
)
def test_question_about_others_or_about_what_may_be_states_nothing(question):
    assert read(question) == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I am sixty-two years old", ("age", "62", None)),
        ("my periods stopped in 2012", ("menopausal_status", "postmenopausal", None)),
        ("12 lymph nodes removed, 5 were positive", ("nodes", "5/12", None)),
        ("they upstaged me from IIB to IIIA", ("stage", "IIIA", None)),
        ("surgery is booked for the 9th, lumpectomy", ("procedure", "lumpectomy", "planned")),
        ("I broke out in hives with morphine", ("allergy", "morphine", None)),
        ("ast 88 today", ("lab", "AST", "88")),
        (
            "starting Zoladex, letrozole and Kisqali next week",
            ("medication", "goserelin", "planned"),
        ),
        ("had 4 rounds of tchp", ("medication", "carboplatin", "past")),
        ("sage tea for my flushes", ("symptom", "hot flashes", None)),
    ],
)
def test_what_is_told_in_passing_is_read(text, told):
    assert told in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "wouldn't touch letrozole with a bargepole",
        "they say keytruda works wonders",
        "the AC broke and I waited in the car",
        "I paid with bitcoin",
        "worried my cough is lung mets",
        "might go on abemaciclib",
    ],
)
def test_hearsay_fears_and_look_alikes_are_no_medicine_and_no_spread(text):
    assert not [told for told in read(text) if told[0] in ("medication", "metastasis")]

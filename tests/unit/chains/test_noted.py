"""Notes of findings, read item by item, and words whose person stands behind them."""

import pytest

from chains.extraction import extract
from memory.records import Card


def told(text):
    return {
        (one.subject, one.kind, one.attributes.get("value") or one.name)
        for one in extract(text, Card())
        if not one.negated
    }


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("BRCA1, 36", ("self", "biomarker", "positive")),
        ("taking Orserdu for ESR1", ("self", "biomarker", "positive")),
        ("stage 2, 48", ("self", "age", "48")),
        ("stage IIB, letrozole", ("self", "medication", "letrozole")),
        ("triple negative, keytruda", ("self", "medication", "pembrolizumab")),
        ("on femara, diabetes and 63", ("self", "age", "63")),
        ("my mother has her2 positive breast cancer", ("mother", "biomarker", "positive")),
        ("mets to the lung, my aunt", ("aunt", "metastasis", "lung")),
        ("mum's 69, dad's 72", ("mother", "age", "69")),
        ("mum's 69, dad's 72", ("father", "age", "72")),
        ("grandma on mum's side took tamoxifen", ("grandmother", "medication", "tamoxifen")),
        ("I'm 40. Mum is 73", ("mother", "age", "73")),
        ("I'm 40. Mum is 73", ("self", "age", "40")),
        (
            "my brother was told stage I and had a mastectomy",
            ("brother", "procedure", "mastectomy"),
        ),
        ("my wife's BRCA1 test was positive", ("wife", "biomarker", "positive")),
        ("stage IV in the bone here", ("self", "metastasis", "bone")),
    ],
)
def test_item_of_a_note_is_a_fact_of_its_person(text, fact):
    assert fact in told(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BRCA1", "biomarker"),
        ("tested for BRCA1, TP53, PALB2, 44", "biomarker"),
        ("is Piqray for PIK3CA", "biomarker"),
        ("what is her2 positive breast cancer", "biomarker"),
        ("tamoxifen or letrozole, stage 2", "medication"),
        ("could my mum's cough mean it's in the lungs?", "metastasis"),
        ("is it the same as ibrance", "medication"),
        ("the woman next to me at chemo gets Perjeta", "medication"),
    ],
)
def test_what_is_only_named_or_asked_is_none(text, kind):
    assert not {one for one in told(text) if one[1] == kind}


def test_words_that_liken_ask_nothing():
    text = "I have stage 2 breast cancer and so does my sister, hers is stage 3"
    assert {("self", "stage", "II"), ("sister", "stage", "III")} <= told(text)
    assert ("sister", "stage", "II") not in told(text)

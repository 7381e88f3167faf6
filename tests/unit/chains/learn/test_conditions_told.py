"""Conditions of lines in a patient's words, never as they are written."""

import re

import pytest

from chains.learn.conditions_told import clauses_told, condition_told
from tests.support.builders import line
from vectorstore.conditions import KEYS, parse_condition

RAW = re.compile(r"[_=|]|biomarker|subtype|extent\b|menopausal")


def test_every_condition_of_the_library_is_told_without_its_raw_form(services):
    told = [
        condition_told(one)
        for article in services.index.library.articles.values()
        for section in article.sections
        for one in section.lines
        if one.when or one.unless
    ]
    assert len(told) > 500
    assert [text for text in told if RAW.search(text)] == []
    assert all(text.startswith(("If ", "Unless ")) for text in told)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("biomarker.ER = positive", "If your cancer is ER-positive"),
        ("biomarker.PALB2 = positive", "If a change in PALB2 was found"),
        ("biomarker.ESR1 = negative", "If no change in ESR1 was found"),
        ("biomarker.Ki-67 = high", "If your Ki-67 result is high"),
        ("extent = metastatic | oligometastatic", "If your cancer has spread"),
        ("extent = early | locally advanced", "If your cancer is early or locally advanced"),
        (
            "medication = letrozole and biomarker.HER2 = positive and extent = recurrent",
            "If your cancer is HER2-positive and has come back and you take letrozole",
        ),
        (
            "class = steroid | mtor_inhibitor",
            "If you are treated with a steroid or an mTOR inhibitor",
        ),
        ("stage != IV", "Unless your cancer is stage IV"),
        (
            "symptom = nausea and procedure != lumpectomy",
            "If you have nausea, unless you have a lumpectomy",
        ),
    ],
)
def test_condition_is_told_as_the_beginning_of_a_sentence(when, told):
    assert condition_told(line("A claim.", when=when)) == told


def test_exception_is_told_after_the_condition():
    one = line("A claim.", when="biomarker.ER = positive", unless="biomarker.HER2 = positive")
    expected = "If your cancer is ER-positive, unless your cancer is HER2-positive"
    assert condition_told(one) == expected


def test_line_for_everybody_is_told_without_condition():
    assert condition_told(line("A claim.")) == ""


@pytest.mark.parametrize("key", [*KEYS, "biomarker.HER2", "biomarker.AKT1"])
def test_every_key_a_condition_may_have_can_be_told(key):
    assert "something" in clauses_told(parse_condition(f"{key} = something"))

"""Does a line of the library fit this person?"""

import pytest

from chains.compose.person import known_of
from tests.support.builders import card, fact, line, marker


@pytest.fixture
def verdict(lexicon):
    """How a condition stands with a card of these facts."""

    def judge(when, *facts, unless=None):
        return known_of(card(*facts), lexicon).fit(line("A.", when=when, unless=unless)).verdict

    return judge


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("biomarker.ER = positive", [marker("ER", "positive")]),
        ("biomarker.HER2 = positive | low", [marker("HER2", "low")]),
        ("biomarker.HER2 = negative", [marker("HER2", "low")]),
        ("biomarker.HER2 = negative", [marker("HER2", "ultralow")]),
        ("biomarker.HER2 != positive", [marker("HER2", "negative")]),
        ("extent = metastatic", [fact("extent", "oligometastatic")]),
        ("extent = metastatic", [fact("metastasis", "bone")]),
        ("extent = metastatic", [fact("stage", "IV")]),
        ("extent = early", [fact("stage", "IIA")]),
        ("extent = in situ", [fact("stage", "0")]),
        ("extent = locally advanced", [fact("stage", "IIIB")]),
        ("stage = II", [fact("stage", "IIA")]),
        ("stage = IIA", [fact("stage", "IIA")]),
        ("medication = letrozole", [fact("medication", "letrozole")]),
        ("medication = letrozole", [fact("medication", "letrozole", status="on_hold")]),
        ("class = aromatase_inhibitor", [fact("medication", "anastrozole")]),
        ("class = cdk4_6_inhibitor", [fact("medication", "abemaciclib")]),
        ("symptom = neutropenia", [fact("symptom", "neutropenia")]),
        ("menopausal_status = postmenopausal", [fact("menopausal_status", "postmenopausal")]),
        ("subtype = HER2 positive", [marker("HER2", "positive")]),
        (
            "subtype = triple negative",
            [marker("ER", "negative"), marker("PR", "negative"), marker("HER2", "negative")],
        ),
        (
            "subtype = HR positive HER2 negative",
            [marker("PR", "positive"), marker("HER2", "low")],
        ),
    ],
)
def test_condition_is_met_by_what_the_card_says(verdict, when, facts):
    assert verdict(when, *facts) == "met"


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("biomarker.ER = negative", [marker("ER", "positive")]),
        ("biomarker.HER2 = positive", [marker("HER2", "low")]),
        ("extent = early", [fact("extent", "metastatic")]),
        ("extent = early", [fact("stage", "II"), fact("metastasis", "liver")]),
        ("extent = early", [fact("stage", "IV")]),
        ("extent = early", [fact("extent", "oligometastatic")]),
        ("stage = III", [fact("stage", "II")]),
        ("medication = letrozole", [fact("medication", "tamoxifen")]),
        ("subtype = triple negative", [marker("ER", "positive")]),
        ("subtype = triple negative", [marker("HER2", "positive")]),
        ("subtype = HER2 positive", [marker("HER2", "negative")]),
        ("menopausal_status = premenopausal", [fact("menopausal_status", "postmenopausal")]),
    ],
)
def test_condition_is_ruled_out_by_what_the_card_says(verdict, when, facts):
    assert verdict(when, *facts) == "ruled_out"


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("biomarker.ER = positive", []),
        ("biomarker.HER2 = positive", [marker("ER", "positive")]),
        ("extent = metastatic", []),
        ("subtype = triple negative", [marker("ER", "negative")]),
        ("subtype = HER2 positive", [marker("ER", "positive")]),
        ("biomarker.ER = positive", [marker("ER", "positive"), marker("ER", "negative")]),
    ],
)
def test_condition_stays_unknown_while_the_card_does_not_settle_it(verdict, when, facts):
    assert verdict(when, *facts) == "unknown"


def test_line_without_a_condition_is_for_everybody(verdict):
    assert verdict(None) == verdict(None, marker("ER", "positive")) == "always"


@pytest.mark.parametrize("status", ["past", "planned"])
def test_medicine_not_taken_now_meets_no_condition(verdict, status):
    letrozole = fact("medication", "letrozole", status=status)
    assert verdict("medication = letrozole", letrozole) != "met"


def test_denied_fact_meets_no_condition(verdict):
    assert verdict("symptom = neutropenia", fact("symptom", "neutropenia", negated=True)) != "met"


def test_conjunction_needs_all_its_parts(verdict):
    when = "biomarker.ER = positive and extent = metastatic"
    assert verdict(when, marker("ER", "positive")) == "unknown"
    assert verdict(when, marker("ER", "negative")) == "ruled_out"
    assert verdict(when, marker("ER", "positive"), fact("extent", "metastatic")) == "met"


def test_exception_rules_out_only_where_it_holds(verdict):
    unless = "medication = tamoxifen"
    assert verdict(None, unless=unless) == "always"
    assert verdict(None, fact("medication", "tamoxifen"), unless=unless) == "ruled_out"


def test_met_condition_names_the_fact_that_met_it(lexicon):
    positive = marker("ER", "positive")
    fit = known_of(card(fact("age", "50"), positive), lexicon).fit(
        line("A.", when="biomarker.ER = positive")
    )
    assert fit.fact_ids == (positive.fact_id,)


def test_every_condition_of_the_library_can_be_met_or_asked(services, lexicon):
    empty = known_of(card(), lexicon)
    lines = [
        one
        for article in services.index.library.articles.values()
        for section in article.sections
        for one in section.lines
        if one.when is not None
    ]
    assert lines
    assert {empty.fit(one).verdict for one in lines} <= {"unknown", "met"}

"""What a question is plainly about, and what lies outside."""

import pytest

from chains.__main__ import Request, answer_request
from chains.errors import RuleError
from chains.retrieval import limit_of
from chains.scope import load_scope


@pytest.mark.parametrize(
    "question",
    [
        "what helps against migraine",
        "Lung cancer symptoms?",
        "What is the best treatment for prostate cancer?",
        "is melanoma dangerous",
        "how do I lower my cholesterol",
    ],
)
def test_another_illness_lies_outside(question):
    assert load_scope().is_elsewhere(question)


@pytest.mark.parametrize(
    "question",
    [
        "can breast cancer come with ovarian cancer",
        "my breast cancer spread, is it lung cancer now?",
        "I have diabetes, can I have chemo",
        "does BRCA raise the risk of ovarian cancer after my mastectomy",
        "what helps against tiredness",
    ],
)
def test_breast_cancer_brings_a_question_back(question):
    assert not load_scope().is_elsewhere(question)


def _kind(services, message):
    record = answer_request(Request(thread_id=f"scope {message}", message=message), services)
    return record.kind


@pytest.mark.parametrize(
    "message",
    [
        "stage 3 melanoma, on opdivo for a year",
        "which inhaler is best when asthma gets worse",
        "lump in my ovary, no breast problems, could it be ovarian cancer",
        "how do I get my milk supply up for the baby",
        "send a refill of letrozole to the pharmacy",
        "tell me how many mg to take for my weight",
    ],
)
def test_what_lies_outside_is_neither_noted_nor_answered(services, message):
    assert _kind(services, message) == "out_of_scope"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("I have asthma and high blood pressure", "memory"),
        ("my mother had ovarian cancer at 45", "memory"),
        ("I have diabetes, can I have chemo", "answer"),
        ("does tamoxifen cause womb cancer", "answer"),
    ],
)
def test_an_illness_beside_breast_cancer_and_one_in_the_family_stay_inside(services, message, kind):
    assert _kind(services, message) == kind


def test_who_is_treated_for_breast_cancer_may_ask_about_another_illness(services):
    lexicon = services.lexicon
    assert limit_of("what helps against asthma", lexicon, in_care=False) == "other_illness"
    assert limit_of("what helps against asthma", lexicon, in_care=True) is None


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("how do I join a clinical trial", "clinical-trials"),
        ("should I get a second opinion", "second-opinion"),
        ("are there holistic things I can do", "integrative-approaches"),
        ("I cannot afford my copay", "cost-and-practical-help"),
        ("what should I ask my oncologist", "questions-to-ask-your-oncologist"),
    ],
)
def test_plain_words_lead_to_their_article(services, question, article):
    assert article in load_scope().steered_to(question)
    assert article in services.index.library.articles


def test_what_a_trial_showed_is_not_a_search_for_one():
    assert load_scope().steered_to("what did the trial show") == frozenset()


def test_every_article_that_is_led_to_is_in_the_library(services):
    led_to = {article for article, _ in load_scope().steers}
    assert led_to <= set(services.index.library.articles)


def test_broken_pattern_is_refused_by_its_file(tmp_path):
    path = tmp_path / "scope.yaml"
    path.write_text("other_illness: ['(']\nbreast: []\nsteers: {}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"scope\.yaml"):
        load_scope(path)

"""What a question is plainly about, and what lies outside."""

import pytest

from chains.errors import RuleError
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

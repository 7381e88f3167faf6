"""Questions that say too little by themselves."""

import pytest

from chains.stages import CondensedQuestion
from chains.widening import of_own_cancer
from tests.support.builders import card, fact

CARD = card(
    fact("extent", "metastatic"),
    fact("biomarker", "HER2", value="positive"),
    fact("medication", "letrozole"),
)


@pytest.fixture
def standalone(services):
    def read(message, about=CARD):
        asked = CondensedQuestion(raw=message, standalone=message)
        return of_own_cancer(asked, about, services.composer.kit).standalone

    return read


@pytest.mark.parametrize("message", ["what are my options?", "how long do I have", "Is it curable"])
def test_question_about_treatment_or_outlook_as_such_is_asked_of_the_cancer_on_the_card(
    standalone, message
):
    told = standalone(message)
    assert "metastatic" in told
    assert "HER2-positive" in told
    assert "letrozole" not in told


@pytest.mark.parametrize(
    "message",
    [
        "what are my options for hot flashes",
        "what are the options for triple negative disease",
        "how long do I wait for the scan",
        "can I drink wine",
    ],
)
def test_question_that_says_what_it_is_about_is_left_alone(standalone, message):
    assert standalone(message) == message


def test_nothing_is_added_where_nothing_is_known(standalone):
    assert standalone("what are my options?", card()) == "what are my options?"


SCORED = card(fact("lab", "Oncotype DX", value="34"), fact("stage", "I"))


@pytest.mark.parametrize("message", ["so no chemo?", "could I get away with just tablets"])
def test_whether_chemotherapy_is_needed_is_asked_with_the_score_on_the_card(standalone, message):
    assert "my Oncotype DX score is 34" in standalone(message, SCORED)


@pytest.mark.parametrize(
    "message",
    ["does oncotype 12 mean no chemo", "what helps the nausea", "is the chemo room cold?"],
)
def test_score_is_not_added_to_what_names_it_or_asks_something_else(standalone, message):
    told = standalone(message, card(fact("stage", "I")) if "room" in message else SCORED)
    assert "34" not in told

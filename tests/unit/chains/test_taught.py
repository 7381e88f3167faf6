"""What a message teaches the cards, and what it leaves off them."""

import pytest


def cards(record):
    """By subject, kind and name of what is known."""
    return {
        subject: {(fact.kind, fact.name) for fact in facts if not fact.negated}
        for subject, facts in record.card.items()
        if facts
    }


@pytest.mark.parametrize(
    "message",
    [
        "my dad has prostate cancer on bicalutamide, what can he do about hot flashes?",
        "my uncle has melanoma, he is 60 and takes dabrafenib",
        "I have lung cancer stage IV and take osimertinib. What should I eat?",
        "my son has asthma and uses ventolin, which inhaler is best?",
    ],
)
def test_message_turned_away_for_another_illness_leaves_nothing(person, message):
    record = person.says(message)
    assert record.kind == "out_of_scope"
    assert cards(record) == {}
    assert not record.facts


def test_what_the_writer_says_of_themselves_stays_beside_anothers_illness(person):
    record = person.says("I am 52 years old. My dad has prostate cancer, what can he eat?")
    assert cards(record) == {"self": {("age", "52")}}


def test_breast_cancer_in_the_same_message_counts(person):
    told = "My dad has prostate cancer. I have breast cancer and take letrozole"
    assert ("medication", "letrozole") in cards(person.says(told))["self"]


def test_command_beside_another_illness_is_carried_out(person):
    record = person.says(
        "I take letrozole and I am 52 years old",
        "my dad has prostate cancer, how long will he live? And forget my age please",
    )
    assert cards(record) == {"self": {("medication", "letrozole")}}


def test_illness_of_who_is_treated_for_breast_cancer_is_kept(person):
    record = person.says("I take tamoxifen for breast cancer", "I have asthma, can I run?")
    assert ("comorbidity", "asthma") in cards(record)["self"]


@pytest.mark.parametrize(
    ("message", "card"),
    [
        ("she takes letrozole. my mother, that is", {("medication", "letrozole")}),
        ("My mother starts AC tomorrow. She has diabetes", None),
    ],
)
def test_relative_named_behind_and_a_relatives_illness_told_plainly_are_kept(person, message, card):
    held = cards(person.says(message))
    assert set(held) == {"mother"}
    assert held["mother"] == card if card else ("comorbidity", "diabetes") in held["mother"]

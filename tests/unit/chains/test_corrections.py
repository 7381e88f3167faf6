"""What was wrong and what is right, and whose facts are."""

import pytest

from chains.corrections import owner, rightings, value_like, wrong_facts
from chains.lexicon import load_lexicon
from tests.support.builders import fact

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("message", "old", "right"),
    [
        ("actually 44 not 54", fact("age", "54"), "44"),
        ("stage IIA instead of stage IIB", fact("stage", "IIB"), "IIA"),
        ("change exemestane to letrozole", fact("medication", "exemestane"), "letrozole"),
        ("I said brain but I meant bone", fact("metastasis", "brain"), "bone"),
    ],
)
def test_pair_is_borne_out_by_the_fact_it_calls_wrong(message, old, right):
    pairs = (pair for pair in rightings(message) if pair.wrong)
    found = [new.name for pair in pairs for _, new in wrong_facts(pair, [old], LEXICON)]
    assert found[:1] == [right]


def test_pair_says_nothing_of_a_fact_it_does_not_name():
    pairs = (pair for pair in rightings("actually 44 not 54") if pair.wrong)
    assert not [1 for pair in pairs for _ in wrong_facts(pair, [fact("age", "61")], LEXICON)]


def test_dose_is_put_right_of_the_medicine_that_has_it():
    taken = [
        fact("medication", "letrozole", dose="2.5 mg"),
        fact("medication", "palbociclib", dose="125 mg"),
    ]
    for message in ("it's 100 not 125", "actually 100 mg, not 125 mg"):
        found = [pair for one in rightings(message) for pair in wrong_facts(one, taken, LEXICON)]
        assert [(old.name, new.attributes["dose"]) for old, new in found[:1]] == [
            ("palbociclib", "100 mg")
        ]


def test_value_is_read_as_the_kind_of_the_fact():
    assert value_like(fact("stage", "II"), "3a", LEXICON).name == "IIIA"
    assert value_like(fact("stage", "II"), "letrozole", LEXICON) is None


@pytest.mark.parametrize(
    ("message", "whose"),
    [
        ("it's mum's not mine", "mother"),
        ("whoops, that's not mum's, that's mine", "self"),
        ("my mum says it is not easy", None),
    ],
)
def test_owner_is_whose_the_message_says_it_is(message, whose):
    assert owner(message) == whose

"""What is learnt adds to what the rules make of a follow-up, and where it must not."""

import pytest

from chains.condense import condense, with_supplied
from chains.condense.conversation import Conversation
from chains.condense.supplied import load_weights
from chains.condense.wording import load_wording
from chains.lexicon import load_lexicon
from chains.stages import LastTurn
from memory.records import Card

LEXICON = load_lexicon()
SURE = {"any": 9.0}
"""Weights by which everything belongs into the question."""


def talk(*messages: str) -> Conversation:
    """A conversation of these messages, each condensed in its turn."""
    history: list[LastTurn] = []
    for message in messages:
        question = condense(message, history, Card(), lexicon=LEXICON).standalone
        history.append(LastTurn(message=message, kind="answer", question=question))
    return Conversation(tuple(history), Card(), LEXICON, load_wording())


def test_complaint_that_the_rules_leave_out_is_added_once():
    said = talk("the rash from Enhertu is awful")
    text = with_supplied("hydrocortisone?", "hydrocortisone with Enhertu?", said, SURE)
    assert text.startswith("hydrocortisone with Enhertu for") and text.endswith("rash?")
    assert with_supplied("hydrocortisone?", text, said, SURE) == text


@pytest.mark.parametrize("message", ["what is lymphedema?", "Is neuropathy permanent?"])
def test_message_that_names_its_topic_and_is_left_alone_by_the_rules_stays_so(message):
    assert with_supplied(message, message, talk("I take Ibrance, am so tired"), SURE) == message


@pytest.mark.parametrize("message", ["is it the new one", "do the shots hurt", "why the first"])
def test_medicine_picked_by_words_is_left_to_the_rules(message):
    said = talk("I get Faslodex and Ibrance")
    assert with_supplied(message, message, said, SURE) == message


def test_food_is_no_remedy_and_gets_no_complaint():
    said = talk("I get hot flashes on Arimidex")
    text = with_supplied("grapefruit?", "grapefruit with Arimidex?", said, SURE)
    assert text == "grapefruit with Arimidex?"


def test_statement_and_first_message_are_left_alone():
    said = talk("I get hot flashes on Arimidex")
    assert with_supplied("thanks so much", "thanks so much", said, SURE) == "thanks so much"
    assert with_supplied("what helps?", "what helps?", talk(), SURE) == "what helps?"


def test_nothing_is_added_that_nothing_speaks_for():
    said = talk("the rash from Enhertu is awful")
    text = "hydrocortisone with Enhertu?"
    assert with_supplied("hydrocortisone?", text, said, {"any": -9.0}) == text


def test_weights_are_of_signs_and_of_no_thing():
    named = [sign for sign in load_weights() if not sign.startswith(("word ", "kind "))]
    rest = [sign.partition(": ")[2] or sign for sign in named]
    assert named
    assert not [sign for sign in rest if ": word" not in sign and LEXICON.drug(sign)]

"""Follow-ups where more than one thing was spoken of: which of them is meant."""

import pytest

from chains.condense import condense
from chains.lexicon import load_lexicon
from chains.stages import LastTurn
from memory.records import Card

NOBODY = Card()


def ask(message: str, *before: str) -> str:
    """The question as it stands after these messages, each condensed in its turn."""
    history: list[LastTurn] = []
    for said in before:
        text = condense(said, history, NOBODY, lexicon=load_lexicon()).standalone
        history.append(LastTurn(message=said, kind="answer", question=text))
    return condense(message, history, NOBODY, lexicon=load_lexicon()).standalone


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("does the tablet thin bones", "does anastrozole thin bones"),
        ("how often are the shots", "how often is fulvestrant"),
        ("what about the pill, does it thin bones", "does anastrozole thin bones"),
    ],
)
def test_how_a_medicine_is_given_tells_two_apart(message: str, expected: str) -> None:
    assert ask(message, "I take anastrozole and get fulvestrant") == expected


def test_a_class_that_is_pointed_at_is_its_one_member() -> None:
    spoken = "I get zometa with fulvestrant"
    assert ask("is the bone drug bad for kidneys", spoken).startswith("is zoledronic acid bad")
    assert ask("how does a bone drug work", spoken) == "how does a bone drug work"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("can the first be given at home", "can goserelin be given at home"),
        ("does the latter cause rashes", "does olaparib cause rashes"),
    ],
)
def test_a_place_in_the_row_needs_no_noun(message: str, expected: str) -> None:
    assert ask(message, "is it goserelin or olaparib next") == expected


@pytest.mark.parametrize(
    "message",
    [
        "How common is cancer in the other breast?",
        "What happens in the first week after a biopsy?",
        "is the one in my arm a port?",
    ],
)
def test_a_place_before_a_noun_of_its_own_picks_nothing(message: str) -> None:
    asked = ask(message, "is it goserelin or olaparib next")
    assert "goserelin" not in asked
    assert "olaparib" not in asked


def test_mine_is_what_the_writer_has_and_not_what_the_other_has() -> None:
    before = ("My cousin gets Kadcyla. I get Halaven.", "how often is hers given")
    assert ask("and mine?", *before) == "how often is eribulin given"
    assert ask("and mine, is that hard on nerves?", *before) == "is my eribulin hard on nerves?"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("is it them", "is itching in the arms from everolimus"),
        ("could it be the tablets", "could itching in the arms be from everolimus"),
        ("is it the faslodex", "is itching in the arms from fulvestrant"),
    ],
)
def test_what_is_felt_is_asked_of_the_medicine_that_is_suspected(
    message: str, expected: str
) -> None:
    before = ("I take everolimus and get fulvestrant", "so itchy on my arms since the tablets")
    assert ask(message, *before) == expected


@pytest.mark.parametrize("message", ["is it safe", "is that normal", "could it be worse"])
def test_a_word_that_names_no_medicine_is_no_suspect(message: str) -> None:
    assert " from everolimus from" not in ask(message, "I take everolimus", "my arms are sore")


def test_a_figure_is_put_right_in_the_last_question() -> None:
    assert ask("sorry 3 not 2", "what does stage 2 mean") == "what does stage 3 mean"


def test_a_correction_that_is_a_question_is_completed_too() -> None:
    found = ask("no, i mean how long does it take", "how often is fulvestrant given")
    assert found == "how long does fulvestrant take"


def test_more_is_of_the_complaint_and_its_medicine() -> None:
    assert ask("tell me more", "why does neratinib cause diarrhea?") == (
        "Tell me more about diarrhea from neratinib"
    )


def test_an_unknown_word_takes_the_place_of_the_food_asked_about() -> None:
    assert ask("spelt", "I take letrozole", "is flaxseed ok").startswith("is spelt ok")


def test_another_topic_drops_the_old_one_where_it_is_said_to_be_one() -> None:
    before = "is letrozole hard on joints"
    assert ask("ok new topic. does it help to walk", before) == (
        "ok new topic. does it help to walk"
    )
    assert ask("different question: what is DCIS?", before) == "different question: what is DCIS?"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("exemestane i mean", "is exemestane hard on joints"),
        ("and on hair?", "is letrozole hard on hair"),
    ],
)
def test_the_last_question_is_asked_of_what_was_meant(message: str, expected: str) -> None:
    assert ask(message, "is letrozole hard on joints") == expected


def test_back_to_the_first_asks_of_it() -> None:
    before = ("goserelin or olaparib", "which is a tablet")
    assert ask("back to the first, does it hurt", *before) == "does goserelin hurt"


def test_a_bare_verb_asks_what_somebody_said() -> None:
    assert ask("do they", "my aunt said sour cherries help") == "do sour cherries help?"


def test_a_bare_number_is_another_value_and_not_an_offer() -> None:
    assert ask("and three?", "what does grade 2 mean") == "what does grade 3 mean"

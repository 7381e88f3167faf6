"""Words to the chat about what it keeps, and what only sounds like them."""

import pytest

from chains.commands import read_command
from chains.lexicon import load_lexicon

LEXICON = load_lexicon()
KIND_WORDS = frozenset({"age", "stage", "allergy"})


def read(text):
    return read_command(text, lexicon=LEXICON, kind_words=KIND_WORDS)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("would you mind deleting my age?", "my age"),
        ("hey, quick thing: you can lose my age, i'd feel better", "my age"),
        ("i'd rather you didn't keep the turmeric", "the turmeric"),
        ("the vitamin d can go, i'm fed up with it", "the vitamin d"),
        ("pls forgt my stage", "my stage"),
        ("i would prefer my age to be removed from your records", "my age"),
    ],
)
def test_courtesy_before_a_verb_of_leaving_out_makes_a_command(text, what):
    found = read(text)
    assert (found.kind, found.what) == ("forget", what)


@pytest.mark.parametrize(
    "text",
    [
        "how do i remove the drain",
        "should i drop letrozole",
        "get rid of hot flashes",
        "can the mets be removed",
        "wipe down surfaces during chemo",
        "forgetting my tablets is becoming a habit",
        "i want to forget i ever had cancer",
    ],
)
def test_what_is_done_to_the_body_is_no_command(text):
    assert read(text) is None


def test_what_stays_and_what_is_asked_are_told_apart():
    found = read("forget letrozole and my age but keep the calcium. what helps hot flashes?")
    assert (found.what, found.kept) == ("letrozole and my age", "calcium")
    assert found.rest == "what helps hot flashes?"


@pytest.mark.parametrize(
    ("text", "is_past"),
    [("remove letrozole, i stopped it", True), ("forget letrozole", False)],
)
def test_what_goes_because_it_was_stopped_is_told_from_what_only_goes(text, is_past):
    assert read(text).is_past is is_past


@pytest.mark.parametrize(
    "text", ["let's begin from scratch", "clear everything you've stored about me please"]
)
def test_all_of_it_is_starting_over(text):
    assert read(text).kind == "start_over"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("i never said i take tamoxifen", "tamoxifen"),
        ("asthma isn't mine, no idea where that came from", "asthma"),
        ("there's a mistake, i'm not allergic to latex", "latex"),
        ("ignore what i said about the her2", "what i said about the her2"),
        ("remvoe letrozole", "letrozole"),
    ],
)
def test_what_was_never_said_or_is_misspelt_goes_too(text, what):
    assert read(text).what == what


@pytest.mark.parametrize(
    "text",
    [
        "i never said i was brave",
        "i'm not allergic to latex",
        "i never had chemo",
        "it isn't my fault",
    ],
)
def test_denial_of_what_no_card_holds_is_no_command(text):
    assert read(text) is None


def test_second_command_ends_the_first():
    assert read("take letrozole off and change the grade to 2").what == "letrozole"

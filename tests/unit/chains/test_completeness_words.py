import pytest

from chains.completeness import completeness
from chains.completeness.word_pairs import START, WordPairs, load_word_pairs
from chains.stages import Completeness
from memory.records import Card


def assess(message: str) -> Completeness:
    return completeness(message, None, Card())


@pytest.mark.parametrize(
    ("message", "ending"),
    [
        ("there is a spot on my spin", "spine"),
        ("a shadow near the lymph nod", "nodes"),
        ("is that a side eff", "effects"),
        ("they found it during surg", "surgery"),
    ],
)
def test_word_never_seen_after_the_one_before_it_is_broken(message: str, ending: str) -> None:
    found = assess(message)
    assert found.reason == "mid_word"
    assert ending in found.guesses


@pytest.mark.parametrize(
    "message",
    ["what is on my card", "we asked about chemo", "she started on ribo", "er pos pr neg"],
)
def test_everyday_word_or_spoken_short_form_is_not_out_of_place(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    "message", ["my aunt has been throw", "her veins keep collaps", "he cannot stop cough"]
)
def test_bare_verb_where_another_form_must_stand_is_broken(message: str) -> None:
    assert assess(message).reason == "mid_word"


@pytest.mark.parametrize(
    "message",
    [
        "my aunt takes it with food. why can't i, should i",
        "the nurses want her to rest, should she",
        "anything she should look out for",
        "foods to stay away from",
        "night sweats when",
        "is it worth signing up for",
        "i would go if i could",
    ],
)
def test_end_that_leans_on_what_was_said_is_whole(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    "message",
    [
        "my cousin has a rash, should she",
        "his nails are still",
        "they couldn't even",
        "are there any wigs that",
        "is the surgeon gonna",
        "the new pills make me",
    ],
)
def test_end_that_leads_on_is_dangling(message: str) -> None:
    assert assess(message).reason == "dangling"


@pytest.mark.parametrize(
    "message", ["gracias doctora", "grazie mille", "je dors mal", "masakit ang ulo ko", "ho freddo"]
)
def test_few_words_of_another_language_are_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize("message", ["vomiting and the headache", "is and the", "and and my arm"])
def test_clause_of_one_word_before_and_is_read(message: str) -> None:
    assert assess(message).confidence >= 0.5


def test_forms_of_a_word_do_not_speak_against_it() -> None:
    pairs = WordPairs({
        START: (("lump", 9), ("lumpectomy", 5), ("lumps", 4), ("my", 40)),
        "my": (("lumpectomy", 5), ("lumps", 4)),
    })
    seen = pairs.evidence("my", "lump")
    assert (seen.itself, seen.longer, seen.uses, seen.longer_uses) == (0, 5, 9, 5)


def test_count_of_a_pair_is_read_and_a_figure_is_any_figure() -> None:
    pairs = load_word_pairs()
    assert pairs.count("lymph", "nodes") > 100
    assert pairs.count("lymph", "nod") == 0
    assert pairs.count("3", "weeks") == pairs.count("12", "weeks") > 0

"""What a question asks narrowly decides which of the library's questions it comes down to."""

import pytest

from chains.compose.facets import facets_of, gain, load_facets
from chains.errors import RuleError


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("what will capecitabine do to me", "What are the side effects of capecitabine?"),
        ("how do they give it", "How is fulvestrant given, and how often?"),
        ("do i take it on an empty stomach", "Do I take exemestane with food?"),
        ("forgot my pill this morning", "What if I miss a dose of olaparib?"),
        ("how long will I be on it", "How long, how many years, will I take letrozole?"),
        ("is verzenio chemo", "What is abemaciclib (Verzenio), and is it chemo?"),
        ("will i ever be cured", "Is stage 4 breast cancer curable?"),
        ("how long have i got", "How long can you live with metastatic breast cancer?"),
    ],
)
def test_two_ways_to_ask_for_one_thing_come_together(asked, other):
    assert facets_of(asked) & facets_of(other)
    assert gain(facets_of(asked), facets_of(other)) > 0


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("how is ibrance taken", "How does palbociclib work?"),
        ("what will xeloda do to me", "What is capecitabine, and how does it work?"),
        ("how long have i got", "How long does chemo last?"),
        ("can i be cured", "How common is HER2-positive breast cancer?"),
        ("can i drive on it", "Will I lose my hair on palbociclib?"),
    ],
)
def test_a_question_for_another_thing_loses(asked, other):
    assert gain(facets_of(asked), facets_of(other)) < 0


def test_a_wider_thing_answers_a_narrow_one_better_than_another_thing():
    hour = facets_of("morning or night?")
    assert gain(hour, facets_of("How do I take tamoxifen?")) > 0
    assert gain(hour, facets_of("Will I lose my hair?")) < 0


def test_a_question_for_nothing_narrow_is_left_to_its_words():
    asked = facets_of("tell me about bone spread")
    assert gain(asked, facets_of("Can bone spread be treated?")) == 0
    assert gain(asked, facets_of("What is bone spread?")) == 0


@pytest.mark.parametrize(
    "other",
    ["Can I drive on it?", "What is a DIEP flap?", "What if I miss a dose?", "How common is it?"],
)
def test_a_question_for_a_thing_of_its_own_answers_nobody_who_did_not_ask_for_it(other):
    assert gain(facets_of("should I keep it going till monday"), facets_of(other)) < 0


def test_one_that_asks_for_a_part_gains_less_than_one_that_asks_for_all():
    asked = facets_of("what are the side effects, and do I take it with food?")
    part, whole = "Do I take it with food?", "Do side effects ease when I take it with food?"
    assert 0 < gain(asked, facets_of(part)) < gain(asked, facets_of(whole))


def test_one_that_lacks_what_nothing_else_answers_loses():
    asked = facets_of("I am pregnant, do I have to end it?")
    assert gain(asked, facets_of("Is pregnancy safe after breast cancer?")) < 0
    assert gain(asked, facets_of("Do I have to end my pregnancy to be treated?")) > 0


@pytest.mark.parametrize(
    "text", ["- facet: a\n", "- facet: a\n  asks: ['(']\n", "- facet: a\n  asks: [b]\n  near: c\n"]
)
def test_a_broken_file_is_named(tmp_path, text):
    file = tmp_path / "facets.yaml"
    file.write_text(text)
    with pytest.raises(RuleError, match="facets.yaml"):
        load_facets(file)

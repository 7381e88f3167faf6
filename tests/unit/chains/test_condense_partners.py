"""What a follow-up leans on: which of the things said before can fill the gap it leaves."""

import pytest

from chains.condense import condense
from chains.condense.entities import entities
from chains.lexicon import load_lexicon
from chains.stages import LastTurn
from memory.records import Card

LEXICON = load_lexicon()


def asked(*messages: str) -> str:
    """The last message as it is condensed, all before it condensed in their turn."""
    history: list[LastTurn] = []
    for message in messages[:-1]:
        question = condense(message, history, Card(), lexicon=LEXICON).standalone
        history.append(LastTurn(message=message, kind="answer", question=question))
    return condense(messages[-1], history, Card(), lexicon=LEXICON).standalone


@pytest.mark.parametrize(
    ("before", "message", "expected"),
    [
        ("I am on Verzenio", "could it come back", "could the cancer come back"),
        ("I have DCIS", "does it run in families", "does DCIS run in families"),
        (
            "taste has gone since Abraxane",
            "when will it come back",
            "when will my taste come back after nab-paclitaxel",
        ),
    ],
)
def test_what_comes_back_is_the_cancer_or_what_was_lost_never_a_medicine(before, message, expected):
    assert asked(before, message) == expected


def test_words_for_everything_at_once_stand_for_no_medicine():
    for message in ("how do I cope with all this", "how does she manage in all of this"):
        assert "capecitabine" not in asked("I was put on Xeloda", message)


@pytest.mark.parametrize(
    ("before", "message", "expected"),
    [
        (
            "the Aromasin makes me stiff",
            "anything I can use for it",
            "anything I can use for stiffness from exemestane",
        ),
        ("hot flashes from Zoladex", "what eases them", "what eases hot flashes from goserelin"),
        (
            "nausea on Kadcyla",
            "would peppermint tea help?",
            "would peppermint tea help for nausea from trastuzumab emtansine?",
        ),
        (
            "numb toes from Taxol",
            "acupuncture?",
            "acupuncture for numb toes from paclitaxel?",
        ),
    ],
)
def test_a_remedy_is_for_the_complaint_and_keeps_the_medicine_behind_it(before, message, expected):
    assert asked(before, message) == expected


def test_a_medicine_for_another_illness_is_no_remedy_for_the_complaint():
    found = asked("so tired on Ibrance", "can I take erythromycin?")
    assert found == "can I take erythromycin with palbociclib?"


def test_a_figure_stands_for_the_count_it_was_told_of():
    assert asked("platelets 74 on Lynparza", "is 74 dangerous?") == (
        "is platelets 74 on olaparib dangerous?"
    )
    assert asked("platelets 74 on Lynparza", "is 60 too old for a transplant?") == (
        "is 60 too old for a transplant?"
    )


def test_a_medicine_that_took_the_place_of_another_is_the_one_that_is_meant():
    found = asked("Femara hurt my knees, so I switched to tamoxifen", "will it be kinder")
    assert "tamoxifen" in found
    assert "letrozole" not in found


def test_one_of_two_may_be_a_whole_doing():
    assert "oophorectomy" in {
        entity.name
        for entity in entities(
            asked("Lupron or having my ovaries removed?", "which has more side effects"), LEXICON
        )
    }


def test_both_may_be_a_cancer_medicine_and_one_from_beside_it():
    found = asked("on sertraline, and they add Nolvadex", "can I take both")
    assert found == "can I take tamoxifen and sertraline"


def test_a_question_on_what_a_word_means_drops_what_was_spoken_of():
    for message in ("whats neuropathy", "what's a seroma", "who is a surgeon"):
        assert asked("How is Trodelvy given?", message) == message


def test_what_is_owned_keeps_its_owner_and_its_verb():
    assert asked("I start Femara", "what are its risks") == "what are letrozole's risks"


def test_only_at_some_time_hangs_on_to_the_question():
    found = asked("Can I drink beer on Ibrance?", "only on Sundays?")
    assert found == "Can I drink beer on palbociclib only on Sundays?"


@pytest.mark.parametrize(
    "ordinary",
    [
        "I am running to the shop",
        "my sister is sick of hospitals",
        "the hair salon is shut",
        "the weather is hot at noon",
        "I gained a friend",
        "we sat under the palms",
        "the wipe is for my glasses",
        "keep it down please",
    ],
)
def test_ordinary_words_are_no_symptoms(ordinary):
    assert not [entity for entity in entities(ordinary, LEXICON) if entity.kind == "symptom"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("does it make you sick", "nausea"),
        ("my palms are red", "palmar-plantar erythrodysesthesia syndrome"),
        ("I piled on the pounds", "weight gain"),
        ("will my hair fall out", "alopecia"),
        ("pins n needles", "peripheral sensory neuropathy"),
        ("the chemo wipes me out", "fatigue"),
    ],
)
def test_lay_words_for_symptoms_are_known(said, name):
    assert name in {entity.name for entity in entities(said, LEXICON)}

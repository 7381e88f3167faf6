"""Signs told in any order, and figures told in words."""

import shutil
from pathlib import Path

import pytest

from chains.errors import RuleError
from chains.triage import HelpNumbers, same_day_banner, triage, urgent_card
from chains.triage.grids import Grids
from chains.triage.numbers import number_of
from chains.triage.rules import RULES, load_rules

LISTS: dict[str, tuple[str, ...]] = {}


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("someone has parked a boulder on my breastbone", "emergency", "T2"),
        ("gulping for air and I'm only sitting in the armchair", "emergency", "T2"),
        ("the finger clip gives my oxygen as 84", "emergency", "T2"),
        ("rock hard and shiny, that's my left calf", "same_day", "T3"),
        ("my knees went to rubber and dumped me on the stairs", "urgent", "T4"),
        ("her grin slid down to the left", "emergency", "T6"),
        ("my lips are blowing up like sausages", "emergency", "T7"),
        ("a moth is trapped in my chest, heart fluttering", "same_day", "T8"),
        ("making the bed leaves me panting these days", "same_day", "T9"),
        ("the skin of my back comes away in sheets", "urgent", "T10"),
        ("my eyeballs look a bit mustard", "same_day", "T11"),
        ("towel after towel and the nose keeps going", "emergency", "T12"),
        ("whatever I sip bounces back up", "urgent", "T13"),
        ("I'm weary of being alive", "emergency", "T14"),
        ("creamy muck oozing from the port", "urgent", "T15"),
        ("I've been pretending to take my anastrozole", "same_day", "T16"),
    ],
)
def test_body_and_change_are_a_sign_in_any_order(text: str, level: str, code: str) -> None:
    result = triage(text)
    assert (result.level, code in {flag.code for flag in result.flags}) == (level, True)


@pytest.mark.parametrize(
    "text",
    [
        "my chest is not tight",
        "my leg has never been swollen",
        "is a swollen leg common on tamoxifen?",
        "my eyes are green and my curtains are yellow",
        "the chest of drawers was heavy",
        "I was shaking with nerves before the scan",
        "I can't stop shaking since they told me it's back",
        "has anyone fainted on ribociclib?",
        "what does a clot in the leg feel like, swollen and hot?",
        "I laughed so hard I couldn't breathe",
    ],
)
def test_denied_asked_or_of_another_sense_is_no_sign(text: str) -> None:
    assert triage(text).level == "none"


@pytest.mark.parametrize(
    "text",
    [
        "thermometer says thirty nine point one",
        "a hundred and two on the forehead reader",
        "one oh one under the tongue, temp I mean",
        "38 and a half on day eight",
        "tengo 38 y medio",
    ],
)
def test_a_temperature_spoken_out_is_read(text: str) -> None:
    assert triage(text).level == "urgent"


@pytest.mark.parametrize(
    "text", ["thirty six point six on the thermometer", "I walked a hundred and two steps"]
)
def test_other_numbers_spoken_out_are_no_fever(text: str) -> None:
    assert triage(text).level == "none"


@pytest.mark.parametrize(
    ("token", "number"), [("7", 7), ("38.5", 38.5), ("dozen", 12), ("ocho", 8), ("once", None)]
)
def test_a_number_is_read_in_figures_and_words(token: str, number: float | None) -> None:
    assert number_of(token) == number


def test_stools_counted_in_words_or_in_spanish() -> None:
    assert triage("diarrea ocho veces hoy").level == "urgent"
    assert triage("five runny poos today").level == "same_day"


def test_a_class_without_a_word_is_refused() -> None:
    with pytest.raises(RuleError):
        Grids().number("", LISTS)


@pytest.mark.parametrize("row", ["a,T1,soon,x + y,5,,all,", "a,T1,urgent,x + {z},5,,all,"])
def test_a_broken_grid_row_is_refused(row: str, tmp_path: Path) -> None:
    for table in RULES.glob("red_flag*.csv"):
        shutil.copy(table, tmp_path)
    path = tmp_path / "red_flag_grids.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(RuleError):
        load_rules(tmp_path)


@pytest.mark.timeout(60)
def test_many_signs_are_read_to_the_last() -> None:
    assert triage("my leg is swollen and my chest hurts " * 1_500).needs_help_now


@pytest.mark.parametrize(
    "text", ["tengo los ojos amarillos", "no siento las piernas", "vomite sangre"]
)
def test_a_spanish_message_gets_spanish_lines_marked_as_translation(text: str) -> None:
    result = triage(text)
    card = urgent_card if result.needs_help_now else same_day_banner
    assert "En español (traducción):" in card(result, HelpNumbers())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I cleared my throat and blood came up", "emergency"),
        ("Dad is staring at nothing and one hand keeps twitching", "emergency"),
        ("My mother thinks I am her sister since this morning", "emergency"),
        ("I wrote the letters and the rope is in the shed", "emergency"),
        ("I've started hurting myself again", "emergency"),
        ("I have been eight times today and there is blood in it", "urgent"),
        ("there was blood on the sheet, from my nose I think", "same_day"),
        ("two weeks late on tamoxifen, did a test and there are two lines", "same_day"),
    ],
)
def test_a_danger_told_in_other_words_is_one(text: str, level: str) -> None:
    assert triage(text).level == level


@pytest.mark.parametrize(
    "text",
    [
        "I wrote a note to my oncologist about which pills I take",
        "I left a note on the bottle so I remember the tablets",
        "I am writing a letter to my kids and sorting my pills",
        "my scar is burning again",
        "I have been cutting myself some slack again",
        "I've been six times to the clinic",
        "my periods are three weeks late, the test was negative",
        "my arm and leg have no feeling since I slept on them",
        "my kids hid my letrozole box, what is it for?",
    ],
)
def test_the_same_words_of_something_harmless_are_none(text: str) -> None:
    assert triage(text).level == "none"


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("wiping just now I had no sensation at all", "urgent", "T4"),
        ("I went and hadn't felt myself go, the cancer is in my spine", "urgent", "T4"),
        ("sore on the right, high up under the ribs, since Tuesday", "same_day", "T11"),
        ("the whites of my eyes have gone like custard", "same_day", "T11"),
        ("as if a piano was parked on my ribs", "emergency", "T2"),
        ("so short of breath I can't lie flat tonight", "emergency", "T2"),
        ("the whole left of me has gone dead, half my body won't move", "emergency", "T6"),
        ("dad is boiling and trembling, docetaxel was Friday", "urgent", "T1"),
        ("my letrozole ran out in May and I never refilled it", "same_day", "T16"),
        ("through with exemestane, without telling anybody there", "same_day", "T16"),
        ("decidí no tomar más el tamoxifeno", "same_day", "T16"),
        ("swallowed tonight's letrozole twice", "same_day", "T16"),
        ("took two anastrozole as I forgot I had had mine", "same_day", "T16"),
        ("winded from just talking, and she is sitting still", "emergency", "T2"),
        ("the pain in my neck, from my mets, is so much sharper this week", "urgent", "T4"),
        ("a chunk of the page is missing whatever I look at", "emergency", "T6"),
        ("I can't see why I should go on living, be alive at all", "emergency", "T14"),
        ("her forehead is hot and her neutrophils are low", "urgent", "T1"),
        ("been off my exemestane since May, my own call", "same_day", "T16"),
        ("the kids could get on with their lives if I were gone", "emergency", "T14"),
    ],
)
def test_what_is_lost_felt_or_seen_in_other_words_is_a_sign(
    text: str, level: str, code: str
) -> None:
    result = triage(text)
    assert (result.level, code in {flag.code for flag in result.flags}) == (level, True)


@pytest.mark.parametrize(
    "text",
    [
        "I wiped my glasses and can't tell the difference",
        "the scar on the right under my ribs is sore after surgery",
        "my husband painted the eggs and the whites look like butter",
        "my cat is sitting on my ribs as I type",
        "I can't lie flat with the expander in, is that usual?",
        "I never let my tamoxifen run out, the pharmacy is on the corner",
        "done with chemo, last one Monday, rang the bell",
        "I forgot my letrozole for two days, took it again since",
        "I'm hot and shaky with nerves before the scan",
        "half of my report is missing on the screen, where do I see the rest?",
        "my hair is suicidal today, which shampoo is gentle?",
        "the swelling has gone and the leg is fine again",
        "I bump into things and get a bruise now and then",
        "is there a reason to stay on tamoxifen?",
    ],
)
def test_the_same_words_in_another_sense_are_none(text: str) -> None:
    assert triage(text).level == "none"

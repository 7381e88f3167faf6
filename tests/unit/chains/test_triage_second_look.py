"""A second look finds what no rule has a form for, and holds its tongue where one has."""

import pytest

from chains.errors import RuleError
from chains.stages import TriageResult
from chains.triage import HelpNumbers, same_day_banner, triage, urgent_card
from chains.triage.guards import Place
from chains.triage.rating import guards
from chains.triage.reading import read
from chains.triage.rules import load_rules, severity
from chains.triage.second_look import SIGN, UNNAMED, WEIGHTS, load_weights, second_look
from chains.triage.signs import Finding, find_signs


def looked(text: str, *, is_spoken_of: bool = False) -> Finding | None:
    return second_look(read(text, load_rules().speller), is_spoken_of=lambda: is_spoken_of)


def no_rule_sees(text: str) -> bool:
    reading = read(text, load_rules().speller)
    return not any(finding.code for finding in find_signs(reading, load_rules(), guards()))


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("Cleared my throat and a clot of blood came up", "urgent"),
        ("woke up today with no feeling in my left arm and my left leg", "emergency"),
        ("I've written a note for my daughter and I've got the morphine bottle", "emergency"),
        ("I'm on Verzenio, I've been nine times since lunch and there's blood in it", "same_day"),
    ],
)
def test_what_no_rule_has_a_form_for_is_found(text: str, least: str) -> None:
    result = triage(text)
    assert no_rule_sees(text)
    assert severity(result.level) >= severity("urgent" if least != "same_day" else "same_day")
    assert all(flag.evidence in text for flag in result.flags)


@pytest.mark.parametrize(
    "text",
    [
        "What is the difference between letrozole and anastrozole?",
        "Which vegetables are good during chemo?",
        "I was diagnosed last week and feel lost. Where do I begin?",
        "Can my daughter be tested for the BRCA gene?",
        "What does grade 2 mean in my report?",
        "Thank you so much, that helps",
        "My stage is IIB, ER positive, HER2 negative",
        "Does insurance pay for a wig?",
        "I take letrozole 2.5 mg every morning",
        "and pomegranate?",
        "so, and what about citalopram?",
        "I have been taking ribocilib for 9 months. Because of my low white cells the dose was",
        "ok",
        "",
    ],
)
def test_an_ordinary_message_is_none(text: str) -> None:
    assert looked(text) is None
    assert triage(text).level == "none"


def test_where_a_rule_knows_the_sign_the_words_must_speak_much_louder() -> None:
    text = "I've had some diarrhea since yesterday"
    assert looked(text) is not None
    assert looked(text, is_spoken_of=True) is None
    assert triage(text).level == "none"


def test_a_long_document_is_left_to_the_rules() -> None:
    assert looked("a clot of blood came up. " * 200) is None


def test_the_words_shown_are_the_sentence_that_says_it() -> None:
    text = "It is ten to nine. Cleared my throat and a clot of blood came up this morning."
    flag = triage(text).flags[0]
    assert "clot of blood" in flag.evidence
    assert "ten to nine" not in flag.evidence


def test_a_guess_is_no_second_symptom() -> None:
    assert SIGN.endswith("+")


@pytest.mark.parametrize("level", ["same_day", "urgent", "emergency"])
def test_a_flag_without_a_row_has_the_card_of_its_level(level: str) -> None:
    result = TriageResult.model_validate({
        "level": level,
        "flags": [{"code": UNNAMED, "evidence": "it came up"}],
    })
    draw = same_day_banner if level == "same_day" else urgent_card
    text = draw(result, HelpNumbers())
    assert "it came up" in text
    assert "{" not in text


def test_every_line_of_the_table_has_all_its_weights() -> None:
    weights = load_weights()
    assert weights.columns == ("flag", "urgent", "emergency", *(f"T{n}" for n in range(1, 17)))
    assert all(len(values) == len(weights.bias) for values in weights.by_words.values())


def test_a_broken_table_is_told(tmp_path: object) -> None:
    broken = WEIGHTS.__class__(str(tmp_path)) / "red_flag_weights.csv"
    broken.write_text("words,flag\nfever,high\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"red_flag_weights\.csv is broken"):
        load_weights(broken)


def test_the_place_lies_within_the_message() -> None:
    found = looked("Cleared my throat and a clot of blood came up")
    assert found is not None
    assert isinstance(found.place, Place)
    assert 0 <= found.place.first < found.place.last

import re
from typing import get_args

import pytest

from chains.completeness import completeness
from chains.completeness.ending_rows import RowKind, _rows
from chains.completeness.word_lists import WordClass, load_word_lists
from chains.stages import Completeness, LastTurn, TurnKind
from evals.completeness.measure import Case, finds_cut, own_groups, read_cases, share_guessed
from memory.records import Card, Fact, FactKind

NOBODY = Card()


def assess(message: str, last_turn: LastTurn | None = None, card: Card = NOBODY) -> Completeness:
    return completeness(message, last_turn, card)


def turn(kind: TurnKind, *, asked: bool = False) -> LastTurn:
    return LastTurn(message="the dose was", kind=kind, question="the dose was", asked=asked)


def knows(kind: FactKind, *names: str) -> Card:
    facts = (
        Fact(fact_id=name, kind=kind, name=name, evidence=name, status=_status(kind))
        for name in names
    )
    return Card(facts=tuple(facts))


def _status(kind: FactKind) -> str | None:
    return "current" if kind == "medication" else None


@pytest.mark.parametrize(
    ("message", "fragment"),
    [
        ("The scan was fine but I get so breathl", "breathl"),
        ("they gave me pembroliz", "pembroliz"),
        ("They gave me pembroliz.", "pembroliz"),
        ("is it the chemothe", "chemothe"),
        ("my oncologist ordered a mammogr", "mammogr"),
    ],
)
def test_word_broken_off_is_found_and_is_the_fragment(message: str, fragment: str) -> None:
    found = assess(message)
    assert (found.label, found.reason, found.fragment) == ("truncated", "mid_word", fragment)


@pytest.mark.parametrize(
    "message",
    ["I take palbocyclib", "what about exersise", "is it contageous", "my onc prefers exemstane"],
)
def test_misspelt_whole_word_is_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    "message",
    [
        "I was told to stop because of the",
        "my platelets are",
        "she had her ovaries removed and",
        "they moved me to a",
        "we live far from",
        "I'd like to ask about my",
    ],
)
def test_sentence_that_stops_after_a_needy_word_is_dangling(message: str) -> None:
    found = assess(message)
    assert found.reason == "dangling"
    assert message.endswith(found.fragment or "?")


@pytest.mark.parametrize(
    "message",
    [
        "which clinic did you go to",
        "what is anastrozole given for",
        "there is nobody I can talk to",
        "yes they did",
        "I don't know what it is",
        "no I haven't",
        "that is where I'm from",
    ],
)
def test_preposition_or_auxiliary_that_rightly_ends_is_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("I am on tamoxifen (since", "open_bracket"),
        ('the letter says "no sign of', "open_quotation"),
        ("my medicines are letrozole, calcium, and", "open_list"),
        ("she takes zoladex, letrozole,", "open_list"),
        ("my neutrophils were 0.", "open_figure"),
        ("she takes 125 m", "open_figure"),
        ("after two rounds of taxol my feet", "content_word"),
        ("my surgeon", "content_word"),
        ("my letter calls it 'a focal area of", "open_quotation"),
        ("1) when is the scan 2) who reads it 3)", "open_list"),
        ("please tell me\n1. the dose\n2.", "open_list"),
        ("allergies: latex; eggs;", "open_list"),
        ("CRP was 4.1, 6.3, 5.", "open_figure"),
        ("the nodule measured 12 x", "open_figure"),
    ],
)
def test_open_end_is_found_with_its_reason(message: str, reason: str) -> None:
    assert assess(message).reason == reason


@pytest.mark.parametrize(
    "message",
    ["stage 3", "side effects of xgeva", "pr- her2+ liver mets", "thank you, Ana", "hi there :)"],
)
def test_fragment_or_greeting_is_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize("message", ["tengo dolor en los huesos y", "ich nehme Letrozol und mein"])
def test_other_language_is_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    "message",
    [
        "apparently the area they biopsied yesterday",
        "on the way home from the clinic my left hand",
        "do you think the cream she gave me",
        "could the swelling in my feet",
        "I read that women with implants",
        "we saw the results and the surgeon at the clinic",
    ],
)
def test_long_subject_without_its_verb_is_found(message: str) -> None:
    assert assess(message).reason == "content_word"


@pytest.mark.parametrize(
    "message",
    [
        "do you think the cream she gave me works",
        "could the swelling in my feet go down",
        "I read that women with implants can have it",
        "I have mets in my spine and my ribs",
        "when should I ring the nurse",
        "no need to stop, says my surgeon",
    ],
)
def test_clause_with_its_verb_is_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    "message",
    [
        "where do I get a sleeve from",
        "is there something I should see the nurse about",
        "which arm should they take it from",
        "I don't know how long the wait is",
        "better than the last drug did",
        "two years on",
        "I'm too scared to",
        "will I need a drain in",
        "can we move my appt",
    ],
)
def test_short_form_or_stranded_word_is_left_alone(message: str) -> None:
    assert not assess(message).is_cut_off


@pytest.mark.parametrize(
    ("message", "fragment"),
    [("my aunt was just diagnose", "diagnose"), ("I try to stay posit", "posit")],
)
def test_word_that_does_not_fit_is_broken(message: str, fragment: str) -> None:
    found = assess(message)
    assert (found.reason, found.fragment) == ("mid_word", fragment)


def test_other_language_with_an_open_bracket_is_found() -> None:
    assert assess("tomo letrozol desde hace un mes (y también").reason == "open_bracket"


@pytest.mark.parametrize("size", [256, 500, 1024])
def test_text_of_a_field_limit_without_end_is_cut(size: int) -> None:
    message = ("we went to the clinic and talked about treatment again " * 40)[: size - 6]
    message += "clinic"
    assert len(message) == size
    assert assess(message).is_cut_off
    assert not assess(message[:-7] + "clinic.").is_cut_off


@pytest.mark.parametrize(
    "message",
    ["my daughter (aged 5) is scared", "1) what is ki-67", "so glad (really :)", "I feel awful :("],
)
def test_closed_bracket_numbering_or_face_is_no_open_bracket(message: str) -> None:
    assert not assess(message).is_cut_off


def test_fragment_is_as_written() -> None:
    assert assess("My nurse said that I\u2019m").fragment == "My nurse said that I\u2019m"


def test_trailing_dots_are_left_alone() -> None:
    assert not assess("I was hoping that the scan would be...").is_cut_off


def test_nothing_is_cut_after_a_clarification() -> None:
    assert assess("because of the").is_cut_off
    assert not assess("because of the", turn("clarification")).is_cut_off


def test_bare_phrase_answers_our_question() -> None:
    assert assess("my oncologist").is_cut_off
    assert not assess("my oncologist", turn("answer", asked=True)).is_cut_off


def test_clear_cut_is_found_although_we_asked() -> None:
    assert assess("because of the", turn("answer", asked=True)).is_cut_off


def test_guesses_put_what_the_card_is_related_to_first() -> None:
    guesses = assess("could it be neut", card=knows("medication", "ribociclib")).guesses
    assert guesses[0] == "neutropenia"


def test_guesses_name_the_medicine_on_the_card() -> None:
    message = "what are the side effects of"
    assert assess(message, card=knows("medication", "everolimus")).guesses[0] == "everolimus"
    assert "everolimus" not in assess(message).guesses


def test_denied_fact_is_no_guess() -> None:
    denied = Fact(fact_id="1", kind="symptom", name="fatigue", evidence="no", negated=True)
    assert "fatigue" not in assess("because of my", card=Card(facts=(denied,))).guesses


def test_guesses_are_at_most_four_and_different() -> None:
    for case in read_cases():
        guesses = completeness(case.text, case.last_turn, case.card).guesses
        assert len(guesses) <= 4
        assert len(set(guesses)) == len(guesses)


def test_confidence_lies_between_a_half_and_one() -> None:
    values = [completeness(c.text, c.last_turn, c.card).confidence for c in read_cases()]
    assert min(values) >= 0.5
    assert max(values) <= 1.0
    assert len(set(values)) > 5


@pytest.mark.parametrize(
    "message", ["", "  \n", "\u2764", "((((", '"', "...", "\x00", "-", "a" * 9000]
)
def test_odd_input_is_read(message: str) -> None:
    assert assess(message).confidence >= 0.5


def test_every_class_of_the_word_table_is_known_and_used() -> None:
    assert set(load_word_lists().words) == set(get_args(WordClass))


def test_every_ending_row_is_of_a_known_kind_and_holds_no_figure() -> None:
    for row in _rows():
        assert row.kind in get_args(RowKind)
        assert not any(re.search(r"\b\d|\bmg\b", ending) for ending in row.endings)


FLOORS = {
    "chat whole": 96,
    "chat cut": 93,
    "content whole": 96,
    "content cut": 70,
    "phone whole": 95,
    "phone cut": 80,
}


@pytest.mark.parametrize("group", own_groups(read_cases()), ids=lambda group: group.name)
def test_own_cases_stay_above_their_floor(group: object) -> None:
    name = group.name.removeprefix("own ").split(",")[0]  # type: ignore[attr-defined]
    assert group.share_right(finds_cut) >= FLOORS[name]  # type: ignore[attr-defined]


@pytest.mark.parametrize("is_held_out", [False, True])
def test_right_ending_stands_in_the_first_three_guesses(is_held_out: bool) -> None:
    cases: list[Case] = [case for case in read_cases() if case.is_held_out == is_held_out]
    wanted = sum(bool(case.endings) for case in cases)
    assert len(share_guessed(cases).cases) >= 0.8 * wanted

"""What the card and the messages before add to the red flags of a message."""

import shutil
from pathlib import Path

import pytest

from chains.errors import RuleError
from chains.stages import TriageResult
from chains.triage import Told, triage, triage_in_thread
from chains.triage.rules import RULES, load_rules, severity
from chains.triage.thread import load_card_rows
from memory.records import Card, Fact, FactKind


def card(kind: FactKind, name: str, *, negated: bool = False) -> Card:
    status = "current" if kind == "medication" else None
    fact = Fact(fact_id="f", kind=kind, name=name, status=status, evidence=name, negated=negated)
    return Card(facts=(fact,))


def rate(text: str, *earlier: str, known: Card | None = None) -> TriageResult:
    return triage_in_thread(text, Told(known, earlier))


@pytest.mark.parametrize(
    ("kind", "name", "text", "level"),
    [
        ("medication", "trastuzumab", "I'm a bit breathless these days", "urgent"),
        ("medication", "doxorubicin", "ankles puffy and I gained six pounds this week", "urgent"),
        ("medication", "pembrolizumab", "I've had some diarrhea since yesterday", "same_day"),
        ("medication", "pembrolizumab", "my eyes look yellow", "urgent"),
        ("medication", "trastuzumab deruxtecan", "new dry cough", "urgent"),
        ("medication", "everolimus", "I've got a cough", "same_day"),
        ("metastasis", "bone", "my back pain is new and worse this week", "urgent"),
        ("metastasis", "bone", "so thirsty all the time", "same_day"),
        ("medication", "denosumab", "my jaw aches and a tooth is loose", "same_day"),
        ("medication", "capecitabine", "diarrhea 5 times today", "urgent"),
        ("symptom", "neutropenia", "I feel hot and achy today", "urgent"),
        ("medication", "ribociclib", "I feel dizzy when I stand up", "urgent"),
    ],
)
def test_a_fact_of_the_card_raises_a_sign(kind: FactKind, name: str, text: str, level: str) -> None:
    assert severity(triage(text).level) < severity(rate(text, known=card(kind, name)).level)
    assert rate(text, known=card(kind, name)).level == level


def test_a_denied_fact_raises_nothing() -> None:
    denied = card("metastasis", "bone", negated=True)
    assert rate("so thirsty all the time", known=denied).level == "none"


@pytest.mark.parametrize("text", ["my back hurts, what can I take", "does it cause diarrhea?"])
def test_a_fact_alone_raises_no_everyday_word(text: str) -> None:
    assert rate(text, known=card("metastasis", "bone")).level == "none"


def test_two_same_day_symptoms_in_two_messages_are_urgent() -> None:
    assert rate("my eyes are yellow too", "I have a new dry cough").level == "urgent"


def test_one_symptom_told_twice_is_one() -> None:
    assert rate("the cough is new and dry", "I have a new dry cough").level == "same_day"


def test_what_was_said_before_raises_nothing_by_itself() -> None:
    assert rate("should I worry?", "I have a new dry cough", "my eyes are yellow").level == "none"


def test_what_is_past_does_not_count() -> None:
    assert rate("my leg is swollen", "I had a bad cough last year").level == "same_day"


def test_two_signs_of_a_pair_may_stand_in_two_messages() -> None:
    assert rate("and short of breath", "my left calf is swollen and hot").level == "emergency"


def test_fluid_lost_over_two_messages_is_told_the_same_day_and_without_drinking_now() -> None:
    assert rate("still throwing up", "I threw up twice today").level == "same_day"
    assert rate("and I can't drink anything", "I've been vomiting all morning").level == "urgent"


def test_only_the_last_three_messages_count() -> None:
    assert rate("my eyes are yellow", "a new dry cough", "ok", "ok", "ok").level == "same_day"


@pytest.mark.parametrize("text", ["crushing chest pain", "38.6", "what is letrozole?", "", "x" * 9])
def test_nothing_known_is_the_floor(text: str) -> None:
    assert rate(text) == triage(text)


def test_every_sign_of_the_card_rows_is_a_sign_of_the_rules() -> None:
    rules = load_rules()
    signs = {row.sign for rows in rules.by_first_word.values() for row in rows}
    signs |= {row.sign for row in rules.grids.rows} | {"diarrhea_count"}
    assert {sign for row in load_card_rows()[0] for sign in row.signs} <= signs


def test_a_row_that_needs_an_unknown_fact_is_refused(tmp_path: Path) -> None:
    for table in RULES.glob("red_flag_card*.csv"):
        shutil.copy(table, tmp_path)
    path = tmp_path / "red_flag_card_rows.csv"
    path.write_text(path.read_text(encoding="utf-8") + "T1,urgent,fever,mood,\n", encoding="utf-8")
    with pytest.raises(RuleError):
        load_card_rows(tmp_path)

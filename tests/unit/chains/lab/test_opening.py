"""A turn opened up: on copies, with consent, and with all that its steps found."""

import json

import pytest

from chains.lab.case_files import case_lines, save_case, seen_as_expected
from chains.lab.consent import ConsentError, opened_threads, opened_turns, set_consent
from chains.lab.differences import differences
from chains.lab.followup import followed
from chains.lab.lines import read_lines
from chains.lab.looking import (
    card_rows,
    condition_rows,
    passage_rows,
    plan_of_turn,
    rule_rows,
    searches,
    sentence_rows,
    step_rows,
)
from chains.lab.opening import find, open_turn, told_by, told_in
from chains.lab.replay import play
from memory.demonstration import new_demonstration_id
from memory.errors import NotFoundError
from tests.support.people import Person

CUT = "ER positive, HER2 negative, spread to my bones. On ribociclib. Because of neutropenia it was"


@pytest.fixture(scope="module")
def teller(services):
    person = Person(services)
    person.says(CUT, "lowered to 400 mg", "can I eat grapefruit?", "and what about pomelo?")
    set_consent(services.store, person.person_id, is_given=True)
    return person


@pytest.fixture(scope="module")
def turns(services, teller):
    return told_by(services.store, teller.person_id, teller.thread_id)


@pytest.fixture(scope="module")
def opened(services, turns):
    return open_turn(find(turns, 3), services)


def everything(services, person):
    kept = json.loads(services.store.export_person(person.person_id))
    return {key: value for key, value in kept.items() if key != "exported_at"}


def test_nothing_of_a_person_is_opened_without_their_consent(services):
    person = Person(services)
    person.says("My canary is Rosalind and I take letrozole")
    for attempt in (
        lambda: opened_threads(services.store, person.person_id),
        lambda: opened_turns(services.store, person.person_id, person.thread_id),
        lambda: told_by(services.store, person.person_id, person.thread_id),
    ):
        with pytest.raises(ConsentError) as refused:
            attempt()
        assert "Rosalind" not in str(refused.value)
    set_consent(services.store, person.person_id, is_given=True)
    assert len(told_by(services.store, person.person_id, person.thread_id)) == 1
    set_consent(services.store, person.person_id, is_given=False)
    with pytest.raises(ConsentError):
        told_by(services.store, person.person_id, person.thread_id)


def test_consent_of_one_opens_nothing_of_another(services, teller):
    other = Person(services)
    other.says("I take letrozole")
    with pytest.raises(ConsentError):
        opened_turns(services.store, other.person_id, other.thread_id)
    with pytest.raises(NotFoundError):
        opened_turns(services.store, teller.person_id, other.thread_id)
    with pytest.raises(NotFoundError):
        opened_turns(services.store, new_demonstration_id(), other.thread_id)


def test_opened_turn_is_the_one_that_was_answered_and_leaves_the_person_alone(
    services, teller, turns
):
    before = everything(services, teller)
    for told in turns:
        assert differences([told.stored], [open_turn(told, services).record]) == []
    assert everything(services, teller) == before


def test_forgotten_words_are_not_read_again(services):
    person = Person(services)
    record = person.says("I take capecitabine", "I have stage III")
    set_consent(services.store, person.person_id, is_given=True)
    services.store.forget_fact(person.person_id, record.card["self"][0].fact_id)
    first, second = told_by(services.store, person.person_id, person.thread_id)
    assert "capecitabine" not in first.turn.message
    assert "capecitabine" not in open_turn(second, services).record.model_dump_json()


def test_what_another_conversation_told_is_known_before_the_first_turn(services, teller):
    other = teller.starts_another_thread()
    other.says("can I eat grapefruit?")
    (told,) = told_by(services.store, other.person_id, other.thread_id)
    assert "ribociclib" in {fact.name for fact in told.cards["self"].facts}
    assert "ribociclib" in open_turn(told, services).record.standalone_question


def test_follow_up_tells_what_was_kept_and_brought_in_from_where(services, turns, opened):
    seen = followed(opened.told, opened.record, services.lexicon)
    assert seen.is_rewritten
    assert (seen.kept, seen.lost) == (("grapefruit",), ())
    assert seen.added == (("ribociclib", "turn 2"),)
    lost = followed(
        opened.told,
        opened.record.model_copy(update={"standalone_question": "can I eat that with tamoxifen?"}),
        services.lexicon,
    )
    assert (lost.lost, lost.added) == (("grapefruit",), (("tamoxifen", "nowhere"),))


def test_tables_tell_steps_rules_cards_passages_conditions_and_sentences(services, opened):
    steps = {row["step"]: row for row in step_rows(opened)}
    assert list(steps) == [
        *("triage", "completeness", "extraction", "condense", "retrieve", "compose", "ground")
    ]
    assert all(row["ms"] is not None for row in steps.values())
    assert ("intent", "question") in {(r["step"], r["rule"]) for r in rule_rows(opened, services)}
    assert {row["change"] for row in card_rows(opened)} == {""}
    passages = passage_rows(opened, services)
    assert {row["cited"] for row in passages} == {"yes", ""}
    assert passages[0]["rank by meaning"] is not None
    assert any(row["rank by words"] for row in passages)
    assert plan_of_turn(opened, services)["kind of question"] == "together"
    assert {"met", "ruled out"} <= {row["verdict"] for row in condition_rows(opened, services)}
    assert len(sentence_rows(opened)) == len(opened.record.answer.sentences)
    assert opened.record.message in searches(opened)[0]


def test_turn_that_ends_early_shows_how_far_it_came(services, turns):
    cut = open_turn(find(turns, 1), services)
    steps = {row["step"]: row["input"] for row in step_rows(cut)}
    assert steps["condense"] == steps["ground"] == "not reached"
    assert "cut: dangling" in {row["rule"] for row in rule_rows(cut, services)}
    assert {row["change"] for row in card_rows(cut)} == {"new"}
    assert (passage_rows(cut, services), plan_of_turn(cut, services)) == ([], None)


def test_turn_becomes_a_case_that_is_played_like_any_other(services, turns, tmp_path):
    told = find(turns, 3)
    lines = case_lines(told, "Grapefruit: 3rd turn!", seen_as_expected(told))
    path, again = save_case(tmp_path, lines), save_case(tmp_path, lines)
    assert (path.name, again.name) == ("grapefruit-3rd-turn.jsonl", "grapefruit-3rd-turn-2.jsonl")
    read = read_lines(path.read_text(encoding="utf-8"))
    assert (read.lines, read.faults) == (tuple(lines), ())
    played = list(play(read.lines, services))
    assert [one.misses for one in played] == [(), (), ()]
    assert played[-1].line.expected.kind == "answer"
    assert told_in(played)[2].turn.typed == "can I eat grapefruit?"

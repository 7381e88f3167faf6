from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from memory.records import Card, Fact, Turn


def medicine(fact_id, name, **said):
    return Fact(fact_id=fact_id, kind="medication", name=name, evidence="words", **said)


def test_current_medicines_are_taken_or_on_hold():
    statuses = ("current", "on_hold", "past", "planned", None)
    facts = [medicine(str(status), str(status), status=status) for status in statuses]
    denied = medicine("denied", "denied", status="current", negated=True)
    card = Card(facts=(*facts, denied))
    assert [fact.name for fact in card.current_medications()] == ["current", "on_hold"]


def test_newest_fact_of_a_name_is_found():
    card = Card(facts=(medicine("a", "letrozole"), medicine("b", "letrozole", negated=True)))
    assert card.find("medication", "letrozole").fact_id == "b"
    assert card.find("symptom", "letrozole") is None


def test_turn_with_its_end_leaves_the_running_one_as_it_was():
    running = Turn(
        turn_id="t",
        thread_id="th",
        number=1,
        message_id="m",
        message="hello",
        typed="hello",
        created_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    ended = running.finished("complete", "{}")
    assert (ended.status, ended.record) == ("complete", "{}")
    assert (running.status, running.record) == ("running", None)


def test_record_refuses_unknown_fields_and_changes():
    with pytest.raises(ValidationError):
        Card(subject="self", notes="x")
    with pytest.raises(ValidationError):
        Card().subject = "mother"

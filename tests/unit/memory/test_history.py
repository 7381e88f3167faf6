import json

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from memory.card import merge
from memory.errors import ReadOnlyHistoryError, ThreadNotFoundError
from memory.history import ThreadHistory
from memory.records import Card, Fact
from memory.settings import MemorySettings
from memory.sql_store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(MemorySettings(data_dir=tmp_path))
    opened.ensure_thread("ann", "t1")
    yield opened
    opened.close()


def turn(store, typed, record):
    begun = store.begin_turn("ann", "t1", typed=typed)
    store.finish_turn("ann", begun.turn_id, status="complete", record=record)
    return begun


def answer(markdown):
    return json.dumps({"answer": {"markdown": markdown}})


def read(store, **options):
    history = ThreadHistory(store, "ann", thread_id="t1", **options)
    return [(type(message), message.content) for message in history.messages]


def test_history_is_what_was_typed_and_what_was_answered(store):
    turn(store, "hello", answer("Welcome."))
    turn(store, "and now?", answer("Rest."))
    assert read(store) == [
        (HumanMessage, "hello"),
        (AIMessage, "Welcome."),
        (HumanMessage, "and now?"),
        (AIMessage, "Rest."),
    ]
    assert read(store, limit=1) == [(HumanMessage, "and now?"), (AIMessage, "Rest.")]


@pytest.mark.parametrize("record", [None, "[]", "{}", '{"answer": null}', '{"answer": {}}'])
def test_turn_without_an_answer_is_its_message_alone(store, record):
    turn(store, "hello", record)
    assert read(store) == [(HumanMessage, "hello")]


def test_forgotten_words_are_not_read_again(store):
    begun = turn(store, "I take Femara daily", answer("Because you take letrozole, rest."))
    said = Fact(
        fact_id="f",
        kind="medication",
        name="letrozole",
        status="current",
        evidence="take Femara",
        message_id=begun.message_id,
    )
    store.save_cards("ann", begun.turn_id, changes={"self": merge(Card(), [said])})
    assert "Femara" in str(read(store))
    store.forget_fact("ann", "f")
    assert read(store) == [
        (HumanMessage, "I [...] daily"),
        (AIMessage, "Because you take [...], rest."),
    ]


def test_history_of_another_person_is_not_there(store):
    with pytest.raises(ThreadNotFoundError):
        _ = ThreadHistory(store, "bea", thread_id="t1").messages


def test_history_does_not_write(store):
    history = ThreadHistory(store, "ann", thread_id="t1")
    with pytest.raises(ReadOnlyHistoryError):
        history.add_messages([HumanMessage("x")])
    with pytest.raises(ReadOnlyHistoryError):
        history.clear()

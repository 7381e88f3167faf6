"""What left this machine can be read word for word, and goes with what is forgotten."""

import subprocess

import pytest

from chains.events import Sent
from chains.model.left import has_left, what_left
from chains.worker import TurnWorker


@pytest.fixture
def asked(writer):
    """Sends a message through the worker, which stores what happens; gives its turn."""
    worker = TurnWorker(writer.services)

    def ask(message):
        thread = writer.services.store.ensure_thread(writer.person_id, writer.thread_id)
        turn = worker.submit(message, thread)
        assert worker.wait(turn.turn_id, timeout_s=120)
        return writer.services.store.turn(writer.person_id, turn.turn_id)

    yield ask
    worker.close()


def test_the_exact_text_is_kept_and_goes_with_a_fact_and_with_the_message(writer, server, asked):
    store = writer.services.store
    asked("I take letrozole and my bones ache")
    turn = asked("What helps with joint pain?")
    sent = what_left(store, writer.person_id, turn)
    assert [m["content"] for m in server.bodies[-1]["messages"]] == [
        m.text for m in sent[0].messages
    ]
    assert "- letrozole" in sent[0].messages[1].text

    fact = next(f for f in store.card(writer.person_id).facts if f.name == "letrozole")
    store.forget_fact(writer.person_id, fact.fact_id)
    stored = [e.payload for e in store.events(writer.person_id, turn.turn_id) if e.kind == "sent"]
    assert stored and "- letrozole" not in stored[0]
    left = what_left(store, writer.person_id, turn)[0].messages[1].text
    talk = left.partition("<TALK>")[2].partition("</TALK>")[0]
    assert "letrozole" not in left.partition("</CARD>")[0] + talk

    store.delete_message(writer.person_id, turn.turn_id)
    assert not has_left(store, writer.person_id, turn)


def test_a_deleted_message_stands_in_no_later_prompt_either(writer, asked):
    store = writer.services.store
    told = asked("My neighbor Wilhelmina drives me to the clinic")
    asked("What helps with hot flashes?")
    turn = asked("What helps with joint pain?")
    assert any("Wilhelmina" in m.text for m in _sent(store, writer, turn))
    store.delete_message(writer.person_id, told.turn_id)
    assert not any("Wilhelmina" in m.text for m in _sent(store, writer, turn))


def _sent(store, writer, turn):
    return [m for sent in what_left(store, writer.person_id, turn) for m in sent.messages]


def test_what_was_sent_is_encrypted_where_it_is_kept(writer, server, asked):
    turn = asked("What is tamoxifen and what are its side effects?")
    store = writer.services.store
    assert [type(sent) for sent in what_left(store, writer.person_id, turn)] == [Sent]
    folder = writer.services.settings.data_dir
    # Read by another process: a file that this one closes loses the locks SQLite holds on it.
    command = ["cat", *map(str, folder.glob("*.db*"))]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    assert raw and b"What is tamoxifen" not in raw and b"<QUESTION>" not in raw

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from memory.card import CardChange, merge
from memory.errors import StoreUnavailableError
from memory.records import Card, Fact
from memory.settings import MemorySettings
from memory.sql_store import open_store

ROOT = Path(__file__).parents[3]
CANARY = "zirconcanary"


@pytest.fixture
def settings(tmp_path):
    return MemorySettings(data_dir=tmp_path)


@pytest.fixture
def store(settings):
    opened = open_store(settings)
    yield opened
    opened.close()


def symptom(fact_id, **said):
    return Fact(fact_id=fact_id, kind="symptom", name=f"{fact_id} ache", evidence="words", **said)


def tell_everything(store, person_id, word):
    """A turn that puts the word into every column that takes a person's words."""
    store.ensure_thread(person_id, word, about=word)
    store.set_title(person_id, word, title=word)
    turn = store.begin_turn(person_id, word, typed=word, message=f"both {word}")
    said = [
        Fact(fact_id=f"f{n}", kind="symptom", name=f"{word} {n}", evidence=word, message_id="m")
        for n in range(2)
    ]
    store.save_cards(person_id, turn.turn_id, changes={"self": merge(Card(), said)})
    store.append_event(person_id, turn.turn_id, kind="text", payload=json.dumps(word))
    store.finish_turn(person_id, turn.turn_id, status="complete", record=json.dumps(word))
    store.save_feedback(person_id, turn.turn_id, thumbs="up", reason=word)
    store.keep(person_id, "consent", word)
    store.forget_fact(person_id, "f0")
    return turn


def files(settings):
    return {path.name: path.read_bytes() for path in settings.data_dir.iterdir()}


def cells(settings):
    """Every value of every row of every table."""
    with sqlite3.connect(settings.sqlite_path) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in connection.execute(query)]
        rows = [row for name in tables for row in connection.execute(f"SELECT * FROM {name}")]
    return [cell for row in rows for cell in row]


def test_no_word_of_a_person_can_be_read_in_the_files(store, settings):
    tell_everything(store, "person-cookie", CANARY)
    assert CANARY in store.export_person("person-cookie")
    assert store.masks("person-cookie")[0].evidence == CANARY
    for name, content in files(settings).items():
        for secret in (CANARY, "person-cookie", "symptom"):
            assert secret.encode() not in content, (name, secret)


def test_forgetting_a_person_leaves_no_byte_of_theirs(store, settings):
    tell_everything(store, "ann", CANARY)
    sealed = [cell for cell in cells(settings) if isinstance(cell, bytes)]
    assert len(sealed) >= 12
    before = b"".join(files(settings).values())
    assert all(cell in before for cell in sealed)
    store.forget_person("ann")
    after = b"".join(files(settings).values())
    assert not [cell for cell in sealed if cell in after]


def test_deleting_a_message_leaves_no_byte_of_it(store, settings):
    turn = tell_everything(store, "ann", CANARY)
    kept = {thread.thread_id for thread in store.threads("ann")}
    with sqlite3.connect(settings.sqlite_path) as connection:
        (sealed,) = connection.execute("SELECT typed FROM turns").fetchone()
    assert sealed in b"".join(files(settings).values())
    store.delete_message("ann", turn.turn_id)
    assert sealed not in b"".join(files(settings).values())
    assert {thread.thread_id for thread in store.threads("ann")} == kept


def test_message_of_a_process_that_was_killed_is_kept(settings):
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from memory.settings import MemorySettings; from memory.sql_store import open_store;"
        "store = open_store(MemorySettings(data_dir=Path(sys.argv[1])));"
        "store.ensure_thread('ann', 't1');"
        "turn = store.begin_turn('ann', 't1', typed='low counts');"
        "store.append_event('ann', turn.turn_id, kind='triage', payload='1');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, str(settings.data_dir)], cwd=ROOT, check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    store = open_store(settings)
    (left,) = store.turns("ann", "t1")
    assert (left.typed, left.status) == ("low counts", "running")
    assert store.interrupt_running() == 1
    assert store.turn("ann", left.turn_id).status == "interrupted"
    assert len(store.events("ann", left.turn_id)) == 1


def test_refusal_of_the_database_is_one_error_without_words(store, settings):
    store.ensure_thread("ann", "t1")
    with sqlite3.connect(settings.sqlite_path) as connection:
        connection.execute("DROP TABLE events")
        connection.execute("DROP TABLE turns")
    with pytest.raises(StoreUnavailableError) as refusal:
        store.begin_turn("ann", "t1", typed=CANARY)
    assert CANARY not in f"{refusal.value} {refusal.value.__cause__}"


def test_failed_operation_leaves_nothing_behind(store):
    store.ensure_thread("ann", "t1")
    turn = store.begin_turn("ann", "t1", typed="x")
    sound = merge(Card(subject="mother"), [symptom("a", subject="mother")])
    twice = CardChange(card=Card(), added=(symptom("b"), symptom("b")))
    with pytest.raises(StoreUnavailableError):
        store.save_cards("ann", turn.turn_id, changes={"mother": sound, "self": twice})
    assert store.cards("ann") == {}

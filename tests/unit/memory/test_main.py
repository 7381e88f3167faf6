import json
import subprocess
import sys
from pathlib import Path

import pytest

from memory.__main__ import main
from memory.card import route
from memory.settings import MemorySettings
from memory.sql_store import open_store
from tests.support.builders import fact

ROOT = Path(__file__).parents[3]


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("CARETHREAD_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    opened = open_store(MemorySettings(data_dir=tmp_path))
    for thread_id in ("t1", "t2"):
        opened.ensure_thread("ann", thread_id)
        opened.begin_turn("ann", thread_id, typed="hello")
    yield opened
    opened.close()


def test_export_writes_json_alone(store, capsys):
    assert main(["export", "ann"]) == 0
    written = capsys.readouterr()
    assert len(json.loads(written.out)["threads"]) == 2
    assert written.err == ""


def test_export_writes_a_card_as_a_fhir_bundle(store, capsys):
    _tell(store, "letrozole", about="self")
    _tell(store, "palbociclib", about="mother")
    for arguments, name in (([], "letrozole"), (["--about", "mother"], "palbociclib")):
        assert main(["export", "ann", "--fhir", *arguments]) == 0
        written = capsys.readouterr()
        assert json.loads(written.out)["resourceType"] == "Bundle"
        assert {"letrozole", "palbociclib"} & set(written.out.split('"')) == {name}
        assert written.err == ""


def _tell(store, name, *, about):
    turn = store.begin_turn("ann", "t1", typed=f"{name} it is")
    said = fact("medication", name, subject=about)
    store.save_cards("ann", turn.turn_id, changes=route(store.cards("ann"), [said]))


def test_forget_says_what_was_removed(store, capsys):
    assert main(["forget", "ann"]) == 0
    removed = json.loads(capsys.readouterr().out)
    assert removed == {"people": 1, "threads": 2, "turns": 2, "events": 0, "facts": 0}
    assert store.threads("ann") == []


def test_forget_takes_one_thread(store, capsys):
    assert main(["forget", "ann", "--thread", "t1"]) == 0
    assert json.loads(capsys.readouterr().out)["threads"] == 1
    assert [thread.thread_id for thread in store.threads("ann")] == ["t2"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "nobody"],
        ["export", "nobody", "--fhir"],
        ["forget", "nobody"],
        ["forget", "ann", "--thread", "missing"],
        ["forget", "nobody", "--thread", "t1"],
        ["export", "x" * 256],
        ["export", ""],
    ],
)
def test_what_is_not_there_is_one_line_and_status_2(store, capsys, arguments):
    assert main(arguments) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert len(store.threads("ann")) == 2


@pytest.mark.parametrize("arguments", [[], ["export"], ["lose", "ann"]])
def test_wrong_arguments_are_one_line_and_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_mistyped_folder_is_told_and_not_made(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CARETHREAD_DATA_DIR", str(tmp_path / "mistyped"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["export", "ann"]) == 2
    assert "there is no database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_command_runs_as_a_module(store):
    ran = subprocess.run(
        [sys.executable, "-m", "memory", "export", "ann"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "cards" in json.loads(ran.stdout)

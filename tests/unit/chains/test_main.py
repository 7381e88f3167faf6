"""The command line: one record a line, in order, with memory."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue

import pytest

from tests.support.opened_index import give_index

ROOT = Path(__file__).parents[3]
LONG_S = 60.0


def _environment(**more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CARETHREAD_", "XDG_"))}
    return {**kept, **more}


class CommandLine:
    """`python -m chains --jsonl`, spoken to line by line."""

    def __init__(self, *arguments, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chains", "--jsonl", *arguments],
            cwd=ROOT,
            env=_environment(**environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self._lines.put(line)

    def write(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def says(self, thread_id, message, **more):
        """Send one message and read its record before anything else is sent."""
        self.write(json.dumps({"thread_id": thread_id, "message": message, **more}))
        return json.loads(self._lines.get(timeout=LONG_S))

    def end(self):
        """Close the input; exit status and what stands on standard error."""
        self.process.stdin.close()
        status = self.process.wait(timeout=LONG_S)
        return status, self.process.stderr.read()

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=LONG_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()


@pytest.fixture(scope="module")
def line(tmp_path_factory, services):
    """One process for the tests that only talk to it."""
    folder = give_index(services.settings.data_dir, to=tmp_path_factory.mktemp("command-line"))
    made = CommandLine("--data", str(folder))
    yield made
    made.stop()


def test_record_is_written_before_the_next_line_is_read(line):
    first = line.says("flush", "I take letrozole")
    second = line.says("flush", "what am I taking?")
    assert (first["turn"], second["turn"]) == (1, 2)


def test_thread_remembers(line):
    line.says("memory", "I have HER2 positive breast cancer, stage III")
    record = line.says("memory", "what do you know about me?")
    assert "stage III" in record["answer"]["markdown"]
    assert {f["name"] for f in record["card"]["self"] if f["kind"] == "stage"} == {"III"}


def test_threads_of_different_people_are_apart(line):
    line.says("one", "I take tamoxifen")
    record = line.says("two", "what do you know about me?")
    assert record["card"] == {"self": []}
    assert "tamoxifen" not in json.dumps(record)


def test_threads_of_one_person_share_the_card_and_not_the_conversation(line):
    line.says("morning", "I take tamoxifen", person_id="shared")
    record = line.says("evening", "what do you know about me?", person_id="shared")
    assert [f["name"] for f in record["card"]["self"]] == ["tamoxifen"]
    assert record["turn"] == 1


def test_another_persons_thread_is_closed(line):
    line.says("private", "I take tamoxifen", person_id="owner")
    record = line.says("private", "what do you know about me?", person_id="stranger")
    assert "tamoxifen" not in json.dumps(record)


def test_about_names_another_card(line):
    record = line.says("carer", "diagnosed with stage II, ER positive", about="mother")
    assert {f["kind"] for f in record["card"]["mother"]} >= {"stage", "biomarker"}
    assert record["card"]["self"] == []


@pytest.mark.parametrize("message", ["", "   ", "\u0000\u0007", "\U0001f62d\U0001f62d"])
def test_message_without_words_gets_a_record_and_a_kind_line(line, message):
    record = line.says("wordless", message)
    assert record["kind"] == "out_of_scope"
    assert record["answer"]["markdown"]


def test_words_come_back_as_they_were_written(line):
    said = "¿Qué es el tamoxifeno? “ünïcode” 你好"
    assert line.says("unicode", said)["message"] == said


BAD_LINES = [
    "not json",
    "[]",
    '"text"',
    "{}",
    '{"thread_id": "t"}',
    '{"message": "x"}',
    '{"thread_id": "", "message": "x"}',
    '{"thread_id": "t", "message": 5}',
    '{"thread_id": "t", "message": "x", "mood": "good"}',
    '{"thread_id": "t", "message": null}',
    '{"thread_id": "' + "t" * 300 + '", "message": "x"}',
]


@pytest.fixture(scope="module")
def ended(tmp_path_factory, services):
    """A run with bad lines among the good, ended: folder, record, exit status, standard error."""
    folder = give_index(services.settings.data_dir, to=tmp_path_factory.mktemp("ended"))
    asked = CommandLine("--data", str(folder))
    asked.write("")
    for bad in BAD_LINES:
        asked.write(bad)
    asked.process.stdin.flush()
    asked.process.stdin.buffer.write(b'\xff\xfe{"a"\n')
    record = asked.says("t", "I take letrozole")
    status, told = asked.end()
    asked.stop()
    return folder, record, status, told


def test_bad_lines_are_told_one_each_and_the_rest_still_run(ended):
    _, record, status, told = ended
    assert record["turn"] == 1
    assert status != 0
    assert len(told.splitlines()) == len(BAD_LINES) + 1
    assert "Traceback" not in told
    assert all("line" in line for line in told.splitlines())


def test_data_folder_outlives_the_process(ended):
    folder, *_ = ended
    asked = CommandLine("--data", str(folder))
    record = asked.says("t", "what am I taking?")
    status, told = asked.end()
    asked.stop()
    assert (status, told, record["turn"]) == (0, "", 2)
    assert "letrozole" in record["answer"]["markdown"]


def test_without_a_folder_nothing_is_left_behind(tmp_path):
    asked = CommandLine(TMPDIR=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "share"))
    asked.says("gone", "I take letrozole")
    status, _ = asked.end()
    asked.stop()
    assert status == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_broken_setting_stops_the_start_with_one_line_that_names_it():
    asked = CommandLine(CARETHREAD_WORKERS="none")
    status, told = asked.end()
    asked.stop()
    assert status != 0
    assert len(told.splitlines()) == 1
    assert "CARETHREAD_WORKERS" in told

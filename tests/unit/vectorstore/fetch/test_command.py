"""The command as an operator starts it, in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.unit.vectorstore.fetch.conftest import Answer, on_shelf
from tests.unit.vectorstore.fetch.test_nci import PAGE
from vectorstore import __main__ as command_line
from vectorstore.settings import VectorStoreSettings


def _start(tmp_path, *arguments, index=False):
    rest = () if index else ("--no-index",)
    return subprocess.Popen(
        [sys.executable, "-m", "vectorstore", "fetch", *arguments, "--pause", "0", *rest],
        env={**os.environ, "CARETHREAD_DATA_DIR": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_after_a_kill_only_what_is_missing_is_fetched(host, tmp_path):
    reached, never = threading.Event(), threading.Event()
    answers = []

    def page(request):
        answers.append(request.path)
        if len(answers) == 3:  # two are kept, the third hangs
            reached.set()
            never.wait(60)
        return Answer(PAGE.format(title=request.path.rsplit("/", 1)[1]))

    host.answers = _Everything(page)
    arguments = ("nci", "--group", "summaries", "--base-url", host.url)
    broken = _start(tmp_path, *arguments)
    assert reached.wait(60)
    broken.send_signal(signal.SIGKILL)
    broken.communicate()
    never.set()
    first_two = answers[:2]
    answers[:] = ["", "", ""]
    out, err = _start(tmp_path, *arguments, index=True).communicate()
    counts = json.loads(out)
    assert (counts["already"], counts["fetched"], counts["failed"]) == (2, 2, 0), err
    assert set(first_two).isdisjoint(answers)
    assert len(on_shelf(VectorStoreSettings(data_dir=tmp_path / "data"))) == 4


class _Everything(dict):
    """One answer for every page, none for robots.txt."""

    def __init__(self, answer):
        super().__init__()
        self._answer = answer

    def get(self, path, default=None):
        return default if path == "/robots.txt" else self._answer


def test_without_a_network_one_plain_line_says_that_nothing_was_changed(tmp_path):
    run = _start(tmp_path, "openfda", "letrozole", "--base-url", "http://127.0.0.1:9")
    out, err = run.communicate()
    assert (run.returncode, out) == (2, "")
    assert err == "127.0.0.1:9 cannot be reached; nothing was changed\n"


def test_help_says_where_the_words_of_a_query_go(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["fetch", "pubmed", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "is sent to the host of the source" in told


@pytest.mark.parametrize(
    "arguments", [["fetch"], ["fetch", "openfda"], ["fetch", "pubmed", "x", "--limit", "0"]]
)
def test_a_command_that_asks_for_nothing_is_refused(arguments):
    with pytest.raises(SystemExit) as stopped:
        command_line.main(arguments)
    assert stopped.value.code == 2

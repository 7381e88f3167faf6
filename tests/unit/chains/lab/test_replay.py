"""Conversations played again: in a store of their own, and every difference found."""

import json
from pathlib import Path

import pytest

from chains.lab import command
from chains.lab.batch import keep_run, kept_runs, result_rows, summary
from chains.lab.differences import COLUMNS, differences, table
from chains.lab.lines import read_lines, write_lines
from chains.lab.replay import play
from tests.support.people import Person

CASES = Path(__file__).parents[4] / "evals" / "conversations"
TALK = "".join(
    json.dumps(row) + "\n"
    for row in (
        {"thread_id": "a", "message": "I take ribociclib. Because of my neutrophils the dose was"},
        {"thread_id": "b", "message": "fever 38.6 since this morning", "expect_level": "urgent"},
        {"thread_id": "a", "message": "lowered to 400 mg", "expect_facts": "medication:tamoxifen"},
        {"thread_id": "a", "message": "can I eat grapefruit?", "expect_article": "interactions"},
    )
)


@pytest.fixture(scope="module")
def played(services):
    return list(play(read_lines(TALK).lines, services))


def test_threads_are_played_apart_each_with_its_memory(played):
    assert [one.record.turn for one in played] == [1, 1, 2, 3]
    assert "ribociclib" in played[3].record.standalone_question
    assert played[1].record.card == {"self": played[1].record.card["self"]}
    assert "ribociclib" not in played[1].record.model_dump_json()


def test_nothing_is_left_in_the_store_that_people_have(services):
    owner = Person(services, "owner-of-a")
    owner.thread_id = "a"
    before = owner.says("I take tamoxifen")
    list(play(read_lines(TALK).lines[:1], services))
    assert services.store.threads("a") == []
    assert services.store.cards("owner-of-a")["self"].facts == before.card["self"]


def test_same_code_shows_no_difference(services, played):
    again = play(read_lines(TALK).lines, services)
    assert differences([p.record for p in played], [p.record for p in again]) == []


def changed(record, **how):
    return record.model_copy(update=how)


CHANGES = [
    ("triage", lambda r: changed(r, triage=r.triage.model_copy(update={"level": "none"}))),
    (
        "completeness",
        lambda r: changed(r, completeness=r.completeness.model_copy(update={"label": "truncated"})),
    ),
    ("extraction", lambda r: changed(r, facts=())),
    ("card", lambda r: changed(r, card={"self": r.card["self"][1:]})),
    ("condense", lambda r: changed(r, standalone_question="something else")),
    ("retrieve", lambda r: changed(r, passages=(*r.passages[1:2], *r.passages[:1]))),
    ("compose", lambda r: changed(r, kind="no_source")),
    (
        "answer",
        lambda r: changed(r, answer=r.answer.model_copy(update={"markdown": "something else"})),
    ),
]
PLACE = {"triage": 1, "extraction": 2}


@pytest.mark.parametrize(("step", "change"), CHANGES)
def test_difference_of_each_step_is_told_with_its_place(played, step, change):
    records = [one.record for one in played]
    place = PLACE.get(step, 3)
    was = [change(r) if n == place else r for n, r in enumerate(records)]
    found = differences(was, records)
    assert {one.step for one in found} == {step}
    assert {one.message for one in found} == {records[place].message}
    assert list(table(found).columns) == list(COLUMNS)
    assert differences(was, records, only=[s for s, _ in CHANGES if s != step]) == []


def test_turn_that_is_missing_is_a_difference(played):
    records = [one.record for one in played]
    (gone,) = differences(records, records[:-1])
    (come,) = differences(records[:-1], records)
    assert (gone.thread, gone.turn, gone.now) == ("a", 3, "not there")
    assert (come.before, come.step) == ("not there", "turn")


def test_batch_tells_pass_and_fail_and_counts_by_check(played, tmp_path):
    assert [row["result"] for row in result_rows(played)] == [
        "not checked",
        "pass",
        "fail",
        "pass",
    ]
    assert "medication:tamoxifen" in result_rows(played)[2]["missed"]
    run = summary(played, "talk.jsonl")
    assert (run.turns, run.checked, run.passed) == (4, 3, 2)
    assert run.checks == {"level": (1, 1), "facts": (0, 1), "article": (1, 1)}
    keep_run(tmp_path, run)
    (tmp_path / "runs" / "broken.json").write_text("{", encoding="utf-8")
    assert kept_runs(tmp_path) == [run]
    assert "ribociclib" not in "".join(p.read_text() for p in tmp_path.rglob("*.json"))


@pytest.fixture
def run(services, monkeypatch, capsys):
    """The command on the services that are there already."""
    monkeypatch.setattr(command, "build_services", lambda settings: services)

    def ran(*arguments):
        status = command.replay_main([str(one) for one in arguments])
        return status, *capsys.readouterr()

    return ran


def test_command_writes_a_baseline_and_fails_when_it_differs(run, played, tmp_path):
    talk, held = tmp_path / "talk.jsonl", tmp_path / "held.jsonl"
    talk.write_text(TALK.replace(', "expect_facts": "medication:tamoxifen"', ""), encoding="utf-8")
    status, told, wrong = run(talk, "--write", held)
    assert (status, wrong) == (0, "")
    assert "2 of 2 turns show" in told
    status, told, _ = run(talk, "--against", held)
    assert status == 0
    assert "4 turns replayed, none differ" in told
    held.write_text(
        held.read_text(encoding="utf-8").replace("grapefruit with ribociclib", "grapefruit"),
        encoding="utf-8",
    )
    status, told, wrong = run(talk, "--against", held)
    assert (status, wrong) == (1, "")
    assert "condense" in told
    assert "with ribociclib" in told
    assert run(talk, "--against", held, "--only", "triage")[0] == 0


def test_command_fails_when_an_expectation_is_not_met(run, tmp_path):
    (tmp_path / "talk.jsonl").write_text(TALK, encoding="utf-8")
    status, told, _ = run(tmp_path / "talk.jsonl")
    assert status == 1
    assert "a, turn 2: facts: wanted medication:tamoxifen" in told


def test_command_tells_in_one_line_what_it_cannot_read(run, tmp_path):
    talk = tmp_path / "talk.jsonl"
    status, told, wrong = run(talk)
    assert (status, told, len(wrong.splitlines())) == (2, "", 1)
    talk.write_text("{}\n", encoding="utf-8")
    status, told, wrong = run(talk)
    assert (status, told) == (2, "")
    assert "row 1" in wrong
    assert "no message" in wrong


@pytest.mark.parametrize("path", sorted(CASES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_conversations_of_the_evals_show_what_is_expected(services, path):
    read = read_lines(path.read_text(encoding="utf-8"))
    assert read.faults == ()
    assert [(p.line.message, p.misses) for p in play(read.lines, services) if not p.is_fine] == []
    assert write_lines(read.lines)

"""`python -m evals` from end to end, on a few cases of each set."""

import json

import pytest

from evals import __main__ as command
from evals.figures import Count, share, unscored
from evals.report import Floors
from evals.steps import commands, relatives


@pytest.fixture
def one_step(monkeypatch):
    """A step with given figures, and given floors."""

    def make(figures, **limits):
        monkeypatch.setattr(command, "STEPS", {"red_flags": lambda data, sample=None: figures})
        monkeypatch.setattr(Floors, "read", lambda: Floors({"red_flags": limits}))

    return make


def test_a_figure_under_its_floor_fails_the_run(one_step, capsys):
    one_step([share("red_flags", "found", Count(8, 10))], found=90)
    assert command.main([]) == 1
    assert "1 under their floor" in capsys.readouterr().out


def test_a_figure_at_its_floor_passes(one_step):
    one_step([share("red_flags", "found", Count(8, 10))], found=80)
    assert command.main([]) == 0


def test_unscored_is_counted_apart_and_fails_nothing(one_step, capsys):
    one_step([unscored("red_flags", "found", "absent")], found=80)
    assert command.main([]) == 0
    assert "0 figures, 1 unscored, 0 under their floor" in capsys.readouterr().out


def test_a_floor_that_holds_nothing_stops_the_run(one_step, capsys):
    one_step([share("red_flags", "found", Count(8, 10))], fuond=80)
    assert command.main([]) == 2
    assert "fuond" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_plain_line(tmp_path, capsys):
    assert command.main(["--data", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_every_step_runs_on_a_sample(capsys):
    assert command.main(["--sample", "3"]) == 0
    out = capsys.readouterr().out
    assert all(f"== {step}\n" in out for step in command.STEPS)
    assert "a sample: floors are not held" in out


def test_commands_and_relatives_are_measured_through_the_product(tmp_path, monkeypatch):
    told = ["I am 52 and take letrozole"]
    command_case = {
        "id": "c1",
        "turns": told,
        "command": "forget my age",
        "gone": ["age:52"],
        "there": ["letrozole"],
    }
    lost = command_case | {"id": "c2", "there": ["ribociclib"]}
    relative_case = {
        "id": "r1",
        "turns": ["I take letrozole. My mother takes tamoxifen."],
        "cards": {"self": [["medication", "letrozole"]], "mother": [["medication", "tamoxifen"]]},
    }
    for step, rows in ((commands, [command_case, lost]), (relatives, [relative_case])):
        path = tmp_path / f"{step.STEP}.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        monkeypatch.setattr(step, "SEEN", ())
        monkeypatch.setattr(step, "BLIND", path)
    done, gone, there, _ = commands.evaluate(None)
    assert (done.value, gone.value, there.value) == (50, 100, 50)
    on_card, clean = relatives.evaluate(None)
    assert (on_card.value, on_card.baselines["one card"], clean.value) == (100, 50, 100)

import pytest

from evals.figures import Count, share, unscored
from evals.report import FLOORS, Baseline, FloorError, Floors, report

FOUND = share("step", "found", Count(8, 10), goal=90, baselines={"list": Count(3, 10)})
ALARMS = share("step", "alarms", Count(2, 10), goal=3, is_ceiling=True)
MISSING = unscored("step", "held", "its file is absent", goal=90)
NONE = Baseline({})


def floors(**limits):
    return Floors({"step": limits})


def test_a_figure_under_its_floor_is_told():
    told = report([FOUND, ALARMS], floors(found=85), NONE)
    assert told.broken == [FOUND]
    assert "UNDER ITS FLOOR: found" in told.text


def test_a_ceiling_that_is_passed_over_is_told():
    assert report([ALARMS], floors(alarms=15), NONE).broken == [ALARMS]
    assert report([ALARMS], floors(alarms=20), NONE).broken == []


def test_unscored_is_listed_apart_and_breaks_no_floor():
    told = report([FOUND, MISSING], floors(held=90), NONE)
    assert told.broken == []
    table, apart = told.text.split("unscored: 1")
    assert "held" not in table
    assert "its file is absent" in apart


def test_a_step_without_any_score_is_still_reported():
    assert "unscored: 1" in report([MISSING], floors(), NONE).text


def test_the_table_shows_interval_goal_other_system_and_what_was():
    text = report([FOUND], floors(found=70), Baseline({"step": {"found": {"value": 77.5}}})).text
    for cell in ("49.0..94.3", "90", "70", "30", "77.5"):
        assert cell in text


def test_a_floor_without_a_figure_is_refused():
    with pytest.raises(FloorError, match="step: fuond"):
        floors(fuond=85).check_names([FOUND])


def test_floors_of_steps_that_did_not_run_are_not_looked_at():
    Floors({"other": {"x": 1}}).check_names([FOUND])


def test_baseline_survives_writing_and_an_unscored_figure_leaves_what_was(tmp_path):
    path = tmp_path / "baseline" / "summary.json"
    old = Baseline({"step": {"held": {"value": 91.0}}, "other": {"x": {"value": 1.0}}})
    old.with_figures([FOUND, MISSING], floors()).write(path)
    kept = Baseline.read(path)
    assert kept.value(FOUND) == 80
    assert kept.value(MISSING) == 91
    assert kept.value(unscored("other", "x", "")) == 1
    assert kept.value(ALARMS) is None


def test_the_page_gets_the_table_between_its_marks(tmp_path):
    page = tmp_path / "evals.md"
    page.write_text("before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter\n", "utf-8")
    NONE.with_figures([FOUND], floors(found=70)).write_page(page)
    text = page.read_text("utf-8")
    assert "| found | 10 | 80 | 49.0..94.3 | 90 | 70 | 30 |" in text
    assert "old" not in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")


def test_committed_floors_can_be_read():
    assert Floors.read(FLOORS).of(share("red_flags", "missed, own", Count(0, 1))) == 0

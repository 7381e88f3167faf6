import pytest

from evals.figures import Count, p95, share, unscored


def test_no_cases_are_unscored_and_not_a_zero():
    assert share("s", "m", Count(0, 0)).value is None
    assert p95("s", "m", [], goal=10).value is None


def test_none_right_is_a_zero_and_scored():
    figure = share("s", "m", Count(0, 5))
    assert figure.is_scored
    assert figure.value == 0


@pytest.mark.parametrize(("is_ceiling", "passes"), [(False, True), (True, False)])
def test_a_ceiling_turns_the_side_that_passes(is_ceiling, passes):
    figure = share("s", "m", Count(9, 10), is_ceiling=is_ceiling)
    assert figure.passes(80) is passes
    assert figure.passes(90)


def test_unscored_figure_passes_any_floor():
    assert unscored("s", "m", "absent").passes(100)

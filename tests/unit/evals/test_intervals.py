import pytest

from evals.intervals import f1_interval, percentile, wilson


def test_wilson_bounds_are_those_of_the_published_example():
    low, high = wilson(15, 148)  # Newcombe, Statistics in Medicine 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


def test_nothing_counted_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("hits", [0, 10])
def test_bounds_stay_within_a_share(hits):
    low, high = wilson(hits, 10)
    assert 0.0 <= low <= hits / 10 <= high + 1e-9 <= 1.0 + 1e-9


def test_f1_lies_within_its_bounds():
    low, high = f1_interval(90, 5, 7)
    assert low < 2 * 90 / (2 * 90 + 5 + 7) < high


def test_bounds_of_a_percentile_are_values_around_it():
    found = percentile([float(value) for value in range(1000)], 0.95)
    assert found.value == 950
    assert 920 < found.interval.low < 950 < found.interval.high < 980


def test_percentile_of_one_value_is_that_value():
    assert percentile([3.0], 0.95) == (3.0, (3.0, 3.0))

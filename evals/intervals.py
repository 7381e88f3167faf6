"""95% intervals of shares and of percentiles."""

from collections.abc import Sequence
from math import ceil, floor, sqrt
from typing import NamedTuple

_Z = 1.959964
"""Normal quantile of a two-sided 95% interval."""


class Interval(NamedTuple):
    """Bounds, both inclusive."""

    low: float
    high: float


class Percentile(NamedTuple):
    """A percentile of values, in their unit, with its interval."""

    value: float
    interval: Interval


def wilson(count: int, total: int) -> Interval:
    """Bounds of the share count / total, in 0 .. 1; 0 to 1 when there is nothing to count.

    Source: Wilson, JASA 1927.
    """
    if not total:
        return Interval(0.0, 1.0)
    share, spread = count / total, _Z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / total + spread / (4 * total))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def f1_interval(hit: int, missed: int, extra: int) -> Interval:
    """Bounds of F1, in 0 .. 1.

    F1 rises with the share of hits among all that was said or read, J: F1 = 2J / (1 + J). So the
    Wilson bounds of J give those of F1.
    """
    low, high = wilson(hit, hit + missed + extra)
    return Interval(2 * low / (1 + low), 2 * high / (1 + high))


def percentile(values: Sequence[float], share: float) -> Percentile:
    """The value below which `share` (0 .. 1) of `values` lie, bounds from order statistics.

    Args:
        values: In any order; at least one.
        share: 0.95 for p95.
    """
    ordered, n = sorted(values), len(values)
    spread = _Z * sqrt(n * share * (1 - share))
    low, high = floor(n * share - spread), ceil(n * share + spread)
    return Percentile(
        ordered[min(int(n * share), n - 1)],
        Interval(ordered[max(low, 0)], ordered[min(high, n - 1)]),
    )

"""The values of a condition in words: "early or locally advanced"."""

from collections.abc import Sequence


def told_apart(values: Sequence[str]) -> list[str]:
    """The values that say something of their own.

    Cancer that has spread has also spread where it is in a few places, so "metastatic" covers
    "oligometastatic".
    """
    return [v for v in values if v != "oligometastatic" or "metastatic" not in values]


def either(values: Sequence[str]) -> str:
    """Alternatives as words: "a", "a or b", "a, b or c"; there must be one at least."""
    return " or ".join(filter(None, (", ".join(values[:-1]), values[-1])))

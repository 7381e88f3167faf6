from datetime import date

import pytest

from memory.when import date_of, start_of

TOLD = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("since March 2024", "2024-03"),
        ("on 5 May 2026", "2026-05-05"),
        ("May 5th, 2026", "2026-05-05"),
        ("2026-05-05", "2026-05-05"),
        ("in 2019", "2019"),
        ("June", "2026-06"),
        ("in December", "2025-12"),
        ("two weeks ago", "2026-11-16"),
        ("3 months ago", "2026-08"),
        ("last year", "2025"),
        ("yesterday", "2026-11-29"),
        ("this morning", "2026-11-30"),
    ],
)
def test_date_has_as_much_detail_as_was_said(words, said):
    assert str(date_of(words, TOLD)) == said


@pytest.mark.parametrize(
    "words", ["", "a while", "31 February 2026", "3/4/2024", "2,019", "I may go"]
)
def test_what_names_no_date_is_none(words):
    assert date_of(words, TOLD) is None


@pytest.mark.parametrize(
    ("duration", "began"),
    [("14 months", "2025-09"), ("two weeks", "2026-11-16"), ("3 years", "2023"), ("ages", None)],
)
def test_start_lies_the_duration_back(duration, began):
    found = start_of(duration, TOLD)
    assert (str(found) if found else None) == began

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.vectorstore.shelf_documents import FRONT
from vectorstore.description import SOURCE_KINDS, describe
from vectorstore.freshness import REVIEW_DAYS, age_told, is_old

TODAY = date(2026, 11, 30)


def _document(**changed):
    return replace(describe(Path("caps.md"), FRONT, {}, "", TODAY), **changed)


@pytest.mark.parametrize("kind", SOURCE_KINDS)
def test_every_kind_has_a_period_after_which_it_is_old(kind):
    last = TODAY - timedelta(days=REVIEW_DAYS[kind])
    assert not is_old(_document(kind=kind, reviewed=last), TODAY)
    assert is_old(_document(kind=kind, reviewed=last - timedelta(days=1)), TODAY)


def test_a_year_alone_counts_from_its_last_day():
    assert not is_old(_document(kind="label", year=2025), TODAY)
    assert is_old(_document(kind="label", year=2024), TODAY)


def test_the_age_is_told_in_plain_words():
    reviewed = date(2022, 3, 9)
    assert age_told(_document(reviewed=reviewed)) == (
        "last reviewed March 2022; may be out of date"
    )
    assert age_told(_document(year=2019)) == "from 2019; may be out of date"
    assert age_told(_document(is_undated=True)) == "undated; may be out of date"

"""Somebody whose conversations fill a visit sheet."""

from datetime import date

import pytest

from chains.visit.sheet import open_sheet
from tests.support.people import Person

TODAY = date(2026, 11, 30)


@pytest.fixture
def sheet_of(services):
    """Opens the sheet of a person."""

    def opened(person, subject="self"):
        return open_sheet(services, person.person_id, subject, today=TODAY)

    return opened


@pytest.fixture(scope="module")
def talked(services):
    """Has told of a treatment and asked about it. Shared by tests that change nothing."""
    someone = Person(services)
    someone.says(
        "I have ER positive breast cancer, stage IV. I take ribociclib 400 mg since March 2024",
        "I have been so tired for three weeks and have joint pain",
        "My letrozole is on hold, and I will start denosumab next month. ANC was 0.8",
        "Can I eat grapefruit with ribociclib?",
        "can i take turmeric",
    )
    return someone

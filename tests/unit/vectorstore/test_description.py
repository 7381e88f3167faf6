from datetime import date
from pathlib import Path

import pytest

from tests.unit.vectorstore.shelf_documents import FRONT
from vectorstore.description import GIVEN_KEYS, describe
from vectorstore.errors import DocumentError

TODAY = date(2026, 11, 30)
NCI = {
    "title": "Depression - NCI",
    "lastReviewed": "2025-12-30",
    "license": "public_domain",
    "source": "NCI",
    "audienceLevel": "patient",
}


def _described(stated, heading="", **given):
    return describe(Path("caps.md"), stated, given, heading, TODAY)


@pytest.mark.parametrize("key", [key for key in GIVEN_KEYS if key != "url"])
def test_a_missing_key_is_told_with_what_to_add(key):
    stated = {name: value for name, value in FRONT.items() if name != key}
    with pytest.raises(DocumentError, match=rf"^caps\.md: lacks {key}; add .* --{key}$"):
        _described(stated)
    assert _described(stated, **{key: FRONT[key]})


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "blog"), ("url", "javascript:alert(1)"), ("audience", "cats"), ("year", "soon")],
)
def test_a_wrong_value_is_told(key, value):
    with pytest.raises(DocumentError, match=rf"^caps\.md: .*{key}"):
        _described(FRONT | {key: value})


def test_what_a_file_says_leads_before_what_the_operator_says_for_all():
    document = _described(
        FRONT, year="1999", licence="all rights reserved", audience="professional"
    )
    assert (document.year, document.licence, document.audience) == (
        2024,
        "public domain",
        "patient",
    )


@pytest.mark.parametrize(
    ("url", "audience", "kind"),
    [
        ("https://www.cancer.gov/types/breast/hp/breast-treatment-pdq", "professional", "review"),
        ("https://www.cancer.gov/coping/feelings/depression-hp-pdq", "professional", "review"),
        ("https://www.cancer.gov/coping/feelings/depression-pdq", "patient", "patient_page"),
        ("https://www.cancer.gov/drugs/recombinant-hpv-vaccine", "patient", "patient_page"),
    ],
)
def test_a_page_of_a_known_publisher_is_told_by_its_address(url, audience, kind):
    document = _described(NCI | {"url": url})
    assert (document.audience, document.kind) == (audience, kind)
    assert (document.title, document.publisher) == ("Depression", "National Cancer Institute")
    assert (document.year, document.reviewed) == (2025, date(2025, 12, 30))
    assert document.may_be_quoted


def test_what_was_adapted_from_a_known_publisher_is_undated_and_never_quoted():
    document = _described({"title": "Screening", "source": "NCI (Adapted)"})
    assert document.publisher == "National Cancer Institute (adapted)"
    assert (document.may_be_quoted, document.is_undated) == (False, True)
    assert document.place(None) == "caps.md"


@pytest.mark.parametrize(
    ("told", "is_free"),
    [
        ("public_domain", True),
        ("U.S. Government work, public domain", True),
        ("CC0 1.0", True),
        ("CC BY 4.0", False),
        ("not in the public domain", False),
        ("all rights reserved", False),
    ],
)
def test_only_the_public_domain_may_be_quoted(told, is_free):
    assert _described(FRONT | {"licence": told}).may_be_quoted is is_free


def test_a_study_tells_design_size_and_whether_people_were_in_it():
    said = {"design": "randomized trial", "participants": "1,204 women", "in_people": "true"}
    document = _described(FRONT | said)
    assert (document.design, document.size, document.in_people) == ("randomized trial", 1204, True)


def test_a_title_is_read_from_the_first_heading_or_a_blank_one_from_the_address():
    assert _described({k: v for k, v in FRONT.items() if k != "title"}, "Caps").title == "Caps"
    stated = FRONT | {"title": "", "url": "https://www.cancer.example/coping-with-hair-loss.html"}
    assert _described(stated).title == "Coping with hair loss"


def test_a_files_own_date_counts_after_what_the_operator_says():
    stated = {key: value for key, value in FRONT.items() if key != "year"} | {"made": "2013-12-23"}
    assert _described(stated).year == 2013
    assert _described(stated, year="2021").year == 2021

"""What identifies a person is masked; what a doctor measured is not."""

import pytest

from chains.model.masking import Masks, without_places


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("write to rosa.m+x@example.co.uk please", "rosa.m+x@example.co.uk"),
        ("call 415-555-0134 after five", "415-555-0134"),
        ("call (415) 555-0134", "555-0134"),
        ("my mobile is +44 7700 900123", "7700 900123"),
        ("phone 4155550134", "4155550134"),
        ("MRN: 00482913", "00482913"),
        ("my NHS number is 943 476 5919", "943 476 5919"),
        ("patient ID AB-48213", "AB-48213"),
        ("SSN 078-05-1120", "078-05-1120"),
        ("born 12 March 1961 in Lima", "12 March 1961"),
        ("DOB 3/12/1961", "3/12/1961"),
        ("my date of birth is March 12, 1961", "March 12, 1961"),
    ],
)
def test_identifiers_are_masked_and_put_back(text, secret):
    masks = Masks()
    masked = masks.masked(text)
    assert secret not in masked
    assert masks.put_back(masked) == text


@pytest.mark.parametrize(
    "text",
    [
        "ANC 1,200 and platelets 150,000 on 2026-03-01",
        "ribociclib 400 mg for 14 months, fever 38.6 since 6:30",
        "scan on 03/12/2026, CA 15-3 was 28.4, then 31.2",
        "Oncotype 18, Ki-67 20-30%, tumor 2.1 x 1.4 x 0.9 cm",
        "from 2019-2021 and 2021 2023",
        "trial NCT04862663 and PMID 34379978",
        "3 of 14 nodes, dose 100 75 50",
    ],
)
def test_results_doses_and_dates_of_care_stay(text):
    assert Masks().masked(text) == text


def test_one_identifier_has_one_place_and_an_unknown_place_goes():
    masks = Masks()
    assert masks.masked("a@b.org, again a@b.org") == "{email-1}, again {email-1}"
    assert masks.put_back("see {email-1} {phone-9}") == "see a@b.org "
    assert without_places("Write to {email-1} soon.") == "Write to soon."

"""Claims held against captured pages."""

import json

import pytest

from chains.lexicon import load_lexicon
from evals.library.claims import check
from evals.library.pages import Page, keys_of, read_pages

PAGE = (
    "Palbociclib (Ibrance) is given for HER2-negative, stage IV disease. The usual dose is 125 mg"
    " once a day for three weeks. In the trial of 521 women, 9.5 percent stopped. It does not cure"
    " the cancer. Call the doctor about a fever."
)


def found(claim, *pages):
    held = pages or (Page(PAGE, is_whole=True),)
    # Nearness by words alone: a claim that shares half of them with the page is near here.
    return check(claim, held, load_lexicon(), lambda claim, passage: 0.5)


@pytest.mark.parametrize(
    "claim",
    [
        "The label dose of palbociclib is 125 mg once a day for 3 weeks.",
        "In a trial of 521 women, 9.5% stopped palbociclib.",
        "Ibrance is for HER2-negative disease of stage 4.",
        "Palbociclib does not cure the cancer.",
        "Call the doctor about a fever of 38.0 C (100.4 F).",
    ],
)
def test_what_the_page_says_is_supported(claim):
    finding = found(claim)
    assert finding.missing == frozenset()
    assert finding.is_supported


@pytest.mark.parametrize(
    ("claim", "lost"),
    [
        ("The label dose of palbociclib is 100 mg once a day.", ("number", "100")),
        ("The label dose of palbociclib is 125 mcg once a day.", ("unit", "125 mcg")),
        ("The label dose of ribociclib is 125 mg once a day.", ("drug", "ribociclib")),
        ("Palbociclib is given for PIK3CA disease.", ("biomarker", "PIK3CA")),
        ("Palbociclib is given for stage II disease.", ("stage", "ii")),
    ],
)
def test_figure_unit_drug_marker_or_stage_that_the_page_lacks_is_told(claim, lost):
    finding = found(claim)
    assert lost in finding.missing
    assert not finding.is_supported


def test_negation_that_no_near_passage_has_does_not_agree():
    page = Page("Walking is safe for most people. Walking eases tiredness.", is_whole=True)
    assert not found("Walking is not safe for most people.", page).negation_agrees
    assert found("Walking is safe for most people.", page).negation_agrees


def test_notes_of_a_page_decide_nothing_and_no_page_is_uncheckable():
    assert not found("Palbociclib is a pill.", Page(PAGE, is_whole=False)).is_decided
    assert not found("Palbociclib is a pill.", Page(PAGE, is_whole=True), None).is_decided
    assert found("Palbociclib is a pill.", None) is None


def test_document_is_one_under_all_its_names():
    assert "10.1001/jamaoncol.2025.3687" in keys_of("https://doi.org/10.1001/jamaoncol.2025.3687")
    assert "pmc12464849" in keys_of("SOURCE: doi:10.1/x PMC12464849; PMID 40996770")
    assert "pmid40996770" in keys_of("SOURCE: doi:10.1/x PMC12464849; PMID 40996770")
    assert keys_of("https://www.cancer.gov/types/breast/")[-1] == "cancer.gov/types/breast"


def test_pages_are_found_by_the_address_a_source_names(tmp_path):
    (tmp_path / "a.md").write_text("---\nurl: https://www.cancer.gov/types/breast\n---\nText A.")
    (tmp_path / "b.txt").write_text("ORIGINAL: https://www.ema.europa.eu/EPAR/kisqali\nText B.")
    (tmp_path / "c.md").write_text("SOURCE: doi:10.1000/abc\nHOW READ: FACT NOTES\nText C.")
    topics = {"topics": [{"url": "https://medlineplus.gov/a1c.html", "text": "Text D."}]}
    (tmp_path / "d.json").write_text(json.dumps(topics))
    pages = read_pages(tmp_path)
    assert pages.of("https://cancer.gov/types/breast/").is_whole
    assert "Text B" in pages.of("https://www.ema.europa.eu/EPAR/kisqali").text
    assert not pages.of("https://doi.org/10.1000/abc").is_whole
    assert "Text D" in pages.of("https://medlineplus.gov/a1c.html").text
    assert pages.of("https://www.fda.gov/x") is None

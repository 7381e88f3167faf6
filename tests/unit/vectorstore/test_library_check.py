import pytest

from tests.unit.vectorstore.small_library import SOURCE, article_text
from vectorstore.articles import read_article
from vectorstore.library_check import check_article, check_library, is_publisher_url
from vectorstore.settings import LIBRARY_DIR

CLAIM = "Letrozole can make joints stiff and sore. [1]"


def test_an_article_in_the_form_has_no_problem(write_article):
    assert check_article(read_article(write_article())) == []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Letrozole is a pill.", "does not end with its source"),
        ("Letrozole is a pill. [2]", "cites source 2"),
        ("It is a pill. [1]", "does not name"),
        ("Letrozole is **a pill**. [1]", "'**'"),
        ("Letrozole [2] is a pill. [1]", "no markup"),
        ("Letrozole is a [pill](https://x.org). [1]", "no markup"),
        ("Letrozole \u2014 a pill \u2014 helps. [1]", "em dash"),
        ("Letrozole with fever of 38 C is rare. [1]", "a fever is written"),
        ("Letrozole with fever of 100.4 F is rare. [1]", "a fever is written"),
        ("Letrozole is a pill [1]", "full stop"),
        ("Letrozole is " + "very " * 28 + "small. [1]", "a sentence of 31 words"),
        ("{when: extent = spread} Letrozole is a pill. [1]", "'spread' is not a value of extent"),
        ("{when: biomarker.ABC = low} Letrozole is a pill. [1]", "'ABC'"),
        ("{verify: later} Letrozole is a pill. [1]", "verify"),
    ],
)
def test_a_line_that_breaks_a_rule_is_told_with_its_number(write_article, line, complaint):
    text = article_text().replace(CLAIM, line)
    [problem] = check_article(read_article(write_article(text=text)))
    assert complaint in str(problem)
    assert problem.line == text.splitlines().index(line) + 1


@pytest.mark.parametrize(
    ("replaced", "complaint"),
    [
        ({"id": "Letrozole"}, "lower case"),
        ({"topics": "[]"}, "no topic"),
        ({"topics": "[weather]"}, "'weather'"),
        ({"answers": "[One?, Two?]"}, "answers holds 2"),
        ({"answers": "[A?, B?, C?, D?, A?]"}, "stands twice"),
        ({"sources": f"\n  1: {SOURCE}\n  2: {SOURCE}"}, "source 2 is never cited"),
        (
            {"sources": f"\n  1: {SOURCE.replace('www.cancer.gov', 'cancer.gov.shop.com')}"},
            "publisher",
        ),
        ({"sources": f"\n  1: {SOURCE.replace('patient_page', 'blog')}"}, "'blog'"),
        ({"sources": f"\n  1: {SOURCE.replace('2025', '2031')}"}, "after the review"),
    ],
)
def test_front_matter_that_breaks_a_rule_is_told(write_article, replaced, complaint):
    problems = check_article(read_article(write_article(**replaced)))
    assert [complaint in str(problem) for problem in problems] == [True]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("{in_short}", "{options}", "first section is not in_short"),
        ("{questions}", "{options}", "last section is not questions"),
        ("{tests}", "{trivia}", "'trivia' is not a section kind"),
        ("{tests}", "{side_effects}", "'side_effects' stands twice"),
        ("- What does it mean for me?", "- What does it mean? [1]", "cites no source"),
        ("- What does it mean for me?", "", "is empty"),
    ],
)
def test_sections_that_break_a_rule_are_told(write_article, old, new, complaint):
    problems = check_article(read_article(write_article(text=article_text().replace(old, new))))
    assert any(complaint in str(problem) for problem in problems)


def test_too_few_claims_are_told(write_article):
    lines = article_text().splitlines()
    start = lines.index("## How it works {how_it_works}")
    end = lines.index("## Questions to ask {questions}")
    article = read_article(write_article(text="\n".join(lines[:start] + lines[end:])))
    assert ["has 1 claims" in str(problem) for problem in check_article(article)] == [True]


def test_a_folder_check_tells_unreadable_files_and_wrong_names_and_goes_on(tmp_path):
    (tmp_path / "broken.md").write_text("nothing", encoding="utf-8")
    (tmp_path / "other.md").write_text(article_text(), encoding="utf-8")
    broken, other = check_library(tmp_path)
    assert str(broken).startswith("broken: line 1")
    assert "name of the file" in str(other)


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        ("https://www.cancer.gov/x", True),
        ("https://dailymed.nlm.nih.gov/x", True),
        ("http://www.cancer.gov/x", False),
        ("https://notcancer.gov/x", False),
        ("cancer.gov", False),
    ],
)
def test_only_pages_of_named_publishers_over_https_are_shown(url, is_known):
    assert is_publisher_url(url) is is_known


def test_the_whole_library_keeps_the_form():
    assert [str(problem) for problem in check_library(LIBRARY_DIR)] == []

from datetime import date

import pytest

from vectorstore.articles import load_library
from vectorstore.errors import ArticleError
from vectorstore.settings import LIBRARY_DIR
from vectorstore.stats import library_stats
from vectorstore.verdicts import claim_hash, line_hash, read_verdicts

TODAY = date(2026, 12, 1)
HEADER = "claim_hash,article_id,verdict,checked,note\n"


def test_a_claim_keeps_its_hash_until_it_or_its_sources_change():
    first = claim_hash("A claim.", ["https://b", "https://a"])
    assert first == claim_hash("A claim.", ["https://a", "https://b"])
    assert first != claim_hash("A claim!", ["https://a", "https://b"])
    assert first != claim_hash("A claim.", ["https://a"])


def test_no_file_is_no_verdicts(tmp_path):
    assert read_verdicts(tmp_path) == {}


@pytest.mark.parametrize(
    "text", ["a,b\n", f"{HEADER}h,fever,maybe,,\n", f"{HEADER}h,fever,supported,today,\n"]
)
def test_a_verdict_file_of_another_form_is_told(tmp_path, text):
    (tmp_path / "verdicts.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError, match=r"verdicts\.csv: line"):
        read_verdicts(tmp_path)


def test_stats_list_what_waits(tmp_path, write_article):
    path = write_article()
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Letrozole can make", "{verify: label} Letrozole can make"), encoding="utf-8"
    )
    library = load_library(tmp_path)
    article = library.articles["letrozole"]
    first, second = (article.section(kind).lines[0] for kind in ("in_short", "how_it_works"))
    rows = f"{line_hash(article, first)},letrozole,supported,2026-11-23,\n"
    rows += f"{line_hash(article, second)},letrozole,unsupported,2026-11-23,figure\n"
    (tmp_path / "verdicts.csv").write_text(HEADER + rows, encoding="utf-8")
    stats = library_stats(library, read_verdicts(tmp_path), TODAY)
    assert (stats.articles, stats.claims, stats.conditional_claims, stats.questions) == (1, 7, 3, 5)
    assert stats.sources_by_kind == {"patient_page": 1}
    assert stats.verdicts == {"supported": 1, "unsupported": 1}
    assert len(stats.without_verdict) == 5
    assert stats.unsupported == [f"letrozole: {second.number}: {second.text}"]
    assert [line.split(": ")[2] for line in stats.verify_label] == [
        "Letrozole can make joints stiff and sore."
    ]


def test_an_article_is_past_review_after_a_year(library_dir):
    library = load_library(library_dir)
    assert library_stats(library, {}, date(2027, 11, 22)).past_review == []
    assert len(library_stats(library, {}, date(2027, 11, 23)).past_review) == 3


def test_every_claim_of_the_library_was_read_against_its_source():
    verdicts = read_verdicts(LIBRARY_DIR)
    unread = [
        f"{article.article_id}: {line.number}"
        for article in load_library(LIBRARY_DIR).articles.values()
        for section in article.sections
        if section.kind != "questions"
        for line in section.lines
        if line_hash(article, line) not in verdicts
    ]
    assert unread == []


def test_no_claim_was_found_unsupported_and_an_unchecked_one_says_why():
    verdicts = read_verdicts(LIBRARY_DIR).values()
    assert {verdict.verdict for verdict in verdicts} <= {"supported", "unchecked"}
    assert all(verdict.note for verdict in verdicts if verdict.verdict == "unchecked")

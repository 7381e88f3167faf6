import dataclasses
from datetime import date

import pytest

from tests.unit.vectorstore.small_library import SOURCE
from vectorstore.articles import load_library, read_article
from vectorstore.errors import ArticleError

FRONT = f"""---
id: letrozole
title: "Letrozole: what it is"
topics: [endocrine]
answers: ["What is it?"]
reviewed: 2026-11-22
sources:
  1: {SOURCE}
  2: {SOURCE}
---
"""


def test_front_matter_and_sections_are_read(write_article):
    article = read_article(write_article())
    assert (article.article_id, article.title) == ("letrozole", "Letrozole (Femara)")
    assert article.reviewed == date(2026, 11, 22)
    assert article.sources[1].url == "https://www.cancer.gov/a-page"
    assert [section.kind for section in article.sections][0] == "in_short"
    assert article.section("tests").heading == "Bones"
    assert article.section("options") is None


@pytest.mark.parametrize(
    ("written", "text", "citations", "marker"),
    [
        ("Plain words. [1]", "Plain words.", (1,), "plain"),
        ("- A bullet of 2 mg (0.5). [1][2]", "A bullet of 2 mg (0.5).", (1, 2), "bullet"),
        ("12. A step. [2]", "A step.", (2,), "step"),
        ("100 people were asked. [1] [2]", "100 people were asked.", (1, 2), "plain"),
        ("- A question?", "A question?", (), "bullet"),
    ],
)
def test_a_line_is_its_text_its_sources_and_its_marker(
    write_article, written, text, citations, marker
):
    article = read_article(write_article(text=f"{FRONT}## In short {{in_short}}\n\n{written}\n"))
    line = article.sections[0].lines[0]
    assert (line.text, line.citations, line.marker) == (text, citations, marker)
    assert line.number == 13


def test_braces_hold_conditions_and_the_label_mark(write_article):
    written = "- {when: class = serm; unless: extent = in situ; verify: label} A claim. [1]"
    line = (
        read_article(write_article(text=f"{FRONT}## H {{in_short}}\n{written}"))
        .sections[0]
        .lines[0]
    )
    assert (str(line.when), str(line.unless), line.verify) == (
        "class = serm",
        "extent = in situ",
        "label",
    )
    assert line.text == "A claim."


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("no front matter", "letrozole.md: line 1"),
        ("---\nid: letrozole\n", "letrozole.md: line 1"),
        ("---\nid: a\ntitle: b: c\n---\n", "letrozole.md: line 3: front matter is not YAML"),
        ("---\n- a\n---\n", "holds no keys"),
        (FRONT.replace("topics: [endocrine]\n", ""), "topics"),
        (FRONT.replace("---\nid", "---\nauthor: me\nid"), "author"),
        (FRONT.replace("year: 2025, ", "", 1), "source 1"),
        (FRONT.replace("year: 2025", "year: soon", 1), "front matter"),
        (FRONT.replace("[endocrine]", "endocrine"), "not a list"),
        (f"{FRONT}A claim. [1]", "line 11: stands before the first heading"),
        (f"{FRONT}## No kind\n", "line 11: a heading"),
        (f"{FRONT}## H {{in_short}}\n- [1]\n", "line 12: holds no claim"),
        (f"{FRONT}## H {{in_short}}\n{{when: mood = low}} A. [1]\n", "line 12: 'mood'"),
        (f"{FRONT}## H {{in_short}}\n{{if: class = serm}} A. [1]\n", "line 12: 'if: class = serm'"),
    ],
)
def test_what_cannot_be_read_is_told_with_file_and_line(write_article, text, complaint):
    with pytest.raises(ArticleError) as caught:
        read_article(write_article(text=text))
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ArticleError, match=r"a\.md"):
        read_article(path)


def test_a_library_is_frozen_and_in_order_of_ids(library_dir):
    library = load_library(library_dir)
    assert list(library.articles) == ["fever", "letrozole", "walking"]
    assert len(library) == 3
    with pytest.raises(TypeError):
        library.articles["x"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        library.articles["fever"].title = "x"


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(ArticleError, match="no such folder"):
        load_library(tmp_path / "nowhere")

import pytest

from vectorstore.errors import DocumentError
from vectorstore.reading.read import read_file

TEXT = """---
title: Sleep
lastReviewed: '2025-12-30'
year: 2025
tags: [support]
---

# Sleep

Many people [sleep](/def/1) *badly*
in treatment.

![A bed](bed.jpg)

- go to bed at one hour
- no screens

| Help | Studied |
|---|---|
| CBT | yes |
"""


def test_front_matter_and_text_without_marks(tmp_path):
    (tmp_path / "s.md").write_text(TEXT, encoding="utf-8")
    reading = read_file(tmp_path / "s.md")
    assert reading.stated == {"title": "Sleep", "lastReviewed": "2025-12-30", "year": "2025"}
    assert [(b.level, b.text) for b in reading.blocks] == [
        (1, "Sleep"),
        (0, "Many people sleep badly in treatment."),
        (0, "go to bed at one hour"),
        (0, "no screens"),
        (0, "Help: CBT; Studied: yes"),
    ]


def test_a_file_without_front_matter_is_read_too(tmp_path):
    (tmp_path / "s.md").write_text("Plain words.\n", encoding="utf-8")
    reading = read_file(tmp_path / "s.md")
    assert (reading.stated, [b.text for b in reading.blocks]) == ({}, ["Plain words."])


def test_front_matter_that_is_no_yaml_is_told(tmp_path):
    (tmp_path / "s.md").write_text("---\ntitle: [\n---\nText.\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"s\.md: line \d: front matter is not YAML"):
        read_file(tmp_path / "s.md")

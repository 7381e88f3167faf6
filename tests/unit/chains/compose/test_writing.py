"""A draft as one Markdown text."""

import re
from dataclasses import replace

import pytest

from chains.compose.draft import Block, Draft
from chains.compose.phrases import load_phrases
from chains.compose.writing import plain, write
from chains.stages import Link, RelatedQuestion, Service
from tests.support.builders import claim, origin

PHRASES = load_phrases()
FIRST, SECOND = origin("First", url="https://a.gov/1"), origin("Second", url="https://a.gov/2")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "**bold** _it_ `code` ~~gone~~",
        "# heading",
        "$x^2$",
        "a | b",
        r"back\slash",
        "&lt;b&gt;",
    ],
)
def test_words_of_a_person_lose_every_mark_of_markdown_and_html(typed):
    shown = plain(typed)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>$~|#&]", shown)
    assert re.sub(r"\\(.)", r"\1", shown) == typed


@pytest.mark.parametrize("typed", ["ribociclib 400 mg", "it's 38.6 - really?", "¿cómo?"])
def test_plain_words_stay_as_they_are(typed):
    assert plain(typed) == typed


def test_sources_are_numbered_in_the_order_they_are_read():
    draft = Draft(
        short=(claim("One.", SECOND),),
        blocks=(Block("More", (claim("Two.", FIRST, SECOND), claim("Three.", FIRST))),),
    )
    answer = write(draft, PHRASES)
    assert [(s.n, s.title) for s in answer.sources] == [(1, "Second"), (2, "First")]
    assert [s.citations for s in answer.sentences] == [(1,), (2, 1), (2,)]
    assert "One. [1]" in answer.markdown and "- Two. [2][1]" in answer.markdown


def test_source_knows_its_passages_once_each():
    draft = Draft(
        short=(claim("A.", FIRST), claim("B.", FIRST), claim("C.", FIRST, chunk_id="x#y"))
    )
    (source,) = write(draft, PHRASES).sources
    assert source.passage_ids == ("walking#in_short", "x#y")


def test_steps_are_numbered_and_other_lines_are_bullets():
    claims = (
        claim("Draw blood.", is_step=True),
        claim("Grow cells.", is_step=True),
        claim("Wait."),
    )
    markdown = write(
        Draft(blocks=(Block("How", claims, closing="Ask your team."),)), PHRASES
    ).markdown
    assert "1. Draw blood. [1]\n2. Grow cells. [1]\n- Wait. [1]\n\nAsk your team." in markdown


def test_reason_and_branch_stand_with_their_claim():
    claims = (
        claim("A.", lead="If HER2 is positive"),
        claim("B.", because="because you take letrozole"),
    )
    markdown = write(Draft(blocks=(Block("For you", claims),)), PHRASES).markdown
    assert "- **If HER2 is positive:** A. [1]" in markdown
    assert "- B. [1] *(because you take letrozole)*" in markdown


def test_what_was_fetched_is_shown_as_it_stands_and_makes_no_link():
    fetched = replace(claim("See [a](http://evil.example) **now**."), form="quote", lead="A *page*")
    markdown = write(Draft(blocks=(Block("Pages", (fetched,)),)), PHRASES).markdown
    assert r"- **A \*page\*:** “See \[a\](http://evil.example) \*\*now\*\*.” [1]" in markdown


def test_notice_stands_short_at_the_top_and_full_at_the_end():
    markdown = write(Draft(short=(claim(),)), PHRASES).markdown
    assert markdown.startswith(PHRASES.notice_short)
    assert markdown.endswith(PHRASES.notice)


def test_parts_after_the_answer_come_in_their_order():
    draft = Draft(
        short=(claim(),),
        questions_to_ask=("What is my HER2 status?",),
        further_reading=(Link(title="A page", url="https://a.gov"),),
        services=((Service(name="A line", url="https://b.org"), "For all. Phone 1."),),
        related=(RelatedQuestion(question="And HER2?", preview="It is a protein."),),
    )
    markdown = write(draft, PHRASES).markdown
    names = ("questions", "further_reading", "services", "sources", "related")
    places = [markdown.index(PHRASES.headings[name].format(whose="your")) for name in names]
    assert places == sorted(places)
    assert "[A line](https://b.org): For all. Phone 1." in markdown


def test_comparison_is_a_table_with_its_gaps_told():
    draft = Draft(
        table=(("How it works", (claim("A."), claim("B."))), ("Dose", (claim("C."), None))),
        sides=("Left", "Right"),
    )
    rows = write(draft, PHRASES).markdown.split("\n\n")[1].split("\n")
    assert rows[0] == "| | Left | Right |"
    assert rows[2] == "| **How it works** | A. [1] | B. [1] |"
    assert rows[3] == "| **Dose** | C. [1] | No source here |"
    assert len({row.count("|") for row in rows}) == 1


def test_answer_is_general_until_a_fact_was_used():
    assert write(Draft(short=(claim(),)), PHRASES).general
    assert not write(Draft(short=(claim(),), used_facts=("f",)), PHRASES).general


def test_empty_parts_leave_no_gap():
    assert "\n\n\n" not in write(Draft(short=(claim(),)), PHRASES).markdown

"""Text as the page shows it."""

from pages._ui.wording import escaped, marked, plain_copy, shown


def test_cited_sentence_is_marked_within_its_line_and_nothing_else():
    line = "No diet treats it. Eating enough keeps up your strength. Ask."
    assert marked(line, ["Eating enough keeps up your strength."]) == (
        "No diet treats it. :yellow-background[**Eating enough keeps up your strength.**] Ask."
    )


def test_line_without_a_cited_sentence_stays_plain():
    assert marked("Call at 38.0 C.", ["Another sentence."]) == "Call at 38.0 C."


def test_marks_of_markdown_are_shown_as_they_stand():
    assert escaped("a*b_[c](d) $5 :red[x]") == r"a\*b\_\[c\]\(d\) \$5 \:red\[x\]"


def test_dollar_is_no_formula_however_it_came():
    assert shown(r"$5 and \$6") == r"\$5 and \$6"


def test_copy_spells_links_out_and_bears_no_marks():
    text = "### Sources\n1. [Kisqali: leaflet](https://ema.europa.eu/k), **EMA**\n\n*Notice.*"
    assert (
        plain_copy(text) == "Sources\n1. Kisqali: leaflet (https://ema.europa.eu/k), EMA\n\nNotice."
    )

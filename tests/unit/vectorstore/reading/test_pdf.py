import pytest

from tests.unit.vectorstore.reading.made_pdfs import (
    columns_then_one,
    drawn_lines,
    heading,
    new_page,
    paged,
    scanned,
    table,
    two_columns,
)
from vectorstore.errors import DocumentError
from vectorstore.reading.read import read_file


def _texts(path):
    return [block.text for block in read_file(path).blocks]


def test_pages_are_counted_and_running_heads_and_page_numbers_are_gone(tmp_path):
    path = paged(
        tmp_path / "g.pdf",
        [
            "Zoledronic acid keeps bones strong.",
            new_page(),
            "Calcium is taken with food.",
            new_page(),
            "A dentist looks at the teeth first.",
        ],
        title="Bone Health",
    )
    reading = read_file(path)
    assert [(b.text, b.page) for b in reading.blocks] == [
        ("Zoledronic acid keeps bones strong.", 1),
        ("Calcium is taken with food.", 2),
        ("A dentist looks at the teeth first.", 3),
    ]
    assert reading.stated["title"] == "Bone Health"


def test_two_columns_are_read_one_after_the_other_below_what_stands_across(tmp_path):
    sentences = [
        f"Sentence {number} tells how density number {number} is measured at place {number} and "
        f"for person {number}, and how often scan {number} is done after treatment {number}."
        for number in range(40)
    ]
    texts = _texts(two_columns(tmp_path / "c.pdf", sentences, "Bone density for all"))
    assert texts[0] == "Bone density for all"
    whole = " ".join(texts[1:])
    places = [whole.find(sentence) for sentence in sentences[:36]]
    assert -1 not in places
    assert places == sorted(places)


def test_a_head_that_columns_cut_in_two_goes_as_it_goes_from_other_pages(tmp_path):
    sentences = [
        f"Sentence {number} tells how density number {number} is measured at place {number} and "
        f"for person {number}, and how often scan {number} is done after treatment {number}."
        for number in range(24)
    ]
    texts = _texts(columns_then_one(tmp_path / "m.pdf", sentences))
    assert " ".join(texts) == " ".join([*sentences, "Calcium helps."])


def test_a_table_becomes_a_text_a_row_with_its_column_heads(tmp_path):
    rows = [
        ["Medicine", "Given", "Tests"],
        ["Denosumab", "every 6 months", "calcium"],
        ["Zoledronic acid", "once a year", "kidneys"],
    ]
    texts = _texts(
        paged(tmp_path / "t.pdf", ["Two medicines are used.", table(rows), "Both help."])
    )
    assert texts == [
        "Two medicines are used.",
        "Medicine: Denosumab; Given: every 6 months; Tests: calcium",
        "Medicine: Zoledronic acid; Given: once a year; Tests: kidneys",
        "Both help.",
    ]


def test_words_broken_at_a_line_end_are_joined_and_hyphens_of_their_own_stay(tmp_path):
    lines = [
        "Many pa-",
        "tients with neutro-",
        "penia need a long-",
        "term plan with HER2-",
        "positive disease.",
    ]
    [text] = _texts(drawn_lines(tmp_path / "h.pdf", lines))
    assert text == (
        "Many patients with neutropenia need a long-term plan with HER2-positive disease."
    )


def test_larger_letters_are_headings(tmp_path):
    path = paged(tmp_path / "s.pdf", [heading("Side effects"), "Joint pain is common."])
    assert [(b.text, bool(b.level)) for b in read_file(path).blocks] == [
        ("Side effects", True),
        ("Joint pain is common.", False),
    ]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda path: drawn_lines(path, ["Secret words here."], encrypt="pass"),
            "needs a password",
        ),
        (scanned, "holds no text, as a scan does"),
        (lambda path: path.write_bytes(b"%PDF-1.7\nnothing of the kind"), "is no readable PDF"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path, make, told):
    make(tmp_path / "bad.pdf")
    with pytest.raises(DocumentError, match=rf"bad\.pdf: {told}"):
        read_file(tmp_path / "bad.pdf")

import pytest

from vectorstore.spelling import Vocabulary, repair

WORDS = """
ribociclib letrozole neutropenia neutrophils cancer lifestyle her2 taking metastatic herceptin
fatigue exercise turmeric joint side months fever mastectomy lumpectomy
"""
VOCABULARY = Vocabulary(WORDS.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ribocyclib", "ribociclib"),
        ("leterzole", "letrozole"),
        ("nuetropenia", "neutropenia"),
        ("neurtofils", "neutrophils"),
        ("herseptin", "herceptin"),
        ("turmerik", "turmeric"),
        ("masectomy", "mastectomy"),
        ("cancr", "cancer"),
        ("8months", "8months"),
        ("9aking", "9aking"),
        ("5aking", "taking"),
        ("exer4ise", "exer4ise"),
    ],
)
def test_a_slip_is_repaired_to_the_nearest_word(typed, meant):
    assert repair(f"about {typed} now", VOCABULARY) == f"about {meant} now"


@pytest.mark.parametrize(
    "query",
    [
        "400 mg for 14 months, ANC 0.8",
        "her2 t1c pT2N1 5days 400mg",
        "SIDS and CTCAE and HERE2",
        "is this the side of it",
        "my hubby, don\u2019t worry",
        "",
        "?!",
        "\u00bfPuedo comer pomelo mientras tomo ribociclib por la ma\u00f1ana?",
        "Kann ich w\u00e4hrend der Behandlung Sport treiben?",
    ],
)
def test_what_is_no_slip_stays_as_written(query):
    assert repair(query, VOCABULARY) == query


def test_only_the_slip_changes():
    assert repair("Taking  Ribocyclib (400 mg)?", VOCABULARY) == "Taking  ribociclib (400 mg)?"


def test_a_word_is_near_only_when_it_is_near_enough():
    assert VOCABULARY.nearest("ribulose") is None
    assert VOCABULARY.nearest("zancer") is None
    assert VOCABULARY.nearest("kancer") == "cancer"


def test_a_handed_in_word_is_right_as_it_is():
    assert repair("ribocyclib", Vocabulary(["ribociclib", "ribocyclib"])) == "ribocyclib"


@pytest.mark.parametrize(
    ("typed", "meant"), [("sleap", "sleep"), ("regiman", "regimen"), ("dont", "dont")]
)
def test_of_words_as_near_the_same_beginning_and_the_common_word_win(typed, meant):
    """A vocabulary of published pages holds names of authors, too."""
    words = Vocabulary(["leap", "sleep", "reiman", "regimen", "donat", "donate"])
    assert repair(f"about {typed} now", words) == f"about {meant} now"


def test_a_name_is_a_word_of_ours_that_plain_english_hardly_has():
    words = Vocabulary(["afinitor", "brca2", "infections", "2024", "ct"])
    asked = ("afinitor", "brca2", "infections", "2024", "ct", "zometa")
    assert [word for word in asked if words.is_name(word)] == ["afinitor", "brca2"]

"""Messages that go on from the one before, and those that put themselves right."""

import pytest

from chains.continued import called_wrong, goes_on, set_right
from chains.extraction import extract
from chains.lexicon import load_lexicon
from memory.records import Card
from tests.support.builders import card, fact, thread


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


@pytest.mark.parametrize(
    ("before", "message", "taken"),
    [
        ("I take letrozole", "and calcium tablets", [("self", "calcium")]),
        ("I'm on tamoxifen", "oh and gabapentin 300 mg at night", [("self", "gabapentin")]),
        ("my wife takes exemestane", "and Xgeva", [("wife", "denosumab")]),
        ("I take letrozole", "and grapefruit?", []),
        ("I take letrozole", "and is ibrance safe", []),
        ("what does letrozole do", "and ibrance", []),
        ("I am 52", "and ibrance", []),
    ],
)
def test_list_of_medicines_goes_on_in_the_next_message(lexicon, before, message, taken):
    facts = goes_on(message, [before], {}, thread(), lexicon)
    assert [(one.subject, one.name) for one in facts] == taken


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("My wife is 53. No, 54, birthday last week.", "age", ["54"]),
        ("mets in the liver - sorry, lung", "metastasis", ["lung"]),
        ("I take letrozole, no sorry, anastrozole", "medication", ["anastrozole"]),
        ("I'm 53. No mets. No, nothing else", "age", ["53"]),
        ("I take letrozole, sorry, calcium too", "medication", ["letrozole", "calcium"]),
        ("I take letrozole. No side effects", "medication", ["letrozole"]),
    ],
)
def test_slip_is_put_right_in_the_same_breath(lexicon, text, kind, names):
    facts = set_right(text, extract(text, Card(), lexicon=lexicon), lexicon)
    assert [one.name for one in facts if one.kind == kind] == names


def test_what_is_called_wrong_is_his_whose_card_holds_it(lexicon):
    held = {
        "self": card(fact("biomarker", "HER2", value="negative")),
        "sister": card(
            fact("biomarker", "HER2", value="positive", subject="sister"),
            subject="sister",
        ),
    }
    said = "scratch that, the her2 negative is wrong, it's low"
    assert called_wrong(said, held, lexicon) == "self"
    assert called_wrong("my sister's her2 negative is wrong, it's low", held, lexicon) is None
    assert called_wrong("what does her2 low mean", held, lexicon) is None

"""Words of a stream become headings and sentences with the numbers they cite."""

import pytest

from chains.model.reading_stream import Heading, Sentence, StreamReader

ANSWER = """Letrozole lowers estrogen. [1] Dr. Lee's study, e.g. in 38.0 C heat, found more. [2][3]

## Side effects
- **Hot flashes** are common [4].
- Ask first: is it safe? [5, 6] It may be. [7]
1. Call if you have a fever [8]"""

READ = [
    Sentence("Letrozole lowers estrogen.", (1,)),
    Sentence("Dr. Lee's study, e.g. in 38.0 C heat, found more.", (2, 3)),
    Heading("Side effects"),
    Sentence("Hot flashes are common.", (4,)),
    Sentence("Ask first: is it safe?", (5, 6)),
    Sentence("It may be.", (7,)),
    Sentence("Call if you have a fever", (8,)),
]


@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_it_makes_no_difference_how_the_words_are_cut(step):
    reader = StreamReader()
    found = [s for at in range(0, len(ANSWER), step) for s in reader.feed(ANSWER[at : at + step])]
    assert [*found, *reader.end()] == READ


def test_a_sentence_is_given_out_as_soon_as_the_next_one_begins():
    reader = StreamReader()
    assert list(reader.feed("It may help. [1]")) == []
    assert list(reader.feed(" A")) == [Sentence("It may help.", (1,))]


def test_a_sentence_without_its_end_is_not_said():
    reader = StreamReader()
    list(reader.feed("It may help. [1] Stop taking"))
    assert list(reader.end()) == []

from vectorstore.cutting import MOST_WORDS, passages_of, sentences
from vectorstore.reading.blocks import Block


def _cut(*blocks, title="Sleep"):
    return [(p.section, p.page, p.text) for p in passages_of(blocks, title)]


def test_a_long_text_is_cut_at_sentences_and_loses_no_word():
    said = [f"Sentence number {n} tells of sleep and of rest." for n in range(150)]
    passages = list(passages_of([Block(" ".join(said))], "Sleep"))
    assert len(passages) > 3
    assert all(len(p.text.split()) <= MOST_WORDS for p in passages)
    assert " ".join(p.text for p in passages) == " ".join(said)
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))


def test_a_sentence_that_never_ends_is_cut_by_words():
    text = " ".join(f"word{n}" for n in range(500))
    assert " ".join(text for _, _, text in _cut(Block(text))) == text


def test_sections_carry_their_heading_and_the_one_above_but_not_the_title():
    assert _cut(
        Block("Sleep - Institute", 1),
        Block("Good sleep can be learned.", page=1),
        Block("Causes", 2),
        Block("Medicines", 3),
        Block("Steroids keep people awake.", page=2),
        Block("Help", 2),
        Block("Go to bed at one hour.", page=2),
    ) == [
        ("", 1, "Good sleep can be learned."),
        ("Causes: Medicines", 2, "Steroids keep people awake."),
        ("Help", 2, "Go to bed at one hour."),
    ]


def test_lists_of_literature_and_notices_are_left_out_down_to_the_next_heading():
    assert _cut(
        Block("Causes", 2),
        Block("Steroids keep people awake [3, 4-6]."),
        Block("References", 6),
        Block("Doe J: A study of sleep and rest. Journal 3, 2010."),
        Block("About This PDQ Summary", 2),
        Block("Purpose of This Summary", 3),
        Block("This summary is written by a board."),
        Block("Help", 2),
        Block("Placeholder slot"),
        Block("Go to bed at one hour."),
    ) == [("Causes", None, "Steroids keep people awake."), ("Help", None, "Go to bed at one hour.")]


def test_a_passage_never_spans_two_pages_and_is_told_once():
    again = Block("The same words stand here.", page=2)
    assert _cut(Block("One page tells this.", page=1), again, again, again) == [
        ("", 1, "One page tells this."),
        (
            "",
            2,
            "The same words stand here.\nThe same words stand here.\nThe same words stand here.",
        ),
    ]


def test_sentences_are_parted_where_they_end_and_nowhere_else():
    text = 'Dr. Lee saw 3.5 mg vs. placebo. "It helps." Most (e.g. Women) slept? Yes!'
    assert sentences(text) == [
        "Dr. Lee saw 3.5 mg vs. placebo.",
        '"It helps."',
        "Most (e.g. Women) slept?",
        "Yes!",
    ]

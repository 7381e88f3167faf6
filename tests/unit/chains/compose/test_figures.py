"""Figures of results held against ranges told in words."""

import pytest

from chains.compose.figures import covers, figure_asked


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("my ki-67 is 35%, is that high", 35),
        ("oncotype came back 18", 18),
        ("ANC of 0.8", 0.8),
        ("platelets are 45,000", 45000),
        ("is grade 3 worse than grade 2", None),
        ("what does HER2 mean", None),
        ("diagnosed in 2024", None),
    ],
)
def test_the_one_figure_of_a_question_is_read(question, figure):
    assert figure_asked(question) == figure


@pytest.mark.parametrize(
    ("line", "figure", "covered"),
    [
        ("A Ki-67 of 30% or more is high.", 35, True),
        ("A Ki-67 of 30% or more is high.", 15, False),
        ("A Ki-67 between about 5% and 30%, such as 15%, is in the middle.", 15, True),
        ("Up to 11 is low, above 25 is high, and 12 to 25 is in between.", 31, True),
        ("An Oncotype score above 25 is high.", 25, False),
        ("An ANC of 500 to under 1,000 is grade 3.", 1000, False),
        ("An ANC of 500 to under 1,000 is grade 3.", 800, True),
        ("A count under 100,000 is low.", 45000, True),
        ("A score of 10 or more is needed.", 10, True),
        ("Ki-67 is a protein.", 15, None),
    ],
)
def test_line_is_held_against_the_figure(line, figure, covered):
    assert covers(line, figure) is covered


def test_length_of_time_and_size_are_no_figures_of_a_result():
    assert figure_asked("a marker test every 6 months?") is None
    assert figure_asked("my 9 mm tumor") is None
    assert figure_asked("score 18 at 3 months") == 18

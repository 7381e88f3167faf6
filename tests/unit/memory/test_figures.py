import pytest

from memory.figures import Figure, read_figure


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("0.8", Figure(0.8)),
        ("0,8", Figure(0.8)),
        ("10.2 g/dL", Figure(10.2, "g/dL")),
        ("1,045 U/mL", Figure(1045, "U/mL")),
        ("<0.5", Figure(0.5, "", "<")),
        ("30%", Figure(30, "%")),
        ("800/mm3", Figure(800, "/mm3")),
        ("120/80", None),
        ("low", None),
        ("", None),
        ("2 of 14", None),
        ("45 in May", None),
        ("4.2 x10^9/L", Figure(4.2, "x10^9/L")),
    ],
)
def test_result_is_a_figure_with_its_unit_or_none(words, figure):
    assert read_figure(words) == figure

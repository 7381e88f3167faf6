import pytest

from vectorstore.fetch.studies import design_and_kind, in_people, participants


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Between 2009 and 2012, 1,034 women were randomly assigned to A (n = 517) or B.", 1034),
        ("Sixty-two patients were enrolled; 12 of 40 patients had pain.", 62),
        ("A total of one hundred and twenty postmenopausal women took part.", 120),
        ("Data came from 34 trials involving 8,233 women with breast cancer.", 8233),
        (
            "Patients aged 65 years or older; grade 3 patients; in 2012 patients were enrolled.",
            None,
        ),
        ("MCF-7 cells were treated with 10 nM for 48 hours.", None),
    ],
)
def test_the_number_who_took_part_is_read_where_it_is_said(text, count):
    assert participants(text) == count


@pytest.mark.parametrize(
    ("types", "people", "found"),
    [
        (
            ["Journal Article", "Randomized Controlled Trial"],
            True,
            ("randomized controlled trial", "trial"),
        ),
        (["Review", "Meta-Analysis"], True, ("meta-analysis", "review")),
        (["Journal Article"], False, ("not stated", "laboratory")),
        (["Journal Article"], True, ("not stated", "observational")),
        (["Practice Guideline", "Review"], True, ("practice guideline", "guideline")),
    ],
)
def test_the_publication_type_that_says_most_gives_design_and_kind(types, people, found):
    assert design_and_kind(types, "A study of cells", people) == found


def test_mesh_says_whether_it_was_in_people():
    assert in_people(["Humans", "Mice"]) is True
    assert in_people(["Animals", "Mice"]) is False
    assert in_people([]) is None

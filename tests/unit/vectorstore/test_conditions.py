import pytest

from vectorstore.conditions import Atom, Condition, parse_condition
from vectorstore.errors import ConditionError


def test_atoms_are_joined_by_and_and_values_by_a_bar():
    condition = parse_condition("extent = metastatic | locally advanced and biomarker.PD-L1 != low")
    assert condition == Condition((
        Atom("extent", "=", ("metastatic", "locally advanced")),
        Atom("biomarker.PD-L1", "!=", ("low",)),
    ))


def test_a_value_may_hold_the_word_and():
    assert parse_condition("symptom = nausea and vomiting").atoms[0].values == (
        "nausea and vomiting",
    )


def test_a_biomarker_atom_tells_its_biomarker_and_others_none():
    assert parse_condition("biomarker.HER2 = low").atoms[0].biomarker == "HER2"
    assert parse_condition("class = serm").atoms[0].biomarker is None


@pytest.mark.parametrize("text", ["class = serm | serd", "biomarker.ER != negative and stage = IV"])
def test_a_condition_is_written_as_it_was_read(text):
    assert str(parse_condition(text)) == text


@pytest.mark.parametrize(
    "text", ["", "metastatic", "extent =", "extent = a | ", "mood = low", "a == b"]
)
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ConditionError):
        parse_condition(text)

"""An expectation that is not met is told, each with what was found instead."""

import pytest
from pydantic import ValidationError

from chains.lab.expectations import Expectation, misses


@pytest.fixture(scope="module")
def record(services):
    from tests.support.people import Person

    return Person(services).says("I take letrozole 2.5 mg", "and can I have grapefruit?")


def missed(record, **wanted):
    return [(miss.check, miss.wanted) for miss in misses(Expectation(**wanted), record)]


MET = {
    "kind": "answer",
    "level": "none",
    "cut": False,
    "facts": ("medication:letrozole", "medication:Letrozole=2.5 MG"),
    "no_facts": ("medication:tamoxifen", "mother/medication:letrozole"),
    "standalone_has": ("GRAPEFRUIT", "letrozole"),
    "standalone_lacks": ("tamoxifen",),
    "answer_has": ("not medical advice",),
    "answer_lacks": ("as an ai language model",),
}
UNMET = [
    ("kind", "clarification", "clarification"),
    ("level", "urgent", "urgent"),
    ("cut", True, "yes"),
    ("flags", ("T1",), "T1"),
    ("facts", ("medication:letrozole=5 mg",), "medication:letrozole=5 mg"),
    ("facts", ("mother/medication:letrozole",), "mother/medication:letrozole"),
    ("no_facts", ("medication:letrozole",), "not medication:letrozole"),
    ("standalone_has", ("ribociclib",), "ribociclib"),
    ("standalone_lacks", ("letrozole",), "not letrozole"),
    ("article", ("no-such-article",), "no-such-article"),
    ("answer_has", ("ribociclib is",), "ribociclib is"),
    ("answer_lacks", ("medical advice",), "not medical advice"),
]


def test_what_is_met_is_not_told(record):
    assert missed(record, **MET) == []


@pytest.mark.parametrize(("check", "wanted", "told"), UNMET)
def test_each_thing_that_is_not_met_is_told(record, check, wanted, told):
    assert missed(record, **{check: wanted}) == [(check, told)]


@pytest.mark.parametrize("text", ["ribociclib", "drug:ribociclib", "medication:", "medication"])
def test_fact_of_another_form_is_refused(text):
    with pytest.raises(ValidationError, match="kind:name"):
        Expectation(facts=(text,))

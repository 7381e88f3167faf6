from memory.contradictions import unsettled
from tests.support.builders import fact, marker


def test_each_contradiction_of_a_card_is_told_once_oldest_first():
    first, second = marker("HER2", "negative"), marker("HER2", "positive")
    stages = fact("stage", "IV"), fact("stage", "II")
    facts = (first, stages[0], marker("ER", "positive"), second, stages[1])
    assert unsettled(facts) == ((first, second), stages)


def test_readings_of_a_lab_and_what_was_denied_contradict_nothing():
    labs = fact("lab", "ANC", value="0.8"), fact("lab", "ANC", value="1.1")
    denied = fact("stage", "IV"), fact("stage", "II", negated=True)
    assert unsettled((*labs, *denied)) == ()

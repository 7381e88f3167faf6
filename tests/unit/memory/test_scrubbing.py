import json

from memory.records import Fact
from memory.scrubbing import forgotten_facts, scrub


def fact(fact_id, kind="medication", name="letrozole", **said):
    return Fact(fact_id=fact_id, kind=kind, name=name, evidence="words", **said)


def scrubbed(stored, forgotten):
    return json.loads(scrub(json.dumps(stored), forgotten))


def test_forgotten_fact_leaves_every_list_and_the_facts_an_answer_used():
    gone, kept = fact("a"), fact("b", name="fulvestrant")
    stored = {
        "facts": [gone.model_dump()],
        "card": {"self": [gone.model_dump(), kept.model_dump()]},
        "answer": {"used_facts": ["a", "b"], "markdown": "text"},
        "newest": gone.model_dump(),
    }
    assert scrubbed(stored, forgotten_facts([gone])) == {
        "facts": [],
        "card": {"self": [kept.model_dump()]},
        "answer": {"used_facts": ["b"], "markdown": "text"},
        "newest": None,
    }


def test_fact_is_known_again_under_another_id():
    again = fact("other", name="Letrozole")
    assert scrubbed([again.model_dump()], forgotten_facts([fact("a")])) == []


def test_same_name_of_another_subject_stays():
    hers = fact("b", subject="mother").model_dump()
    assert scrubbed([hers], forgotten_facts([fact("a")])) == [hers]


def test_readings_are_told_apart_by_value():
    low = fact("a", "lab", "ANC", attributes={"value": "0.8"})
    high = fact("b", "lab", "ANC", attributes={"value": "1.2"}).model_dump()
    assert scrubbed([low.model_dump(), high], forgotten_facts([low])) == [high]


def test_facts_that_quote_a_deleted_message_go():
    quoting = fact("b", name="other", message_id="m1").model_dump()
    assert scrubbed([quoting], forgotten_facts([], ["m1"])) == []


def test_text_without_the_fact_is_the_very_same():
    text = '{"facts":[],  "n": 1}'
    assert scrub(text, forgotten_facts([fact("a")])) is text


def test_text_that_is_no_json_is_not_kept():
    assert scrub("I take letrozole", forgotten_facts([fact("a")])) == "null"

import pytest

from memory.card import confirm, correct, forget, merge, retold, route
from memory.errors import CardError, FactNotFoundError
from memory.records import Card, Fact


def fact(fact_id, kind, name, **said):
    return Fact(fact_id=fact_id, kind=kind, name=name, **{"evidence": f"words of {fact_id}"} | said)


def card(*facts):
    return Card(facts=facts)


def lab(fact_id, value, **said):
    return fact(fact_id, "lab", "ANC", attributes={"value": value}, **said)


def her2(fact_id, value, **said):
    return fact(fact_id, "biomarker", "HER2", attributes={"value": value}, **said)


def held(change, *, key="name"):
    return [getattr(known, key) for known in change.card.facts]


def values(change):
    return [known.attributes["value"] for known in change.card.facts]


def test_new_fact_is_added_last():
    change = merge(card(fact("a", "symptom", "fatigue")), [fact("b", "symptom", "nausea")])
    assert held(change) == ["fatigue", "nausea"]
    assert [known.fact_id for known in change.added] == ["b"]
    assert change.changed == change.removed == change.contradicted == ()


def test_same_medicine_joins_attributes_and_newer_value_wins():
    known = fact(
        "a",
        "medication",
        "ribociclib",
        status="current",
        attributes={"dose": "600 mg", "since": "May"},
    )
    newer = fact("b", "medication", "Ribociclib", attributes={"dose": "400 mg"}, message_id="m2")
    change = merge(card(known), [newer])
    (joined,) = change.card.facts
    assert joined.attributes == {"dose": "400 mg", "since": "May"}
    assert (joined.fact_id, joined.name, joined.status) == ("a", "ribociclib", "current")
    assert (joined.evidence, joined.message_id) == ("words of b", "m2")
    assert change.changed == (joined,)
    assert change.added == ()


def test_words_stay_where_the_newer_says_nothing_new():
    known = fact("a", "medication", "letrozole", status="current")
    change = merge(card(known), [fact("b", "medication", "letrozole")])
    assert change.card.facts == (known,)
    assert change.changed == ()
    assert [source.fact_id for source in change.sources] == ["a"]


def test_empty_attribute_takes_nothing_away():
    known = her2("a", "positive")
    change = merge(card(known), [fact("b", "biomarker", "HER2", attributes={"value": ""})])
    assert change.card.facts == (known,)


def test_medicine_taken_again_is_current_without_the_old_end():
    known = fact("a", "medication", "letrozole", status="past", attributes={"until": "May"})
    change = merge(card(known), [fact("b", "medication", "letrozole", status="current")])
    assert [(f.status, f.attributes) for f in change.card.facts] == [("current", {})]


def test_pause_ends_when_the_medicine_is_taken_again():
    known = fact("a", "medication", "abemaciclib", status="on_hold", attributes={"change": "held"})
    change = merge(card(known), [fact("b", "medication", "abemaciclib", status="current")])
    assert change.card.facts[0].attributes == {}


def test_switch_leaves_the_old_medicine_past():
    known = fact("a", "medication", "letrozole", status="current")
    change = merge(
        card(known),
        [
            fact("b", "medication", "letrozole", status="past"),
            fact("c", "medication", "fulvestrant", status="current"),
        ],
    )
    assert [(f.name, f.status) for f in change.card.facts] == [
        ("letrozole", "past"),
        ("fulvestrant", "current"),
    ]
    assert [f.name for f in change.card.current_medications()] == ["fulvestrant"]


@pytest.mark.parametrize("state", ["confirmed", "corrected"])
def test_what_the_person_settled_stays_settled(state):
    known = fact("a", "medication", "letrozole", status="current", state=state)
    change = merge(card(known), [fact("b", "medication", "letrozole", status="past")])
    assert [(f.status, f.state) for f in change.card.facts] == [("past", state)]


def test_stated_stands_above_inferred():
    inferred = fact("a", "extent", "metastatic", state="inferred")
    stated = fact("b", "extent", "metastatic")
    assert held(merge(card(inferred), [stated]), key="state") == ["stated"]
    assert held(merge(card(stated), [inferred]), key="state") == ["stated"]


def test_correction_by_message_makes_a_confirmed_fact_corrected():
    known = fact("a", "procedure", "mastectomy", status="past", state="confirmed")
    newer = fact("b", "procedure", "mastectomy", status="planned", state="corrected")
    change = merge(card(known), [newer])
    assert [(f.status, f.state) for f in change.card.facts] == [("planned", "corrected")]


@pytest.mark.parametrize(
    ("kind", "older", "newer"),
    [
        ("stage", "II", "IV"),
        ("age", "51", "52"),
        ("menopausal_status", "premenopausal", "postmenopausal"),
        ("tnm", "T1N0M0", "T2N1M0"),
        ("stage", "II", "IIB"),
        ("menopausal_status", "premenopausal", "perimenopausal"),
    ],
)
def test_newer_supersedes_older_of_an_exclusive_kind(kind, older, newer):
    known = fact("a", kind, older, state="confirmed", attributes={"basis": "clinical"})
    change = merge(card(known), [fact("b", kind, newer)])
    (kept,) = change.card.facts
    assert (kept.fact_id, kept.name, kept.state, kept.attributes) == ("a", newer, "stated", {})
    assert change.changed == (kept,)


@pytest.mark.parametrize(
    ("kind", "older", "newer"),
    [
        ("stage", "IV", "II"),
        ("stage", "IIIB", "IIIA"),
        ("grade", "2", "3"),
        ("age", "65", "56"),
        ("age", "42", "65"),
        ("menopausal_status", "postmenopausal", "premenopausal"),
    ],
)
def test_what_cannot_follow_stays_beside_until_settled(kind, older, newer):
    change = merge(card(fact("a", kind, older)), [fact("b", kind, newer)])
    assert held(change) == [older, newer]
    assert [known.fact_id for known in change.contradicted] == ["a", "b"]


@pytest.mark.parametrize(("kind", "older", "newer"), [("grade", "2", "3"), ("stage", "IV", "II")])
def test_explicit_correction_leaves_one_of_an_exclusive_kind(kind, older, newer):
    both = merge(card(fact("a", kind, older)), [fact("b", kind, newer)]).card
    change = merge(both, [fact("c", kind, newer, state="corrected")])
    assert [(f.fact_id, f.name, f.state) for f in change.card.facts] == [("b", newer, "corrected")]
    assert change.contradicted == ()


def test_birthday_is_no_contradiction():
    birthday = fact("b", "age", "55", evidence="I turned 55")
    change = merge(card(fact("a", "age", "52")), [birthday])
    assert (held(change), change.contradicted) == (["55"], ())


def test_stage_in_fewer_letters_says_nothing_new():
    known = fact("a", "stage", "IIB")
    assert merge(card(known), [fact("b", "stage", "II")]).card.facts == (known,)


def test_confirming_one_of_two_drops_the_other():
    both = card(fact("a", "grade", "2"), fact("b", "grade", "3"), fact("c", "age", "50"))
    change = confirm(both, "b")
    assert held(change, key="fact_id") == ["b", "c"]
    assert [gone.fact_id for gone in change.removed] == ["a"]


def test_exclusive_kind_said_again_is_joined():
    known = fact("a", "stage", "IV", state="confirmed")
    assert merge(card(known), [fact("b", "stage", "IV")]).card.facts == (known,)


def test_inference_does_not_supersede_what_the_person_confirmed():
    known = fact("a", "stage", "II", state="confirmed")
    change = merge(card(known), [fact("b", "stage", "IV", state="inferred")])
    assert change.card.facts == (known,)
    assert change.sources == ()


def test_extent_may_hold_several():
    change = merge(card(fact("a", "extent", "recurrent")), [fact("b", "extent", "metastatic")])
    assert held(change) == ["recurrent", "metastatic"]


def test_denial_retracts_what_it_denies():
    known = fact("a", "metastasis", "bone")
    change = merge(card(known), [fact("b", "metastasis", "bone", negated=True)])
    assert change.card.facts == ()
    assert change.removed == (known,)
    assert change.sources == ()


def test_denial_of_what_was_never_said_is_known():
    denial = fact("b", "metastasis", "bone", negated=True)
    change = merge(card(), [denial, denial.model_copy(update={"fact_id": "c"})])
    assert change.card.facts == (denial,)
    assert [source.fact_id for source in change.sources] == ["b", "b"]


def test_what_was_denied_and_is_said_now_holds():
    denial = fact("a", "metastasis", "bone", negated=True)
    change = merge(card(denial), [fact("b", "metastasis", "bone")])
    assert [(f.fact_id, f.negated) for f in change.card.facts] == [("b", False)]
    assert change.removed == (denial,)


def test_two_values_of_a_biomarker_stay_until_settled():
    change = merge(card(her2("a", "positive")), [her2("b", "negative")])
    assert values(change) == ["positive", "negative"]
    assert [f.fact_id for f in change.contradicted] == ["a", "b"]


def test_same_value_of_a_biomarker_is_one_fact():
    percent = her2("b", " Positive", message_id="m2")
    percent = percent.model_copy(update={"attributes": {"value": "positive", "percent": "90"}})
    change = merge(card(her2("a", "positive")), [percent])
    assert [f.attributes for f in change.card.facts] == [{"value": "positive", "percent": "90"}]
    assert change.contradicted == ()


def test_value_of_a_biomarker_named_before_is_filled_in():
    change = merge(card(fact("a", "biomarker", "HER2")), [her2("b", "low")])
    assert [(f.fact_id, f.attributes["value"]) for f in change.card.facts] == [("a", "low")]


def test_corrected_biomarker_settles_the_contradiction():
    both = merge(card(her2("a", "positive")), [her2("b", "negative")]).card
    change = merge(both, [her2("c", "negative", state="corrected")])
    assert [(f.fact_id, f.attributes["value"], f.state) for f in change.card.facts] == [
        ("b", "negative", "corrected")
    ]
    assert change.contradicted == ()


def test_corrected_biomarker_replaces_the_other_value():
    change = merge(card(her2("a", "positive")), [her2("b", "low", state="corrected")])
    assert [(f.fact_id, f.attributes["value"]) for f in change.card.facts] == [("a", "low")]


def test_inferred_biomarker_does_not_contradict_a_confirmed_one():
    known = her2("a", "positive", state="confirmed")
    change = merge(card(known), [her2("b", "negative", state="inferred")])
    assert change.card.facts == (known,)


def test_labs_are_a_series():
    change = merge(card(lab("a", "0.8")), [lab("b", "1.2"), lab("c", "1.2")])
    assert values(change) == ["0.8", "1.2"]


def test_lab_value_that_comes_back_is_the_newest_and_no_duplicate():
    change = merge(card(lab("a", "0.8"), lab("b", "1.2")), [lab("c", "0.8", message_id="m3")])
    assert values(change) == ["1.2", "0.8"]
    assert [(f.fact_id, f.message_id) for f in change.changed] == [("a", "m3")]


def test_corrected_lab_replaces_the_newest_alone():
    change = merge(card(lab("a", "0.8"), lab("b", "12")), [lab("c", "1.2", state="corrected")])
    assert values(change) == ["0.8", "1.2"]


def test_card_refuses_a_fact_about_another_person():
    with pytest.raises(CardError):
        merge(card(), [fact("a", "symptom", "fatigue", subject="mother")])


def test_facts_are_routed_to_the_card_of_whom_they_are_about():
    mine, hers = fact("a", "symptom", "fatigue"), fact("b", "age", "71", subject="mother")
    changes = route({"self": card(fact("c", "age", "45"))}, [mine, hers])
    assert held(changes["self"]) == ["45", "fatigue"]
    assert held(changes["mother"]) == ["71"]
    assert changes["mother"].card.subject == "mother"


def test_confirming_changes_the_state_alone():
    change = confirm(card(her2("a", "low"), lab("b", "1")), "a")
    assert held(change, key="state") == ["confirmed", "stated"]
    assert [f.fact_id for f in change.changed] == ["a"]


def test_correcting_sets_right_and_drops_what_contradicts():
    both = card(her2("a", "positive"), her2("b", "negative"), lab("l", "1"))
    change = correct(both, "b", attributes={"value": "low", "percent": ""})
    assert [(f.fact_id, f.state) for f in change.card.facts] == [
        ("b", "corrected"),
        ("l", "stated"),
    ]
    assert change.card.facts[0].attributes == {"value": "low"}
    assert [f.fact_id for f in change.removed] == ["a"]


def test_correcting_a_name_onto_another_leaves_one():
    both = card(
        fact("a", "medication", "palbociclib", status="current"),
        fact("b", "medication", "ribociclib", status="current"),
    )
    change = correct(both, "b", name="palbociclib", status="past")
    assert [(f.fact_id, f.name, f.status) for f in change.card.facts] == [
        ("b", "palbociclib", "past")
    ]


def test_correcting_one_reading_leaves_the_series():
    change = correct(card(lab("a", "0.8"), lab("b", "12")), "b", attributes={"value": "1.2"})
    assert values(change) == ["0.8", "1.2"]


def test_forgotten_fact_is_off_the_card():
    change = forget(card(lab("a", "1"), lab("b", "2")), "a")
    assert values(change) == ["2"]
    assert [f.fact_id for f in change.removed] == ["a"]


@pytest.mark.parametrize("operation", [confirm, correct, forget])
def test_fact_that_no_card_holds_is_told(operation):
    with pytest.raises(FactNotFoundError):
        operation(card(), "missing")


def test_fact_is_retold_from_the_words_that_are_left():
    first = fact("a", "medication", "ribociclib", status="current", message_id="m1")
    now_known = first.model_copy(update={"attributes": {"dose": "400 mg"}, "message_id": "m2"})
    assert retold(now_known, [first.model_copy(update={"fact_id": "x"})]) == first


def test_confirmed_fact_is_retold_with_its_content():
    known = lab("a", "1.2", state="confirmed", message_id="m2")
    left = lab("x", "0.8", message_id="m1")
    again = retold(known, [left])
    assert (again.attributes, again.state) == (known.attributes, "confirmed")
    assert (again.evidence, again.message_id) == (left.evidence, "m1")

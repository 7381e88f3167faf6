"""What is said beside questions, and what it does to the card."""

import pytest

from tests.support.people import fact_on, names_on


def test_statement_is_told_back_with_two_questions(person):
    record = person.says("I have HER2 positive breast cancer and take trastuzumab")
    assert record.kind == "memory"
    assert "trastuzumab" in record.answer.markdown
    assert len(record.answer.related_questions) == 2


def test_question_beside_a_fact_is_answered_and_the_fact_is_kept(person):
    record = person.says("I take letrozole. What helps with joint pain?")
    assert record.kind == "answer"
    assert fact_on(record, "medication", "letrozole")


@pytest.mark.parametrize(
    "asked", ["What do you know about me?", "show me my card", "what am I taking"]
)
def test_card_is_shown_when_asked_for(person, asked):
    record = person.says("I take anastrozole", asked)
    assert record.kind == "memory"
    assert "anastrozole" in record.answer.markdown


@pytest.mark.parametrize("asked", ["forget anastrozole", "please forget that I take anastrozole"])
def test_forgotten_fact_is_gone_at_once(person, asked):
    record = person.says("I take anastrozole", "I am 52 years old", asked)
    assert record.kind == "memory"
    assert names_on(record, "medication") == set()
    assert names_on(record, "age") == {"52"}


def test_last_fact_forgotten_is_gone_from_the_record_too(person):
    record = person.says("I take anastrozole", "forget anastrozole")
    assert names_on(record, "medication") == set()


def test_forgotten_medicine_is_not_used_in_the_next_answer(person):
    record = person.says("I take tamoxifen", "forget tamoxifen", "can I eat grapefruit?")
    assert "tamoxifen" not in record.standalone_question.lower()
    assert record.answer.used_facts == ()


def test_forgetting_what_is_not_there_changes_nothing(person):
    record = person.says("I take anastrozole", "forget my stage")
    assert names_on(record, "medication") == {"anastrozole"}


def test_starting_over_empties_the_card(person):
    record = person.says("I take anastrozole and I am 52 years old", "start over")
    assert record.card["self"] == ()
    assert person.services.store.card(person.person_id).facts == ()


def test_correction_replaces_the_value(person):
    record = person.says("I have stage II breast cancer", "sorry, I mean stage III")
    assert names_on(record, "stage") == {"III"}


@pytest.mark.parametrize("said", ["thank you so much", "ok thanks", "Hello", "good morning"])
def test_courtesy_is_returned_without_a_claim(person, said):
    record = person.says(said)
    assert record.kind == "memory"
    assert record.answer.sentences == ()


@pytest.mark.parametrize("said", ["I feel so hopeless today", "I am frightened of it coming back"])
def test_feeling_is_met_before_anything_else(person, said):
    record = person.says(said)
    assert record.kind == "answer"
    assert len(record.answer.sentences) <= 2
    first = record.answer.markdown.split("\n\n")[1]
    assert "[1]" not in first and not first.startswith("#")


def test_relative_has_a_card_of_their_own(person):
    record = person.says("My sister has triple negative breast cancer")
    assert names_on(record, "biomarker", of="sister")
    assert names_on(record, "biomarker") == set()


@pytest.mark.parametrize(
    ("told", "said", "kind", "names"),
    [
        ("I have BRCA1", "sorry, wrong gene, it is PALB2", "biomarker", {"PALB2"}),
        ("it spread to my bones", "I said bones but it's liver", "metastasis", {"liver"}),
        (
            "I had a lumpectomy",
            "that's not right, it was a mastectomy",
            "procedure",
            {"mastectomy"},
        ),
        ("I take Xeloda", "wrong drug, I'm on Verzenio", "medication", {"abemaciclib"}),
    ],
)
def test_what_was_wrong_gives_way_to_what_is_right(person, told, said, kind, names):
    record = person.says(told, said)
    assert names_on(record, kind) == names
    assert "putting that right" in record.answer.markdown


def test_medicine_meant_by_a_question_replaces_none_on_the_card(person):
    asked = "what are the side effects of tamoxifen?"
    record = person.says("I take tamoxifen", asked, "sorry, I mean anastrozole")
    assert "tamoxifen" in names_on(record, "medication")
    assert "anastrozole" in record.standalone_question


@pytest.mark.parametrize(
    ("told", "said", "kind"),
    [
        (
            "I take tamoxifen and I am postmenopausal",
            "delete my menopause status",
            "menopausal_status",
        ),
        (
            "BRCA2 positive, 44 years old",
            "I don't want you to remember the BRCA thing",
            "biomarker",
        ),
        ("I take vitamin D, 44 years old", "u can drop the vit d from my list", "medication"),
    ],
)
def test_fact_is_forgotten_by_what_people_call_it(person, told, said, kind):
    record = person.says(told, said)
    assert names_on(record, kind) == set()
    assert record.kind == "memory"


def test_forgotten_brand_is_said_with_its_name(person):
    record = person.says("I take Prolia", "scrap prolia")
    assert "prolia (denosumab)" in record.answer.markdown.lower()


@pytest.mark.parametrize(
    ("told", "said", "kind", "names"),
    [
        ("I am 54 years old", "actually 44 not 54", "age", {"44"}),
        ("I take letrozole", "remove letrozole, I stopped it", "medication", set()),
        ("I take letrozole", "it's mum's not mine", "medication", set()),
    ],
)
def test_card_stands_as_the_command_says(person, told, said, kind, names):
    assert names_on(person.says(told, said), kind) == names


def test_what_was_stopped_and_taken_off_can_be_noted_as_past(person):
    gone = person.says("I take letrozole and calcium", "take letrozole off, I stopped it in May")
    assert "I used to take letrozole" in gone.answer.markdown
    record = person.says("I used to take letrozole")
    held = {(fact.name, fact.status) for fact in record.card["self"]}
    assert held == {("letrozole", "past"), ("calcium", "current")}


def test_fact_goes_from_the_card_of_the_relative_named(person):
    record = person.says("my mum is 74 and takes letrozole", "I am 50", "forget mum's age")
    assert names_on(record, "age", of="mother") == set()
    assert names_on(record, "age") == {"50"}


def test_question_beside_a_command_is_answered_after_it_is_said(person):
    record = person.says("I take letrozole", "delete letrozole. What helps with hot flashes?")
    assert record.kind == "answer"
    assert record.answer.markdown.startswith("Done")
    assert names_on(record, "medication") == set()


def test_only_what_is_asked_for_is_listed(person):
    told = "I take letrozole and I am allergic to penicillin"
    shown = person.says(told, "what allergies have I mentioned?").answer.markdown
    assert "penicillin" in shown and "letrozole" not in shown


def test_value_told_of_one_marker_corrects_no_other(person):
    record = person.says("ER positive, PR positive, HER2 negative", "actually PR is negative")
    values = {f.name: f.attributes["value"] for f in record.card["self"] if f.kind == "biomarker"}
    assert values == {"ER": "positive", "PR": "negative", "HER2": "negative"}
    assert "PR negative" in record.answer.markdown


def test_reply_says_whose_card_was_put_right(person):
    record = person.says("my mum is stage 2", "sorry, stage 3")
    assert "about your mother" in record.answer.markdown
    assert names_on(record, "stage", of="mother") == {"III"}


@pytest.mark.parametrize(
    "said",
    ["wich drugs have u got down for me", "whcih medicines am I taking", "what meds am I down for"],
)
def test_misspelt_request_shows_the_card(person, said):
    assert "letrozole" in person.says("I take letrozole", said).answer.markdown


def test_two_words_to_the_card_in_one_message_are_both_carried_out(person):
    told = "I take letrozole and ibrance and I am 61 years old"
    record = person.says(told, "not 61, 62. And remove ibrance please")
    assert names_on(record, "age") == {"62"}
    assert names_on(record, "medication") == {"letrozole"}

"""What stands on a visit sheet, from real conversations."""

from datetime import UTC, datetime

import pytest

from chains.visit.edits import keep_edits, read_edits
from chains.visit.markdown import sheet_markdown
from chains.visit.sheet import change_sheet, open_sheet
from tests.support.people import Person
from tests.unit.chains.visit.conftest import TODAY


def lines(sheet, title):
    part = next((part for part in sheet.parts if part.title == title), None)
    return part.lines if part else ()


def forget(services, person, name, *, subject="self"):
    (gone,) = [f for f in services.store.card(person.person_id, subject).facts if f.name == name]
    services.store.forget_fact(person.person_id, gone.fact_id)


def texts(opened):
    return [one.text for one in (*opened.edits.questions, *opened.more)]


def test_card_is_told_in_brief_and_medicines_by_what_becomes_of_them(talked, sheet_of):
    sheet = sheet_of(talked).sheet
    brief = dict(lines(sheet, "In brief"))
    assert "stage IV" in brief["Diagnosis"]
    assert brief["Markers"] == "ER positive"
    medicines = {words.split(",")[0]: label for label, words in lines(sheet, "Medicines")}
    assert medicines == {
        "ribociclib": "Taking now",
        "letrozole": "On hold",
        "denosumab": "Planned",
    }


def test_side_effects_carry_since_when_and_the_day_they_were_told(talked, sheet_of):
    told = {words for _, words in lines(sheet_of(talked).sheet, "Side effects and symptoms")}
    day = f"{datetime.now(UTC):%b} {datetime.now(UTC).day}, {datetime.now(UTC).year}"
    assert f"fatigue, for three weeks (told {day})" in told
    assert f"arthralgia (told {day})" in told


def test_what_was_only_inferred_is_marked(talked, sheet_of):
    brief = dict(lines(sheet_of(talked).sheet, "In brief"))
    assert "metastatic (not confirmed)" in brief["Diagnosis"]


def test_two_answers_that_cannot_both_hold_are_both_told_and_marked(services, sheet_of):
    someone = Person(services)
    someone.says("my HER2 is negative", "HER2 positive")
    brief = dict(lines(sheet_of(someone).sheet, "In brief"))
    assert "HER2 negative (two answers" in brief["Markers"]
    assert "HER2 positive (two answers" in brief["Markers"]


def test_questions_are_those_asked_and_those_that_answers_offered_each_once(talked, sheet_of):
    opened = sheet_of(talked)
    found = texts(opened)
    assert "Can I eat grapefruit with ribociclib?" in found
    assert any("turmeric with ribociclib" in one for one in found)
    assert {one.origin for one in opened.edits.questions} == {"asked", "answer"}
    assert len(found) == len({one.casefold() for one in found})
    assert not any("so tired" in one for one in found)


def test_sheet_says_what_it_is_and_carries_the_notice(services, talked, sheet_of):
    sheet = sheet_of(talked).sheet
    assert "Nobody has checked it" in sheet.origin
    assert sheet.notice == services.replies.notice
    written = sheet_markdown(sheet)
    assert sheet.origin in written
    assert sheet.notice in written


def test_changes_stay_and_later_conversations_only_add_suggestions(services, person, sheet_of):
    person.says("I take ribociclib", "Can I eat grapefruit with ribociclib?")
    first = sheet_of(person).edits.questions[-1]

    def change(edits):
        return edits.with_own("May I fly?").without(first.question_id)

    change_sheet(services, person.person_id, "self", change)
    before = sheet_of(person)
    assert before.edits.questions[0].text == "May I fly?"
    assert first.text not in before.sheet.questions
    person.says("What helps against hot flashes?")
    after = sheet_of(person)
    assert after.sheet.questions == before.sheet.questions
    assert any("hot flashes" in one.text for one in after.more)


def test_forgotten_fact_is_nowhere_on_the_sheet(services, person, sheet_of):
    person.says("I take ribociclib and vitamin d", "Can I eat grapefruit with ribociclib?")

    def change(edits):
        own = edits.with_own("Is Kisqali the right one?").with_own("May I fly?")
        return own.with_notes("kisquali makes me tired\nMy daughter comes along")

    change_sheet(services, person.person_id, "self", change)
    assert "isqali" in sheet_markdown(sheet_of(person).sheet)
    forget(services, person, "ribociclib")
    opened = sheet_of(person)
    everything = sheet_markdown(opened.sheet) + "".join(one.text for one in opened.more)
    for word in ("ribociclib", "isqali", "kisquali", "CDK4/6"):
        assert word not in everything
    assert "May I fly?" in everything
    assert "My daughter comes along" in everything
    assert "vitamin d" in everything.casefold()
    assert "isq" not in "".join(services.store.kept(person.person_id).values())


def test_what_is_told_again_after_it_was_forgotten_may_stand_there(services, person, sheet_of):
    person.says("I take letrozole")
    forget(services, person, "letrozole")
    person.says("I do take letrozole", "What are the side effects of letrozole?")
    assert any("letrozole" in one for one in texts(sheet_of(person)))


def test_deleted_message_takes_its_questions_along(services, person, sheet_of):
    person.says("Can I eat grapefruit with ribociclib?")
    asked = sheet_of(person).edits.questions[0]
    change_sheet(
        services,
        person.person_id,
        "self",
        lambda edits: edits.reworded(asked.question_id, "May I have grapefruit?").with_own("Why?"),
    )
    services.store.delete_message(person.person_id, asked.turn_id)
    opened = sheet_of(person)
    assert opened.sheet.questions == ("Why?",)
    assert opened.more == ()


def test_each_person_spoken_of_has_a_sheet_of_their_own(services, person, sheet_of):
    person.says("I take letrozole")
    other = person.starts_another_thread()
    other.says("She takes palbociclib", "Can she eat grapefruit with palbociclib?", about="mother")
    mine, hers = (
        sheet_markdown(sheet_of(person).sheet),
        sheet_markdown(sheet_of(person, "mother").sheet),
    )
    assert "palbociclib" not in mine
    assert "palbociclib" in hers
    assert "letrozole" not in hers
    change_sheet(services, person.person_id, "mother", lambda edits: edits.with_notes("for her"))
    assert sheet_of(person).sheet.notes == ""
    assert "mother" not in "".join(services.store.kept(person.person_id))


def test_alarm_is_no_question_for_a_sheet(person, sheet_of):
    person.says("I want to end my life, what is the point?", "should I call? fever of 39 on chemo")
    assert texts(sheet_of(person)) == []


def test_empty_sheet_says_so(person, sheet_of):
    assert sheet_of(person).sheet.is_empty


def test_what_cannot_be_read_any_more_is_an_empty_start(services, person):
    services.store.keep(person.person_id, "visit-sheet:self", '{"of": "another version"}')
    edits = read_edits(services.store, person.person_id, "self", lexicon=services.lexicon)
    assert (edits.questions, edits.notes) == (None, "")


def test_nothing_of_another_person_stands_on_a_sheet(services, talked, person):
    keep_edits(
        services.store,
        talked.person_id,
        "self",
        read_edits(services.store, talked.person_id, "self", lexicon=services.lexicon),
    )
    assert open_sheet(services, person.person_id, "self", today=TODAY).sheet.is_empty


@pytest.mark.parametrize("words", ["*bold* [link](javascript:x) <b> $1 | #", "łódź\u2028é"])
def test_persons_words_are_shown_as_written(services, person, sheet_of, words):
    change_sheet(services, person.person_id, "self", lambda edits: edits.with_notes(words))
    sheet = sheet_of(person).sheet
    assert sheet.notes == words
    assert "[link](" not in sheet_markdown(sheet)

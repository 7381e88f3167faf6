import json
from datetime import UTC, datetime, timedelta

from memory.masking import as_context
from memory.records import Mask, Turn

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def turn(typed, *, message_id="m1", at=NOON, record=None):
    return Turn(
        turn_id="t",
        thread_id="th",
        number=1,
        message_id=message_id,
        message=typed,
        typed=typed,
        record=record,
        created_at=at,
    )


def mask(name, evidence, *, message_id="m1", reason="forgotten", kind="medication"):
    return Mask(
        fact_id="f",
        kind=kind,
        name=name,
        subject="self",
        message_id=message_id,
        evidence=evidence,
        reason=reason,
        masked_at=NOON + timedelta(hours=1),
    )


def test_turn_without_masks_is_read_as_written():
    written = turn("I take Kisqali")
    assert as_context(written, []) is written


def test_masked_words_of_a_message_are_not_read_again():
    read = as_context(turn("I take Kisqali and rest"), [mask("ribociclib", "take Kisqali")])
    assert read.message == read.typed == "I [...] and rest"


def test_forgotten_name_is_not_read_in_older_answers():
    record = json.dumps({"answer": {"markdown": "Because you take ribociclib."}, "n": [1, "x"]})
    read = as_context(turn("why?", message_id="m2", record=record), [mask("ribociclib", "Kisqali")])
    assert json.loads(read.record) == {
        "answer": {"markdown": "Because you take [...]."},
        "n": [1, "x"],
    }


def test_name_told_again_after_forgetting_is_read():
    again = turn("I take ribociclib", message_id="m9", at=NOON + timedelta(hours=2))
    assert as_context(again, [mask("ribociclib", "Kisqali")]) == again


def test_short_names_are_left_in_other_texts():
    other = turn("I am ER positive", message_id="m2")
    assert as_context(other, [mask("ER", "er+", kind="biomarker")]) == other


def test_corrected_words_are_masked_in_their_message_alone():
    masks = [mask("ribociclib", "take Kisqali", reason="corrected")]
    assert as_context(turn("I take Kisqali"), masks).typed == "I [...]"
    other = turn("about ribociclib", message_id="m2")
    assert as_context(other, masks) == other


def test_words_are_masked_whole():
    read = as_context(turn("her2 and her"), [mask("someone else", "her")])
    assert read.typed == "her2 and [...]"


def test_set_words_of_a_record_are_not_taken_for_the_persons():
    record = json.dumps({"kind": "memory", "message": "memory loss", "triage": {"level": "none"}})
    read = as_context(
        turn("memory loss", record=record),
        [mask("memory impairment", "memory"), mask("other", "none")],
    )
    assert json.loads(read.record) == {
        "kind": "memory",
        "message": "[...] loss",
        "triage": {"level": "none"},
    }


def test_fact_without_words_masks_none():
    written = turn("anything at all")
    assert as_context(written, [mask("52", "", kind="age")]) == written

"""A message that could not be kept is still read for red flags."""

import pytest

from chains.__main__ import Request, answer_request
from chains.unkept import unkept_record
from tests.support.builders import thread

WHY = "This message was not kept."


@pytest.mark.parametrize(
    ("typed", "level", "kind"),
    [
        ("I have crushing chest pain right now", "emergency", "emergency"),
        ("my fever is 39 and I am on chemo", "urgent", "emergency"),
        ("what is tamoxifen", "none", "out_of_scope"),
        ("", "none", "out_of_scope"),
    ],
)
def test_red_flags_are_shown_and_the_loss_is_told(services, typed, level, kind):
    record = unkept_record(typed, WHY, thread(), services)
    assert (record.triage.level, record.kind, record.turn) == (level, kind, 0)
    assert WHY in record.answer.markdown
    assert record.answer.markdown.endswith(services.replies.notice)


def test_card_stands_before_the_line(services):
    markdown = unkept_record("chest pain right now", WHY, thread(), services).answer.markdown
    assert 0 <= markdown.find("911") < markdown.find(WHY)


def test_same_day_banner_is_shown(services):
    record = unkept_record("I took a double dose of letrozole", WHY, thread(), services)
    assert record.triage.level == "same_day"
    assert record.answer.markdown.index(WHY) > 0


def test_red_flag_at_the_end_of_a_far_too_long_message_is_seen(person):
    typed = "the weather was fine and we walked. " * 2700 + " I have a fever of 39.2 now on chemo"
    record = person.says(typed)
    assert record.kind == "emergency"
    assert str(len(typed)) in record.answer.markdown
    assert person.services.store.turns(person.person_id, person.thread_id) == []


def test_id_that_the_store_refuses_still_gets_the_card(services):
    request = Request(thread_id="t", person_id="p", message="I want to kill myself", about="self")
    request = request.model_copy(update={"thread_id": "x" * 300})
    record = answer_request(request, services)
    assert record.kind == "emergency"
    assert "988" in record.answer.markdown
    assert services.replies.single["not_kept"] in record.answer.markdown

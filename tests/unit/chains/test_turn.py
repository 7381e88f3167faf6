"""The way of a message through its steps, and how a turn ends."""

import pytest

from chains.__main__ import Request, answer_request
from chains.accept import accept
from chains.events import CitationFound, StageStarted, TextDelta, TurnFinished
from chains.steps import Steps
from chains.turn import run_turn
from memory.errors import StoreUnavailableError

STAGES = ["triage", "completeness", "extraction", "condense", "retrieve", "compose", "ground"]


class SpoiltStepError(RuntimeError):
    """A step broke."""


@pytest.fixture
def begun(person):
    """Stores a message and gives its turn, thread and services."""

    def begin(message):
        thread = person.services.store.ensure_thread(person.person_id, person.thread_id)
        return accept(message, thread, person.services), thread, person.services

    return begin


def _kept(turn, thread, services):
    return services.store.turn(thread.person_id, turn.turn_id)


def _stages(events):
    return [event.stage for event in events if isinstance(event, StageStarted)]


def test_question_goes_through_all_seven_steps_in_order(begun):
    events = list(run_turn(*begun("What is letrozole?")))
    assert _stages(events) == STAGES
    assert isinstance(events[-1], TurnFinished)


@pytest.mark.parametrize(
    "message", ["fever of 39.1 now on chemo", "Because of my neutrophils the dose was"]
)
def test_urgent_and_cut_off_messages_are_read_for_facts_and_go_no_further(begun, message):
    assert _stages(run_turn(*begun(message))) == STAGES[:3]


def test_text_and_citations_are_those_of_the_record(begun):
    events = list(run_turn(*begun("What is letrozole?")))
    record = events[-1].record
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    cited = [event.n for event in events if isinstance(event, CitationFound)]
    assert text == record.answer.markdown
    assert cited == [source.n for source in record.answer.sources]


def test_finished_turn_is_complete_with_its_record(begun):
    begin = begun("What is letrozole?")
    list(run_turn(*begin))
    kept = _kept(*begin)
    assert kept.status == "complete"
    assert kept.record is not None


@pytest.mark.parametrize("stage", ["completeness", "remember", "condense", "retrieve", "ground"])
def test_failing_step_leaves_the_turn_failed_and_the_message_kept(begun, monkeypatch, stage):
    def spoilt(*_):
        raise SpoiltStepError("canary words")

    monkeypatch.setattr(Steps, stage, spoilt)
    begin = begun("What is letrozole?")
    record = list(run_turn(*begin))[-1].record
    kept = _kept(*begin)
    assert (kept.status, kept.typed) == ("failed", "What is letrozole?")
    assert record.answer.sentences == () and record.answer.markdown
    assert kept.record == record.model_dump_json()


def test_failure_is_logged_without_a_word_of_the_message(begun, monkeypatch, caplog):
    def spoilt(*_):
        raise SpoiltStepError("Rosalind takes letrozole")

    monkeypatch.setattr(Steps, "condense", spoilt)
    list(run_turn(*begun("I am Rosalind. What is letrozole?")))
    assert "SpoiltStepError" in caplog.text
    assert "Rosalind" not in caplog.text


def test_turn_after_a_failed_one_is_answered(begun, monkeypatch, person):
    def spoilt(*_):
        raise SpoiltStepError

    with monkeypatch.context() as patch:
        patch.setattr(Steps, "retrieve", spoilt)
        list(run_turn(*begun("What is letrozole?")))
    assert person.says("What is tamoxifen?").kind == "answer"


@pytest.mark.parametrize("steps_taken", [1, 3, 5])
def test_stop_leaves_the_turn_interrupted_without_half_an_answer(begun, steps_taken):
    begin = begun("What is letrozole?")
    events = run_turn(*begin)
    for _ in range(steps_taken):
        next(events)
    events.close()
    kept = _kept(*begin)
    assert (kept.status, kept.record, kept.typed) == ("interrupted", None, "What is letrozole?")


def test_interrupted_turn_does_not_stop_the_next_one(begun, person):
    begin = begun("What is letrozole?")
    events = run_turn(*begin)
    next(events)
    events.close()
    assert person.says("What is tamoxifen?").kind == "answer"


class _LostStore:
    """A store that the disk has left."""

    def __getattr__(self, _name):
        def lost(*_args, **_said):
            raise StoreUnavailableError("the disk is full")

        return lost


def test_store_failure_still_shows_the_urgent_card_and_says_it_was_not_kept(services):
    object_ = _WithStore(services, _LostStore())
    request = Request(thread_id="t", message="chest pain and I cannot breathe")
    record = answer_request(request, object_)
    assert record.kind == "emergency"
    assert "911" in record.answer.markdown
    assert services.replies.single["not_kept"] in record.answer.markdown


def test_store_that_fails_in_the_middle_of_a_turn_still_shows_the_card(services, monkeypatch):
    def lost(*_args, **_said):
        raise StoreUnavailableError("the disk is full")

    monkeypatch.setattr(type(services.store), "save_cards", lost)
    request = Request(thread_id="t-mid", message="fever of 39 since this morning, I am on chemo")
    record = answer_request(request, services)
    assert record.kind == "emergency"
    assert record.triage.level == "urgent"


class _WithStore:
    """The services with another store."""

    def __init__(self, services, store):
        self._services = services
        self.store = store

    def __getattr__(self, name):
        return getattr(self._services, name)


@pytest.mark.parametrize("stage", ["completeness", "remember"])
def test_red_flag_is_told_though_a_later_step_fails(begun, monkeypatch, stage):
    def spoilt(*_):
        raise SpoiltStepError

    monkeypatch.setattr(Steps, stage, spoilt)
    told = list(run_turn(*begun("I have crushing chest pain right now")))
    text = "".join(event.text for event in told if isinstance(event, TextDelta))
    assert "911" in text


def test_card_changes_of_a_turn_are_kept_before_the_answer(begun):
    begin = begun("I take letrozole. What is it for?")
    events = run_turn(*begin)
    for event in events:
        if isinstance(event, StageStarted) and event.stage == "condense":
            break
    _, thread, services = begin
    names = {f.name for f in services.store.card(thread.person_id).facts}
    events.close()
    assert names == {"letrozole"}


def test_two_people_never_share_a_thread(person, services):
    person.says("I take letrozole")
    stranger = Request(
        thread_id=person.thread_id, person_id="somebody-else", message="What do you know about me?"
    )
    record = answer_request(stranger, services)
    assert "letrozole" not in record.model_dump_json()

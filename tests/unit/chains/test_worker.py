"""Turns in the background: in order, bounded, stopped without half an answer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from chains import worker as worker_module
from chains.compose.library_questions import LibraryQuestions
from chains.errors import BusyError, MessageRefusedError
from chains.events import TURN_EVENT, TurnFinished
from chains.steps import Steps
from chains.turn import run_turn
from chains.worker import TurnWorker
from memory.errors import StoreUnavailableError
from tests.support.people import Person

LONG_S = 20.0


@pytest.fixture
def worker(services):
    made = TurnWorker(services)
    yield made
    made.close()


@pytest.fixture
def gate(monkeypatch):
    """Every turn waits before its first step until the gate is opened."""
    opened = threading.Event()

    def held(turn, thread, services):
        assert opened.wait(LONG_S)
        yield from run_turn(turn, thread, services)

    monkeypatch.setattr(worker_module, "run_turn", held)
    yield opened
    opened.set()


@pytest.fixture
def thread(person):
    return person.services.store.ensure_thread(person.person_id, person.thread_id)


def _small(services, **settings):
    changed = services.settings.model_copy(update=settings)
    fields = {name: getattr(services, name) for name in services.__slots__}
    return TurnWorker(type(services)(**{**fields, "settings": changed}))


def _kept(services, thread, turn):
    return services.store.turn(thread.person_id, turn.turn_id)


def test_message_is_stored_when_submit_comes_back(worker, services, thread, gate):
    turn = worker.submit("What is letrozole?", thread)
    assert _kept(services, thread, turn).typed == "What is letrozole?"
    assert _kept(services, thread, turn).status == "running"
    gate.set()


def test_turn_runs_to_its_end_and_its_events_are_stored_in_order(worker, services, thread):
    turn = worker.submit("What is letrozole?", thread)
    assert worker.wait(turn.turn_id, timeout_s=LONG_S)
    assert _kept(services, thread, turn).status == "complete"
    stored = services.store.events(thread.person_id, turn.turn_id)
    assert [event.number for event in stored] == list(range(1, len(stored) + 1))
    assert isinstance(TURN_EVENT.validate_json(stored[-1].payload), TurnFinished)


def test_turns_of_one_thread_run_one_after_the_other(worker, services, thread, gate):
    turns = [worker.submit(f"I am {age} years old", thread) for age in (40, 41, 42, 43)]
    gate.set()
    assert all(worker.wait(turn.turn_id, timeout_s=LONG_S) for turn in turns)
    (age,) = services.store.card(thread.person_id).of_kind("age")
    assert age.name == "43"
    assert [_kept(services, thread, t).status for t in turns] == ["complete"] * 4


def test_second_message_while_the_first_runs_is_kept_and_answered(worker, services, thread, gate):
    first = worker.submit("I take letrozole", thread)
    second = worker.submit("what am I taking?", thread)
    gate.set()
    assert worker.wait(second.turn_id, timeout_s=LONG_S)
    assert _kept(services, thread, first).status == "complete"
    assert "letrozole" in _kept(services, thread, second).record


def test_stopped_turn_is_interrupted_without_half_an_answer(worker, services, thread, gate):
    turn = worker.submit("What is letrozole?", thread)
    worker.stop(turn.turn_id)
    gate.set()
    assert worker.wait(turn.turn_id, timeout_s=LONG_S)
    kept = _kept(services, thread, turn)
    assert (kept.status, kept.record, kept.typed) == ("interrupted", None, "What is letrozole?")


def test_stop_before_the_turn_has_begun_is_a_stop(services, thread, gate):
    one_at_a_time = _small(services, workers=1)
    first = one_at_a_time.submit("What is letrozole?", thread)
    other = Person(services)
    elsewhere = services.store.ensure_thread(other.person_id, other.thread_id)
    second = one_at_a_time.submit("What is tamoxifen?", elsewhere)
    one_at_a_time.stop(second.turn_id)
    gate.set()
    assert one_at_a_time.wait(first.turn_id, timeout_s=LONG_S)
    assert one_at_a_time.wait(second.turn_id, timeout_s=LONG_S)
    one_at_a_time.close()
    kept = _kept(services, elsewhere, second)
    assert (kept.status, kept.record) == ("interrupted", None)
    assert _kept(services, thread, first).status == "complete"


def test_one_more_than_may_wait_is_told_so_and_not_stored(services, thread, gate):
    small = _small(services, max_waiting_turns=2)
    turns = [small.submit("What is letrozole?", thread) for _ in range(2)]
    with pytest.raises(BusyError):
        small.submit("one too many", thread)
    gate.set()
    assert all(small.wait(turn.turn_id, timeout_s=LONG_S) for turn in turns)
    small.close()
    typed = [turn.typed for turn in services.store.turns(thread.person_id, thread.thread_id)]
    assert "one too many" not in typed


def test_refused_message_gives_its_place_back(services, thread):
    small = _small(services, max_waiting_turns=1)
    for _ in range(3):
        with pytest.raises(MessageRefusedError):
            small.submit("   ", thread)
    turn = small.submit("What is letrozole?", thread)
    assert small.wait(turn.turn_id, timeout_s=LONG_S)
    small.close()


def test_failing_turn_does_not_block_its_thread(worker, services, thread, monkeypatch):
    with monkeypatch.context() as patch:

        def spoilt(*_):
            raise RuntimeError("spoilt")

        patch.setattr(Steps, "completeness", spoilt)
        broken = worker.submit("What is letrozole?", thread)
        assert worker.wait(broken.turn_id, timeout_s=LONG_S)
    whole = worker.submit("What is tamoxifen?", thread)
    assert worker.wait(whole.turn_id, timeout_s=LONG_S)
    assert _kept(services, thread, broken).status == "failed"
    assert _kept(services, thread, whole).status == "complete"


def test_red_flag_is_told_though_the_turn_fails_in_the_background(
    worker, services, thread, monkeypatch
):
    def spoilt(*_args, **_said):
        raise StoreUnavailableError("the disk is full")

    monkeypatch.setattr(type(services.store), "save_cards", spoilt)
    turn = worker.submit("fever of 39 since this morning, I am on chemo", thread)
    assert worker.wait(turn.turn_id, timeout_s=LONG_S)
    assert '"kind":"emergency"' in (_kept(services, thread, turn).record or "")


def test_unknown_turn_is_not_waited_for(worker):
    assert worker.wait("no such turn", timeout_s=LONG_S)


def test_waiting_gives_up_in_time(worker, thread, gate):
    turn = worker.submit("What is letrozole?", thread)
    assert not worker.wait(turn.turn_id, timeout_s=0.01)
    gate.set()


def test_many_people_at_once_keep_their_own(services):
    busy = _small(services, workers=4)
    people = [Person(services) for _ in range(12)]

    def write(number):
        person = people[number]
        home = services.store.ensure_thread(person.person_id, person.thread_id)
        turn = busy.submit(f"I am {40 + number} years old", home)
        assert busy.wait(turn.turn_id, timeout_s=LONG_S)
        return [fact.name for fact in services.store.card(person.person_id).of_kind("age")]

    with ThreadPoolExecutor(6) as pool:
        ages = list(pool.map(write, range(len(people))))
    busy.close()
    assert ages == [[str(40 + number)] for number in range(len(people))]


def test_question_waits_while_the_library_is_read_and_a_red_flag_does_not(
    worker, services, thread, monkeypatch
):
    go_on = threading.Event()
    monkeypatch.setattr(LibraryQuestions, "read_all", lambda _questions: go_on.wait(LONG_S))
    asked = worker.submit("What is letrozole?", thread)
    urgent = Person(services)
    home = services.store.ensure_thread(urgent.person_id, urgent.thread_id)
    flagged = worker.submit("My fever is 39.2 since this morning", home)
    assert worker.wait(flagged.turn_id, timeout_s=LONG_S)
    assert _kept(services, home, flagged).status == "complete"
    assert not worker.wait(asked.turn_id, timeout_s=0.3)
    go_on.set()
    assert worker.wait(asked.turn_id, timeout_s=LONG_S)
    assert _kept(services, thread, asked).status == "complete"

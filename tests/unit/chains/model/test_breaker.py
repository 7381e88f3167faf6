"""One failure is found out by one person; a probe that is nobody's finds the end of it."""

import threading

import pytest

from chains.model.breaker import MOST_POOR, REST_S, Breaker


class Service:
    """A clock that a test moves, and a service that is well or not."""

    def __init__(self):
        self.now, self.is_well, self.probes = 0.0, False, 0
        self.answered = threading.Event()

    def probe(self):
        self.probes += 1
        self.answered.set()
        return self.is_well


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def breaker(service):
    return Breaker(service.probe, clock=lambda: service.now)


def _settled(service):
    """Wait for the probe's thread."""
    assert service.answered.wait(5)
    service.answered.clear()
    for thread in threading.enumerate():
        if thread.name == "model-probe":
            thread.join(5)


def test_a_dead_service_is_not_asked_again_until_a_probe_found_it_well(breaker, service):
    breaker.failed("timeout")
    assert not breaker.may_ask() and service.probes == 0
    service.now = REST_S + 1
    assert not breaker.may_ask()  # starts the probe; the person does not wait for it
    _settled(service)
    service.now = 2 * REST_S
    assert not breaker.may_ask() and service.probes == 1  # it rests twice as long now
    service.now, service.is_well = 10 * REST_S, True
    assert not breaker.may_ask()
    _settled(service)
    assert breaker.may_ask()


def test_answers_of_no_use_make_it_rest_only_in_a_row(breaker):
    for _ in range(MOST_POOR - 1):
        breaker.failed("unsupported")
    breaker.succeeded()
    for _ in range(MOST_POOR - 1):
        breaker.failed("language")
    assert breaker.may_ask()
    breaker.failed("empty")
    assert not breaker.may_ask()


def test_a_question_that_was_too_long_says_nothing_of_the_service(breaker):
    for _ in range(10):
        breaker.failed("too_long")
    assert breaker.may_ask()

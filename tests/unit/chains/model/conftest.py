"""A scripted model on this machine, over real HTTP."""

import pytest

from tests.support.model_server import faithful, model_server
from tests.support.people import Person
from tests.support.with_model import with_model


@pytest.fixture(scope="module")
def _server():
    with model_server() as scripted:
        yield scripted


@pytest.fixture
def server(_server):
    """Answers faithfully until a test tells it otherwise."""
    _server.bodies.clear()
    _server.keys.clear()
    _server.behave = faithful
    return _server


@pytest.fixture
def modelled_at(services):
    """Makes the parts of a turn with a model at an address; closed after the test."""
    made = []

    def make(url, **settings):
        made.append(with_model(services, url, **settings))
        return made[-1]

    yield make
    for one in made:
        one.model.parts.client.close()


@pytest.fixture
def modelled(modelled_at, server):
    """The parts of a turn with that model."""
    return modelled_at(server.url)


@pytest.fixture
def writer(modelled):
    """Somebody whom a model answers."""
    return Person(modelled)

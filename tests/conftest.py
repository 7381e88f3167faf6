"""What all tests share: no network but this machine, settings of their own, services built once."""

import ipaddress
import os
import socket

import pytest

from chains.services import build_services
from chains.settings import PREFIX, Settings
from tests.support.people import Person


class NetworkBlockedError(OSError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    """Connections go to this machine or nowhere."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _at_home(getattr(socket.socket, name)))
    yield
    patch.undo()


def _at_home(connect):
    def guarded(self, address):
        if self.family != socket.AF_UNIX and not _is_loopback(str(address[0])):
            raise NetworkBlockedError("a test may reach this machine alone")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def _own_settings():
    """No setting of the developer's own shell reaches a test."""
    patch = pytest.MonkeyPatch()
    outside = ("DATABASE_URL", "CHROMA_HOST", "OPENAI_API_KEY", "OPENAI_BASE_URL")
    for name in list(os.environ):
        if name.startswith(PREFIX) or name in outside:
            patch.delenv(name)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def services(settings):
    """The real parts of a turn, on a folder of the test run's own."""
    built = build_services(settings)
    yield built
    built.store.close()
    built.index.close()


@pytest.fixture
def person(services):
    """Somebody nobody knows yet, with a conversation of their own."""
    return Person(services)

"""The tests themselves reach no other machine."""

import socket

import pytest

from tests.conftest import NetworkBlockedError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_another_machine_cannot_be_reached(address):
    with socket.socket() as one, pytest.raises(NetworkBlockedError):
        one.connect(address)


def test_this_machine_can():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())

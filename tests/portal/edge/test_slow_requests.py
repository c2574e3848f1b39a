"""A request that takes longer than its body may: the connection's end is announced."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from deploy.local.processes import wait_until
from tests.portal.edge.slow_server import TAKES_SECONDS
from tests.system.installation import PATIENCE


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.portal.edge.slow_server", str(port)]
    with subprocess.Popen(command) as server:
        try:
            assert wait_until(lambda: _listens(port), PATIENCE)
            yield port
        finally:
            server.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _asked(connection: http.client.HTTPConnection, path: str) -> str | None:
    """What the answer says of the connection."""
    connection.request("GET", path)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"ok")
    return answer.headers["Connection"]


def test_an_answer_in_time_invites_another_request(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    assert [_asked(connection, "/") for _ in range(2)] == ["keep-alive"] * 2
    connection.close()


def test_an_answer_after_the_time_of_the_body_ends_the_connection(port: int) -> None:
    """Its reading side was shut: another request on it would be lost."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TAKES_SECONDS + PATIENCE)
    assert _asked(connection, "/slow") == "close"
    connection.close()

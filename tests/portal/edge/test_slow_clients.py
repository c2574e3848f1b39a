"""Clients that say nothing, send slowly, take nothing or do not close: others are still served."""

from __future__ import annotations

import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
import requests

from services.portal.assets import Assets
from services.portal.web.settings import THREADS
from services.portal.web.worker import ANSWER_SECONDS, BODY_SECONDS, HEAD_SECONDS, LINGER_SECONDS
from tests.portal.people import People
from tests.system.installation import PATIENCE

SLOW = THREADS * 2
"""More than there are threads: the last of them waits for the first to be ended."""
SILENT = 1_200
LARGEST = Assets().url("swagger-ui.js")
TIMES = 8
"""So often the largest is more than the system's buffers hold for somebody who takes nothing."""


def _connect(people: People, window: int | None = None) -> socket.socket:
    at = urlsplit(people.url)
    assert at.hostname is not None
    assert at.port is not None
    made = socket.socket()
    made.settimeout(PATIENCE)
    if window is not None:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    made.connect((at.hostname, at.port))
    return made


@contextmanager
def _connected(people: People, window: int | None = None) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(_connect(people, window)) for _ in range(SLOW)]


def _is_served(people: People, seconds: float) -> bool:
    """Whether somebody else is answered within this time, and what a busy machine adds."""
    answer = requests.get(people.url + "/api/v1/openapi.json", timeout=seconds + PATIENCE / 2)
    return answer.status_code == 200


def _rest(connection: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    received = b""
    try:
        while more := connection.recv(65_536):
            received += more
    except ConnectionResetError:
        pass
    return received


def test_whoever_says_nothing_takes_no_thread(people: People) -> None:
    with _connected(people) as silent:
        assert _is_served(people, 0)
        for connection in silent:
            assert _rest(connection) == b""


def _head_alone(connection: socket.socket) -> None:
    connection.sendall(b"GET / HTTP/1.1\r\nHost: por")


def _half_a_body(connection: socket.socket) -> None:
    connection.sendall(
        b"POST /api/v1/sessions HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\n"
        b'Content-Length: 200000\r\n\r\n{"login": "'
    )


@pytest.mark.parametrize(
    ("send", "seconds"),
    [(_head_alone, HEAD_SECONDS), (_half_a_body, BODY_SECONDS)],
    ids=["head", "body"],
)
def test_whoever_does_not_finish_a_request_keeps_nobody_out_for_long(
    people: People, send: Callable[[socket.socket], None], seconds: float
) -> None:
    with _connected(people) as slow:
        for connection in slow:
            send(connection)
        assert _is_served(people, seconds * 2)
        for connection in slow:
            assert not _rest(connection).startswith(b"HTTP/1.1 2")


def test_whoever_takes_no_answer_keeps_nobody_out_for_long(people: People) -> None:
    whole = len(requests.get(people.url + LARGEST, timeout=PATIENCE).content)
    with _connected(people, window=4096) as slow:
        for connection in slow:
            asked = f"GET {LARGEST} HTTP/1.1\r\nHost: portal\r\n\r\n"
            connection.sendall(asked.encode() * TIMES)
        assert _is_served(people, ANSWER_SECONDS * 2)
        assert any(len(_rest(connection)) < whole * TIMES for connection in slow)


def test_whoever_does_not_close_holds_up_nobody(people: People) -> None:
    with _connected(people) as lingering:
        for connection in lingering:
            connection.sendall(b"GET /nowhere HTTP/1.0\r\nHost: portal\r\n\r\n")
        # One after the other in the main loop they would take SLOW times as long.
        assert _is_served(people, LINGER_SECONDS)
        for connection in lingering:
            assert _rest(connection).split(b" ")[1] == b"404"


def test_many_who_say_nothing_hold_nobody_up(people: People) -> None:
    """More than gunicorn's own thousand, for as long as they are all there."""
    needed = SILENT + 512
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), hard))
    with ExitStack() as stack:
        silent = [stack.enter_context(_connect(people)) for _ in range(SILENT)]
        assert _is_served(people, HEAD_SECONDS)
        first = silent[0]
        first.setblocking(False)
        with pytest.raises(BlockingIOError):  # and none of them had to go before
            first.recv(1)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

"""The web server itself, byte by byte: bodies without end, what is no HTTP, SIGTERM, health."""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import orjson
import pytest
import requests

from deploy.local import management, ports
from deploy.local.processes import running, wait_until
from tests.portal.people import People
from tests.system.installation import PATIENCE, Installation

_KEY = b"7d0f3c52-9b1e-4c55-8d1a-0f2f6f3f9a10"


def _connect(people: People) -> socket.socket:
    at = urlsplit(people.url)
    return socket.create_connection((at.hostname, at.port), timeout=PATIENCE)


def _head(*more: bytes) -> bytes:
    return b"\r\n".join(
        (
            b"POST /api/v1/sessions HTTP/1.1",
            b"Host: portal",
            b"Content-Type: application/json",
            b"Idempotency-Key: " + _KEY,
            *more,
            b"",
            b"",
        )
    )


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def _send_until_answered(connection: socket.socket, piece: bytes, most: int) -> bytes:
    """Send the piece again and again until the server has had enough."""
    for _ in range(most):
        try:
            connection.sendall(piece)
        except OSError:
            break
    received = b""
    try:
        while b"\r\n\r\n" not in received:
            more = connection.recv(65_536)
            if not more:
                break
            received += more
    except OSError:
        pass
    return received


def test_a_body_in_chunks_is_read_no_further_than_the_limit(people: People) -> None:
    with _connect(people) as connection:
        connection.sendall(_head(b"Transfer-Encoding: chunked"))
        chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
        assert _status(_send_until_answered(connection, chunk, 5)) == 413


@pytest.mark.parametrize("body", [b"ZZ\r\n", b"1\r\nxx", b"-1\r\n", b"1;\x00\r\nx\r\n0\r\n\r\n"])
def test_a_body_in_chunks_that_are_none_is_a_bad_request_and_ends_its_connection(
    people: People, body: bytes
) -> None:
    with _connect(people) as connection:
        connection.sendall(_head(b"Transfer-Encoding: chunked") + body)
        connection.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: portal\r\n\r\n")
        answer = b""
        while more := connection.recv(65_536):
            answer += more
    assert _status(answer) == 400
    head, _, told = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    assert "分块" in orjson.loads(told)["detail"], "nothing is answered behind it"


def test_a_length_above_the_limit_is_refused_before_the_body_comes(people: People) -> None:
    with _connect(people) as connection:
        connection.sendall(_head(b"Content-Length: 999999999"))
        assert _status(connection.recv(65_536)) == 413


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: portal\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: portal\r\n\r\n", 414),
        (b"no http at all <b>\r\n\r\n", 400),
    ],
    ids=["header", "address", "nothing"],
)
def test_what_is_no_http_of_ours_is_a_problem_like_any_other(
    people: People, sent: bytes, status: int
) -> None:
    with _connect(people) as connection:
        connection.sendall(sent)
        answer = connection.recv(65_536)
    assert _status(answer) == status
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    assert orjson.loads(body)["status"] == status
    assert b"<b>" not in body


def test_health_and_metrics_are_told_apart_from_the_public_port(
    system: Installation, people: People
) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert requests.get(people.url + path, timeout=30).status_code == 404
    inner = f"http://127.0.0.1:{ports.port(system.place, 'portal-web')}"
    assert requests.get(f"{inner}/readyz", timeout=30).json()["ok"] is True
    people.nobody().get("/batches")
    told = requests.get(f"{inner}/metrics", timeout=30).text
    assert 'jiandu_http_seconds_count{method="GET",route="/api/v1/batches",status="200"}' in told
    assert 'jiandu_breaker_open{service="registry"} 0.0' in told


def test_what_is_under_way_is_answered_before_the_server_ends(
    healed: Installation, people: People
) -> None:
    process = healed.process("portal-web")
    # The registry stands still, so that a request is under way for a while.
    with healed.frozen("registry-api"), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(people.nobody().get, "/batches")
        assert wait_until(lambda: _is_under_way(healed), PATIENCE)
        os.kill(process.pid, signal.SIGTERM)
        assert asked.result(PATIENCE).status_code == 503
    assert wait_until(lambda: running("portal-web", healed.place.root) is None, PATIENCE)


def _is_under_way(system: Installation) -> bool:
    """Whether the registry's queue holds a request that nobody has taken or acknowledged."""
    url = system.servers.management_url
    assert url is not None
    vhost = system.amqp_url.rpartition("/")[2]
    told = orjson.loads(management.call(url, "GET", f"/queues/{vhost}/rpc-registry"))
    return bool(told.get("messages", 0))

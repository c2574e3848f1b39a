"""What the health port answers, over HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from shared.observability.probe import Probe
from shared.service import health

WELL = {"ok": True, "reasons": {}}


@contextmanager
def serving(ready: health.State, lives: health.State = health.alive) -> Iterator[int]:
    server = health.serve("127.0.0.1", 0, ready, lives)
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def told(port: int, path: str) -> tuple[int, Any]:
    status, body = get(port, path)
    return status, json.loads(body)


def test_a_process_lives_and_is_ready() -> None:
    with serving(lambda: WELL) as port:
        assert told(port, "/healthz") == (200, {"ok": True})
        assert told(port, "/readyz?verbose") == (200, WELL)


def test_who_is_not_ready_says_why_and_lives_all_the_same() -> None:
    reasons = {"ok": False, "reasons": {"database": "no answer within 1 s"}}
    with serving(lambda: reasons) as port:
        assert told(port, "/readyz") == (503, reasons)
        assert told(port, "/healthz")[0] == 200


def test_a_main_loop_that_stands_still_is_no_life() -> None:
    with serving(lambda: WELL, lambda: {"ok": False, "seconds_since_last_turn": 61.0}) as port:
        assert told(port, "/healthz")[0] == 503


def test_a_check_that_fails_is_an_answer_without_passwords() -> None:
    def broken() -> dict[str, Any]:
        raise RuntimeError("postgresql://jiandu:hush@db/registry is away")

    with serving(broken) as port:
        status, body = get(port, "/readyz")
        assert (status, "hush" in body, "is away" in body) == (503, False, True)


def test_metrics_are_in_the_format_that_prometheus_reads() -> None:
    with serving(lambda: WELL) as port:
        status, body = get(port, "/metrics")
    names = {family.name for family in text_string_to_metric_families(body)}
    assert status == 200
    assert {"jiandu_append_seconds", "jiandu_rpc_seconds", "jiandu_leader"} <= names


def test_any_other_path_is_not_found() -> None:
    with serving(lambda: WELL) as port:
        assert get(port, "/")[0] == 404


def test_a_check_that_hangs_is_answered_for_and_begun_once_only() -> None:
    released, begun = Event(), []

    def hang() -> None:
        begun.append(1)
        released.wait()

    probe = Probe("database", hang, seconds=0.01)
    assert [probe.reason() for _ in range(3)] == ["no answer within 0.01 s"] * 3
    assert begun == [1]
    released.set()
    patient = Probe("database", lambda: None, seconds=30)
    assert patient.reason() is None

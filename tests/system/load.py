"""Applicants who submit at the same time and try again until they have an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from deploy.local.processes import wait_until
from shared.contracts.errors import Conflict, Invalid, JianduError, NotFound, Refused
from shared.contracts.registry.vocabulary import UnitKind
from shared.messaging.rpc_client import RpcError
from shared.service.client import ServiceClient
from tests.system.bureau import APPLICANT, Bureau, Payload, application, new_id
from tests.system.installation import PATIENCE, Installation, Rows

SENDERS = 3
SHORT_DEADLINE = 2.0
_FINAL = (Refused, Conflict, NotFound, Invalid)


def persist(client: ServiceClient, command_id: str, payload: Payload) -> dict[str, Any]:
    """Send a SubmitApplication under one id until it is known what came of it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return client.command(
                APPLICANT, "registry", "SubmitApplication", payload, command_id=command_id
            )
        except (RpcError, JianduError) as error:
            if isinstance(error, _FINAL) or time.monotonic() > until:
                raise


@dataclass
class Crowd:
    """What was sent and answered so far: command id -> application id, and results."""

    batch_id: str
    sent: dict[str, str] = field(default_factory=dict)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)

    def wait_for_answers(self, more: int) -> None:
        """Return once `more` further commands have been answered."""
        goal = len(self.answered) + more
        assert wait_until(lambda: len(self.answered) >= goal, PATIENCE), "no answers any more"

    def assert_each_happened_once(self, connection: Rows) -> None:
        """Every command sent is in the log once, with the result that its sender was told."""
        rows = connection.execute(
            "SELECT e.command_id::text, e.stream, count(*), count(l.position)"
            " FROM eventlog.event e LEFT JOIN eventlog.ledger l ON l.event_id = e.id"
            " WHERE e.command_id = ANY(%s::uuid[]) GROUP BY e.command_id, e.stream",
            (list(self.sent),),
        ).fetchall()
        assert {row[0]: row[1] for row in rows} == {
            command_id: f"application-{application_id}"
            for command_id, application_id in self.sent.items()
        }
        assert {tuple(row[2:]) for row in rows} == {(1, 1)}, "each once, and numbered once"
        assert self.answered.keys() == self.sent.keys()
        for command_id, result in self.answered.items():
            assert result["stream"] == f"application-{self.sent[command_id]}"
            assert result["version"] == 1


@contextmanager
def crowd(system: Installation, bureau: Bureau) -> Iterator[Crowd]:
    """Applicants submitting until the block ends; then all of them have their answers."""
    submitting = Crowd(bureau.open_batch(places=1_000))
    stop = threading.Event()

    def work() -> None:
        with system.client(SHORT_DEADLINE) as client:
            while not stop.is_set():
                payload = application(submitting.batch_id, UnitKind.VILLAGE_COMMUNITY)
                command_id = new_id()
                submitting.sent[command_id] = payload["application_id"]
                submitting.answered[command_id] = persist(client, command_id, payload)

    with ThreadPoolExecutor(SENDERS) as senders:
        working: list[Future[None]] = [senders.submit(work) for _ in range(SENDERS)]
        try:
            yield submitting
        finally:
            stop.set()
        for sender in working:
            sender.result()


def assert_gapless(connection: Rows) -> None:
    """Positions without a gap, every event numbered once, every stream in order."""
    row = connection.execute(
        "SELECT count(*) = max(position), count(DISTINCT event_id) = count(*),"
        " count(*) = (SELECT count(*) FROM eventlog.event) FROM eventlog.ledger"
    ).fetchone()
    assert row == (True, True, True)
    row = connection.execute(
        "SELECT count(*) FROM (SELECT e.version - row_number() OVER"
        " (PARTITION BY e.stream ORDER BY l.position) AS off FROM eventlog.event e"
        " JOIN eventlog.ledger l ON l.event_id = e.id) streams WHERE off <> 0"
    ).fetchone()
    assert row == (0,)

"""A log role at work on real servers: what it shows when all is well, and when it is not."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from shared.access.actor import Actor, digest
from shared.contracts.envelope import value_of
from shared.contracts.roles import Role
from shared.eventlog.relay import relay_lock
from shared.projections.projector import Projector
from shared.service.answers import Answers
from shared.service.watched_model import WatchedModel
from tests.messaging.waiting import wait_until
from tests.observability.conftest import PATIENCE, Service
from tests.observability.notes import MODEL, UNREADABLE
from tests.observability.sample import value

OFFICER = Actor("somebody-by-name", Role.OFFICER)
OF_MODEL = {"model": "notes", "source": "notes"}


def send(service: Service, text: str, actor: Actor = OFFICER, **extra: Any) -> dict[str, Any]:
    """The answer to a TakeNote, as it goes back over RPC."""
    message = {
        "id": str(uuid.uuid4()),
        "type": "TakeNote",
        "schema_version": 1,
        "payload": {"note_id": str(uuid.uuid4()), "text": text},
        **extra,
    }
    signed = {**message, "actor": service.issuer.sign(actor, "notes", digest(message))}
    return Answers(service.wiring).command(signed)


def status(service: Service) -> dict[str, Any]:
    told: dict[str, Any] = value_of(Answers(service.wiring).status())
    return told


def codes(service: Service) -> list[str]:
    return [alarm["code"] for alarm in status(service)["alarms"]]


def test_a_log_that_is_kept_up_shows_its_positions_and_no_alarm(service: Service) -> None:
    assert codes(service) == ["no_leader"]
    with service.leading() as role:
        for number in range(3):
            value_of(send(service, f"note {number}"))

        def kept_up() -> bool:
            told = status(service)
            marks = (told["head"], told["published"], told["signed"], told["unnumbered"])
            return marks == (3, 3, 3, 0) and told["models"] == [
                {**OF_MODEL, "position": 3, "lag": 0}
            ]

        wait_until(kept_up, PATIENCE, "everything at 3")
        assert codes(service) == []
        wait_until(lambda: value("jiandu_log_published", log="notes") == 3, PATIENCE)
        assert value("jiandu_leader", log="notes") == 1
        assert value("jiandu_model_position", **OF_MODEL) == 3
        assert value("jiandu_model_stopped", **OF_MODEL) == 0
        assert value("jiandu_log_lag_events", log="notes", duty="publishing") == 0
        assert role.lives()["ok"]
        assert role.state() == {"ok": True, "stands": "leads", "trouble": {}}
    assert value("jiandu_leader", log="notes") == 0
    assert value("jiandu_model_position", **OF_MODEL) == 0, "only a leader shows positions"


def test_an_event_that_cannot_be_applied_stops_its_model_with_an_alarm_until_the_fix(
    service: Service,
) -> None:
    for text in ("one", "two", "poison", "four"):
        value_of(send(service, text))
    UNREADABLE.add("poison")
    try:
        with service.leading() as role:
            wait_until(lambda: codes(service) == ["projection_stopped"], PATIENCE)
            (alarm,) = status(service)["alarms"]
            assert (alarm["model"], alarm["source"]) == ("notes", "notes")
            assert (alarm["position"], alarm["stopped_at"]) == (2, 3)
            assert alarm["trouble"] == "KeyError: 'division'"
            assert alarm["message"].startswith("读模型 notes 停在 notes 的第 3 个事件")
            wait_until(lambda: value("jiandu_model_stopped", **OF_MODEL) == 1, PATIENCE)
            assert role.state()["trouble"] == {"model notes": "KeyError: 'division'"}
            wait_until(lambda: status(service)["published"] == 4, PATIENCE, "the rest goes on")
            UNREADABLE.clear()
            wait_until(lambda: codes(service) == [], PATIENCE, "on it goes without a restart")
            assert status(service)["models"][0]["position"] == 4
    finally:
        UNREADABLE.clear()


def test_a_standstill_is_told_although_the_process_is_dead(service: Service) -> None:
    value_of(send(service, "poison"))
    UNREADABLE.add("poison")
    try:
        with service.leading():
            wait_until(lambda: codes(service) == ["projection_stopped"], PATIENCE)
    finally:
        UNREADABLE.clear()
    with psycopg.connect(service.owner_url, autocommit=True) as connection:
        connection.execute("UPDATE ops.worker SET beat = beat - interval '1 minute'")
    assert codes(service) == ["no_leader", "projection_stopped"]


def test_whoever_lost_the_lead_to_another_is_ready_whatever_stopped_it_before(
    service: Service,
) -> None:
    """As after a crash of the database in the middle of a batch, when the standby was faster."""
    value_of(send(service, "poison"))
    UNREADABLE.add("poison")
    try:
        with (
            service.leading() as role,
            psycopg.connect(service.owner_url, autocommit=True) as another,
        ):
            wait_until(lambda: role.state()["trouble"] != {}, PATIENCE, "the model is stopped")

            def faster() -> bool:
                another.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'jiandu relay notes'"
                )
                lock = "SELECT pg_try_advisory_lock(%s)"
                row = another.execute(lock, (relay_lock("notes"),)).fetchone()
                return row == (True,)

            wait_until(faster, PATIENCE, "the lead is another's")
            stood_by = {"ok": True, "stands": "stands by", "trouble": {}}
            wait_until(lambda: role.state() == stood_by, PATIENCE, "it stands by")
    finally:
        UNREADABLE.clear()


def test_a_batch_that_another_has_applied_stops_nobody_any_more(service: Service) -> None:
    """As when the connection is lost after the commit and before its answer."""
    value_of(send(service, "poison"))
    UNREADABLE.add("poison")
    try:
        with service.leading() as role:
            wait_until(lambda: role.state()["trouble"] != {}, PATIENCE, "the model is stopped")
        ours = WatchedModel(Projector(MODEL, service.wiring.connections))
        page = service.wiring.log.read(0)
        with pytest.raises(KeyError):
            ours.apply("notes", page)
        UNREADABLE.clear()
        WatchedModel(Projector(MODEL, service.wiring.connections)).apply("notes", page)
        assert ours.stopped("notes") is not None
        assert ours.checkpoint("notes") == 1
        assert ours.stopped("notes") is None
    finally:
        UNREADABLE.clear()


def test_answers_are_counted_by_type_outcome_and_reason(service: Service) -> None:
    def outcomes() -> dict[str, float]:
        counted = {
            outcome: value(
                "jiandu_rpc_seconds_count", method="command", type=of_type, outcome=outcome
            )
            for of_type, outcome in [
                ("TakeNote", "ok"), ("TakeNote", "refused"), ("TakeNote", "failed"),
                ("other", "invalid"),
            ]
        }  # fmt: skip
        refused = {"method": "command", "type": "TakeNote", "reason": "actor_forged"}
        return {
            **counted,
            "forged": value("jiandu_refused_total", **refused),
            "repeated": value("jiandu_commands_repeated_total", type="TakeNote"),
        }

    before = outcomes()
    same = {"id": str(uuid.uuid4()), "payload": {"note_id": "n-1", "text": "once"}}
    assert send(service, "", **same) == send(service, "", **same)
    send(service, "by whom the issuer may not speak for", Actor("somebody", Role.LEADER))
    send(service, "unforeseen")
    Answers(service.wiring).command({"type": "a type of somebody's own"})
    Answers(service.wiring).command("not even an object")
    assert {name: count - before[name] for name, count in outcomes().items()} == {
        "ok": 2, "repeated": 1, "refused": 1, "forged": 1, "failed": 1, "invalid": 2,
    }  # fmt: skip

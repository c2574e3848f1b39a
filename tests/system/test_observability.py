"""What running processes show of themselves: their lines, their health, their numbers, alarms."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from deploy.local import ports
from deploy.local.processes import log_path, wait_until
from shared.contracts.registry.vocabulary import UnitKind
from tests.system.bureau import LEADER, Bureau, batch
from tests.system.installation import PATIENCE, Installation

PROCESSES = ["registry-api", "registry-log", "assessment-api", "assessment-log"]


def lines_with(system: Installation, process: str, text: str) -> list[dict[str, Any]]:
    """The process's log lines that have this text."""
    written = log_path(process, system.place).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in written if text in line]


def get(system: Installation, process: str, path: str) -> tuple[int, str]:
    port = ports.remembered(system.place)[process]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def sample(system: Installation, process: str, name: str, **labels: str) -> float | None:
    _, text = get(system, process, "/metrics")
    found = [
        its.value
        for family in text_string_to_metric_families(text)
        for its in family.samples
        if its.name == name and labels.items() <= its.labels.items()
    ]
    return found[0] if found else None


def eventually(condition: Any, what: str) -> None:
    assert wait_until(condition, PATIENCE), what


def test_one_chain_is_followed_from_the_client_to_another_services_model(
    system: Installation, bureau: Bureau
) -> None:
    chain, before = str(uuid.uuid4()), bureau.client.ask("registry", "head")
    bureau.send(LEADER, "OpenBatch", batch(bureau.today), correlation_id=chain)
    bureau.wait_for_assessment()
    (done,) = lines_with(system, "registry-api", chain)
    assert (done["event"], done["correlation_id"]) == ("command.done", chain)
    assert (done["service"], done["role"], done["actor_role"]) == ("registry", "api", "leader")
    # The timekeeper may have something to say meanwhile.
    (event,) = (
        its
        for its in bureau.client.ask("registry", "feed", before)
        if its["withheld"]["correlation_id"]["value"] == chain
    )
    assert event["command_id"] == done["command_id"]
    for process in ("registry-log", "assessment-log"):
        eventually(lambda name=process: lines_with(system, name, chain), f"{process} says so")
        applied = lines_with(system, process, chain)
        assert {line["event"] for line in applied} == {"model.applied"}
        assert {line["source"] for line in applied} == {"registry"}
        assert all(line["first"] <= event["position"] <= line["last"] for line in applied)


def test_no_line_of_any_process_shows_who_a_person_is(system: Installation, bureau: Bureau) -> None:
    bureau.apply(bureau.open_batch(), UnitKind.ENTERPRISE)
    bureau.wait_for_assessment()
    for process in PROCESSES:
        for personal in ("13900001234", "李一", "applicant-1", "leader-1"):
            assert lines_with(system, process, personal) == []


@pytest.mark.parametrize("process", PROCESSES)
def test_every_process_lives_and_is_ready_and_says_what_it_is(
    system: Installation, process: str
) -> None:
    service, _, role = process.partition("-")
    for path in ("/healthz", "/readyz"):
        status, body = get(system, process, path)
        assert (status, json.loads(body)["ok"]) == (200, True)
    assert sample(system, process, "jiandu_process_info", service=service, role=role) == 1


def test_the_numbers_tell_what_was_done(system: Installation, bureau: Bureau) -> None:
    bureau.open_batch()
    bureau.wait_for_assessment()
    answered = {"method": "command", "type": "OpenBatch", "outcome": "ok"}
    assert sample(system, "registry-api", "jiandu_rpc_seconds_count", **answered)
    assert sample(system, "registry-api", "jiandu_append_seconds_count", outcome="appended")

    def shows(
        process: str, name: str, expected: float | Callable[[], float], **labels: str
    ) -> None:
        def agrees() -> bool:
            wanted = expected() if callable(expected) else expected
            return sample(system, process, name, **labels) == wanted

        eventually(agrees, name)

    def head() -> float:
        """Asked each time: limits that fell due when a test moved the clock are still told."""
        return float(bureau.client.ask("registry", "head"))

    shows("registry-log", "jiandu_leader", 1.0)
    shows("registry-log", "jiandu_log_published", head)
    shows("registry-log", "jiandu_log_lag_events", 0.0, duty="publishing")
    shows("registry-log", "jiandu_model_position", head, model="points")
    shows("assessment-log", "jiandu_model_position", head, source="registry")
    shows("assessment-log", "jiandu_subscription_connected", 1.0)
    shows("assessment-log", "jiandu_queue_messages", 0.0, queue="jiandu.assessment.registry.v1")


@pytest.mark.fault
def test_an_api_without_broker_lives_and_says_that_it_is_not_ready(healed: Installation) -> None:
    healed.stop_rabbitmq()

    def reasons() -> Any:
        return json.loads(get(healed, "registry-api", "/readyz")[1])["reasons"]

    if healed.servers.private_rabbitmq:
        eventually(lambda: "requests" in reasons(), "without broker it hears no request")
        assert get(healed, "registry-api", "/readyz")[0] == 503
    assert get(healed, "registry-api", "/healthz")[0] == 200
    healed.heal()
    eventually(lambda: reasons() == {}, "with the broker it is ready again")


@pytest.mark.fault
def test_a_dead_log_role_is_an_alarm_until_there_is_one_again(
    healed: Installation, bureau: Bureau
) -> None:
    def codes() -> list[str]:
        """Without that of days counted provisionally, since tests move into years to come."""
        alarms = bureau.client.ask("registry", "status")["alarms"]
        return [its["code"] for its in alarms if its["code"] != "limits_provisional"]

    eventually(lambda: codes() == [], "all is well before")
    healed.kill("registry-log")
    eventually(lambda: "no_leader" in codes(), "its heart has stopped")
    healed.heal()
    eventually(lambda: codes() == [], "and beats again")

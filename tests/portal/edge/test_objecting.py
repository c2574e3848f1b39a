"""Whoever objects is nobody, signed in or not: to the registry, to auditors, in log lines."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import requests

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.client import Client, problem
from tests.portal.people import People
from tests.system.bureau import DISTRICT, Bureau, new_id, objection
from tests.system.installation import Installation


@pytest.fixture(scope="module")
def noticed(bureau: Bureau) -> tuple[str, str]:
    """A notice and the unit on it."""
    _, notice_id, (unit,) = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    bureau.wait_for_assessment()
    return notice_id, unit


def _object(
    client: Client, noticed: tuple[str, str], key: str, tag: str | None = None
) -> requests.Response:
    notice_id, unit = noticed
    payload = {n: its for n, its in objection(notice_id, unit).items() if n != "notice_id"}
    headers = {} if tag is None else {"If-Match": tag}
    return client.send(f"/notices/{notice_id}/objections", payload, key=key, headers=headers)


def test_an_officer_who_objects_is_sent_as_anybody(
    system: Installation, people: People, noticed: tuple[str, str], run_log: Path
) -> None:
    officer, key = people.known(Role.OFFICER), new_id()
    answer = _object(officer, noticed, key)
    assert answer.status_code == 201, answer.text
    of_registry = _lines(system.place.logs / "registry-api.log")
    (done,) = (its for its in of_registry if its.get("command_id") == key)
    assert done["event"] == "command.done"
    assert done["actor_role"] == "public"
    assert done["correlation_id"] == key, "a chain of its own"
    request_id = answer.headers["X-Request-Id"]
    assert [its for its in of_registry if request_id in str(its)] == []
    (request,) = (
        its
        for its in _lines(run_log)
        if its.get("correlation_id") == request_id and its["event"] == "request.done"
    )
    assert request["actor_role"] == "public"


def test_the_answer_does_not_tell_how_many_have_objected_before(
    people: People, noticed: tuple[str, str]
) -> None:
    answers = [_object(people.nobody(), noticed, new_id()) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == 201, answer.text
        assert set(answer.json()) == {"id"}


@pytest.mark.parametrize("version", [1, 2, 3, 99])
def test_nobody_asks_by_an_expected_version_how_many_have_objected(
    people: People, noticed: tuple[str, str], version: int
) -> None:
    problem(_object(people.nobody(), noticed, new_id(), f'"{version}"'), 412, "stale")


def test_a_notice_looks_the_same_after_somebody_has_objected(
    people: People, bureau: Bureau, noticed: tuple[str, str]
) -> None:
    notice_id, _ = noticed
    nobody, officer = people.nobody(), people.known(Role.OFFICER)
    before = nobody.get(f"/notices/{notice_id}")
    seen = officer.get(f"/notices/{notice_id}").json()["version"]
    assert _object(nobody, noticed, new_id()).status_code == 201
    after = officer.get(f"/notices/{notice_id}", after=f"notice-{notice_id}:{seen + 1}")
    assert after.json()["version"] == seen + 1
    again = nobody.get(f"/notices/{notice_id}", after=f"notice-{notice_id}:{seen + 9}")
    assert again.json() == before.json()
    assert again.headers["ETag"] == before.headers["ETag"]
    assert "Jiandu-Stale" not in again.headers


def test_an_auditor_reads_neither_who_nor_when_nor_in_which_chain(
    people: People, noticed: tuple[str, str]
) -> None:
    notice_id, _ = noticed
    auditor = people.known(Role.AUDITOR)
    told = auditor.get(
        "/history/registry", stream=f"notice-{notice_id}", event_type="NoticeObjected"
    ).json()["items"]
    for item in told:
        assert (item["role"], item["actor_id"]) == ("public", None)
        assert item["correlation_id"] is None
        assert item["sequenced_at"].endswith("T00:00:00.000000Z")


def test_an_auditor_reads_who_opened_an_objection(people: People, noticed: tuple[str, str]) -> None:
    notice_id, _ = noticed
    officer, auditor = people.known(Role.OFFICER), people.known(Role.AUDITOR)
    answer = _object(people.nobody(), noticed, new_id())
    objection_id = answer.json()["id"]
    seen = officer.get(f"/notices/{notice_id}").json()["version"]
    opened = officer.get(
        f"/objections/{objection_id}", purpose="异议核实", after=f"notice-{notice_id}:{seen + 1}"
    )
    assert opened.status_code == 200, opened.text
    subject = f"objection:{objection_id}"
    (row,) = auditor.get("/openings/registry", subject=subject).json()["items"]
    assert (row["actor_id"], row["role"], row["purpose"]) == (
        officer.account_id,
        "officer",
        "异议核实",
    )
    problem(officer.get("/openings/registry"), 403, "wrong_role")


def test_whoever_follows_an_objection_is_nobody_on_record_too(
    people: People, noticed: tuple[str, str]
) -> None:
    notice_id, unit = noticed
    officer, auditor, code = people.known(Role.OFFICER), people.known(Role.AUDITOR), "七" * 16
    told = {n: its for n, its in objection(notice_id, unit).items() if n != "notice_id"}
    answer = officer.send(f"/notices/{notice_id}/objections", {**told, "receipt_code": code})
    objection_id = answer.json()["id"]
    seen = officer.get(f"/notices/{notice_id}").json()["version"]
    officer.get(f"/notices/{notice_id}", after=f"notice-{notice_id}:{seen + 1}")
    path = f"/objections/{objection_id}/outcome"
    followed = officer.ask("POST", path, json={"receipt_code": code})
    assert followed.status_code == 200, followed.text
    assert followed.headers["Cache-Control"] == "no-store"
    assert followed.json()["outcome"] is None
    rows = auditor.get("/openings/registry", subject=f"objection:{objection_id}").json()["items"]
    assert [(row["actor_id"], row["role"], row["purpose"]) for row in rows] == [
        ("public", "public", "objector")
    ]
    wrong = officer.ask("POST", path, json={"receipt_code": "八" * 16})
    unknown = officer.ask(
        "POST", f"/objections/{new_id()}/outcome", json={"receipt_code": "八" * 16}
    )
    answers = [problem(each, 404, "not_found") for each in (wrong, unknown)]
    assert answers[0]["detail"] == answers[1]["detail"]
    in_address = officer.ask("POST", path, json={}, params={"receipt_code": code})
    problem(in_address, 422, "invalid")


def _lines(path: Path) -> list[dict[str, object]]:
    return [orjson.loads(its) for its in path.read_bytes().splitlines() if its.startswith(b"{")]

"""Signing in through the API, acting in a role, and being out again at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from services.portal.web.limits import network
from services.portal.web.settings import LIMITS
from shared.contracts.roles import Role
from tests.portal.client import Client, problem
from tests.portal.people import CONSOLE, FIRST, OWN, People
from tests.system.bureau import new_id


def test_a_token_is_told_once_and_stands_for_its_holder(people: People) -> None:
    client = people.new(Role.OFFICER)
    told = client.get("/sessions/current").json()
    assert told["account_id"] == client.account_id
    assert told["role"] == "officer"
    assert told["name"] == "测试人员"
    assert "token" not in told
    assert client.get("/sessions/current").headers["Cache-Control"] == "no-store"


def test_a_wrong_password_and_an_unknown_login_look_the_same(people: People) -> None:
    _, login = people.account()
    tries = [{"login": login, "password": "错误的密码一二三"},
             {"login": "nobody.here", "password": "错误的密码一二三"}]  # fmt: skip
    told = [
        problem(people.nobody().ask("POST", "/sessions", json=its), 401, "sign_in_failed")
        for its in tries
    ]
    assert {its["reason"] for its in told} == {"sign_in_failed"}
    assert told[0]["detail"] == told[1]["detail"]


def test_a_password_that_somebody_else_chose_is_changed_first(people: People) -> None:
    account_id, login = people.account(Role.OFFICER)
    fresh = people.nobody().sign_in(login, FIRST)
    told = problem(fresh.get("/tasks"), 403, "wrong_role")
    assert told["reason"] == "password_change_needed"
    assert fresh.get("/sessions/current").json()["must_change_password"] is True
    change = {"old_password": FIRST, "new_password": OWN}
    assert fresh.send(f"/accounts/{account_id}/password/change", change).ok
    problem(fresh.get("/tasks"), 401, "not_signed_in")  # a new password ends what was before
    assert people.nobody().sign_in(login, OWN).get("/tasks").ok


def test_whoever_signs_out_is_out(people: People) -> None:
    client = people.new(Role.OFFICER)
    assert client.ask("DELETE", "/sessions/current").status_code == 204
    problem(client.get("/tasks"), 401, "not_signed_in")


def test_signing_out_everywhere_ends_all_sessions_and_no_others(people: People) -> None:
    one, other = people.new(Role.OFFICER), people.new(Role.OFFICER)
    listed = one.get("/sessions").json()["items"]
    assert [its["current"] for its in listed].count(True) == 1
    assert one.ask("DELETE", "/sessions").status_code == 204
    problem(one.get("/tasks"), 401, "not_signed_in")
    assert other.get("/tasks").ok


def test_another_role_is_worn_with_another_token(people: People) -> None:
    client = people.new(Role.OFFICER, Role.LEADER)
    roles = {
        its["role"]: its["grant_id"] for its in client.get("/sessions/current").json()["roles"]
    }
    switched = client.ask("PUT", "/sessions/current/role", json={"grant_id": roles["leader"]})
    assert switched.status_code == 200, switched.text
    assert switched.json()["role"] == "leader"
    problem(client.get("/tasks"), 401, "not_signed_in")
    assert Client(client.url, switched.json()["token"]).get("/tasks").ok


def test_somebody_elses_role_is_not_worn(people: People) -> None:
    client = people.new(Role.OFFICER)
    other = people.new(Role.LEADER).get("/sessions/current").json()["roles"][0]["grant_id"]
    answer = client.ask("PUT", "/sessions/current/role", json={"grant_id": other})
    problem(answer, 403, "wrong_role")


def test_a_role_that_is_taken_away_is_gone_at_once(people: People) -> None:
    client = people.new(Role.OFFICER)
    grant_id = client.get("/sessions/current").json()["roles"][0]["grant_id"]
    administrator = people.known(Role.ADMINISTRATOR)
    path = f"/accounts/{client.account_id}/roles/{grant_id}"
    assert administrator.send(path, method="DELETE").status_code == 200
    problem(client.get("/tasks"), 401, "not_signed_in")


def test_a_closed_account_is_out_at_once(people: People) -> None:
    client = people.new(Role.OFFICER)
    people.console.command(CONSOLE, "portal", "CloseAccount", {"account_id": client.account_id})
    problem(client.get("/sessions/current"), 401, "not_signed_in")


def test_another_account_is_not_found_by_its_own_commands(people: People) -> None:
    one, other = people.new(Role.OFFICER), people.new(Role.OFFICER)
    change = {"old_password": OWN, "new_password": "第三句更长的密码话"}
    answer = one.send(f"/accounts/{other.account_id}/password/change", change)
    problem(answer, 404, "not_found")


def test_an_applicant_registers_and_signs_in(people: People) -> None:
    payload = {
        "division": "430211",
        "login": f"New.{new_id()[:8]}",
        "display_name": "王五",
        "password": "一句只有我才知道的话",
    }
    answer = people.nobody().send("/registrations", payload)
    assert answer.status_code == 201, answer.text
    client = people.nobody().sign_in(payload["login"].upper(), payload["password"])
    assert client.get("/sessions/current").json()["role"] == "applicant"
    taken = problem(people.nobody().send("/registrations", payload), 422, "refused")
    assert taken["reason"] == "login_taken"
    assert taken["errors"] == [
        {"path": "login", "code": "login_taken", "message": "该登录名已被使用，请换一个。"}
    ]


def test_a_weak_password_is_refused_at_its_field(people: People) -> None:
    payload = {
        "division": "430211",
        "login": "weak.one",
        "display_name": "王五",
        "password": "12345678",
    }
    told = problem(people.nobody().send("/registrations", payload), 422, "refused")
    assert told["reason"] == "password_too_weak"
    assert told["errors"][0]["path"] == "password"


def test_attempts_to_sign_in_are_limited_by_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = app.extensions["jiandu"]
    strict = replace(edge, settings=replace(edge.settings, limits=LIMITS))
    monkeypatch.setitem(app.extensions, "jiandu", strict)
    client = app.test_client()
    most = int(LIMITS["sign_in"].split()[0])
    answers = [
        client.post("/api/v1/sessions", json={}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
        for _ in range(most + 1)
    ]
    assert {answer.status_code for answer in answers[:-1]} == {422}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    elsewhere = client.post("/api/v1/sessions", json={}, environ_base={"REMOTE_ADDR": "192.0.2.8"})
    assert elsewhere.status_code == 422


def test_requests_that_reach_nothing_are_limited_as_well(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = app.extensions["jiandu"]
    strict = {**LIMITS, "general": "3 per minute"}
    strict_edge = replace(edge, settings=replace(edge.settings, limits=strict))
    monkeypatch.setitem(app.extensions, "jiandu", strict_edge)
    client = app.test_client()
    asked = [("GET", "/nowhere"), ("GET", "/api/v1/nowhere"), ("DELETE", "/api/v1/batches")]
    for method, path in asked:
        answer = client.open(path, method=method, environ_base={"REMOTE_ADDR": "192.0.2.9"})
        assert answer.status_code in (404, 405)
    late = client.get("/nowhere", environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unknown", "unknown", True),
    ],
)
def test_an_address_of_ipv6_counts_by_the_network_of_its_household(
    one: str, other: str, same: bool
) -> None:
    assert (network(one) == network(other)) is same


def test_page_and_api_share_one_count_of_objections(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = app.extensions["jiandu"]
    strict = replace(edge, settings=replace(edge.settings, limits={**LIMITS, "objection": "2/day"}))
    monkeypatch.setitem(app.extensions, "jiandu", strict)
    client, notice = app.test_client(), new_id()
    at = {"REMOTE_ADDR": "192.0.2.10"}
    through_api, by_page = f"/api/v1/notices/{notice}/objections", f"/notices/{notice}/object"
    told = [client.post(through_api, environ_base=at).status_code for _ in range(3)]
    assert told == [400, 400, 429]
    form = BeautifulSoup(client.get("/register").get_data(as_text=True), "html.parser")
    token = form.select_one('input[name="csrf_token"]')
    assert token is not None
    proof = {"csrf_token": str(token["value"])}
    assert client.post(by_page, data=proof, environ_base=at).status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.11"}
    assert client.post(by_page, data=proof, environ_base=elsewhere).status_code == 404


def test_who_has_failed_too_often_is_told_when_to_try_again(people: People) -> None:
    _, login = people.account()
    attempt = {"login": login, "password": "错误的口令一二三"}
    for _ in range(5):
        problem(people.nobody().ask("POST", "/sessions", json=attempt), 401, "sign_in_failed")
    answer = people.nobody().ask("POST", "/sessions", json=attempt)
    assert problem(answer, 429, "too_many")["reason"] == "sign_in_locked"
    assert 14 * 60 < int(answer.headers["Retry-After"]) <= 15 * 60


def test_the_present_password_is_tried_under_the_same_lock(people: People) -> None:
    client = people.new(Role.OFFICER)
    path = f"/accounts/{client.account_id}/password/change"
    wrong = {"old_password": "错误的口令一二三", "new_password": "第三句更长的口令话"}
    for _ in range(5):
        assert problem(client.send(path, wrong), 422, "refused")["reason"] == "password_wrong"
    answer = client.send(path, {**wrong, "old_password": OWN})
    assert problem(answer, 429, "too_many")["reason"] == "sign_in_locked"
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/tasks").ok  # who is signed in stays so


def test_accounts_are_listed_to_their_administrator_alone(people: People) -> None:
    administrator = people.known(Role.ADMINISTRATOR)
    login = f"listed.{new_id()[:8]}"
    opened = administrator.send(
        "/accounts", {"login": login, "display_name": "赵六", "password": FIRST}
    )
    assert opened.status_code == 201, opened.text
    told = opened.json()
    shown = administrator.get(
        f"/accounts/{told['id']}", after=f"{told['stream']}:{told['version']}"
    ).json()
    assert (shown["login"], shown["display_name"]) == (login, "赵六")

"""Every route tried as every role: only what is written down succeeds."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from services.portal.web.access import Access, access_of
from services.portal.web.reporting import AREA
from shared.contracts.roles import Role
from tests.portal.matrix.knocking import PEOPLE_ROLES, Reporter, Route, Somebody, routes
from tests.portal.matrix.table import ACCOUNT, WRITTEN, Roles, may
from tests.portal.people import People
from tests.portal.reporting import reported
from tests.system.bureau import Bureau


def test_the_table_names_every_route_and_no_other(app: Flask) -> None:
    assert {route.name for route in routes(app)} == set(WRITTEN)


def test_every_route_declares_what_is_written_of_it(app: Flask) -> None:
    for route in routes(app):
        access = access_of(app.view_functions[route.rule.endpoint])
        assert access is not None
        assert _spelled(access) == WRITTEN[route.name], route.name


@pytest.mark.parametrize("role", PEOPLE_ROLES, ids=str)
def test_a_role_reaches_what_is_written_and_nothing_else(
    app: Flask, people: People, role: Role
) -> None:
    # Somebody that no other test knows: some routes end every session of whoever calls.
    account_id = None if role is Role.PUBLIC else people.new(role).account_id
    wrong = []
    for route in routes(app):
        answer = Somebody(app, account_id).call(route)
        if answer.status_code >= 500 or may(role, WRITTEN[route.name]) is _was_kept_out(
            answer, route, account_id is None
        ):
            wrong.append((route.name, answer.status_code))
    assert wrong == []


def test_a_reporter_reaches_their_case_and_nothing_that_takes_an_account(
    app: Flask, bureau: Bureau
) -> None:
    """Below the reporter's address as a reporter, anywhere else as nobody."""
    reporter = Reporter(app, reported(app, bureau).receipt)
    wrong = []
    for route in routes(app):
        answer = reporter.call(route)
        role = Role.REPORTER if route.is_reporters else Role.PUBLIC
        if answer.status_code >= 500 or may(role, WRITTEN[route.name]) is _was_kept_out(
            answer, route, True
        ):
            wrong.append((route.name, answer.status_code))
    assert wrong == []


def _spelled(access: Access) -> Roles:
    return ACCOUNT if access.signed_in else access.roles


def _was_kept_out(answer: TestResponse, route: Route, is_nobody: bool) -> bool:
    """Asked to sign in, or told that it is for other roles; anything else got through."""
    if is_nobody and not route.is_api:
        return _is_asked_who(answer)
    if route.is_reporters:
        return _is_asked_who(answer)
    if route.is_api and answer.status_code in (401, 403):
        kind = (answer.get_json() or {}).get("type", "")
        return kind in ("/problems/not_signed_in", "/problems/wrong_role") and (
            answer.get_json().get("reason") in (None, "wrong_role")
        )
    return answer.status_code == 403


def _is_asked_who(answer: TestResponse) -> bool:
    asking = ("/sign-in", f"{AREA}?over")
    return answer.status_code == 303 and answer.location.startswith(asking)

"""Every write of the API with a whole body on objects in the right state.

Whoever is declared really succeeds, and whoever is not is refused for that and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from shared.contracts.roles import Role
from tests.portal.matrix.every_case import CASES
from tests.portal.matrix.knocking import PEOPLE_ROLES, Somebody, routes
from tests.portal.matrix.scene import Case, Scene
from tests.portal.matrix.table import WRITTEN, may
from tests.portal.people import People

SESSIONS = {name for name in WRITTEN if " /api/v1/sessions" in name}
"""What begins or ends the caller's own sessions: tests/portal/edge/test_sessions.py."""


@pytest.fixture(scope="module")
def callers(people: People) -> dict[Role, str | None]:
    """An account in each role, which no other test knows."""
    return {
        role: None if role is Role.PUBLIC else people.new(role).account_id for role in PEOPLE_ROLES
    }


def test_there_is_a_case_for_every_write() -> None:
    writes = {
        name for name in WRITTEN if " /api/v1/" in name and not name.startswith("GET ")
    } - SESSIONS
    assert set(CASES) == writes


@pytest.mark.parametrize("name", CASES)
def test_who_is_declared_succeeds_and_nobody_else(
    app: Flask,
    scene: Scene,
    somebodys: Callable[[str], Case],
    callers: dict[Role, str | None],
    name: str,
) -> None:
    (route,) = (its for its in routes(app) if its.name == name)
    kept = somebodys(name)
    wrong = []
    for role, account_id in callers.items():
        is_declared = may(role, WRITTEN[name])
        case = CASES[name](scene, account_id or "") if is_declared else kept
        answer = Somebody(app, account_id).call(route, case.body, **case.ids)
        expected = {200, 201} if is_declared else {401} if role is Role.PUBLIC else {403}
        told = answer.get_json(silent=True) or {}
        if answer.status_code not in expected or told.get("reason") not in (None, "wrong_role"):
            wrong.append((str(role), answer.status_code, told))
    assert wrong == []

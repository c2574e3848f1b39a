"""The API held to its OpenAPI document by Schemathesis: no 5xx, no answer that is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.contracts.roles import Role
from tests.portal.matrix.knocking import Somebody, routes
from tests.portal.matrix.table import WRITTEN
from tests.portal.people import People

PREFERRED = (Role.LEADER, Role.OFFICER, Role.REVIEWER, Role.ADMINISTRATOR, Role.OPERATOR)
"""Whoever may call an operation calls it; the first of these if several may."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


_CALLS = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_operation_answers_as_its_document_says(app: Flask, people: People) -> None:
    # People that no other test knows: some operations end every session of whoever calls.
    callers = {role: people.new(role).account_id for role in PREFERRED}
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 40
    wrong = [told for its in operations if (told := _problem_of(app, callers, its)) is not None]
    assert wrong == [], "\n\n".join(wrong)


def _problem_of(app: Flask, callers: Mapping[Role, str], operation: Any) -> str | None:
    """What is wrong with an operation's answers, if anything is."""
    role = _caller(app, operation.method, operation.path)

    @_CALLS
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        headers = {}
        if role is not None:  # in a session of its own: some operations end theirs
            token, _, _ = Somebody(app, callers[role]).session("api")
            headers = {"Authorization": f"Bearer {token}"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        call()
    except Exception as error:
        return f"{operation.method.upper()} {operation.path}: {error}"
    return None


def _caller(app: Flask, method: str, path: str) -> Role | None:
    """A role that may call the operation; None for what only strangers do."""
    written = _ROLES.setdefault("all", _by_path(app))[method.upper(), path]
    if isinstance(written, str):
        return Role.OFFICER
    return next((role for role in PREFERRED if role in written), None)


_ROLES: dict[str, dict[tuple[str, str], Any]] = {}


def _by_path(app: Flask) -> dict[tuple[str, str], Any]:
    found = {}
    for route in routes(app):
        _, _, plain = route.name.partition(" ")
        spelled = plain.replace("<", "{").replace(">", "}")
        found[route.method, spelled] = WRITTEN[route.name]
    return found

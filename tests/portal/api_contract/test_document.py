"""The API held to its OpenAPI document by Schemathesis: no 5xx, no answer that is not in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
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
from tests.portal.matrix.things import things
from tests.portal.people import People
from tests.system.bureau import CITY, DISTRICT, OFFICER, Bureau, figures

PREFERRED = (
    *(Role.LEADER, Role.OFFICER, Role.REVIEWER),
    *(Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR),
)
"""Whoever may call an operation calls it; the first of these if several may."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

_IN_PATH = re.compile(r"\{(\w+)\}")
_ELSEWHERE = re.compile(r"/papers/|/reporter$|/evidence/\{file_id\}/")
"""Papers are there once something is decided (tests/portal/edge/test_papers.py), an identity once
two have agreed to it, and a file once it was brought (pages/work/test_identity, test_evidence).
"""

_FEW, _MANY = 4, 30
"""Calls of an operation in a run that has not all day, and in one that has."""


@pytest.fixture(scope="module")
def callers(people: People) -> dict[Role, str]:
    """People that no other test knows: some operations end every session of whoever calls."""
    return {role: people.new(role).account_id for role in PREFERRED}


@pytest.fixture(scope="module")
def operations(app: Flask) -> list[Any]:
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return [found.ok() for found in document.get_all_operations()]


@pytest.fixture(scope="module")
def ids(bureau: Bureau, people: People) -> dict[str, str]:
    """Of things that are there and shown, by the name of the variable in an address."""
    its = things(bureau, people)
    recorded = figures(2024, **{f"d{DISTRICT}": 60_000})
    bureau.send(OFFICER, "RecordDistrictFigures", recorded)
    bureau.read("ShowDistrictFigures", {"division": CITY, "year": 2024})
    return {**its, "service": "registry", "division": CITY, "year": "2024"}


def test_every_read_tells_what_is_there_as_its_document_says(
    app: Flask, callers: Mapping[Role, str], operations: list[Any], ids: dict[str, str]
) -> None:
    """With nothing but what is needed: every one of them is answered with 200."""
    reads = [its for its in operations if its.method == "get" and not _ELSEWHERE.search(its.path)]
    assert len(reads) >= 18
    for operation in reads:
        needed = {its.name: its.definition["example"] for its in operation.query if its.is_required}
        case = operation.Case(path_parameters=_named(operation, ids), query=needed)
        headers = _proof(app, callers, operation)
        response = case.call_and_validate(headers=headers, checks=CHECKS)
        assert response.status_code == 200, operation.label


@pytest.mark.parametrize("calls", [_FEW, pytest.param(_MANY, marks=pytest.mark.long)])
def test_every_operation_answers_as_its_document_says(
    app: Flask,
    callers: Mapping[Role, str],
    operations: list[Any],
    ids: dict[str, str],
    calls: int,
) -> None:
    assert len(operations) > 40
    wrong = [
        told
        for its in operations
        if (told := _problem_of(app, callers, its, ids, calls)) is not None
    ]
    assert wrong == [], "\n\n".join(wrong)


def _problem_of(
    app: Flask, callers: Mapping[Role, str], operation: Any, ids: Mapping[str, str], calls: int
) -> str | None:
    """What is wrong with an operation's answers, if anything is: of things that are there, in half
    of the calls, and of invented ones.
    """

    @settings(
        max_examples=calls,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), is_there=st.booleans())
    def call(case: Any, is_there: bool) -> None:
        if is_there and operation.method == "get":
            case.path_parameters = {**case.path_parameters, **_named(operation, ids)}
        case.call_and_validate(headers=_proof(app, callers, operation), checks=CHECKS)

    try:
        call()
    except (Exception, FailureGroup) as error:
        return f"{operation.method.upper()} {operation.path}: {error}"
    return None


def _named(operation: Any, ids: Mapping[str, str]) -> dict[str, str]:
    return {name: ids[name] for name in _IN_PATH.findall(operation.path) if name in ids}


def _proof(app: Flask, callers: Mapping[Role, str], operation: Any) -> dict[str, str]:
    """In a session of its own: some operations end theirs."""
    role = _caller(app, operation.method, operation.path)
    if role is None:
        return {}
    token, _, _ = Somebody(app, callers[role]).session("api")
    return {"Authorization": f"Bearer {token}"}


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

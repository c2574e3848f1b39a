"""What an exception becomes for whoever asked: one status, one number, nothing of its text."""

from __future__ import annotations

import psycopg
import pytest
from flask import Flask
from psycopg_pool import PoolTimeout

from services.portal.accounts.oidc import ProviderAway
from services.portal.web.problems import problem_of
from services.portal.web.telling import request_id
from shared.contracts.errors import JianduError, Unavailable, from_wire
from shared.contracts.zh import sentence


@pytest.mark.parametrize(
    "error", [ValueError("13900001234"), JianduError("internal error, reference x")]
)
def test_an_internal_error_has_the_number_of_its_request_and_no_other(
    app: Flask, error: Exception
) -> None:
    with app.test_request_context("/"):
        problem = problem_of(error)
        document = problem.document(request_id())
        assert request_id() in problem.detail
        assert document["instance"] == f"urn:uuid:{request_id()}"
    assert str(error) not in str(document)


@pytest.mark.parametrize(
    "error", [psycopg.OperationalError("host 10.0.0.1"), PoolTimeout("host 10.0.0.1")]
)
def test_a_database_that_is_away_is_told_as_a_service_that_is(app: Flask, error: Exception) -> None:
    with app.test_request_context("/"):
        problem = problem_of(error)
    assert (problem.status, problem.code) == (503, "service_away")
    assert "请稍后再试" in problem.detail
    assert int(problem.headers["Retry-After"]) > 0


def test_a_provider_that_is_away_is_a_service_that_is_away(app: Flask) -> None:
    with app.test_request_context("/"):
        problem = problem_of(ProviderAway("no answer"))
    assert (problem.status, problem.code) == (503, "service_away")
    assert problem.reason == "identity_provider_away"
    assert "统一身份认证" in problem.detail
    assert int(problem.headers["Retry-After"]) > 0


@pytest.mark.parametrize("may_be_done", [True, False])
def test_a_service_that_cannot_be_used_now_says_so_over_the_wire(may_be_done: bool) -> None:
    found = from_wire(Unavailable(may_be_done=may_be_done).to_wire())
    assert isinstance(found, Unavailable)
    assert found.may_be_done is may_be_done
    assert ("再次提交" in sentence(found)) is may_be_done

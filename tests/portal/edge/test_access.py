"""Every route declares who may call it, as the services themselves see it."""

from __future__ import annotations

import pytest
from flask import Flask

from services.assessment.definition import DEFINITION as ASSESSMENT
from services.clues.definition import DEFINITION as CLUES
from services.portal.api import TABLES
from services.portal.api.binding import Bound, Command
from services.portal.api.evidence import BY_FILE
from services.portal.definition import DEFINITION as PORTAL
from services.portal.web.access import (
    ALL,
    RouteUndeclared,
    access_of,
    everyone,
    refuse_undeclared,
    signed_in,
)
from services.registry.definition import DEFINITION as REGISTRY
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.roles import Role
from tests.portal.client import problem
from tests.portal.people import People

DEFINITIONS = {
    "registry": REGISTRY,
    "clues": CLUES,
    "assessment": ASSESSMENT,
    "portal": PORTAL,
}
_NOT_BY_API = {Role.SYSTEM, Role.REPORTER}
"""A reporter has pages of their own, and no client (decision 021)."""
_BY_PAGE = {("clues", "MarkDialogueRead")}
"""Says that somebody has read what a page shows, which a client does not read for them."""
BOUND = [bound for _, _, table in TABLES for bound in table]


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert access_of(app.view_functions[rule.endpoint]) is not None, rule


def test_an_application_with_a_silent_route_does_not_start() -> None:
    app = Flask("silent", static_folder=None)
    app.add_url_rule("/spoken", "spoken", everyone(lambda: ""))
    refuse_undeclared(app)
    app.add_url_rule("/silent", "silent", lambda: "")
    with pytest.raises(RouteUndeclared, match="/silent"):
        refuse_undeclared(app)


def test_every_command_and_query_can_be_reached() -> None:
    reached = {(bound.service, bound.kind.name) for bound in BOUND} | BY_FILE | _BY_PAGE
    for service, language in CATALOGUE.items():
        for kind in (*language.commands, *language.queries):
            roles = _service_roles(service, kind.cls)
            assert (service, kind.name) in reached or roles <= _NOT_BY_API, kind.name


@pytest.mark.parametrize("bound", BOUND, ids=lambda bound: bound.kind.name)
def test_the_api_lets_those_call_whom_the_service_hears(bound: Bound) -> None:
    access = access_of(bound.who(lambda: None))
    assert access is not None
    heard = _service_roles(bound.service, bound.kind.cls) - _NOT_BY_API
    if access.signed_in:  # whoever has an account, in whatever role
        assert heard == ALL
    else:
        assert access.roles == heard


def test_signed_in_is_not_for_somebody_without_an_account() -> None:
    access = access_of(signed_in(lambda: None))
    assert access is not None
    assert not access.allows(Role.PUBLIC, has_account=False)
    assert access.allows(Role.PUBLIC, has_account=True)


def test_without_an_account_one_is_asked_to_sign_in(people: People) -> None:
    answer = people.nobody().get("/accounts")
    problem(answer, 401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_another_role_is_told_so(people: People) -> None:
    told = problem(people.known(Role.APPLICANT).get("/accounts"), 403, "wrong_role")
    assert told["reason"] == "wrong_role"


def test_a_token_that_is_none_does_not_pass_for_nobody(people: People) -> None:
    stranger = people.nobody()
    stranger.token = "not-a-token"
    problem(stranger.get("/batches"), 401, "not_signed_in")


def _service_roles(service: str, kind: type) -> set[Role]:
    definition = DEFINITIONS[service]
    routes = {**definition.routes, **definition.query_routes}
    return set(routes[kind].roles)


def test_commands_take_their_id_from_the_header_alone() -> None:
    for bound in BOUND:
        if isinstance(bound, Command):
            assert "command_id" not in bound.in_body

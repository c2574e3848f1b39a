"""Every address that the demo's client knows is one of the API's, with the same method."""

from __future__ import annotations

import re

from examples.play import routes
from services.portal.api import TABLES
from services.portal.api.binding import Bound, Command
from services.portal.api.files import CONTENT

BOUND: tuple[Bound, ...] = tuple(
    its
    for service in ("clues", "portal", "assessment", "registry")
    for _, _, table in TABLES
    for its in table
    if its.service == service
)
"""Services that the demo knows; of commands that bear the same name it sends the registry's."""
API = {its.kind.name: (its.method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", its.path)) for its in BOUND}
COMMANDS = {its.kind.name for its in BOUND if isinstance(its, Command)}


def test_every_command_is_handed_in_where_the_api_takes_it() -> None:
    assert {name: API[name] for name in routes.COMMANDS} == dict(routes.COMMANDS)
    assert routes.COMMANDS.keys() <= COMMANDS


def test_every_question_is_asked_where_the_api_answers_it() -> None:
    assert {name: API[name] for name in routes.QUERIES} == {
        name: ("GET", path) for name, path in routes.QUERIES.items()
    }


def test_a_file_is_brought_where_the_api_takes_it() -> None:
    assert re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", CONTENT) == routes.FILE


def test_what_the_path_names_is_left_out_of_the_body() -> None:
    payload = {"notice_id": "n", "objection_id": "o", "outcome": "overruled"}
    request = routes.command("DecideObjection", payload, "key")
    assert (request.path, request.body) == (
        "/notices/n/objections/o/decision",
        {"outcome": "overruled"},
    )
    assert request.key == "key"

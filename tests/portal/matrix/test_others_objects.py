"""Another division's officer and another applicant: what is not theirs is as if not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from shared.contracts.roles import Role
from tests.portal.matrix.every_case import CASES
from tests.portal.matrix.knocking import PEOPLE_ROLES, Route, Somebody, routes
from tests.portal.matrix.opening_cases import SECRET
from tests.portal.matrix.scene import Case
from tests.portal.matrix.table import EVERYONE, WRITTEN
from tests.portal.matrix.things import things
from tests.portal.people import People
from tests.system.bureau import Bureau

ELSEWHERE = "430300"
STRANGERS = [role for role in PEOPLE_ROLES if role not in (Role.PUBLIC, Role.OPERATOR)]
"""The other two have no route of their own that names a thing."""
CHANGING = ("instance", "X-Request-Id")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OF_A_NOTICE = "GET /notices/<notice_id>/objections"
"""The notice is everybody's; whoever has no unit on it sees an empty list."""


@pytest.fixture(scope="module")
def ids(bureau: Bureau, people: People) -> dict[str, str]:
    """One of everything, of the city, which nobody here has a hand in."""
    return things(bureau, people)


@pytest.fixture(scope="module")
def bodies(somebodys: Callable[[str], Case]) -> dict[str, Mapping[str, Any] | bytes]:
    """A whole body for each write, so that nothing is refused for what it lacks."""
    return {name: somebodys(name).body for name in CASES}


@pytest.mark.parametrize("role", STRANGERS, ids=str)
def test_somebody_elses_objects_answer_as_invented_ones(
    app: Flask,
    people: People,
    ids: dict[str, str],
    bodies: dict[str, Mapping[str, Any] | bytes],
    role: Role,
) -> None:
    """Every route of the role that names one of the objects, unless everyone may see it."""
    stranger = Somebody(app, people.new(role, division=ELSEWHERE).account_id)
    tried, told = 0, []
    for route in routes(app):
        if not _is_theirs_to_try(route, role, ids):
            continue
        tried += 1
        body = bodies.get(route.name)
        real, invented = stranger.call(route, body, **ids), stranger.call(route, body)
        is_there = route.is_api and real.status_code != 404
        if is_there or real.status_code < 400 or _plain(real) != _plain(invented):
            told.append((route.name, real.status_code, invented.status_code))
    assert told == []
    assert tried > 0


def test_of_a_notice_that_everybody_sees_they_see_no_objection(
    app: Flask, people: People, ids: dict[str, str]
) -> None:
    stranger = Somebody(app, people.new(Role.OFFICER, division=ELSEWHERE).account_id)
    (route,) = (its for its in routes(app) if its.name == _OF_A_NOTICE)
    shown = stranger.call(route, None, **ids)
    assert shown.status_code == 200
    assert ids["objection_id"] not in shown.get_data(as_text=True)


def _is_theirs_to_try(route: Route, role: Role, ids: dict[str, str]) -> bool:
    written = WRITTEN[route.name]
    names = any(f"<{name}>" in route.name for name in ids)
    open_to_all = isinstance(written, str) or written == EVERYONE
    # A batch is public, so an applicant of another district may begin to apply to it.
    applies = route.name.partition(" ")[2].startswith("/apply/")
    theirs = names and not open_to_all and role in written
    return theirs and not applies and route.name != _OF_A_NOTICE


def _plain(answer: TestResponse) -> Any:
    """Status and what it says, without what differs from request to request."""
    if answer.is_json:
        return answer.status_code, {
            name: value for name, value in answer.get_json().items() if name not in CHANGING
        }
    main = BeautifulSoup(answer.get_data(as_text=True), "html.parser").main
    return answer.status_code, _ID.sub("", main.get_text(" ", strip=True) if main else "")


_NEAR_IT = (Role.OFFICER, Role.LEADER, Role.POINT)


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in _NEAR_IT else pytest.mark.long, id=str(role))
        for role in PEOPLE_ROLES
    ],
)
def test_nothing_that_anybody_reads_names_a_confidential_reporter(
    app: Flask, people: People, ids: dict[str, str], role: Role
) -> None:
    """Every page, answer, table and paper of the city that is about the case or a list, as each
    role, the point's and the body's among them; an opening of the identity waits for its leaders.
    """
    somebody = Somebody(app, None if role is Role.PUBLIC else people.new(role).account_id)
    read, named = 0, []
    for route in routes(app):
        if route.method == "GET" and set(_VARIABLE.findall(route.name)) <= _OF_THE_CASE:
            answer = somebody.call(route, **ids)
            read += answer.status_code == 200
            told = _readable(answer)
            named += [route.name for its in _WHO if its in told]
    assert named == []
    assert read, "some of it is everybody's"


_VARIABLE = re.compile(r"<(\w+)>")
_OF_THE_CASE = {
    *("clue_id", "opening_id", "referral_id", "outcome_id", "stream", "erasure_id", "theme_id"),
    *("service", "division", "year"),
}
_WHO = (SECRET["reporter_name"], SECRET["reporter_phone"])


def _readable(answer: TestResponse) -> str:
    """What a person reads of a page, a table or a paper."""
    if answer.mimetype == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    if "spreadsheet" in answer.mimetype:
        with ZipFile(BytesIO(answer.data)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return answer.get_data(as_text=True)

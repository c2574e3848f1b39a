"""Commands sent as tables: taken where they are declared, told by line what is wrong."""

from __future__ import annotations

import uuid

import pytest
import requests

from shared.contracts.roles import Role
from tests.portal.client import Client, problem
from tests.portal.people import People


@pytest.fixture
def leader(people: People) -> Client:
    return people.known(Role.LEADER)


def put(
    leader: Client, table: str | bytes, path: str = "/working-days/2094", method: str = "PUT"
) -> requests.Response:
    body = table if isinstance(table, bytes) else table.encode()
    headers = {"Content-Type": "text/csv", "Idempotency-Key": str(uuid.uuid4())}
    return leader.ask(method, path, data=body, headers=headers)


def test_a_years_working_days_are_loaded_from_a_table(leader: Client) -> None:
    table = "日期,安排,依据文件\n2094-01-01,放假,有关节假日安排的通知\n2094-01-09,上班,\n"
    done = put(leader, table)
    assert done.status_code == 200, done.text
    after = f"{done.json()['stream']}:{done.json()['version']}"
    (year,) = [
        its
        for its in leader.get("/working-days", limit=100, after=after).json()["items"]
        if its["year"] == 2094
    ]
    assert year == {
        "year": 2094,
        "off": ["2094-01-01"],
        "worked": ["2094-01-09"],
        "loaded": True,
        "source": "有关节假日安排的通知",
    }


def test_what_is_wrong_with_a_table_is_told_by_line(leader: Client) -> None:
    table = "day,kind,source\n2095-01-01,off,x\n2094-01-12,worked,\n"
    told = problem(put(leader, table), 422, "invalid")
    assert [(its["path"], its["code"]) for its in told["errors"]] == [
        ("line[2]", "out_of_range"),
        ("line[3]", "not_allowed"),
    ]
    told = problem(put(leader, "day,kind\n2094-01-01,off\n"), 422, "invalid")
    assert [(its["path"], its["code"]) for its in told["errors"]] == [("source", "missing")]
    told = problem(put(leader, b"\x81\xff\x00"), 422, "invalid")
    assert [its["code"] for its in told["errors"]] == ["bad_encoding"]


def test_what_takes_no_table_refuses_one(leader: Client) -> None:
    assert put(leader, "day,kind\n2094-01-01,off\n", "/settings", "POST").status_code >= 400

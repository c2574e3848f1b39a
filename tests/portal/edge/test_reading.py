"""Reads over HTTP: pages of lists, tags, what is new; and requests that cannot be read."""

from __future__ import annotations

import json

import pytest
import requests

from shared.contracts.roles import Role
from tests.portal.client import Client, problem
from tests.portal.people import People
from tests.system.bureau import Bureau, batch, new_id


@pytest.fixture(scope="module")
def batches(bureau: Bureau) -> list[str]:
    """Three of them, all of which are shown."""
    opened = [bureau.open_batch() for _ in range(3)]
    bureau.read("ShowBatch", {"batch_id": opened[-1]})
    return opened


@pytest.fixture
def leader(people: People) -> Client:
    return people.known(Role.LEADER)


def test_a_list_is_read_page_by_page(nobody: Client, batches: list[str]) -> None:
    seen: list[str] = []
    cursor: str | None = None
    while True:
        answer = nobody.get("/batches", limit=2, **({"cursor": cursor} if cursor else {}))
        page = answer.json()
        assert len(page["items"]) <= 2
        seen += [row["batch_id"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert set(batches) <= set(seen)
    assert len(seen) == len(set(seen))


def test_what_has_not_changed_is_not_sent_again(nobody: Client, batches: list[str]) -> None:
    for path in ("/batches", f"/batches/{batches[0]}"):
        first = nobody.get(path)
        again = nobody.ask("GET", path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        other = nobody.ask("GET", path, headers={"If-None-Match": '"something-else"'})
        assert other.status_code == 200


def test_one_thing_is_tagged_with_its_version(leader: Client, batches: list[str]) -> None:
    answer = leader.get(f"/batches/{batches[0]}")
    assert answer.headers["ETag"].startswith(f'"{answer.json()["version"]}-')


def test_an_answer_that_is_behind_says_so(leader: Client, batches: list[str]) -> None:
    answer = leader.get(f"/batches/{batches[0]}", after=f"batch-{batches[0]}:99")
    assert answer.status_code == 200
    assert answer.headers["Jiandu-Stale"] == "?1"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "path", "code"),
    [
        ({"limit": "0"}, "limit", "out_of_range"),
        ({"limit": "many"}, "limit", "wrong_type"),
        ({"limit": "１"}, "limit", "wrong_type"),
        ({"limit": ["1", "2"]}, "limit", "duplicate"),
        ({"cursor": "x"}, "cursor", "bad_cursor"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"after": "x"}, "after", "bad_format"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(
    nobody: Client, query: dict[str, str], path: str, code: str
) -> None:
    told = problem(nobody.ask("GET", "/batches", params=query), 422, "invalid")
    assert [(each["path"], each["code"]) for each in told["errors"]] == [(path, code)]


def test_true_and_false_have_one_spelling(nobody: Client) -> None:
    assert nobody.get("/points", active="true").status_code == 200
    problem(nobody.get("/points", active="yes"), 422, "invalid")


@pytest.mark.parametrize("address", ["/batches/1", "/batches/x/notices", "/nowhere", "/history/x"])
def test_what_is_no_address_is_not_found(nobody: Client, address: str) -> None:
    problem(nobody.get(address), 404, "not_found")


def test_a_method_that_an_address_does_not_know_is_told_with_those_it_knows(
    nobody: Client,
) -> None:
    answer = nobody.ask("DELETE", "/batches")
    problem(answer, 405, "bad_request")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\xff\xfe{}", "UTF-8"),
        (b"{", "JSON"),
        (b'{"places": NaN}', "JSON"),
        (b'{"places": ' + b"9" * 5_000 + b"}", "JSON"),
        (b'{"title": "a", "title": "b"}', "重复"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "嵌套"),
        (b"[" * 100_000, "嵌套"),
    ],
    ids=["utf-8", "syntax", "nan", "digits", "twice", "deep", "deepest"],
)
def test_a_body_that_cannot_be_read_says_what_is_wrong_with_it(
    leader: Client, body: bytes, says: str
) -> None:
    told = problem(_post(leader, body), 400, "bad_request")
    assert says in told["detail"]


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"null", b"1"])
def test_a_body_that_is_no_object_is_invalid(leader: Client, body: bytes) -> None:
    problem(_post(leader, body), 422, "invalid")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_a_body_of_another_type_is_not_taken(leader: Client, bureau: Bureau, kind: str) -> None:
    body = json.dumps(batch(bureau.today)).encode()
    problem(_post(leader, body, kind), 415, "bad_request")


def test_a_body_above_the_limit_is_not_taken(leader: Client) -> None:
    problem(_post(leader, b'{"title": "' + b"x" * 300_000 + b'"}'), 413, "too_large")


def test_a_whole_number_may_be_spelled_with_a_point(leader: Client, bureau: Bureau) -> None:
    body = json.dumps({**batch(bureau.today), "places": 7}).replace(": 7", ": 7.0").encode()
    headers = {"Idempotency-Key": new_id(), "Content-Type": "application/json"}
    answer = leader.ask("POST", "/batches", data=body, headers=headers)
    assert answer.status_code == 201, answer.text
    half = body.replace(b"7.0", b"7.5")
    problem(_post(leader, half), 422, "invalid")


@pytest.mark.parametrize("value", ["\\ud800", "\\u0000"])
def test_text_that_is_none_is_invalid(leader: Client, bureau: Bureau, value: str) -> None:
    body = json.dumps({**batch(bureau.today), "title": "X"}).replace('"X"', f'"{value}"')
    told = problem(_post(leader, body.encode()), 422, "invalid")
    assert told["errors"][0]["code"] == "bad_text"


def _post(client: Client, body: bytes, kind: str = "application/json") -> requests.Response:
    key = "7d0f3c52-9b1e-4c55-8d1a-0f2f6f3f9a10"
    headers = {"Idempotency-Key": key, "Content-Type": kind}
    return client.ask("POST", "/batches", data=body, headers=headers)


def test_a_text_that_never_ends_is_read_but_once(nobody: Client) -> None:
    """Tried anew from each of its quotes it took tens of minutes, with all threads waiting."""
    body = b'"' + b'\\"' * 120_000
    answer = nobody.ask(
        "POST", "/sessions", data=body, headers={"Content-Type": "application/json"}
    )
    problem(answer, 400, "bad_request")

"""Commands over HTTP: once however often sent, on the version that was seen."""

from __future__ import annotations

import uuid

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.client import Client, problem
from tests.portal.people import People
from tests.system.bureau import Bureau, application, batch, new_id


@pytest.fixture
def leader(people: People) -> Client:
    return people.known(Role.LEADER)


@pytest.fixture
def officer(people: People) -> Client:
    return people.known(Role.OFFICER)


@pytest.fixture(scope="module")
def batch_id(bureau: Bureau) -> str:
    return bureau.open_batch()


@pytest.fixture
def submitted(bureau: Bureau, batch_id: str) -> str:
    """An application that waits for its formal check, and is shown already."""
    return bureau.apply(batch_id, UnitKind.CHAMBER)


def _opened(client: Client, application_id: str, version: int = 1) -> dict[str, str]:
    """The application as the client sees it once `version` shows, and its tag."""
    answer = client.get(
        f"/applications/{application_id}",
        purpose="资格审查",
        after=f"application-{application_id}:{version}",
    )
    assert answer.status_code == 200, answer.text
    return {**answer.json(), "tag": answer.headers["ETag"]}


def test_what_is_made_is_told_with_its_address_and_can_be_read_there(
    leader: Client, bureau: Bureau
) -> None:
    payload = batch(bureau.today)
    answer = leader.send("/batches", payload)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told == {"stream": f"batch-{payload['batch_id']}", "version": 1,
                    "id": payload["batch_id"]}  # fmt: skip
    assert answer.headers["Location"] == f"/api/v1/batches/{told['id']}"
    shown = leader.get(f"/batches/{told['id']}", after=f"{told['stream']}:{told['version']}")
    assert shown.json()["title"] == payload["title"]
    assert "Jiandu-Stale" not in shown.headers


def test_an_id_that_is_left_out_follows_from_the_command(leader: Client, bureau: Bureau) -> None:
    payload = {n: its for n, its in batch(bureau.today).items() if n != "batch_id"}
    key = str(uuid.uuid4())
    first, again = (leader.send("/batches", payload, key=key).json() for _ in range(2))
    assert first == again
    assert first["id"] == str(uuid.uuid5(uuid.UUID(key), "batch_id"))


def test_a_command_sent_again_is_carried_out_once(leader: Client, bureau: Bureau) -> None:
    payload, key = batch(bureau.today), str(uuid.uuid4())
    answers = [leader.send("/batches", payload, key=key) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1


def test_a_command_id_is_not_good_for_another_content(leader: Client, bureau: Bureau) -> None:
    key = str(uuid.uuid4())
    assert leader.send("/batches", batch(bureau.today), key=key).status_code == 201
    told = problem(leader.send("/batches", batch(bureau.today), key=key), 409, "conflict")
    assert told["reason"] == "command_id_reused"


OF_VERSION_1 = "363ca5eb-84b9-11f1-95b0-ed1a57237da8"


@pytest.mark.parametrize("key", [None, "", "7", "not-a-uuid", "0" * 32, OF_VERSION_1])
def test_a_command_without_a_good_id_is_not_carried_out(
    leader: Client, bureau: Bureau, key: str | None
) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = leader.ask("POST", "/batches", json=batch(bureau.today), headers=headers)
    assert "Idempotency-Key" in problem(answer, 400, "bad_request")["detail"]


def test_the_id_may_stand_in_quotes_as_structured_headers_have_it(
    leader: Client, bureau: Bureau
) -> None:
    assert leader.send("/batches", batch(bureau.today), key=f'"{uuid.uuid4()}"').ok


def test_a_decision_holds_for_the_version_that_was_seen_alone(
    officer: Client, submitted: str
) -> None:
    tag = _opened(officer, submitted)["tag"]
    path = f"/applications/{submitted}/formal-check/pass"
    passed = officer.send(path, headers={"If-Match": tag})
    assert passed.status_code == 200, passed.text
    assert passed.json()["version"] == 2
    late = officer.send(
        f"/applications/{submitted}/formal-check/fail",
        {"grounds": ["documents_incomplete"], "reasons": "缺少材料"},
        headers={"If-Match": tag},
    )
    problem(late, 412, "stale")


@pytest.mark.parametrize("tag", ['"x"', 'W/"1"', '"1", "2"', f'"{"1" * 40}"', '"-1"'])
def test_a_tag_that_is_no_version_matches_nothing(
    officer: Client, submitted: str, tag: str
) -> None:
    answer = officer.send(f"/applications/{submitted}/formal-check/pass", headers={"If-Match": tag})
    problem(answer, 412, "stale")


def test_what_is_no_tag_at_all_is_told_so(officer: Client, submitted: str) -> None:
    answer = officer.send(f"/applications/{submitted}/formal-check/pass", headers={"If-Match": "1"})
    assert "ETag" in problem(answer, 400, "bad_request")["detail"]


def test_the_version_alone_is_a_tag_too(officer: Client, submitted: str) -> None:
    path = f"/applications/{submitted}/formal-check/pass"
    assert officer.send(path, headers={"If-Match": '"1"'}).status_code == 200


def test_what_the_rules_refuse_says_why_and_what_to_do(leader: Client, officer: Client) -> None:
    payload = application(new_id(), UnitKind.CHAMBER)
    problem(officer.send("/applications", payload), 404, "not_found")


def test_a_step_out_of_turn_is_refused_with_its_reason(officer: Client, submitted: str) -> None:
    path = f"/applications/{submitted}/formal-check/pass"
    assert officer.send(path).status_code == 200
    told = problem(officer.send(path), 422, "refused")
    assert told["reason"] == "wrong_state"
    assert told["detail"] == "当前状态下不能办理此步骤，请刷新后查看可办理的事项。"


def test_each_wrong_field_is_named_with_a_sentence(officer: Client, batch_id: str) -> None:
    payload = {**application(batch_id, UnitKind.CHAMBER), "contact_phone": "1", "more": True}
    del payload["address"]
    told = problem(officer.send("/applications", payload), 422, "invalid")
    found = {each["path"]: each["code"] for each in told["errors"]}
    assert found == {
        "contact_phone": "bad_format",
        "more": "unknown_field",
        "address": "missing",
    }
    assert all(each["message"].endswith("。") for each in told["errors"])


def test_what_the_address_says_is_not_said_again_in_the_body(
    officer: Client, submitted: str
) -> None:
    answer = officer.send(
        f"/applications/{submitted}/formal-check/pass", {"application_id": submitted}
    )
    told = problem(answer, 422, "invalid")
    assert told["errors"][0]["path"] == "application_id"


def test_another_districts_application_is_not_found_as_an_invented_one_is_not(
    people: People, submitted: str
) -> None:
    stranger = people.known(Role.OFFICER, "430203")
    answers = [
        stranger.get(f"/applications/{its}", purpose="资格审查") for its in (submitted, new_id())
    ]
    for answer in answers:
        problem(answer, 404, "not_found")
    bodies = [{**answer.json(), "instance": None} for answer in answers]
    assert bodies[0] == bodies[1]


def test_personal_data_is_read_for_a_purpose_and_kept_nowhere(
    officer: Client, submitted: str
) -> None:
    path = f"/applications/{submitted}"
    told = problem(officer.get(path), 422, "invalid")
    assert told["errors"][0]["path"] == "purpose"
    opened = officer.get(path, purpose="资格审查", after=f"application-{submitted}:1")
    assert opened.json()["contact_name"] == "李一"
    assert opened.headers["Cache-Control"] == "no-store"

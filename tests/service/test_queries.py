"""Queries: from the read models, for who may see it, personal data sealed to whoever asks."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from services.registry.definition import DEFINITION
from services.registry.queries import QUERIES
from shared.access.actor import Actor
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.privacy.sealing import CannotOpen
from shared.privacy.transit import open_value
from shared.service.query_bus import reply_context
from tests.service.town import APPLICANT, OFFICER, PUBLIC, Town, fresh, reply_key

SEALED = ("unit_name", "credit_code", "address", "contact_name", "contact_phone")


def opening(application_id: str) -> Any:
    return queries.OpenApplication(application_id=application_id, purpose="形式审查")


@pytest.fixture
def application_id(town: Town) -> str:
    made = town.submitted(town.batch())
    town.show(*(model.name for model in DEFINITION.models))
    return made


def test_personal_data_opens_with_the_askers_key_for_this_query_alone(
    town: Town, application_id: str
) -> None:
    asker = X25519PrivateKey.generate()
    query_id = fresh()
    answer = town.ask(opening(application_id), OFFICER, id=query_id, reply_key=reply_key(asker))
    result = answer["result"]

    context = reply_context(query_id)
    assert open_value(result["unit_name"], asker, context) == "晨光机械有限公司"
    assert open_value(result["contact_phone"], asker, context) == "13900001234"
    with pytest.raises(CannotOpen):
        open_value(result["unit_name"], asker, reply_context(fresh()))
    with pytest.raises(CannotOpen):
        open_value(result["unit_name"], X25519PrivateKey.generate(), context)


def test_an_answer_holds_no_personal_data_in_clear(town: Town, application_id: str) -> None:
    asker = X25519PrivateKey.generate()
    answer = town.ask(opening(application_id), OFFICER, reply_key=reply_key(asker))
    text = json.dumps(answer, ensure_ascii=False)
    for secret in ("晨光", "李一", "13900001234", "工业路"):
        assert secret not in text


def test_without_a_key_to_seal_to_no_personal_data_is_told(town: Town, application_id: str) -> None:
    with pytest.raises(Invalid) as invalid:
        town.ask(opening(application_id), OFFICER)
    assert [(its.path, its.code) for its in invalid.value.problems] == [("reply_key", "missing")]


def test_a_key_of_low_order_with_which_everybody_agrees_is_refused(
    town: Town, application_id: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        town.ask(opening(application_id), OFFICER, reply_key="A" * 43 + "=")
    assert [(its.path, its.code) for its in invalid.value.problems] == [("reply_key", "bad_key")]


def test_what_was_erased_is_null_and_the_rest_is_told(town: Town, application_id: str) -> None:
    town.keyring.destroy([f"application:{application_id}"], town.clock.now())
    asker = X25519PrivateKey.generate()
    result = town.ask(opening(application_id), OFFICER, reply_key=reply_key(asker))["result"]
    assert [result[name] for name in SEALED] == [None] * 5
    assert (result["application_id"], result["status"]) == (application_id, "submitted")


def test_an_applicant_sees_its_own_applications_alone(town: Town) -> None:
    batch_id = town.batch()
    own, others = town.submission(batch_id), town.submission(batch_id)
    town.send(own, APPLICANT)
    town.send(others, replace(APPLICANT, id="applicant-2"))
    town.show("applications", "notices", "batches")

    listed = town.ask(queries.ListApplications(batch_id=batch_id), APPLICANT)["result"]["items"]
    assert [row["application_id"] for row in listed] == [own.application_id]
    with pytest.raises(NotFound):
        town.ask(opening(others.application_id), APPLICANT)


def test_another_divisions_officer_finds_nothing(town: Town, application_id: str) -> None:
    elsewhere = replace(OFFICER, division="430300")
    with pytest.raises(NotFound):
        town.ask(opening(application_id), elsewhere)
    with pytest.raises(NotFound):
        town.ask(opening(fresh()), OFFICER)


def test_a_query_that_names_what_it_must_show_waits_for_it(town: Town) -> None:
    town.queries = town.queries_that_wait(seconds=30)
    batch_id = town.batch()
    town.project("applications")
    submission = town.submission(batch_id)
    done = town.send(submission, APPLICANT)
    after = {name: done[name] for name in ("stream", "version")}

    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(
            town.ask, queries.ListApplications(batch_id=batch_id), OFFICER, after=after
        )
        town.show("applications")
        answer = asked.result()
    assert answer["stale"] is False
    assert [row["application_id"] for row in answer["result"]["items"]] == [
        submission.application_id
    ]


def test_what_does_not_come_in_time_is_answered_as_stale(town: Town) -> None:
    town.queries = town.queries_that_wait(seconds=0.05)
    batch_id = town.batch()
    town.project("applications")
    done = town.send(town.submission(batch_id), APPLICANT)
    for after in (
        {"stream": done["stream"], "version": done["version"]},
        {"stream": "batch-nowhere", "version": 1},
    ):
        answer = town.ask(queries.ListApplications(batch_id=batch_id), OFFICER, after=after)
        assert answer == {"result": {"items": [], "next": None}, "stale": True}


@pytest.mark.parametrize("query", QUERIES)
def test_a_role_that_may_not_ask_is_refused_before_its_payload_is_read(
    town: Town, query: type
) -> None:
    message = {
        "id": fresh(),
        "type": query.__name__,
        "schema_version": 1,
        "payload": {"surprise": "x"},
    }
    for role in set(Role) - {Role.SYSTEM, *QUERIES[query].roles}:
        with pytest.raises(Refused) as refusal:
            town.queries.ask(town.signed(message, Actor("somebody", role)))
        assert refusal.value.reason == Reason.WRONG_ROLE, role


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"schema_version": 2}, ("schema_version", "too_new")),
        ({"type": "ListEverything"}, ("type", "unknown_type")),
        ({"payload": {"batch_id": "x"}}, ("batch_id", "bad_format")),
        ({"payload": {}}, ("batch_id", "missing")),
        ({"payload": []}, ("", "wrong_type")),
        ({"after": {"stream": "s", "version": 0}}, ("after.version", "out_of_range")),
    ],
)
def test_a_wrong_query_is_refused_at_its_path(
    town: Town, changed: dict[str, Any], problem: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as invalid:
        town.ask(queries.ShowBatch(batch_id=fresh()), OFFICER, **changed)
    assert [(its.path, its.code) for its in invalid.value.problems] == [problem]


def test_everybody_may_see_the_points(town: Town) -> None:
    town.project("points")
    answer = town.ask(queries.ListPoints(division="999999"), PUBLIC)
    assert answer == {"result": {"items": [], "next": None}, "stale": False}


def test_a_query_does_not_wait_for_what_was_never_written(town: Town) -> None:
    town.project("points")
    town.queries = town.queries_that_wait(seconds=3_600)

    answer = town.ask(
        queries.ListPoints(division=None), OFFICER, after={"stream": "batch-nothing", "version": 1}
    )

    assert answer["stale"] is True

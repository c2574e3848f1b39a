"""Whoever opens sealed data leaves a record, before it is told: whose, by whom, what for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.operations import ListOpenings
from shared.contracts.reasons import Reason
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.contracts.stored import timestamp
from tests.service.town import OFFICER, PUBLIC, Town, fresh, reply_key
from tests.services.registry import examples

AUDITOR = Actor("auditor-1", Role.AUDITOR, "430200")
KEY = reply_key(X25519PrivateKey.generate())


def openings(town: Town, **filters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    asked = ListOpenings(limit=2, **filters)
    while True:
        found = town.operate(asked, AUDITOR)
        items += found["items"]
        if found["next"] is None:
            return items
        asked = replace(asked, before=found["next"])


def test_an_opened_application_is_on_record_with_its_purpose(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.show()
    question = queries.OpenApplication(application_id=unit, purpose="核对联系方式")
    query_id = fresh()
    town.ask(question, OFFICER, id=query_id, reply_key=KEY)
    (opening,) = openings(town, subject=f"application:{unit}")
    assert opening.pop("id") > 0
    assert opening == {
        "query_id": query_id,
        "subject": f"application:{unit}",
        "actor_id": "officer-1",
        "role": "officer",
        "purpose": "核对联系方式",
        "opened_at": timestamp(town.clock.time),
    }


def test_an_opened_objection_is_on_record(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id, objection_id = town.noticed(batch_id, unit), fresh()
    objection = replace(
        examples.OBJECT, notice_id=notice_id, objection_id=objection_id, application_id=unit
    )
    town.send(objection, PUBLIC)
    town.show()
    question = queries.OpenObjection(objection_id=objection_id, purpose="核实异议")
    town.ask(question, OFFICER, reply_key=KEY)
    (opening,) = openings(town, subject=f"objection:{objection_id}")
    assert opening["purpose"] == "核实异议"


def test_what_was_not_told_is_not_on_record(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.show()
    question = queries.OpenApplication(application_id=unit, purpose="核对联系方式")
    with pytest.raises(NotFound):
        town.ask(question, replace(OFFICER, division="430300"), reply_key=KEY)
    assert openings(town, subject=f"application:{unit}") == []


def test_openings_are_found_by_who_opened_the_latest_first(town: Town) -> None:
    somebody = replace(OFFICER, id=f"officer-{fresh()}")
    units = [town.submitted(town.batch()) for _ in range(5)]
    town.show()
    for unit in units:
        question = queries.OpenApplication(application_id=unit, purpose="形式审查")
        town.ask(question, somebody, reply_key=KEY)
    found = [opening["subject"] for opening in openings(town, actor=somebody.id)]
    assert found == [f"application:{unit}" for unit in reversed(units)]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OPERATOR, Role.ADMINISTRATOR, Role.PUBLIC])
def test_the_record_is_for_auditors(town: Town, role: Role) -> None:
    with pytest.raises(Refused) as refusal:
        town.operate(ListOpenings(), Actor("somebody", role))
    assert refusal.value.reason == Reason.WRONG_ROLE


@pytest.mark.parametrize(
    "statement", ["UPDATE ops.opening SET purpose = NULL", "DELETE FROM ops.opening"]
)
def test_who_runs_the_service_cannot_change_the_record(town: Town, statement: str) -> None:
    with town.pool.connection() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())

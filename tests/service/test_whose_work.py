"""Whose work a batch, a notice, an objection or a point is; what its bureau opens together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shared.contracts.errors import NotFound, Refused
from shared.contracts.operations import ListOpenings
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role
from tests.service.test_lists import Row, ask
from tests.service.town import CITY, LEADER, OFFICER, PUBLIC, Town, fresh, reply_key
from tests.services.registry import examples

DISTRICT = "430211"


def test_answers_say_whose_work_it_is_and_whether_it_is_the_askers(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id, objection_id = town.noticed(batch_id, unit), fresh()
    objection = replace(
        examples.OBJECT, notice_id=notice_id, objection_id=objection_id, application_id=unit
    )
    town.send(objection, PUBLIC)
    town.show()
    district, auditor = replace(LEADER, division=DISTRICT), replace(LEADER, role=Role.AUDITOR)
    for actor, may in ((LEADER, True), (OFFICER, True), (district, False), (auditor, False)):
        assert ask(town, queries.ShowBatch(batch_id=batch_id), actor)["may_work"] is may
        notice = ask(town, queries.ShowNotice(notice_id=notice_id), actor)
        assert (notice["bureau"], notice["may_work"]) == (CITY, may)
        (row,) = ask(town, queries.ListObjections(notice_id=notice_id), actor)["items"]
        assert (row["bureau"], row["may_work"], row["division"]) == (CITY, may, DISTRICT)
        assert notice["objections"] == [row]
    seen = ask(town, queries.ShowNotice(notice_id=notice_id), PUBLIC)
    assert seen["bureau"] == CITY
    assert "may_work" not in seen
    assert "may_work" not in ask(town, queries.ShowBatch(batch_id=batch_id), PUBLIC)


def test_names_of_a_batchs_units_are_opened_together_and_each_is_on_record(town: Town) -> None:
    batch_id = town.batch()
    units = {town.qualified(batch_id) for _ in range(3)}
    town.submitted(batch_id)
    town.show()
    question = queries.OpenApplications(
        batch_id=batch_id, status=ApplicationStatus.QUALIFIED, purpose="集体研究", limit=2
    )
    private = X25519PrivateKey.generate()
    found: list[Row] = []
    while True:
        page = town.ask(question, LEADER, reply_key=reply_key(private))["result"]
        found += page["items"]
        if page["next"] is None:
            break
        question = replace(question, cursor=page["next"])
    assert [row["application_id"] for row in found] == sorted(units)
    assert all(row["unit_name"].keys() == {"sealed"} and "sealed" not in row for row in found)
    opened = town.operate(ListOpenings(limit=100), replace(LEADER, role=Role.AUDITOR))["items"]
    about = {its["subject"] for its in opened if its["purpose"] == "集体研究"}
    assert {f"application:{unit}" for unit in units} <= about


def test_another_bureaus_batch_is_not_opened(town: Town) -> None:
    batch_id = town.batch()
    town.qualified(batch_id)
    town.show()
    question = queries.OpenApplications(
        batch_id=batch_id, status=ApplicationStatus.QUALIFIED, purpose="集体研究"
    )
    for actor in (replace(LEADER, division=DISTRICT), replace(OFFICER, division="430300")):
        with pytest.raises(NotFound):
            town.ask(question, actor, reply_key=reply_key(X25519PrivateKey.generate()))
    with pytest.raises(Refused):
        town.ask(question, PUBLIC, reply_key=reply_key(X25519PrivateKey.generate()))

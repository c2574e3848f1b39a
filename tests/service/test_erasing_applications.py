"""Erasing what the registry holds: of applications that came to nothing, with their papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.registry.definition import DEFINITION
from shared.access.actor import Actor
from shared.contracts.erasure import commands
from shared.contracts.erasure.queries import ListErasures
from shared.contracts.erasure.vocabulary import ErasureScope
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.service.destroying import Destroying
from shared.service.proposing import Proposing
from tests.service.point_asking import read
from tests.service.test_documents import attached
from tests.service.town import CITY, LEADER, OFFICER, REVIEWER, Town, fresh
from tests.services.registry import examples

SECOND = Actor("leader-2", Role.LEADER, CITY)
ELSEWHERE = "430300"


def rejected(town: Town) -> str:
    application_id = town.submitted(town.batch())
    town.send(replace(examples.FAIL, application_id=application_id), OFFICER)
    return application_id


def request(stream: str, erasure_id: str = "") -> commands.RequestErasure:
    return commands.RequestErasure(
        erasure_id=erasure_id or fresh(),
        stream=stream,
        scope=ErasureScope.WHOLE,
        reason="申请人到窗口提出",
    )


def erased(town: Town, stream: str) -> str:
    asked = request(stream)
    town.send(asked, OFFICER)
    for leader in (LEADER, SECOND):
        town.send(commands.ApproveErasure(erasure_id=asked.erasure_id), leader)
    destroy(town)
    return asked.erasure_id


def destroy(town: Town) -> None:
    Destroying(town.pool, town.keyring, town.clock, DEFINITION.forgets).apply()


def opened(town: Town, application_id: str) -> Any:
    return read(town, queries.OpenApplication(application_id=application_id, purpose="核对申报"))


def files_of(town: Town, application_id: str) -> int:
    with town.pool.connection() as connection:
        row = connection.execute(
            "SELECT count(*) FROM files.file WHERE subject = %s", (f"application:{application_id}",)
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_rejected_applicants_data_and_papers_are_gone_and_its_way_is_not(town: Town) -> None:
    application_id = town.submitted(town.batch())
    attached(town, application_id)
    town.send(replace(examples.FAIL, application_id=application_id), OFFICER)
    assert opened(town, application_id)["unit_name"] is not None
    assert files_of(town, application_id) == 1
    erased(town, f"application-{application_id}")
    told = opened(town, application_id)
    sealed = ("unit_name", "credit_code", "address", "contact_name", "contact_phone")
    assert [told[name] for name in sealed] == [None] * len(sealed)
    assert told["status"] == "rejected"
    assert files_of(town, application_id) == 0


def test_an_application_under_way_is_not_erased(town: Town) -> None:
    application_id = town.submitted(town.batch())
    with pytest.raises(Refused) as refusal:
        town.send(request(f"application-{application_id}"), OFFICER)
    assert refusal.value.reason == Reason.MATTER_OPEN


def test_what_nobodys_data_lies_in_is_not_found(town: Town) -> None:
    for stream in (f"batch-{town.batch()}", f"application-{fresh()}", f"clue-{fresh()}"):
        with pytest.raises(NotFound):
            town.send(request(stream), OFFICER)


def test_the_registry_has_no_reporters(town: Town) -> None:
    asked = replace(request(f"application-{rejected(town)}"), scope=ErasureScope.REPORTER)
    with pytest.raises(Invalid) as invalid:
        town.send(asked, OFFICER)
    assert [its.path for its in invalid.value.problems] == ["scope"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER])
def test_another_division_finds_nothing(town: Town, role: Role) -> None:
    stranger, asked = Actor("stranger", role, ELSEWHERE), request(f"application-{rejected(town)}")
    with pytest.raises(NotFound):
        town.send(asked, stranger)
    town.send(asked, OFFICER)
    if role is Role.LEADER:
        with pytest.raises(NotFound):
            town.send(commands.ApproveErasure(erasure_id=asked.erasure_id), stranger)
    with pytest.raises(Refused):
        town.send(commands.ApproveErasure(erasure_id=asked.erasure_id), REVIEWER)


def test_a_rejected_application_is_proposed_after_two_years(town: Town) -> None:
    application_id, running = rejected(town), town.submitted(town.batch())
    listed = ListErasures(
        status=None, stream=f"application-{application_id}", cursor=None, limit=None
    )
    for days, expected in ((729, 0), (3, 1)):
        town.clock.time += dt.timedelta(days=days)
        _propose(town)
        assert len(read(town, listed)["items"]) == expected
    of_running = replace(listed, stream=f"application-{running}")
    assert read(town, of_running)["items"] == []


def _propose(town: Town) -> None:
    its = Proposing(
        DEFINITION.proposes, town.pool, town.commands.standing, town.commands.act, town.clock
    )
    before = -1
    while before != (now := town.log.head()):
        before = now
        town.show()
        its.look()
        town.show()

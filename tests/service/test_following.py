"""A query says how far a stream is only to who may know it: to nobody else is it a way to ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples

PARTNER = Actor("partner-1", Role.PARTNER)
ELSEWHERE = replace(OFFICER, division="430300")
STRANGERS = (PUBLIC, PARTNER, replace(APPLICANT, id="another"))
ASKED = queries.ListPoints(division=None)


def show_points(town: Town) -> None:
    """What ASKED is answered from."""
    for model in ("points", "settings"):
        town.project(model)


@pytest.fixture
def notice_id(town: Town) -> str:
    """A notice to which nobody has objected, and no model shows anything of it."""
    show_points(town)
    town.queries = town.queries_that_wait(seconds=0.05)
    batch_id = town.batch()
    return town.noticed(batch_id, town.qualified(batch_id))


def is_stale(town: Town, actor: Actor, stream: str, version: int) -> bool:
    answer = town.ask(ASKED, actor, after={"stream": stream, "version": version})
    return bool(answer["stale"])


@pytest.mark.parametrize("actor", STRANGERS, ids=lambda its: its.role)
def test_a_stranger_does_not_learn_that_somebody_has_objected(
    town: Town, notice_id: str, actor: Actor
) -> None:
    stream = f"notice-{notice_id}"
    before = [is_stale(town, actor, stream, version) for version in (2, 3)]
    town.send(_objection(town, notice_id), PUBLIC)
    after = [is_stale(town, actor, stream, version) for version in (2, 3)]
    assert before == after == [False, False]


def test_the_bureau_may_follow_a_notice(town: Town, notice_id: str) -> None:
    town.send(_objection(town, notice_id), PUBLIC)
    assert is_stale(town, OFFICER, f"notice-{notice_id}", 2)


def test_everybody_may_wait_for_what_is_published(town: Town, notice_id: str) -> None:
    assert is_stale(town, PUBLIC, f"notice-{notice_id}", 1)


def test_an_application_is_followed_by_those_who_may_see_it(town: Town) -> None:
    show_points(town)
    town.queries = town.queries_that_wait(seconds=0.05)
    application_id = town.submitted(town.batch())
    stream = f"application-{application_id}"
    assert [is_stale(town, its, stream, 1) for its in (APPLICANT, OFFICER)] == [True, True]
    assert [is_stale(town, its, stream, 1) for its in (*STRANGERS, ELSEWHERE)] == [False] * 4
    invented = f"application-{fresh()}"
    assert [is_stale(town, its, invented, 1) for its in (*STRANGERS, ELSEWHERE)] == [False] * 4


@pytest.mark.parametrize("stream", ["account-x-1", "nothing", "", "batch", "notice"])
def test_a_stream_that_is_none_of_ours_is_as_if_seen(town: Town, stream: str) -> None:
    show_points(town)
    assert not is_stale(town, LEADER, stream or "-", 1)


def test_a_public_answer_has_no_version_that_moves_when_somebody_objects(
    town: Town, notice_id: str
) -> None:
    town.number()
    for model in ("notices", "batches", "applications"):
        town.project(model)
    notice = queries.ShowNotice(notice_id=notice_id)
    before = town.ask(notice, PUBLIC)["result"]
    town.send(_objection(town, notice_id), PUBLIC)
    town.number()
    town.project("notices")
    assert town.ask(notice, PUBLIC)["result"] == before
    assert "version" not in before
    assert town.ask(notice, OFFICER)["result"]["version"] == 2
    shown = queries.ShowBatch(batch_id=before["batch_id"])
    assert "version" not in town.ask(shown, PUBLIC)["result"]
    assert town.ask(shown, OFFICER)["result"]["version"]


def _objection(town: Town, notice_id: str) -> Any:
    (noticed,) = town.log.stream(f"notice-{notice_id}")[:1]
    unit = noticed.public["units"][0]["application_id"]
    return replace(examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=unit)

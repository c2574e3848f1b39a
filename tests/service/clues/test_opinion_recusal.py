"""Whoever stays out of an opinion neither reads nor answers it, nor what it becomes."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.clues import queries
from shared.contracts.errors import Refused
from tests.service.clues.test_recusal import OUT, flag, is_kept_from
from tests.service.clues.town import LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example


def filed(town: ClueTown, point: Actor, **instead: Any) -> str:
    given = {"opinion_id": fresh(), "reporter_id": fresh(), **instead}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **given), point)
    return str(given["opinion_id"])


def recuse(town: ClueTown, opinion_id: str, actor: Actor = LEADER) -> None:
    about = {"opinion_id": opinion_id, "account_id": OUT.id}
    town.send(dataclasses.replace(example.RECUSE_FROM_OPINION, **about), actor)


def taken(town: ClueTown, opinion_id: str) -> str:
    clue_id = fresh()
    take = dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=opinion_id, clue_id=clue_id)
    town.send(take, OFFICER)
    return clue_id


def refused(town: ClueTown, about: Any) -> str:
    with pytest.raises(Refused) as refusal:
        about()
    return str(refusal.value.reason)


def listed(town: ClueTown, actor: Actor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = town.ask(queries.ListOpinionsFiled(limit=100), actor)["items"]
    return found


def test_who_stays_out_reads_it_nowhere_and_does_not_answer_it(town: ClueTown) -> None:
    point = town.point()
    opinion_id = filed(town, point, text="建议合并高速公路沿线餐饮单位的检查")
    opening = queries.OpenOpinionFiled(entry_id=opinion_id, purpose="办理")
    search = queries.SearchCases(words="高速公路 餐饮", purpose="办理")
    assert town.ask(opening, OUT)["status"] == "filed"
    assert [its["entry_id"] for its in town.ask(search, OUT)["items"]] == [opinion_id]
    recuse(town, opinion_id, OUT)
    assert refused(town, lambda: town.ask(opening, OUT)) == "case_recused"
    assert town.ask(search, OUT)["items"] == []
    assert opinion_id not in [its["opinion_id"] for its in listed(town, OUT)]
    answer = dataclasses.replace(example.EXPLAIN, opinion_id=opinion_id)
    assert refused(town, lambda: town.send(answer, OUT)) == "case_recused"
    assert town.ask(opening)["recused"] == [OUT.id]
    town.send(answer)


def test_points_are_not_told_who_stays_out(town: ClueTown) -> None:
    point = town.point()
    opinion_id = filed(town, point)
    recuse(town, opinion_id)
    opened = town.ask(queries.OpenOpinionFiled(entry_id=opinion_id, purpose="查看"), point)
    assert "recused" not in opened
    assert [its["type"] for its in opened["records"]] == ["OpinionFiled"]
    (row,) = listed(town, point)
    assert "recused" not in row


def test_an_officer_declares_their_own_ties_alone(town: ClueTown) -> None:
    opinion_id = filed(town, town.point())
    assert refused(town, lambda: recuse(town, opinion_id, OFFICER)) == "wrong_role"


def test_what_it_becomes_is_kept_from_them_whenever_they_say_so(town: ClueTown) -> None:
    point = town.point()
    before, after = filed(town, point), filed(town, point)
    recuse(town, before)
    is_kept_from(town, taken(town, before))
    clue_id = taken(town, after)
    retaliation = flag(town, clue_id, point)
    recuse(town, after)
    for each in (clue_id, retaliation):
        is_kept_from(town, each)

"""Whoever stays out of a clue stays out of all that it belongs with, on either side."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import Reporting
from shared.contracts.errors import Refused
from shared.contracts.roles import Role
from tests.service.clues.town import CITY, LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

OUT = Actor("officer-7", Role.OFFICER, CITY)


def recuse(town: ClueTown, clue_id: str) -> None:
    recusal = dataclasses.replace(example.RECUSE, clue_id=clue_id, account_id=OUT.id)
    town.send(recusal, LEADER)


def join(town: ClueTown, joined: str, into: str) -> None:
    town.send(commands.JoinClue(clue_id=joined, into_clue_id=into, reasons="同一处罚"), OFFICER)


def flag(town: ClueTown, clue_id: str, point: Actor) -> str:
    """The id of the case of retaliation that is opened."""
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="上门威胁反映人"), point)
    (flagged,) = [
        its for its in town.log.stream(f"clue-{clue_id}") if its.type == "RetaliationFlagged"
    ]
    return str(flagged.clear()["retaliation_clue_id"])


def is_kept_from(town: ClueTown, clue_id: str) -> None:
    for about in (
        lambda: town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"), OUT),
        lambda: town.send(dataclasses.replace(example.GIVE_FEEDBACK, clue_id=clue_id), OUT),
    ):
        with pytest.raises(Refused) as refusal:
            about()
        assert refusal.value.reason == "case_recused"
    rows: list[Any] = town.ask(queries.ListClues(limit=100), OUT)["items"]
    assert clue_id not in [row["clue_id"] for row in rows]


def test_a_case_of_retaliation_is_kept_from_whoever_stays_out_of_the_clue(town: ClueTown) -> None:
    point = town.point()
    before, after = (town.accepted(point, reporting=Reporting.NAMED) for _ in range(2))
    recuse(town, before)
    is_kept_from(town, flag(town, before, point))
    case = flag(town, after, point)
    recuse(town, after)
    is_kept_from(town, case)


def test_and_the_clue_from_whoever_stays_out_of_the_case(town: ClueTown) -> None:
    point = town.point()
    clue_id = town.accepted(point, reporting=Reporting.NAMED)
    recuse(town, flag(town, clue_id, point))
    is_kept_from(town, clue_id)


def test_a_joined_clue_is_kept_from_whoever_stays_out_of_the_main_one(town: ClueTown) -> None:
    point = town.point()
    main, before, after = town.verified(point), town.filed(point), town.filed(point)
    join(town, before, main)
    recuse(town, main)
    join(town, after, main)
    town.does(main, example.DISCIPLINE, example.CLOSE)
    for clue_id in (before, after):
        is_kept_from(town, clue_id)


def test_recusal_from_a_joined_clue_reaches_all_that_it_is_handled_with(town: ClueTown) -> None:
    point = town.point()
    main, joined, other = town.verified(point), town.filed(point), town.filed(point)
    join(town, joined, main)
    join(town, other, main)
    recuse(town, joined)
    for clue_id in (main, joined, other):
        is_kept_from(town, clue_id)
    types = town.types(f"clue-{other}")
    assert types.count("RecusalsCarried") == 1


def test_nobody_is_assigned_who_was_carried_out(town: ClueTown) -> None:
    point = town.point()
    main, joined = town.accepted(point), town.filed(point)
    recuse(town, joined)
    join(town, joined, main)
    assign = commands.AssignClue(clue_id=main, handlers=(OUT.id,))
    with pytest.raises(Refused) as refusal:
        town.send(assign, LEADER)
    assert refusal.value.fields == ("handlers[0]",)


def test_who_stays_out_of_a_clue_does_not_open_the_opinion_it_was_taken_from(
    town: ClueTown,
) -> None:
    opinion_id, clue_id = fresh(), fresh()
    filed = {"opinion_id": opinion_id, "reporter_id": fresh()}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **filed), town.point())
    opening = queries.OpenOpinionFiled(entry_id=opinion_id, purpose="办理")
    assert town.ask(opening, OUT)["status"] == "filed"
    town.send(dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=opinion_id, clue_id=clue_id))
    recuse(town, clue_id)
    with pytest.raises(Refused) as refusal:
        town.ask(opening, OUT)
    assert refusal.value.reason == "case_recused"
    assert town.ask(opening)["status"] == "taken"


def test_a_closed_case_is_kept_from_whoever_stays_out_from_then_on(town: ClueTown) -> None:
    clue_id = town.closed(town.point())
    recuse(town, clue_id)
    is_kept_from(town, clue_id)

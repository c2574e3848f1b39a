"""Limits that wait, as the timekeeper and the pages see them; what is told of a joined clue."""

from __future__ import annotations

import dataclasses
import datetime as dt

from services.portal.papers import clue_papers
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import ClueLimit
from tests.service.clues.test_keeping_time import DAY, alarms
from tests.service.clues.town import OFFICER, ClueTown
from tests.services.clues import examples as example


def opened(town: ClueTown, clue_id: str) -> dict:  # type: ignore[type-arg]
    found: dict = town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"))  # type: ignore[type-arg]
    return found


def test_nothing_is_raised_of_what_waits_and_it_runs_on_with_what_was_left(town: ClueTown) -> None:
    clue_id = town.verified(town.point())
    town.does(clue_id, example.CLAIM_REFUND, example.VERIFY_REFUND, example.GIVE_NOTICE)
    town.does(clue_id, example.ORDER_REFUND)
    before = {its["name"]: its for its in opened(town, clue_id)["limits"]}
    assert set(before) == {"overall", "refund_payment"}
    town.does(
        clue_id, dataclasses.replace(example.PAUSE_LIMITS, limits=(ClueLimit.REFUND_PAYMENT,))
    )
    row = opened(town, clue_id)
    assert row["limits"] == []
    assert {(its["name"], its["about"]) for its in row["stopped"]} == {
        ("overall", None), ("refund_payment", example.CLAIM),
    }  # fmt: skip
    town.clock.time += 200 * DAY
    for _ in range(4):
        town.look()
    assert alarms(town, clue_id) == []
    town.does(clue_id, example.RESUME_LIMITS)
    row = opened(town, clue_id)
    assert row["stopped"] == []
    after = {its["name"]: its for its in row["limits"]}
    assert after["overall"]["due_on"] == str(town.today + dt.timedelta(days=60))
    assert after["overall"]["tone"] == "green"
    town.clock.time += 49 * DAY
    for _ in range(4):
        town.look()
    assert "yellow" in alarms(town, clue_id)


def test_what_was_yellow_when_it_was_stopped_is_so_when_it_runs_again(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    town.clock.time += 50 * DAY
    town.look()
    assert alarms(town, clue_id) == ["yellow"]
    town.does(clue_id, example.PAUSE_LIMITS)
    town.clock.time += 30 * DAY
    town.does(clue_id, example.RESUME_LIMITS)
    (limit,) = opened(town, clue_id)["limits"]
    assert (limit["tone"], limit["raised"]) == ("yellow", "yellow")


def test_whoever_told_what_is_joined_unaccepted_has_a_paper_that_it_is_accepted(
    town: ClueTown,
) -> None:
    point = town.point()
    main, joined = town.accepted(point), town.filed(point)
    town.send(commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚"), OFFICER)
    row = opened(town, joined)
    assert (row["status"], row["limits"]) == ("joined", [])
    paper = clue_papers.acceptance(row)
    assert paper is not None
    assert "并案" in str(paper)
    told = town.ask(queries.OpenClue(clue_id=joined, purpose="查看"), point)["records"]
    assert "ClueAccepted" in [its["type"] for its in told]

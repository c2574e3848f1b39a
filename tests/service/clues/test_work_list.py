"""The bureau's work list: in which order, and what it can be narrowed to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import ClueStatus
from shared.contracts.errors import Invalid
from tests.service.clues.town import DISTRICT, OTHER_DISTRICT, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example


def listed(town: ClueTown, **filters: Any) -> list[str]:
    rows = town.ask(queries.ListClues(limit=100, **filters))["items"]
    return [row["clue_id"] for row in rows]


def test_urgent_ones_come_first_then_what_is_due_next_and_last_what_waits_for_nothing(
    town: ClueTown,
) -> None:
    body, point = f"市住建局{fresh()[:6]}", town.point()
    done = town.filed(point, body=body, urgent=True)
    town.does(done, example.ACCEPT, example.ASSIGN, example.START, example.TAKE_STEP)
    town.does(done, example.CONCLUDE, example.DISCIPLINE, example.CLOSE, example.GIVE_FEEDBACK)
    town.does(done, example.RELAY)
    slow = town.accepted(point, body=body)  # sixty days
    fast = town.filed(point, body=body)  # five working days
    town.clock.time += dt.timedelta(days=10)
    urgent = town.filed(point, body=body, urgent=True)
    order = [urgent, fast, slow, done]
    assert listed(town, body=body) == order

    pages, cursor = [], None
    for _ in order:
        page = town.ask(queries.ListClues(body=body, limit=1, cursor=cursor))
        cursor = page["next"]
        pages += [row["clue_id"] for row in page["items"]]
    assert pages == order
    assert cursor is None
    assert "turn" not in page["items"][0]


def test_what_is_done_is_kept_apart_and_the_latest_of_it_comes_first(town: ClueTown) -> None:
    body, point = f"市教育局{fresh()[:6]}", town.point()
    done = []
    for _ in range(3):
        done.append(town.closed(point, body=body))
        town.does(done[-1], example.GIVE_FEEDBACK, example.RELAY)
        town.clock.time += dt.timedelta(minutes=1)
    waiting = town.accepted(point, body=body)
    town.does(waiting, example.START, example.PAUSE)
    at_work = town.filed(point, body=body)
    assert listed(town, body=body) == [at_work, waiting, *reversed(done)]
    assert listed(town, body=body, open=True) == [at_work, waiting], "a paused one is not done"
    assert listed(town, body=body, open=False) == list(reversed(done))
    assert listed(town, body=body, open=True, mine=True) == [waiting]


def test_opinions_are_listed_by_the_day_on_which_an_answer_is_due(town: ClueTown) -> None:
    point, filed = town.point(), []
    for _ in range(3):
        filed.append(fresh())
        ids = {"opinion_id": filed[-1], "reporter_id": fresh()}
        town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **ids), point)
        town.clock.time += dt.timedelta(days=7)
    answered = dataclasses.replace(example.EXPLAIN, opinion_id=filed[1])
    town.send(answered)
    town.send(dataclasses.replace(example.RELAY_ANSWER, opinion_id=filed[1],
                                  relayed_on=town.today), point)  # fmt: skip
    town.look()
    pages, cursor = [], None
    for _ in filed:
        page = town.ask(queries.ListOpinionsFiled(limit=1, cursor=cursor), point)
        cursor = page["next"]
        pages += page["items"]
    assert [row["opinion_id"] for row in pages] == [filed[0], filed[2], filed[1]]
    assert cursor is None
    late, running, told = pages
    assert (late["limits"][0]["tone"], late["limits"][0]["raised"]) != ("green", None)
    assert running["limits"][0]["tone"] == "green"
    assert (told["limits"], told["due_on"]) == ([], None)


def test_it_is_narrowed_to_a_body_a_district_and_what_is_late(town: ClueTown) -> None:
    body, point = f"市城管局{fresh()[:6]}", town.point()
    here = town.filed(point, body=body)
    there = town.filed(point, body=body.upper(), division=OTHER_DISTRICT)
    assert set(listed(town, body=body[2:].lower())) == {here, there}
    assert listed(town, body=body, district=DISTRICT) == [here]
    assert set(listed(town, body=body, district="430200")) == {here, there}
    assert listed(town, body=body, late=True) == []
    town.clock.time += dt.timedelta(days=30)
    fresh_one = town.filed(point, body=body)
    assert set(listed(town, body=body, late=True)) == {here, there}
    assert fresh_one in listed(town, body=body, status=ClueStatus.FILED)


def test_a_cursor_of_another_list_is_told(town: ClueTown) -> None:
    with pytest.raises(Invalid) as invalid:
        town.ask(queries.ListClues(cursor="WyIyMDI2LTAxLTAxIiwieCJd"))
    assert invalid.value.problems[0].code == "bad_cursor"

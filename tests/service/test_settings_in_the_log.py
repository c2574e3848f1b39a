"""Settings are in the log: the next command goes by them, and nobody else sets them.

The room's log is shared, so what is set here holds from days that no other test reaches.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.registry import commands, queries
from shared.contracts.registry.events import FigureSet, SizeLimits
from shared.contracts.registry.vocabulary import Measure, Size, Trade
from shared.contracts.roles import Role
from tests.service.town import APPLICANT, CITY, LEADER, OFFICER, PUBLIC, Town
from tests.services.registry import examples

ADMINISTRATOR = Actor("administrator-1", Role.ADMINISTRATOR)
DISTRICT_LEADER = Actor("leader-2", Role.LEADER, "430211")


def change(day: dt.date, **figures: int) -> commands.ChangeSettings:
    return replace(
        examples.CHANGE_SETTINGS,
        effective_from=day,
        figures=tuple(FigureSet(name=name, value=value) for name, value in figures.items()),
    )


def on(town: Town, day: dt.date) -> dict[str, Any]:
    """The figures of a day by name, as anybody is told them."""
    town.number()
    town.project("settings")
    told = town.ask(queries.ShowSettings(day=day), PUBLIC)["result"]
    return {its["name"]: its for its in told["figures"]}


def notice_published(town: Town, moment: dt.datetime) -> Any:
    town.clock.time = moment
    batch_id = town.batch_on(moment)
    notice_id = town.noticed(batch_id, town.qualified(batch_id))
    return town.log.stream(f"notice-{notice_id}")[0].clear()


def test_the_next_command_goes_by_what_was_set_and_one_before_its_day_does_not(
    town: Town,
) -> None:
    day = dt.date(2071, 3, 2)
    town.send(change(day, notice_days=9), ADMINISTRATOR)
    eve = dt.datetime(2071, 3, 1, 15, 59, 59, tzinfo=dt.UTC)
    before = notice_published(town, eve)
    after = notice_published(town, eve + dt.timedelta(seconds=1))
    assert (before["first_day"], before["last_day"]) == ("2071-03-02", "2071-03-08")
    assert (after["first_day"], after["last_day"]) == ("2071-03-03", "2071-03-11")


def test_every_process_goes_by_what_was_set_at_once(town: Town) -> None:
    """Each has states of its own that it carries on, and looks before each command."""
    other = Town(town.pool, town.keys, town.master_key)
    day = dt.date(2072, 3, 1)
    moment = dt.datetime(2072, 3, 1, 4, tzinfo=dt.UTC)
    for days in (10, 11):
        town.send(change(day, notice_days=days), LEADER)
        published = notice_published(other, moment)
        assert published["last_day"] == (day + dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize("actor", [OFFICER, APPLICANT, PUBLIC], ids=lambda its: str(its.role))
def test_nobody_but_leaders_and_administrators_sets_anything(town: Town, actor: Actor) -> None:
    before = town.counted()
    with pytest.raises(Refused) as refusal:
        town.send(change(dt.date(2073, 1, 1), notice_days=9), actor)
    assert refusal.value.reason == "wrong_role"
    assert town.counted() == before


def test_a_districts_leader_sets_nothing_for_the_city(town: Town) -> None:
    for command in (
        change(dt.date(2073, 1, 1), notice_days=9),
        examples.SET_SIZE_LIMITS,
        examples.LOAD_WORKING_DAYS,
    ):
        with pytest.raises(Refused) as refusal:
            town.send(command, DISTRICT_LEADER)
        assert refusal.value.reason == "out_of_scope"


def test_the_settings_tell_since_when_each_figure_holds_and_the_changes_why_and_by_whom(
    town: Town,
) -> None:
    day = dt.date(2074, 5, 6)
    town.send(change(day, defence_days=8), LEADER)
    assert on(town, day)["defence_days"] | {"zh": "", "about": ""} == {
        "name": "defence_days",
        "zh": "",
        "about": "",
        "basis": "judgement",
        "value": 8,
        "default": 5,
        "least": 1,
        "most": 60,
        "since": "2074-05-06",
        "to_come": [],
    }
    eve = on(town, day - dt.timedelta(days=1))["defence_days"]
    assert eve["since"] is None
    assert eve["to_come"] == [{"since": "2074-05-06", "value": 8}]

    changes = town.ask(queries.ListSettingsChanges(limit=1), LEADER)["result"]
    (latest,) = changes["items"]
    assert latest["set_to"] == [{"name": "defence_days", "value": 8}]
    assert (latest["changed_by"], latest["effective_from"]) == (LEADER.id, "2074-05-06")
    assert changes["next"] is not None


def test_units_are_sized_by_the_limits_that_were_set_last(town: Town) -> None:
    day = dt.date(2075, 1, 1)
    moment = dt.datetime(2075, 1, 2, 4, tzinfo=dt.UTC)
    for staff in (5_000, 2_000):
        limits = (
            SizeLimits(
                trade=Trade.INDUSTRY, measure=Measure.STAFF, large=staff, medium=900, small=20
            ),
            SizeLimits(
                trade=Trade.INDUSTRY,
                measure=Measure.REVENUE_WAN,
                large=40_000,
                medium=2_000,
                small=300,
            ),
        )
        town.send(
            replace(examples.SET_SIZE_LIMITS, effective_from=day, limits=limits), ADMINISTRATOR
        )
    town.number()
    town.project("settings")
    told = town.ask(queries.ShowSettings(day=day - dt.timedelta(days=1)), PUBLIC)["result"]
    (industry,) = [its for its in told["size_limits"] if its["trade"] == "industry"]
    assert [its["large"] for its in industry["limits"]] == [1_000, 40_000]
    (to_come,) = industry["to_come"]
    assert (to_come["since"], to_come["limits"][0]["large"]) == ("2075-01-01", 2_000)
    early = town.ask(queries.ShowSettings(day=dt.date(712, 8, 13)), PUBLIC)["result"]
    assert {(its["since"], *its["limits"]) for its in early["size_limits"]} == {(None,)}
    sizes = {}
    for staff in (1_200, 2_000):
        town.clock.time = moment
        application_id = town.submitted(town.batch_on(moment), staff=staff)
        sizes[staff] = town.log.stream(f"application-{application_id}")[0].clear()["size"]
    assert sizes == {1_200: Size.MEDIUM, 2_000: Size.LARGE}


def test_a_years_working_days_are_told_with_their_source(town: Town) -> None:
    table = replace(examples.LOAD_WORKING_DAYS, year=2076, off=(dt.date(2076, 1, 2),), worked=())
    town.send(table, Actor("leader-3", Role.LEADER, CITY))
    town.number()
    town.project("settings")
    years = town.ask(queries.ListWorkingDays(limit=100), PUBLIC)["result"]["items"]
    (loaded,) = [its for its in years if its["year"] == 2076]
    (built_in,) = [its for its in years if its["year"] == 2026]
    assert (loaded["loaded"], loaded["source"]) == (True, examples.LOAD_WORKING_DAYS.source)
    assert (built_in["loaded"], built_in["source"]) == (False, None)
    assert "2026-02-14" in built_in["worked"]

"""The timekeeper of the clues service over a log, and what the registry's events mean here."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from services.clues.definition import DEFINITION
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import AlarmStage, ClueLimit
from shared.contracts.errors import Refused
from shared.contracts.registry import events as registry
from shared.contracts.registry.vocabulary import Channel, IndustryGroup, Size, UnitKind
from shared.contracts.stored import RecordedEvent, Trace, store
from shared.keeping.reactions import REACTIONS
from shared.projections.projector import Projector
from tests.service.clues.town import BODY, DISTRICT, LEADER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example
from tests.services.clues.telling import CALENDAR

DAY = dt.timedelta(days=1)
OF_ITS_OWN = "430281"
"""A division in which no other test of the room files."""


def alarms(town: ClueTown, clue_id: str) -> list[str]:
    return [
        str(event.clear()["stage"])
        for event in town.log.stream(f"clue-{clue_id}")
        if event.type == "AlarmRaised"
    ]


def test_after_a_day_of_downtime_over_several_limits_every_alarm_is_raised_once(
    town: ClueTown,
) -> None:
    point = town.point()
    clues = [town.filed(point) for _ in range(3)]
    done = town.accepted(point)
    town.clock.time += 30 * DAY
    for _ in range(8):
        town.look()
    for clue_id in clues:
        assert alarms(town, clue_id) == ["yellow", "red", "nudge", "supervise", "publish"]
    assert alarms(town, done) == []
    row = town.ask(queries.ListClues(limit=1), point)["items"][0]
    assert (row["limits"][0]["tone"], row["limits"][0]["raised"]) == ("red", "publish")


IN_OTHER_STREAMS = {str(ClueLimit.QUESTION), str(ClueLimit.FOLLOW_UP)}
"""Limits of a conversation and of follow-ups: test_dialogue."""


def test_months_without_a_timekeeper_raise_each_alarm_of_every_limit_once(town: ClueTown) -> None:
    point, opinion_id = town.point(), fresh()
    money = (
        *(example.CLAIM_REFUND, example.VERIFY_REFUND),
        *(example.GIVE_NOTICE, example.ORDER_REFUND),
    )
    decided = town.verified(point)
    town.does(decided, example.GIVE_OPINION)
    town.clock.time += 40 * DAY
    town.does(decided, example.GIVE_DECISION)
    referred, verifying, told = town.accepted(point), town.accepted(point), town.closed(point)
    town.does(referred, dataclasses.replace(example.REFER, referral_id=fresh()))
    town.does(verifying, example.START)
    town.does(told, example.GIVE_FEEDBACK)
    asked = town.verified(point)
    town.does(asked, example.GIVE_OPINION, *money)
    opinion = {"opinion_id": opinion_id, "reporter_id": fresh()}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **opinion), point)
    clues = [decided, referred, verifying, told, asked, town.closed(point), town.filed(point)]
    streams = [*(f"clue-{clue_id}" for clue_id in clues), f"opinion-{opinion_id}"]

    town.clock.time += 120 * DAY
    for _ in range(8):
        town.look()

    raised = {stream: stages(town, stream) for stream in streams}
    assert {name for its in raised.values() for name, _ in its} == {
        str(its) for its in ClueLimit
    } - IN_OTHER_STREAMS
    for stream, its in raised.items():
        for (name, about), found in its.items():
            if (stream, name) != (f"clue-{decided}", "correction"):  # a decision took its place
                assert found == [str(stage) for stage in AlarmStage], (stream, name, about)
    town.look()
    assert {stream: stages(town, stream) for stream in streams} == raised


def stages(town: ClueTown, stream: str) -> dict[tuple[str, Any], list[str]]:
    """What was raised of each limit of a stream, in its order."""
    found: dict[tuple[str, Any], list[str]] = {}
    for event in town.log.stream(stream):
        if event.type == "AlarmRaised":
            its = event.clear()
            found.setdefault((its["name"], its["about"]), []).append(its["stage"])
    return found


def test_a_clock_that_is_set_back_raises_nothing_twice_and_takes_nothing_back(
    town: ClueTown,
) -> None:
    clue_id = town.filed(town.point())
    town.clock.time += 6 * DAY
    town.look()
    raised = alarms(town, clue_id)
    assert raised == ["yellow"]
    town.clock.time -= 10 * DAY
    town.look()
    assert alarms(town, clue_id) == raised
    town.clock.time += 10 * DAY
    town.look()
    assert alarms(town, clue_id) == raised
    town.clock.time += 30 * DAY
    for _ in range(8):
        town.look()
    assert alarms(town, clue_id) == ["yellow", "red", "nudge", "supervise", "publish"]


def test_a_limit_shows_in_its_colour(town: ClueTown) -> None:
    point = town.point()
    town.filed(point)
    tones = []
    for days in (0, 5, 3):  # yellow from 7 March on, red from the 10th
        town.clock.time += days * DAY
        (row,) = town.ask(queries.ListClues(), point)["items"]
        tones.append(row["limits"][0]["tone"])
    assert tones == ["green", "yellow", "red"]


def test_a_paused_verification_raises_nothing_and_goes_on_where_it_stopped(
    town: ClueTown,
) -> None:
    clue_id = town.accepted(town.point())
    town.does(clue_id, example.START, example.PAUSE)
    town.clock.time += 200 * DAY
    for _ in range(3):
        town.look()
    assert alarms(town, clue_id) == []
    town.does(clue_id, example.RESUME)
    (row,) = [
        its
        for its in town.ask(queries.ListClues(mine=True, limit=100))["items"]
        if its["clue_id"] == clue_id
    ]
    yellow_on = min(dt.date.fromisoformat(its["yellow_on"]) for its in row["limits"])
    assert yellow_on > town.today + 25 * DAY
    town.clock.time += yellow_on - town.today
    town.look()
    assert alarms(town, clue_id) == []
    town.clock.time += DAY
    town.look()
    assert alarms(town, clue_id) == ["yellow"]


def test_what_was_yellow_before_a_pause_is_yellow_after_it_and_raised_once(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    town.does(clue_id, example.START)
    town.clock.time += CALENDAR.due(town.today, 25).day - town.today
    town.look()
    assert alarms(town, clue_id) == ["yellow"]
    town.does(clue_id, example.PAUSE)
    town.clock.time += 30 * DAY
    town.does(clue_id, example.RESUME)
    limits = {its["name"]: its for its in opened(town, clue_id)["limits"]}
    shown = limits["verification"]
    assert (shown["tone"], shown["raised"]) == ("yellow", "yellow")
    assert (limits["overall"]["tone"], limits["overall"]["raised"]) == ("green", None)
    town.clock.time += dt.date.fromisoformat(shown["due_on"]) - town.today
    town.look()
    assert alarms(town, clue_id) == ["yellow"]


def opened(town: ClueTown, clue_id: str) -> dict[str, Any]:
    found: dict[str, Any] = town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"))
    return found


def late(town: ClueTown) -> list[str]:
    query = queries.ListClues(late=True, district=OF_ITS_OWN, limit=100)
    return [row["clue_id"] for row in town.ask(query)["items"]]


def test_a_referral_shows_the_days_that_the_table_of_the_year_gives_it(town: ClueTown) -> None:
    """Decision 012: until it is there, nobody is late, and afterwards by its days alone."""
    town.clock.time = dt.datetime(2027, 12, 27, 4, tzinfo=dt.UTC)
    clue_id, referral_id = town.accepted(town.point(), division=OF_ITS_OWN), fresh()
    town.does(clue_id, dataclasses.replace(example.REFER, referral_id=referral_id))

    def row_of() -> dict[str, Any]:
        listed = town.ask(queries.ListReferrals(limit=100), BODY)["items"]
        (row,) = [its for its in listed if its["referral_id"] == referral_id]
        return row

    def days() -> tuple[str, str, str]:
        row = row_of()
        limits = {its["name"]: its for its in opened(town, clue_id)["limits"]}
        return row["refusable_until"], row["answer_due"], limits["answer"]["tone"]

    opinion_id = fresh()
    town.send(
        dataclasses.replace(
            example.FILE_OPINION_COMMAND,
            opinion_id=opinion_id,
            reporter_id=fresh(),
            division=OF_ITS_OWN,
        ),
        town.point(),
    )

    def is_provisional() -> bool:
        query = queries.OpenOpinionFiled(entry_id=opinion_id, purpose="查看")
        return bool(town.ask(query)["provisional"])

    town.clock.time += 40 * DAY
    assert days() == ("2028-01-03", "2028-01-17", "yellow")
    assert is_provisional()
    assert row_of()["refusable_provisional"]
    assert clue_id not in late(town)
    off = tuple(dt.date(2028, 1, day) for day in range(3, 15))
    for year, holidays in ((2027, ()), (2028, off)):
        town.system(commands.NoteWorkingDays(year=year, off=holidays, worked=()))
    for _ in range(3):
        town.look()
    assert days() == ("2028-01-17", "2028-01-31", "red")
    assert not row_of()["refusable_provisional"]
    assert not is_provisional()
    assert clue_id in late(town)
    refuse = dataclasses.replace(example.REFUSE, clue_id=clue_id, referral_id=referral_id)
    with pytest.raises(Refused):
        town.send(refuse, BODY)
    town.clock.time = dt.datetime(2028, 1, 17, 4, tzinfo=dt.UTC)
    town.send(refuse, BODY)


def test_live_equals_rebuilt(town: ClueTown) -> None:
    """Models fed in small pieces, as life did, and from the whole log at once are the same."""
    point = town.point()
    town.closed(point)
    town.filed(point, retaliation=True)
    town.clock.time += 20 * DAY
    town.look()
    before = _rows(town)
    for model in DEFINITION.models:
        projector = Projector(model, town.pool)
        projector.rebuild({"clues": town.log.read})
    assert _rows(town) == before


def _rows(town: ClueTown) -> dict[str, list[Any]]:
    with town.pool.connection() as connection:
        return {
            f"{model.name}_{table.name}": sorted(
                connection.execute(
                    f"SELECT to_jsonb(t)::text FROM readmodel.{model.name}_{table.name} t".encode(),
                    prepare=False,
                ).fetchall()
            )
            for model in DEFINITION.models
            for table in model.tables
        }


def _recorded(position: int, event: Any, stream: str, now: dt.datetime) -> RecordedEvent:
    stored = store(
        event,
        CATALOGUE["registry"].events.type_of(event),
        log="registry",
        stream=stream,
        version=position,
        occurred_at=now,
        trace=Trace("leader", "leader-1", fresh(), fresh()),
        seal=lambda subject, context, plaintext: b"sealed",
    )
    return RecordedEvent(position, now, stored)


def test_points_and_working_days_come_from_the_registry(town: ClueTown) -> None:
    point_id, now = fresh(), town.clock.now()
    told = [
        registry.PointDesignated(
            point_id=point_id,
            application_id=fresh(),
            batch_id=fresh(),
            unit_name="晨光机械有限公司",
            unit_kind=UnitKind.ENTERPRISE,
            division=DISTRICT,
            industry_group=IndustryGroup.MANUFACTURING,
            size=Size.MEDIUM,
            channel=Channel.SELF_NOMINATED,
            designated_on=town.today,
            term_ends_on=town.today + 1000 * DAY,
        ),
        registry.PointSuspended(point_id=point_id, suspended_on=town.today, reasons="停产"),
        registry.PointMoved(
            point_id=point_id,
            from_division=DISTRICT,
            division="430203",
            moved_on=town.today,
            reasons="搬迁",
        ),
        registry.WorkingDaysLoaded(
            year=2031,
            off=(dt.date(2031, 1, 1),),
            worked=(),
            source="国办通知",
            changed_by="leader-1",
        ),
    ]
    reactor = town.reactor()
    start = reactor.checkpoint("registry")
    batch = [
        _recorded(start + number, event, f"point-{point_id}", now)
        for number, event in enumerate(told, 1)
    ]
    reactor.apply("registry", batch)
    (row,) = [event.clear() for event in town.log.stream(f"known_point-{point_id}")[-1:]]
    assert (row["standing"], row["division"]) == ("suspended", "430203")
    noted = [e.clear() for e in town.log.stream("settings-scheme") if e.type == "WorkingDaysNoted"]
    assert noted[-1]["year"] == 2031
    assert {reaction.source for reaction in REACTIONS} == {"registry"}


def test_figures_change_from_a_day_on_and_a_running_limit_keeps_its_own(town: ClueTown) -> None:
    point = town.point()
    before = town.filed(point)
    town.send(dataclasses.replace(example.CHANGE_SETTINGS, effective_from=town.today), LEADER)
    after = town.filed(point)
    rows = {row["clue_id"]: row for row in town.ask(queries.ListClues(), point)["items"]}
    assert rows[before]["limits"][0]["due_on"] == "2026-03-09"
    assert rows[after]["limits"][0]["due_on"] == "2026-03-11"
    shown = {its["name"]: its for its in town.ask(queries.ShowClueSettings())["figures"]}
    assert shown["acceptance_days"]["value"] == 7

"""The organisation behind the scheme; tasks of meetings lapse when their day is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from services.registry.limits import TIMEKEEPING
from shared.access.actor import Actor
from shared.contracts.days import ONE_DAY, start_of_day
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.service.timekeeper import Timekeeper
from tests.service.town import CITY, LEADER, OFFICER, PUBLIC, Town, fresh, reply_key
from tests.services.registry import examples

PARTNER = Actor("partner-1", Role.PARTNER, CITY)
ELSEWHERE = Actor("leader-9", Role.LEADER, "430203")
DISTRICT = examples.APPOINT.division


def appointment(division: str = DISTRICT) -> Any:
    return replace(examples.APPOINT, appointment_id=fresh(), division=division)


def meeting(**instead: Any) -> Any:
    tasks = tuple(replace(task, task_id=fresh()) for task in examples.MEET.tasks)
    return replace(examples.MEET, **{"meeting_id": fresh(), "tasks": tasks, **instead})


def timekeeper(town: Town) -> Timekeeper:
    return Timekeeper(TIMEKEEPING, town.pool, town.commands.standing, town.commands.act, town.clock)


def standings(town: Town, given: Any) -> dict[str, str]:
    town.show()
    rows = town.ask(queries.ListMeetingTasks(limit=100), OFFICER)["result"]["items"]
    return {its["task_id"]: its["standing"] for its in rows if its["meeting_id"] == given}


def test_a_division_has_one_responsible_leader_until_the_appointment_ends(town: Town) -> None:
    first, second = appointment(), appointment()
    town.send(first, LEADER)
    with pytest.raises(Refused) as refusal:
        town.send(second, LEADER)
    assert (refusal.value.reason, refusal.value.fields) == ("responsible_already", ("division",))
    town.send(appointment("430202"), LEADER)

    early = replace(
        examples.END_APPOINTMENT,
        appointment_id=first.appointment_id,
        ended_on=first.since - ONE_DAY,
    )
    with pytest.raises(Invalid):
        town.send(early, LEADER)
    town.send(replace(early, ended_on=first.since), LEADER)
    town.send(second, LEADER)
    town.show()
    asked = queries.ListResponsibleLeaders(division=DISTRICT, in_office=True)
    (leader,) = town.ask(asked, PUBLIC)["result"]["items"]
    assert (leader["appointment_id"], leader["leader_name"]) == (second.appointment_id, "王二")
    town.send(replace(early, appointment_id=second.appointment_id, ended_on=first.since), LEADER)


def test_a_district_appoints_nobody_for_another(town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        town.send(appointment(), ELSEWHERE)
    assert refusal.value.reason == "out_of_scope"
    with pytest.raises(Invalid):
        town.send(appointment("999999"), LEADER)


def test_a_partner_body_is_registered_once_under_its_name_and_its_end_is_told(
    town: Town,
) -> None:
    name = f"市商会{fresh()}"
    first = replace(examples.REGISTER_PARTNER, partner_id=fresh(), name=name)
    town.send(first, OFFICER)
    again = replace(first, partner_id=fresh(), name=name.replace("市商会", "市 商会"))
    with pytest.raises(Refused) as refusal:
        town.send(again, OFFICER)
    assert refusal.value.reason == "already_exists"
    town.send(replace(examples.END_PARTNERSHIP, partner_id=first.partner_id), OFFICER)
    town.send(again, OFFICER)
    town.show()
    bodies = town.ask(queries.ListPartnerBodies(active=False, limit=100), PUBLIC)["result"]
    assert first.partner_id in [its["partner_id"] for its in bodies["items"]]


def test_a_meeting_is_opened_with_its_minutes_and_tasks_by_those_who_meet(town: Town) -> None:
    held = meeting()
    town.send(held, OFFICER)
    town.show()
    asked = queries.OpenCoordinationMeeting(meeting_id=held.meeting_id, purpose="落实会议任务")
    key = reply_key(X25519PrivateKey.generate())
    told = town.ask(asked, PARTNER, reply_key=key)["result"]
    assert set(told["minutes"]) == {"sealed"}
    assert [its["owner"] for its in sorted(told["tasks"], key=lambda its: str(its["owner"]))] == [
        "市司法局",
        "市工商业联合会",
    ]
    with pytest.raises(NotFound):
        town.ask(asked, ELSEWHERE, reply_key=key)
    listed = town.ask(queries.ListCoordinationMeetings(limit=100), PARTNER)["result"]["items"]
    (row,) = [its for its in listed if its["meeting_id"] == held.meeting_id]
    assert "minutes" not in row


def test_a_partner_reads_along_until_its_partnership_ends(town: Town) -> None:
    held, name = meeting(), f"市商会{fresh()}"
    body = replace(examples.REGISTER_PARTNER, partner_id=fresh(), name=name)
    its = Actor("partner-2", Role.PARTNER, CITY, name)
    town.send(body, OFFICER)
    town.send(held, OFFICER)
    town.show()
    key = reply_key(X25519PrivateKey.generate())
    opening = queries.OpenCoordinationMeeting(meeting_id=held.meeting_id, purpose="落实会议任务")

    def listed() -> set[str]:
        told = [
            town.ask(asked, its)["result"]["items"]
            for asked in (
                queries.ListCoordinationMeetings(limit=100),
                queries.ListMeetingTasks(limit=100),
            )
        ]
        return {row["meeting_id"] for rows in told for row in rows}

    assert held.meeting_id in listed()
    assert town.ask(opening, its, reply_key=key)["result"]["tasks"]
    town.send(replace(examples.END_PARTNERSHIP, partner_id=body.partner_id), OFFICER)
    town.show()
    assert listed() == set()
    with pytest.raises(NotFound):
        town.ask(opening, its, reply_key=key)


def test_a_task_lapses_when_its_day_is_over_and_can_still_be_done(town: Town) -> None:
    held = meeting()
    done, late = (task.task_id for task in held.tasks)
    town.send(held, OFFICER)
    about = {"meeting_id": held.meeting_id}
    town.send(replace(examples.COMPLETE_TASK, **about, task_id=done), OFFICER)
    keeper = timekeeper(town)
    town.clock.time = start_of_day(held.tasks[0].due_on + ONE_DAY) - dt.timedelta(seconds=1)
    town.show()
    keeper.look()
    assert standings(town, held.meeting_id) == {done: "completed", late: "open"}

    town.clock.time += dt.timedelta(seconds=1)
    for _ in range(3):  # twins, too, and a leader that begins anew
        keeper.look()
        timekeeper(town).look()
    assert standings(town, held.meeting_id) == {done: "completed", late: "overdue"}
    assert town.types(f"meeting-{held.meeting_id}").count("MeetingTaskLapsed") == 1
    lapsed = town.last(f"meeting-{held.meeting_id}")
    assert (lapsed.role, lapsed.clear()["due_on"]) == ("system", held.tasks[1].due_on.isoformat())

    extended = replace(
        examples.EXTEND_TASK, **about, task_id=late, due_on=held.tasks[1].due_on + 9 * ONE_DAY
    )
    town.send(extended, OFFICER)
    keeper.look()
    assert standings(town, held.meeting_id)[late] == "open"
    town.clock.time += dt.timedelta(days=3_650)
    keeper.look()
    assert standings(town, held.meeting_id)[late] == "overdue"
    town.send(replace(examples.COMPLETE_TASK, **about, task_id=late), OFFICER)
    assert standings(town, held.meeting_id)[late] == "completed"


def test_a_task_is_of_its_meeting_and_not_behind_its_day(town: Town) -> None:
    held = meeting()
    town.send(held, OFFICER)
    unknown = replace(examples.COMPLETE_TASK, meeting_id=held.meeting_id, task_id=fresh())
    with pytest.raises(Refused) as refusal:
        town.send(unknown, OFFICER)
    assert refusal.value.reason == "task_unknown"
    early = tuple(replace(task, due_on=held.held_on - ONE_DAY) for task in held.tasks)
    with pytest.raises(Invalid) as invalid:
        town.send(meeting(tasks=early), OFFICER)
    assert [its.path for its in invalid.value.problems] == ["tasks[0].due_on", "tasks[1].due_on"]

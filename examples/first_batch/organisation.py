"""The organisation behind the scheme: leaders, partner bodies, and a meeting that gave tasks."""

from __future__ import annotations

import datetime as dt

from examples.first_batch import cast
from examples.first_batch.organisation_data import Meeting, Organisation
from examples.play.desk import Desk
from examples.play.portal import Say
from shared.contracts.days import ONE_DAY


class OrganisationStory:
    """Plays `data`; may be played again."""

    def __init__(self, data: Organisation, desk: Desk, say: Say) -> None:
        self._data, self._desk, self._say = data, desk, say

    def play(self, day: dt.date) -> None:
        """All of it on a day. Raises DemoFailed."""
        its = self._data
        self._say(
            f"组织机构：分管负责人 {len(its.leaders)} 人，协作单位 {len(its.partners)} 家，"
            f"协调会议 {len(its.meetings)} 次"
        )
        for leader in its.leaders:
            appointed = {
                "appointment_id": self._desk.id("appointment", leader.division),
                "division": leader.division,
                "leader_name": leader.leader_name,
                "office": leader.office,
                "since": day.isoformat(),
            }
            name = leader.division
            self._desk.send(cast.LEADER, "AppointResponsibleLeader", name, appointed)
        for body in its.partners:
            registered = {
                "partner_id": self._desk.id("partner", body.key),
                "division": cast.CITY,
                "name": body.name,
                "kind": body.kind,
                "duties": body.duties,
            }
            self._desk.send(cast.CITY_OFFICER, "RegisterPartnerBody", body.key, registered)
        for meeting in its.meetings:
            self._meet(meeting, day)

    def _meet(self, its: Meeting, day: dt.date) -> None:
        meeting_id = self._desk.id("meeting", its.key)
        tasks = {task.key: self._desk.id("meeting task", its.key, task.key) for task in its.tasks}
        recorded = {
            "meeting_id": meeting_id,
            "division": cast.CITY,
            "held_on": day.isoformat(),
            "subject": its.subject,
            "bodies": list(its.bodies),
            "minutes": its.minutes,
            "tasks": [
                {
                    "task_id": tasks[task.key],
                    "owner": task.owner,
                    "what": task.what,
                    "due_on": (day + task.days * ONE_DAY).isoformat(),
                }
                for task in its.tasks
            ],
        }
        self._desk.send(cast.CITY_OFFICER, "RecordCoordinationMeeting", its.key, recorded)
        for task in its.tasks:
            if task.result is not None:
                done = {
                    "meeting_id": meeting_id,
                    "task_id": tasks[task.key],
                    "result": task.result,
                }
                self._desk.send(cast.CITY_OFFICER, "CompleteMeetingTask", task.key, done)

"""Cases of the writes about figures, settings, records and the organisation."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from tests.portal.matrix.scene import Case, Make, Scene, without
from tests.system.bureau import CITY, DISTRICT, LEADER, OFFICER, new_id

WRONG = {"version": 1, "wrong": "电话少一位", "right": "已核对", "reason": "录入时漏写"}
"""What CorrectRecord says of an application's submission."""


def meeting(today: dt.date) -> dict[str, Any]:
    """RecordCoordinationMeeting, with one task."""
    task = {"task_id": new_id(), "owner": "市司法局", "what": "编印手册", "due_on": "9990-01-01"}
    return {
        "meeting_id": new_id(),
        "division": CITY,
        "held_on": today.isoformat(),
        "subject": "联系点工作推进会",
        "bodies": ["市司法局"],
        "minutes": "会议研究了联系点工作。",
        "tasks": [task],
    }


def _figures(_: Scene, __: str) -> Case:
    figure = {"division": DISTRICT, "market_entities": 52_000, "output_wan": None}
    return Case({"division": CITY, "year": "2024"}, {"figures": [figure], "reason": "更正"})


_LATER = "2091-03-01"
"""Settings hold for everybody: from a day that no other test reaches."""
_ANOTHER = itertools.count()
"""What is set already is refused."""


def _settings(_: Scene, __: str) -> Case:
    body = {
        "effective_from": _LATER,
        "figures": [{"name": "notice_days", "value": next(_ANOTHER) + 1}],
        "corrects": None,
        "reason": "按新的规定调整。",
    }
    return Case({}, body)


def _size_limits(_: Scene, __: str) -> Case:
    large = 1_000 + next(_ANOTHER)
    limits = [
        {"trade": "retail", "measure": "staff", "large": large, "medium": 50, "small": 10},
        {"trade": "retail", "measure": "revenue_wan", "large": 20_000, "medium": 500, "small": 100},
    ]
    body = {"effective_from": _LATER, "limits": limits, "corrects": None, "reason": "按新标准。"}
    return Case({}, body)


def _working_days(_: Scene, __: str) -> Case:
    monday = dt.date(2091, 1, 1) + dt.timedelta(weeks=next(_ANOTHER))
    body = {"off": [monday.isoformat()], "worked": [], "source": "有关节假日安排的通知"}
    return Case({"year": "2091"}, body)


def _corrections(scene: Scene, _: str) -> Case:
    return Case({"stream": f"application-{scene.submitted()}"}, WRONG)


def _unit_data(scene: Scene, _: str) -> Case:
    body = {"address": "新址1号", "reason": "录入有误"}
    return Case({"application_id": scene.submitted()}, body)


_DISTRICTS = itertools.cycle(
    ["430202", "430203", "430204", "430211", "430212", "430223", "430225", "430281"]
)
"""One after the other, since a list may not show yet whom the API has just appointed in one.

茶陵县 is left to tests/portal/pages/work/test_organisation.py.
"""


def appointment(scene: Scene) -> dict[str, Any]:
    """AppointResponsibleLeader, for a district that is left without a responsible leader."""
    district = next(_DISTRICTS)
    asked = {"division": district, "in_office": True}
    for present in scene.bureau.read_all("ListResponsibleLeaders", asked):
        scene.bureau.send(LEADER, "EndAppointment", _ending(scene, present))
    return {
        "appointment_id": new_id(),
        "division": district,
        "leader_name": "王二",
        "office": "区司法局副局长",
        "since": scene.bureau.today.isoformat(),
    }


def _ending(scene: Scene, of: Mapping[str, Any]) -> dict[str, Any]:
    today = scene.bureau.today.isoformat()
    return {"appointment_id": of["appointment_id"], "ended_on": today, "reason": "工作调整"}


def _appointments(scene: Scene, _: str) -> Case:
    return Case({}, without(appointment(scene), "appointment_id"))


def _ends_of_appointments(scene: Scene, _: str) -> Case:
    made = appointment(scene)
    scene.bureau.send(LEADER, "AppointResponsibleLeader", made)
    ending = _ending(scene, made)
    return Case({"appointment_id": made["appointment_id"]}, without(ending, "appointment_id"))


def partner() -> dict[str, Any]:
    """RegisterPartnerBody without its id."""
    return {"division": CITY, "name": new_id(), "kind": "other", "duties": "推荐申报单位"}


def _ends_of_partners(scene: Scene, _: str) -> Case:
    partner_id = new_id()
    scene.bureau.send(OFFICER, "RegisterPartnerBody", {"partner_id": partner_id, **partner()})
    return Case({"partner_id": partner_id}, {"reason": "机构调整"})


def _meetings(scene: Scene, _: str) -> Case:
    return Case({}, without(meeting(scene.bureau.today), "meeting_id"))


def _of_task(body: Mapping[str, Any]) -> Make:
    def make(scene: Scene, _: str) -> Case:
        held = meeting(scene.bureau.today)
        scene.bureau.send(OFFICER, "RecordCoordinationMeeting", held)
        ids = {"meeting_id": held["meeting_id"], "task_id": held["tasks"][0]["task_id"]}
        return Case(ids, body)

    return make


OFFICE_CASES: dict[str, Make] = {
    "PUT /api/v1/divisions/<division>/figures/<year>": _figures,
    "POST /api/v1/records/<stream>/corrections": _corrections,
    "POST /api/v1/applications/<application_id>/data": _unit_data,
    "POST /api/v1/responsible-leaders": _appointments,
    "POST /api/v1/responsible-leaders/<appointment_id>/end": _ends_of_appointments,
    "POST /api/v1/partners": lambda _, __: Case({}, partner()),
    "POST /api/v1/partners/<partner_id>/end": _ends_of_partners,
    "POST /api/v1/meetings": _meetings,
    "POST /api/v1/meetings/<meeting_id>/tasks/<task_id>/completion": _of_task(
        {"result": "已完成。"}
    ),
    "POST /api/v1/meetings/<meeting_id>/tasks/<task_id>/extension": _of_task(
        {"due_on": "9999-01-01", "reason": "延期"}
    ),
    "POST /api/v1/settings": _settings,
    "POST /api/v1/settings/size-limits": _size_limits,
    "PUT /api/v1/working-days/<year>": _working_days,
}
"""By the names of the written table."""

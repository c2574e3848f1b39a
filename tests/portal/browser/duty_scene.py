"""Duties of a point in the states that their pages show, and where that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from tests.system.bureau import DISTRICT, LEADER, OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE


@dataclass(frozen=True)
class DutyScene:
    """Ids of what the point `point_id` has recorded, asked and reported, and was given."""

    point_id: str
    publicity_id: str
    question_id: str
    training_id: str

    @property
    def report_id(self) -> str:
        return f"2025q2-{self.point_id}"

    def funding_id(self, year: int) -> str:
        return f"{year}-{self.point_id}"


def duty_addresses(its: DutyScene) -> Mapping[str, tuple[str, ...]]:
    """Every rule of their pages → where it has something to show."""
    publicity, training = f"/publicity/{its.publicity_id}", f"/trainings/{its.training_id}"
    report, question = f"/quarterly-reports/{its.report_id}", f"/point-questions/{its.question_id}"
    funding = f"/funding/{its.funding_id(2025)}"
    return {
        "/my/duties": ("/my/duties",),
        "/points/<point_id>/duty-records": (f"/points/{its.point_id}/duty-records",),
        "/publicity": ("/publicity",),
        "/publicity/new": ("/publicity/new",),
        "/publicity/<publicity_id>": (publicity,),
        "/publicity/<publicity_id>/confirmation": (f"{publicity}/confirmation",),
        "/publicity/<publicity_id>/return": (f"{publicity}/return",),
        "/trainings": ("/trainings",),
        "/trainings/new": ("/trainings/new",),
        "/trainings/<training_id>/attendance": (f"{training}/attendance",),
        "/trainings/<training_id>/cancellation": (f"{training}/cancellation",),
        "/quarterly-reports": ("/quarterly-reports",),
        "/quarterly-reports/new": ("/quarterly-reports/new",),
        "/quarterly-reports/<report_id>": (report,),
        "/quarterly-reports/<report_id>/return": (f"{report}/return",),
        "/point-questions": ("/point-questions",),
        "/point-questions/new": ("/point-questions/new",),
        "/point-questions/<question_id>": (question,),
        "/point-questions/<question_id>/answer": (f"{question}/answer",),
        "/funding": ("/funding",),
        "/funding/new": ("/funding/new",),
        "/funding/<funding_id>/spending": (f"{funding}/spending",),
        "/funding/<funding_id>/taking-back": (f"{funding}/taking-back",),
    }


def set_duties(bureau: Bureau, point: Actor) -> DutyScene:
    """One of each by this point, which the assessment comes to know."""
    assert point.unit is not None
    its = DutyScene(point.unit, new_id(), new_id(), new_id())
    today = bureau.today.isoformat()

    def send(actor: Actor, command: str, **payload: Any) -> None:
        bureau.client.command(actor, "assessment", command, payload)

    def is_known() -> bool:
        try:
            send(point, "AskBureau", question_id=its.question_id, text="意见箱钥匙由谁保管？")
        except Refused:
            return False
        return True

    assert wait_until(is_known, PATIENCE)
    told = {"form": "lecture", "subject": "行政执法监督条例宣讲", "audience": 60}
    account = "在社区礼堂讲解如何反映乱收费、乱罚款。"
    for publicity_id in (its.publicity_id, new_id()):
        ids = {"publicity_id": publicity_id}
        send(point, "RecordPublicity", **ids, held_on=today, account=account, **told)
    send(OFFICER, "ConfirmPublicity", **ids)
    send(point, "HandInReport", report_id=its.report_id, text="本季度收集意见三条，均已反馈。")
    where = {"division": DISTRICT, "place": "区司法局会议室"}
    for training_id in (its.training_id, new_id()):
        plan = {"training_id": training_id, "title": "联系点业务培训", "planned_on": today}
        send(OFFICER, "PlanTraining", **plan, **where)
    came = {"training_id": training_id, "attended": [point.unit], "absent": []}
    send(OFFICER, "RecordTrainingAttendance", held_on=today, **came)
    for year in (2025, bureau.today.year):
        given = {"funding_id": its.funding_id(year), "entry_id": new_id(), "amount": 500_000}
        send(LEADER, "AllocateFunding", **given, reasons="年度工作经费")
    spent = {"funding_id": its.funding_id(bureau.today.year), "entry_id": new_id()}
    paid = {"amount": 120_000, "purpose": "印制宣传册", "proof": "发票 04300211"}
    send(OFFICER, "SpendFunding", **spent, **paid, spent_on=today)
    return its

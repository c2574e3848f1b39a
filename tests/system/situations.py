"""For every command of the registry, a state of things in which it would be carried out."""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.registry.handlers import ROUTES
from shared.access.actor import Actor
from shared.contracts.message import MessageType
from shared.contracts.registry.commands import COMMANDS
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.system.bureau import (
    ANYONE,
    APPLICANT,
    CITY,
    DISTRICT,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    RECOMMENDER,
    REVIEWER,
    Bureau,
    Payload,
    application,
    batch,
    conclusion,
    deliberation,
    figures,
    new_id,
    notice,
    objection,
    plan,
    recommended,
    review_check,
    supplement,
)
from tests.system.erasure_situations import erasures_about
from tests.system.point_situations import About, points_about
from tests.system.review_situations import reviews_about

KIND = UnitKind.CHAMBER
THIRD_DISTRICT = "430204"
COMMAND_NAMES = sorted(
    message_type.name
    for message_type in COMMANDS
    if set(ROUTES[message_type.cls].roles) != {Role.SYSTEM}
)
"""Commands that somebody may send; the rest is the service's own."""
_PAST_YEARS = iter(random.sample(range(1950, 2026), 76))
"""Of each, figures are recorded once in a session; those of a year to come are refused."""


@dataclass(frozen=True)
class Situation:
    """A command that would be carried out now, sent by `actor` with `payload`.

    `stream` is the one it is about, `version` where that stands.
    """

    message_type: MessageType
    actor: Actor
    payload: Payload
    stream: str
    version: int


def for_every_command(test: Callable[..., None]) -> Callable[..., None]:
    """One test over all `situations` of a test of one `situation`, telling all that fail.

    One, since to look whether the log stayed as it was takes longer than most of what is sent.
    """

    @functools.wraps(test)
    def over_all(situations: Mapping[str, Situation], **given: Any) -> None:
        failures = {}
        for name, situation in situations.items():
            try:
                test(situation=situation, **given)
            except Exception as failure:
                failures[name] = failure
        if failures:
            raise ExceptionGroup(", ".join(failures), list(failures.values()))

    signature = inspect.signature(test)
    asked = [
        its.replace(name="situations") if its.name == "situation" else its
        for its in signature.parameters.values()
    ]
    vars(over_all)["__signature__"] = signature.replace(parameters=asked)
    return over_all


def prepare(bureau: Bureau) -> dict[str, Situation]:
    """A situation for each command; carrying out one leaves the others as they are."""
    about_points = points_about(bureau)  # first: it lets notices end
    batch_id = bureau.open_batch()
    reviewed = bureau.apply(bureau.open_batch(), KIND)  # apart, since its batch hears of it
    qualified = [bureau.apply(batch_id, KIND) for _ in range(6)]
    bureau.pass_form(reviewed)
    bureau.check(reviewed, KIND)
    bureau.prepare(reviewed)
    concluded = bureau.last["version"]
    for application_id in qualified:
        bureau.qualify(application_id, KIND)
    unlisted, *listed = qualified
    bureau.deliberate(batch_id, listed)
    unpublished, running, objected, waiting, done = listed
    objected_notice = bureau.publish(batch_id, [objected])
    ended_notice = bureau.publish(batch_id, [waiting, done])
    raised = objection(objected_notice, objected)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    bureau.let_notice_end()
    bureau.designate(ended_notice, [done])
    # From here on, since the time that a formal check may take has passed meanwhile.
    submitted = [bureau.apply(batch_id, KIND) for _ in range(5)]
    bureau.pass_form(submitted[2])
    asked, declining = (recommended(batch_id, KIND) for _ in range(2))
    incomplete, supplied, withdrawn = (bureau.apply(batch_id, KIND) for _ in range(3))
    for payload in (asked, declining):
        bureau.send(APPLICANT, "SubmitApplication", payload)
    missing = {"missing": "请补交税务登记证明"}
    bureau.send(OFFICER, "RequestSupplement", {"application_id": supplied, **missing})
    planned, extended = (bureau.open_batch(places=4) for _ in range(2))
    running_notice = bureau.publish(batch_id, [running])
    about_reviews = reviews_about(bureau)
    about_erasures = erasures_about(bureau, batch_id)
    year, past_year = 1950 + secrets.randbelow(8_000), next(_PAST_YEARS)
    decision = {
        "notice_id": objected_notice,
        "objection_id": raised["objection_id"],
        "outcome": "overruled",
        "reasons": "经核实，异议不成立",
    }
    failing = {
        "application_id": submitted[1],
        "grounds": ["documents_incomplete"],
        "reasons": "缺少材料",
    }
    correcting = {
        "stream": f"application-{submitted[3]}",
        "version": 1,
        "wrong": "联系电话少一位",
        "right": "已按营业执照核对",
        "reason": "录入时漏写",
    }
    leading = {
        "appointment_id": new_id(),
        "division": DISTRICT,
        "leader_name": "王二",
        "office": "区司法局副局长",
        "since": str(bureau.today),
    }
    for present in bureau.read_all("ListResponsibleLeaders", {"division": None, "in_office": True}):
        ending = {"appointment_id": present["appointment_id"], "ended_on": str(bureau.today)}
        bureau.send(LEADER, "EndAppointment", {**ending, "reason": "工作调整"})
    bureau.send(LEADER, "AppointResponsibleLeader", leading)
    partner = {
        "partner_id": new_id(),
        "division": CITY,
        "name": new_id(),
        "kind": "other",
        "duties": "推荐申报单位",
    }
    bureau.send(OFFICER, "RegisterPartnerBody", partner)
    task = {"task_id": new_id(), "owner": "市司法局", "what": "编印手册", "due_on": "9990-01-01"}
    meeting = {
        "division": CITY,
        "held_on": str(bureau.today),
        "subject": "联系点工作推进会",
        "bodies": ["市司法局"],
        "minutes": "会议研究了联系点工作",
        "tasks": [task],
    }
    to_complete, to_extend = new_id(), new_id()
    for meeting_id in (to_complete, to_extend):
        bureau.send(OFFICER, "RecordCoordinationMeeting", {**meeting, "meeting_id": meeting_id})
    settings = bureau.read("ShowSettings", {"day": None})
    far_off = {"effective_from": "9990-01-01", "corrects": None, "reason": "市局会议决定"}
    other_days = 1 + settings["version"] % 365  # than those of the last time
    setting = {**far_off, "figures": [{"name": "first_reminder_days", "value": other_days}]}
    sizes = {"trade": "retail", "large": 300, "medium": 50, "small": 10}
    sizing = {
        **far_off,
        "limits": [{**sizes, "measure": "staff"}, {**sizes, "measure": "revenue_wan"}],
    }
    about: list[About] = [
        ("RecordDistrictFigures", OFFICER,
         figures(past_year, **{f"d{DISTRICT}": 60_000, f"d{OTHER_DISTRICT}": 40_000}),
         f"district_figures-{CITY}-{past_year}", 0),
        ("OpenBatch", LEADER, batch(bureau.today), "batch", 0),
        ("PlanBatch", LEADER, plan(planned, 4), "batch", 1),
        ("ExtendBatch", LEADER,
         {"batch_id": extended, "reason": "申报单位较少",
          "closes_on": (bureau.today + dt.timedelta(days=90)).isoformat()}, "batch", 1),
        ("SubmitApplication", APPLICANT, application(batch_id, UnitKind.ENTERPRISE),
         "application", 0),
        ("ConfirmRecommendation", RECOMMENDER,
         {"application_id": asked["application_id"]}, "application", 1),
        ("DeclineRecommendation", RECOMMENDER,
         {"application_id": declining["application_id"], "reasons": "本会没有推荐过该单位"},
         "application", 1),
        ("RequestSupplement", OFFICER, {"application_id": incomplete, **missing},
         "application", 1),
        ("SubmitSupplement", APPLICANT, supplement(supplied, KIND), "application", 2),
        ("WithdrawApplication", APPLICANT, {"application_id": withdrawn}, "application", 1),
        ("PassFormalCheck", OFFICER, {"application_id": submitted[0]}, "application", 1),
        ("FailFormalCheck", OFFICER, failing, "application", 1),
        ("RecordReviewCheck", REVIEWER, review_check(submitted[2]), "application", 2),
        ("ConcludeReview", REVIEWER, conclusion(reviewed), "application", concluded),
        ("RecordDeliberation", LEADER, deliberation(batch_id, [unlisted], bureau.today),
         "batch", 2 + len(qualified)),
        ("PublishNotice", OFFICER, notice(batch_id, [unpublished]), "notice", 0),
        ("ObjectToNotice", ANYONE, objection(running_notice, running), "notice", 1),
        ("DecideObjection", OFFICER, decision, "notice", 2),
        ("DesignatePoints", LEADER,
         {"notice_id": ended_notice, "application_ids": [waiting]}, "notice", 2),
        *about_points,
        *about_reviews,
        *about_erasures,
        ("AppointResponsibleLeader", LEADER, {**leading, "appointment_id": new_id(),
         "division": THIRD_DISTRICT}, "appointment", 0),
        ("EndAppointment", LEADER, {"appointment_id": leading["appointment_id"],
         "ended_on": str(bureau.today), "reason": "工作调整"}, "appointment", 1),
        ("RegisterPartnerBody", OFFICER, {**partner, "partner_id": new_id(), "name": new_id()},
         "partner", 0),
        ("EndPartnership", OFFICER, {"partner_id": partner["partner_id"], "reason": "机构调整"},
         "partner", 1),
        ("RecordCoordinationMeeting", OFFICER, {**meeting, "meeting_id": new_id()}, "meeting", 0),
        ("CompleteMeetingTask", OFFICER,
         {"meeting_id": to_complete, "task_id": task["task_id"], "result": "已完成"}, "meeting", 2),
        ("ExtendMeetingTask", OFFICER,
         {"meeting_id": to_extend, "task_id": task["task_id"], "due_on": "9999-01-01",
          "reason": "延期"}, "meeting", 2),
        ("CorrectRecord", OFFICER, correcting, f"application-{submitted[3]}", 1),
        ("CorrectUnitData", OFFICER, {"application_id": submitted[4], "address": "新址1号",
         "reason": "录入有误"}, "application", 1),
        ("ChangeSettings", LEADER, setting, settings["stream"], settings["version"]),
        ("SetSizeLimits", LEADER, sizing, settings["stream"], settings["version"]),
        ("LoadWorkingDays", LEADER, {"year": year, "off": [], "worked": [], "source": "通知"},
         settings["stream"], settings["version"]),
    ]  # fmt: skip
    return {
        name: Situation(kind, actor, {**dict.fromkeys(kind.classes), **payload},
                        _stream(prefix, payload), version)
        for name, actor, payload, prefix, version in about
        for kind in [COMMANDS.find(name)]
    }  # fmt: skip


def _stream(prefix: str, payload: Payload) -> str:
    return f"{prefix}-{payload[f'{prefix}_id']}" if "-" not in prefix else prefix

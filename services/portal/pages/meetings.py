"""Coordination meetings: what was said, and the tasks that they gave, each with owner and limit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import KINDS, label
from services.portal.pages.acts import Field, read
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, version_of
from services.portal.pages.correcting import corrections_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, filled, new_form
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.registry.vocabulary import TaskStanding
from shared.contracts.roles import Role

pages = Blueprint("meetings", __name__)

RECORDING = (Role.OFFICER, Role.LEADER)
_READING = (Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR, Role.PARTNER)
PURPOSE = "查看协调会议"
BACK = ("协调会议", "/meetings")

COMPLETE = CommandForm(
    "CompleteMeetingTask",
    {"result": "办理结果"},
    {
        ("result", "missing"): "请写明办理结果。",
        ("result", "bad_length"): "办理结果不超过 4000 个字。",
    },
    "task_completed",
)
EXTEND = CommandForm(
    "ExtendMeetingTask",
    {"due_on": "新的期限", "reason": "理由"},
    {
        ("due_on", "missing"): "请填写新的期限。",
        ("due_on", "bad_format"): "没有这一天，请核对日期。",
        ("due_on", "out_of_range"): "新的期限应当晚于现在的期限，也不能早于今天。",
        ("reason", "missing"): "请写明为什么延期。",
        ("reason", "bad_length"): "理由不超过 4000 个字。",
    },
    "task_extended",
)
_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "completion": (Field("result", "办理结果", "area", hint="写明做了什么、结果如何。"),),
    "extension": (
        Field("due_on", "新的期限", "date", hint="晚于现在的期限，不早于今天。"),
        Field("reason", "理由", "area"),
    ),
}
_TITLES = {"completion": "完成会议任务", "extension": "延长会议任务期限"}
_BUTTONS = {"completion": "登记完成", "extension": "延长期限"}


@pages.get("/meetings")
@allow(*_READING)
def meetings() -> str:
    cursor = cursor_asked(request.args)
    return render_template(
        "office/meetings.html",
        part=ask_page("ListCoordinationMeetings", cursor=cursor),
        cursor=cursor,
        records=_records(),
    )


@pages.get("/meetings/tasks")
@allow(*_READING)
def tasks() -> str:
    """Those of one standing (`?standing=`), else all, the earliest day first."""
    cursor, asked = cursor_asked(request.args), request.args.get("standing")
    chosen = {"standing": asked} if asked in {str(its) for its in KINDS["task_standing"]} else {}
    return render_template(
        "office/meeting_tasks.html",
        part=ask_page("ListMeetingTasks", chosen, cursor),
        cursor=cursor,
        chosen=chosen,
        records=_records(),
    )


@pages.get("/meetings/<meeting_id>")
@allow(*_READING)
def meeting(meeting_id: str) -> str:
    """Raises NotFound."""
    part = _opened(meeting_id, after_asked(request.args))
    return render_template(
        "office/meeting.html",
        part=part,
        stale=part.stale,
        purpose=PURPOSE,
        records=_records(),
        corrections=corrections_of(part, PURPOSE),
    )


@pages.get("/meetings/<meeting_id>/tasks/<task_id>/completion")
@allow(*RECORDING)
def completing(meeting_id: str, task_id: str) -> Answer:
    """Raises NotFound."""
    return _task_page("completion", meeting_id, task_id, None)


@pages.post("/meetings/<meeting_id>/tasks/<task_id>/completion")
@allow(*RECORDING)
def complete(meeting_id: str, task_id: str) -> Response | Answer:
    """Raises NotFound."""
    return _send(COMPLETE, "completion", meeting_id, task_id)


@pages.get("/meetings/<meeting_id>/tasks/<task_id>/extension")
@allow(*RECORDING)
def extending(meeting_id: str, task_id: str) -> Answer:
    """Raises NotFound."""
    return _task_page("extension", meeting_id, task_id, None)


@pages.post("/meetings/<meeting_id>/tasks/<task_id>/extension")
@allow(*RECORDING)
def extend(meeting_id: str, task_id: str) -> Response | Answer:
    """Raises NotFound."""
    return _send(EXTEND, "extension", meeting_id, task_id)


def _send(form: CommandForm, act: str, meeting_id: str, task_id: str) -> Response | Answer:
    typed = Form.of(request.form)
    given = read(_FIELDS[act], typed)
    payload = filled(meeting_id=meeting_id, task_id=task_id, **given)
    again = partial(_task_page, act, meeting_id, task_id)
    return form.send(typed, payload, f"/meetings/{meeting_id}", again)


def _task_page(act: str, meeting_id: str, task_id: str, shown: Submitted | None) -> Answer:
    part = _opened(meeting_id, after_of(shown))
    task = _task(part, task_id)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    is_done = task is not None and task["standing"] == TaskStanding.COMPLETED
    page = FormPage(
        title=_TITLES[act],
        action=f"/meetings/{meeting_id}/tasks/{task_id}/{act}",
        button=_BUTTONS[act],
        back=("会议", f"/meetings/{meeting_id}"),
        fields=_FIELDS[act],
        up=(BACK,),
        facts=() if task is None else _facts(task),
        why_not="该任务已经完成。" if is_done else "",
    )
    return page.show(part, shown, part.result)


def _facts(task: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("任务", str(task["what"])),
        ("责任单位", str(task["owner"])),
        ("期限", zh_date(task["due_on"])),
        ("状态", label(task["standing"], "task_standing")),
    ]


def _task(part: Part, task_id: str) -> Mapping[str, Any] | None:
    """The task of a meeting, None while the service is away. Raises NotFound."""
    if part.result is None:
        return None
    for task in part.result["tasks"]:
        if task["task_id"] == task_id:
            its: Mapping[str, Any] = task
            return its
    raise NotFound("task", task_id)


def _opened(meeting_id: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    asked = {"meeting_id": meeting_id, "purpose": PURPOSE}
    try:
        return ask_part("registry", "OpenCoordinationMeeting", asked, after)
    except Invalid:
        raise NotFound("meeting", meeting_id) from None


def _records() -> bool:
    """Whether the visitor puts meetings and what becomes of their tasks on record."""
    return current_visitor().role in RECORDING

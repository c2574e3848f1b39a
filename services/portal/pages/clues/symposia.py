"""Symposia (座谈会): planned, then held with what was said, or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import NOTHING, Part, ask_page
from services.portal.pages.clues.collecting import Collecting
from services.portal.pages.clues.opening import ask_known
from services.portal.pages.clues.telling import districts_told
from services.portal.pages.command_form import Answer, after_of, version_of
from services.portal.pages.confirming import Told
from services.portal.pages.districts import bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, boxes_of, new_form
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import Reporting, SymposiumStatus
from shared.contracts.roles import Role

pages = Blueprint("symposia", __name__)

KEEPING = (Role.OFFICER, Role.LEADER, Role.POINT)
LIST = ("座谈会", "/symposia")
PURPOSE = "办理座谈会记录"
SCHEDULE = Act(
    "ScheduleSymposium",
    "new",
    "安排座谈会",
    "安排",
    KEEPING,
    "symposium_scheduled",
    (
        Field("division", "所在区县", "select", choices=districts_told),
        Field("planned_on", "计划日期", "date"),
        Field("place", "地点", width="full"),
        Field("subject", "主题", hint="例如“听取企业对行政执法的意见”。", width="full"),
    ),
    words={
        ("division", "missing"): "请选择所在区县。",
        ("planned_on", "missing"): "请填写计划日期。",
        ("planned_on", "bad_format"): "没有这一天，请核对日期。",
        ("planned_on", "out_of_range"): "计划日期不能早于今天。",
        ("place", "missing"): "请填写地点。",
        ("subject", "missing"): "请填写主题。",
    },
    makes=("symposium_id",),
    service="clues",
)
CANCEL = Act(
    "CancelSymposium",
    "cancellation",
    "取消座谈会",
    "取消座谈会",
    KEEPING,
    "symposium_cancelled",
    (Field("reasons", "理由", "area"),),
    warning="取消后不能恢复；需要时另行安排一次。",
    words={
        ("reasons", "missing"): "请写明为什么取消。",
        ("reasons", "bad_length"): "理由不超过 4000 个字。",
    },
    service="clues",
)
HOLD = Collecting(
    "HoldSymposium",
    "登记座谈会记录",
    "登记",
    (
        Field("held_on", "召开日期", "date"),
        Field("attendees", "参加人数", "whole"),
        Field("minutes", "会议记录", "area", hint="加密保存，不对外公开。"),
    ),
    {
        ("held_on", "missing"): "请填写召开日期。",
        ("held_on", "bad_format"): "没有这一天，请核对日期。",
        ("held_on", "out_of_range"): "召开日期不能晚于今天。",
        ("attendees", "missing"): "请填写参加人数。",
        ("attendees", "wrong_type"): "请填写整数，例如 12。",
        ("attendees", "out_of_range"): "参加人数为 1 至 10000。",
        ("minutes", "missing"): "请填写会议记录。",
        ("minutes", "bad_length"): "会议记录不超过 4000 个字。",
    },
    "symposium_held",
    Reporting.ANONYMOUS,
    "先写会议记录，再把会上提出的意见和问题逐条登记。没有提出意见的，不用登记条目。",
)


@pages.get("/symposia")
@allow(*KEEPING, Role.AUDITOR)
def symposia() -> str:
    cursor = cursor_asked(request.args)
    return render_template(
        "clues/symposia.html",
        part=ask_page("ListSymposia", cursor=cursor, service="clues"),
        cursor=cursor,
        keeps=current_visitor().role in KEEPING,
    )


@pages.get("/symposia/new")
@allow(*KEEPING)
def scheduling() -> Answer:
    return _scheduling(None)


@pages.post("/symposia/new")
@allow(*KEEPING)
def schedule() -> Response | Answer:
    typed = Form.of(request.form)
    onwards = f"{LIST[1]}/{typed.value('symposium_id')}"
    return SCHEDULE.form.send(typed, SCHEDULE.payload(typed), onwards, _scheduling)


@pages.get("/symposia/<symposium_id>")
@allow(*KEEPING)
def symposium(symposium_id: str) -> str:
    """Raises NotFound."""
    part = _opened(symposium_id, after_asked(request.args))
    return render_template(
        "clues/symposium.html",
        part=part,
        stale=part.stale,
        purpose=PURPOSE,
        mine=current_visitor().role is Role.POINT,
    )


@pages.get("/symposia/<symposium_id>/minutes")
@allow(*KEEPING)
def holding(symposium_id: str) -> Answer:
    """Raises NotFound."""
    return _holding(symposium_id, None)


@pages.post("/symposia/<symposium_id>/minutes")
@allow(*KEEPING)
def hold(symposium_id: str) -> Response | Answer:
    """Raises NotFound."""
    about = {"symposium_id": symposium_id}
    return HOLD.send(about, f"{LIST[1]}/{symposium_id}", partial(_holding, symposium_id))


@pages.get("/symposia/<symposium_id>/cancellation")
@allow(*KEEPING)
def cancelling(symposium_id: str) -> Answer:
    """Raises NotFound."""
    return _cancelling(symposium_id, None)


@pages.post("/symposia/<symposium_id>/cancellation")
@allow(*KEEPING)
def cancel(symposium_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = CANCEL.payload(typed, symposium_id=symposium_id)
    again = partial(_cancelling, symposium_id)
    told = partial(_told, symposium_id)
    return CANCEL.form.send(typed, payload, f"{LIST[1]}/{symposium_id}", again, told)


def _scheduling(shown: Submitted | None) -> Answer:
    if shown is None:
        first = {"symposium_id": new_form().value("command_id"), "division": bureau()}
        shown = Submitted(new_form(**first))
    page = FormPage(
        SCHEDULE.title,
        f"{LIST[1]}/new",
        SCHEDULE.button,
        LIST,
        SCHEDULE.fields,
        kept=SCHEDULE.makes,
    )
    return page.show(NOTHING, shown)


def _holding(symposium_id: str, shown: Submitted | None) -> Answer:
    part = _opened(symposium_id, after_of(shown))
    address = f"{LIST[1]}/{symposium_id}"
    first = boxes_of("held_on", today().isoformat())
    back = ("座谈会详情", address)
    return HOLD.page(part, shown, f"{address}/minutes", back, [LIST], _why_not(part), **first)


def _told(symposium_id: str) -> Told:
    """For the question before its cancellation. Raises NotFound."""
    return Told(facts=_facts(_opened(symposium_id, None)))


def _facts(part: Part) -> tuple[tuple[str, str], ...]:
    its = part.result
    return (("主题", its["subject"]), ("计划日期", zh_date(its["planned_on"]))) if its else ()


def _cancelling(symposium_id: str, shown: Submitted | None) -> Answer:
    part = _opened(symposium_id, after_of(shown))
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    its = part.result
    page = FormPage(
        CANCEL.title,
        f"{LIST[1]}/{symposium_id}/cancellation",
        CANCEL.button,
        ("座谈会详情", f"{LIST[1]}/{symposium_id}"),
        CANCEL.fields,
        up=(LIST,),
        facts=_facts(part),
        warning=CANCEL.warning,
        why_not=_why_not(part),
    )
    return page.show(part, shown, its)


def _why_not(part: Part) -> str:
    """Only what is still planned can be held or cancelled."""
    its = part.result
    if its is None or its["status"] == SymposiumStatus.SCHEDULED:
        return ""
    return f"座谈会{label(its['status'], 'symposium_status')}。"


def _opened(symposium_id: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    return ask_known("OpenSymposium", after, symposium_id=symposium_id, purpose=PURPOSE)

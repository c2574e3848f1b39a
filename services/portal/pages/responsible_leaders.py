"""Responsible leaders: appointed for a division from a day on, until that ends."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Field, read
from services.portal.pages.asking import ask_all
from services.portal.pages.command_form import Answer, CommandForm, after_of
from services.portal.pages.districts import areas, bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name, today
from services.portal.pages.own_rows import row_within, version_of_row
from services.portal.pages.submitting import Submitted, boxes_of, filled, new_form
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("responsible_leaders", __name__)

APPOINTING = (Role.LEADER, Role.ADMINISTRATOR)
LEADERS = "ListResponsibleLeaders"
_BACK = ("组织机构", "/organisation")

APPOINT = CommandForm(
    "AppointResponsibleLeader",
    {"division": "行政区划", "leader_name": "姓名", "office": "职务", "since": "任职日期"},
    {
        ("division", "missing"): "请选择行政区划。",
        ("division", "bad_format"): "请选择行政区划。",
        ("leader_name", "missing"): "请填写分管负责人的姓名。",
        ("leader_name", "bad_length"): "姓名不超过 50 个字。",
        ("office", "missing"): "请填写职务。",
        ("since", "missing"): "请填写任职日期。",
        ("since", "bad_format"): "没有这一天，请核对日期。",
        ("since", "out_of_range"): "任职日期最多可以提前一年登记，请核对日期。",
    },
    "leader_appointed",
)
END_APPOINTMENT = CommandForm(
    "EndAppointment",
    {"ended_on": "结束日期", "reason": "原因"},
    {
        ("ended_on", "missing"): "请填写结束日期。",
        ("ended_on", "bad_format"): "没有这一天，请核对日期。",
        ("ended_on", "out_of_range"): "结束日期应在任职日期和今天之间；尚未到任的，填写今天。",
        ("reason", "missing"): "请写明为什么结束任职。",
        ("reason", "bad_length"): "原因不超过 4000 个字。",
    },
    "appointment_ended",
)


@pages.get("/organisation/leaders/new")
@allow(*APPOINTING)
def appointing() -> Answer:
    """`?division=` is chosen already."""
    return _appointing(None)


@pages.post("/organisation/leaders/new")
@allow(*APPOINTING)
def appoint() -> Response | Answer:
    typed = Form.of(request.form)
    given = read(_appointment_fields(()), typed)
    payload = filled(appointment_id=typed.value("appointment_id"), **given)
    return APPOINT.send(typed, payload, "/organisation", _appointing)


@pages.get("/organisation/leaders/<appointment_id>/end")
@allow(*APPOINTING)
def ending(appointment_id: str) -> Answer:
    """Raises NotFound."""
    return _ending(appointment_id, None)


@pages.post("/organisation/leaders/<appointment_id>/end")
@allow(*APPOINTING)
def end(appointment_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(appointment_id=appointment_id, **read(_END_FIELDS, typed))
    return END_APPOINTMENT.send(typed, payload, "/organisation", partial(_ending, appointment_id))


_END_FIELDS = (
    Field("ended_on", "结束日期", "date", hint="不早于任职日期，不晚于今天；未到任的填今天。"),
    Field("reason", "原因", "area"),
)


def _appointing(shown: Submitted | None) -> Answer:
    part = ask_all(LEADERS, {"in_office": True}, after_of(shown))
    held = {row["division"] for row in part.result or ()}
    free = [(code, name) for code, name in areas(bureau()) if code not in held]
    if shown is None:
        chosen = request.args.get("division", "")
        shown = Submitted(new_form(appointment_id=str(uuid.uuid4()), division=chosen))
    page = FormPage(
        title="登记分管负责人",
        action="/organisation/leaders/new",
        button="登记",
        back=_BACK,
        fields=_appointment_fields(free),
        says="姓名和职务对所有人公开。",
        why_not="" if free or part.away else "各行政区划都有分管负责人，更换的请先结束原来的任职。",
        kept=("appointment_id",),
    )
    return page.show(part, shown)


def _appointment_fields(free: Iterable[tuple[str, str]]) -> tuple[Field, ...]:
    choices = [("", "请选择"), *free]
    hint = "只列出还没有分管负责人的。"
    return (
        Field("division", "行政区划", "select", hint, choices=lambda: choices),
        Field("leader_name", "姓名"),
        Field("office", "职务", hint="例如“区司法局副局长”。", width="full"),
        Field("since", "任职日期", "date"),
    )


def _ending(appointment_id: str, shown: Submitted | None) -> Answer:
    part = ask_all(LEADERS, {}, after_of(shown))
    its = row_within(part, "appointment_id", appointment_id)
    if shown is None:
        first = boxes_of("ended_on", today().isoformat())
        shown = Submitted(new_form(expected_version=version_of_row(its), **first))
    page = FormPage(
        title="结束任职",
        action=f"/organisation/leaders/{appointment_id}/end",
        button="结束任职",
        back=_BACK,
        fields=_END_FIELDS,
        facts=() if its is None else _leader_facts(its),
        why_not="该任职已经结束。" if its and its["ended_on"] else "",
    )
    return page.show(part, shown, its)


def _leader_facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("行政区划", division_name(its["division"])),
        ("分管负责人", f"{its['leader_name']}，{its['office']}"),
        ("任职日期", zh_date(its["since"])),
    ]

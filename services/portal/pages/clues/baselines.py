"""Totals of the years before there was a log, as they were counted then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import NOTHING, ask_part
from services.portal.pages.clues.telling import districts_told
from services.portal.pages.command_form import Answer, form_page
from services.portal.pages.districts import bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked
from services.portal.pages.submitting import Submitted, new_form
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

pages = Blueprint("baselines", __name__)

_BUREAU = (Role.OFFICER, Role.LEADER)
BASELINE = Act(
    "RecordBaseline",
    "new",
    "登记往年总数",
    "登记",
    _BUREAU,
    "baseline_recorded",
    (
        Field("division", "行政区划", "select", choices=districts_told),
        Field("year", "年份", "whole", hint="已经结束的年份。"),
        Field("complaints", "投诉举报总数", "whole"),
        Field(
            "shares",
            "其中",
            "area",
            hint="一行一类，先写名称再写件数，例如“涉企检查 158”。没有分类的不填。",
            optional=True,
        ),
        Field("source", "数据来源", hint="例如“2025 年度行政执法监督统计”。", width="full"),
    ),
    says="系统启用以前的投诉举报只登记总数，用于和以后的年份比较。再次登记同一年的，替换原来的总数。",
    words={
        ("year", "missing"): "请填写年份。",
        ("year", "out_of_range"): "请填写已经结束的年份，例如 2025。",
        ("complaints", "missing"): "请填写投诉举报总数。",
        ("complaints", "out_of_range"): "请填写 0 或者正整数。",
        ("shares", "out_of_range"): "每一类的件数不能超过总数。",
        ("shares", "duplicate"): "同一类写了两次，请删除重复的。",
        ("shares", "bad_length"): "每一行先写名称、再写件数，例如“涉企检查 158”。",
        ("shares", "missing"): "每一行先写名称、再写件数，例如“涉企检查 158”。",
        ("shares", "wrong_type"): "每一行先写名称、再写件数，例如“涉企检查 158”。",
        ("source", "missing"): "请填写数据来源。",
    },
    service="clues",
)
_BASELINES = ("往年总数", "/baselines")


@pages.get("/baselines")
@allow(*_BUREAU, Role.AUDITOR)
def baselines() -> Answer:
    part = ask_part("clues", "ShowBaseline", {}, after_asked(request.args))
    records = current_visitor().role in _BUREAU
    return form_page("clues/baselines.html", part, Submitted(Form()), {}, records=records)


@pages.get("/baselines/new")
@allow(*_BUREAU)
def counting() -> Answer:
    return _counting(None)


@pages.post("/baselines/new")
@allow(*_BUREAU)
def record() -> Response | Answer:
    typed = Form.of(request.form)
    payload = BASELINE.payload(typed)
    payload["shares"] = [_share(line) for line in str(payload.get("shares", "")).splitlines()]
    return BASELINE.form.send(typed, payload, _BASELINES[1], _counting)


def _share(line: str) -> Mapping[str, Any]:
    """A line's last word is its number; what is none is for the contract to say so."""
    name, _, number = line.strip().rpartition(" ")
    counted = number.removesuffix("件")
    return {"name": name, "number": int(counted) if counted.isdecimal() else counted}


def _counting(shown: Submitted | None) -> Answer:
    if shown is None:
        shown = Submitted(new_form(division=bureau(), year=today().year - 1))
    page = FormPage(
        BASELINE.title,
        f"{_BASELINES[1]}/new",
        BASELINE.button,
        _BASELINES,
        BASELINE.fields,
        says=BASELINE.says,
    )
    return page.show(NOTHING, shown)

"""Inspections of units: each put on record, and the units that are inspected too often."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import NOTHING, ask_page
from services.portal.pages.clues.telling import districts_told
from services.portal.pages.command_form import Answer
from services.portal.pages.districts import bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, boxes_of, new_form
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

pages = Blueprint("inspections", __name__)

_BUREAU = (Role.OFFICER, Role.LEADER)
_PURPOSE = "研究共性问题"
_LIST = ("检查过于频繁的单位", "/frequent-inspections")
_MINE = ("我的反映", "/my/filings")
NOTE = Act(
    "NoteInspection",
    "new",
    "登记一次检查",
    "登记",
    (*_BUREAU, Role.POINT),
    "inspection_noted",
    (
        Field("unit", "被检查的单位", hint="写全称，加密保存。", width="full"),
        Field("body", "检查的机关", hint="例如“市生态环境局”。", width="full"),
        Field("division", "行政区划", "select", choices=districts_told),
        Field("inspected_on", "检查日期", "date", hint="不能晚于今天。"),
    ),
    "同一单位一年内受到的检查一并计数，不论由谁登记；超过规定次数的自动提出。",
    makes=("inspection_id",),
    words={("inspected_on", "out_of_range"): "检查日期不能晚于今天。"},
    service="clues",
)


@pages.get("/frequent-inspections")
@allow(*_BUREAU)
def frequent_inspections() -> str:
    cursor, after = cursor_asked(request.args), after_asked(request.args)
    part = ask_page("ListFrequentInspections", {"purpose": _PURPOSE}, cursor, "clues", after)
    return render_template(
        "clues/inspections.html",
        part=part,
        stale=part.stale,
        cursor=cursor,
        purpose=_PURPOSE,
    )


@pages.get("/inspections/new")
@allow(*NOTE.roles)
def noting() -> Answer:
    return _page(None)


@pages.post("/inspections/new")
@allow(*NOTE.roles)
def note() -> Response | Answer:
    typed = Form.of(request.form)
    return NOTE.form.send(typed, NOTE.payload(typed), _back()[1], _page)


def _page(shown: Submitted | None) -> Answer:
    if shown is None:
        fresh: dict[str, Any] = {name: new_form().value("command_id") for name in NOTE.makes}
        boxes = boxes_of("inspected_on", today().isoformat())
        shown = Submitted(new_form(**fresh, **boxes, division=bureau()))
    page = FormPage(
        title=NOTE.title,
        action="/inspections/new",
        button=NOTE.button,
        back=_back(),
        fields=NOTE.fields,
        says=NOTE.says,
        kept=NOTE.makes,
    )
    return page.show(NOTHING, shown)


def _back() -> tuple[str, str]:
    return _MINE if current_visitor().role is Role.POINT else _LIST

"""A batch as the bureau runs it: opened, and after its deliberation put on public notice."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_one
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page
from services.portal.pages.confirming import Question, Told
from services.portal.pages.districts import bureau
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.submitting import (
    Submitted,
    boxes_of,
    day,
    filled,
    new_form,
    text,
    whole,
)
from services.portal.pages.units import profile
from services.portal.web.access import allow
from shared.contracts.errors import NotFound
from shared.contracts.registry.vocabulary import Finding
from shared.contracts.roles import Role

pages = Blueprint("batch_work", __name__)

_NO_DAY = "没有这一天，请核对日期。"
_CHANGED = "名单中有单位的状态已经变化，请核对后重新勾选。"

BATCH = CommandForm(
    "OpenBatch",
    {
        "title": "名称",
        "places": "名额",
        "opens_on": "申报开始日期",
        "closes_on": "申报截止日期",
    },
    {
        ("title", "missing"): "请填写批次名称。",
        ("title", "bad_length"): "名称不超过 200 个字。",
        ("places", "missing"): "请填写名额。",
        ("places", "out_of_range"): "名额应为 1 到 1000。",
        ("opens_on", "missing"): "请填写申报开始日期。",
        ("opens_on", "bad_format"): _NO_DAY,
        ("closes_on", "missing"): "请填写申报截止日期。",
        ("closes_on", "bad_format"): _NO_DAY,
        ("closes_on", "out_of_range"): "截止日期不能早于开始日期。",
    },
    "batch_opened",
    question=Question(
        "启动新批次", "批次立即对外公布，名额和申报时间不能修改，只能延长申报。", "确认启动"
    ),
)
NOTICE = CommandForm(
    "PublishNotice",
    {
        "application_ids": "公示单位",
        "text": "公示正文",
        "phone": "受理异议的电话",
        "address": "受理异议的地址",
    },
    {
        ("application_ids", "bad_length"): "请至少勾选一个单位。",
        ("application_ids", "wrong_state"): _CHANGED,
        ("text", "missing"): "请填写公示正文。",
        ("text", "bad_length"): "公示正文不超过 4000 个字。",
        ("phone", "missing"): "请填写受理异议的电话。",
        ("address", "missing"): "请填写受理异议的地址。",
    },
    "published",
    question=Question(
        "发布公示",
        "单位名称从发布时起对所有人公开，公示期从明天起计算。内容有误的只能另行更正，公示期重新计算。",
        "确认发布公示",
    ),
)


@pages.get("/batches/new")
@allow(Role.LEADER)
def new_batch() -> Answer:
    form = new_form(batch_id=str(uuid.uuid4()), **boxes_of("opens_on", today().isoformat()))
    return _new_batch_page(Submitted(form))


@pages.post("/batches/new")
@allow(Role.LEADER)
def open_batch() -> Response | Answer:
    typed = Form.of(request.form)
    payload = filled(
        batch_id=typed.value("batch_id"),
        division=bureau(),
        title=text(typed, "title"),
        places=whole(typed, "places"),
        opens_on=day(typed, "opens_on"),
        closes_on=day(typed, "closes_on"),
    )
    return BATCH.send(typed, payload, f"/batches/{typed.value('batch_id')}", _new_batch_page)


@pages.get("/batches/<batch_id>/notice")
@allow(Role.OFFICER, Role.LEADER)
def new_notice(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _notice_page(batch_id, None)


@pages.post("/batches/<batch_id>/notice")
@allow(Role.OFFICER, Role.LEADER)
def publish_notice(batch_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        notice_id=typed.value("notice_id"),
        batch_id=batch_id,
        text=_with_contact(typed),
        application_ids=typed.chosen("application_ids"),
    )
    again = partial(_notice_page, batch_id)
    missing = [name for name in ("phone", "address") if not text(typed, name)]
    if missing:
        also = {name: NOTICE.words[name, "missing"] for name in missing}
        return again(NOTICE.submit(typed, payload, also))
    onwards = f"/notices/{typed.value('notice_id')}"
    return NOTICE.send(typed, payload, onwards, again, partial(_listed_units, batch_id))


def _listed_units(batch_id: str) -> Told:
    """What the units on the list are called."""
    units = opening.all_named(batch_id, "listed", opening.NOTICE).result or []
    return Told({"application_ids": {row["application_id"]: shown_as(row)[1] for row in units}})


def _with_contact(typed: Form) -> str | None:
    """The text with where objections are taken by other ways than the portal's page."""
    said = text(typed, "text")
    contact = f"受理异议的电话：{text(typed, 'phone')}；地址：{text(typed, 'address')}。"
    return said and f"{said}\n{contact}"


def _new_batch_page(shown: Submitted) -> Answer:
    return form_page("desk/batch_new.html", Part(), shown, BATCH.names, division=bureau())


def _notice_page(batch_id: str, shown: Submitted | None) -> Answer:
    batch, units = batch_and_units(batch_id, "listed", opening.NOTICE, shown)
    if shown is None:
        form = new_form(
            notice_id=str(uuid.uuid4()),
            application_ids=[row["application_id"] for row in units.result or []],
            text=_draft(batch.result["title"]) if batch.result else "",
        )
        shown = Submitted(form)
    return form_page(
        "desk/notice_new.html",
        batch,
        shown,
        NOTICE.names,
        batch_id=batch_id,
        units=units,
        choices=[shown_as(row) for row in units.result or []],
    )


def batch_and_units(
    batch_id: str, status: str, purpose: str, shown: Submitted | None
) -> tuple[Part, Part]:
    """A batch and its applications in a status, with their units' names.

    Raises NotFound for another bureau's batch: it is public, but not to be worked on here.
    """
    batch = ask_one("ShowBatch", "batch_id", batch_id, after_of(shown))
    if batch.result and not batch.result["may_work"]:
        raise NotFound("batch", batch_id)
    return batch, Part(away=batch.away) if batch.away else opening.all_named(
        batch_id, status, purpose
    )


def shown_as(row: dict[str, Any]) -> tuple[str, str, str]:
    """An application to tick: its unit, and below what tells it from others."""
    flagged = [
        label(name, "check") for name, its in row["findings"].items() if its == Finding.FLAGGED
    ]
    told = profile(row, "channel")
    if flagged:
        told += f"　存疑：{'、'.join(flagged)}"
    return row["application_id"], row["unit_name"] or "（名称已依法删除）", told


def _draft(title: str) -> str:
    """What a notice usually says; whoever publishes it changes it as they need."""
    return (
        f"根据“{title}”的工作安排，经申报、形式审查、资格审查和集体研究，"
        "现将拟确定的行政执法监督联系点名单予以公示，接受社会监督。"
    )

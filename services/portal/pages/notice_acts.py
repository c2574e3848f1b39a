"""What else the bureau does about a notice: an entry corrected, a verification given more time."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.asking import ask_one
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page, version_of
from services.portal.pages.confirming import Question
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name, today
from services.portal.pages.notice_days import unsettled
from services.portal.pages.notices_staff import may_extend, noticed_units, opened_objection
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("notice_acts", __name__)

_TOO_LONG = "不超过 4000 个字。"
CORRECTION = CommandForm(
    "CorrectNotice",
    {"application_id": "单位", "wrong": "原公示的错误", "correction": "更正内容"},
    {
        ("application_id", "missing"): "请选择要更正的单位。",
        ("wrong", "missing"): "请写明原公示哪里有误。",
        ("wrong", "bad_length"): _TOO_LONG,
        ("correction", "missing"): "请写明正确的内容。",
        ("correction", "bad_length"): _TOO_LONG,
    },
    "notice_corrected",
    question=Question(
        "更正公示",
        "更正对所有人公开，该单位的公示期从明天起重新计算。",
        "确认公布更正",
    ),
)
EXTENSION = CommandForm(
    "ExtendVerification",
    {"reasons": "理由"},
    {
        ("reasons", "missing"): "请写明为什么需要延长。",
        ("reasons", "bad_length"): _TOO_LONG,
    },
    "verification_extended",
)


@pages.get("/notices/<notice_id>/correction")
@allow(Role.OFFICER, Role.LEADER)
def correction(notice_id: str) -> Answer:
    """`?unit=` chooses the unit. Raises NotFound."""
    return _correction_page(notice_id, None)


@pages.post("/notices/<notice_id>/correction")
@allow(Role.OFFICER, Role.LEADER)
def correct(notice_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        notice_id=notice_id,
        application_id=typed.value("application_id"),
        wrong=text(typed, "wrong"),
        correction=text(typed, "correction"),
    )
    again = partial(_correction_page, notice_id)
    onwards = f"/notices/{notice_id}"
    return CORRECTION.send(typed, payload, onwards, again, partial(noticed_units, notice_id))


@pages.get("/objections/<objection_id>/extension")
@allow(Role.LEADER)
def extension(objection_id: str) -> Answer:
    """Raises NotFound."""
    return _extension_page(objection_id, None)


@pages.post("/objections/<objection_id>/extension")
@allow(Role.LEADER)
def extend(objection_id: str) -> Response | Answer:
    """Not bound to the notice's version, as the decision is not. Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        notice_id=typed.value("notice_id"),
        objection_id=objection_id,
        reasons=text(typed, "reasons"),
    )
    again = partial(_extension_page, objection_id)
    return EXTENSION.send(typed, payload, f"/objections/{objection_id}", again)


def _correction_page(notice_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound for another bureau's notice: it is public, but not to be worked on here."""
    notice = ask_one("ShowNotice", "notice_id", notice_id, after_of(shown))
    if notice.result and not notice.result["may_work"]:
        raise NotFound("notice", notice_id)
    if shown is None:
        unit = request.args.get("unit", "")
        shown = Submitted(new_form(expected_version=version_of(notice), application_id=unit))
    open_ids = unsettled(notice.result) if notice.result else []
    return form_page(
        "desk/correction.html",
        notice,
        shown,
        CORRECTION.names,
        notice_id=notice_id,
        units=[
            (unit["application_id"], f"{unit['unit_name']}（{division_name(unit['division'])}）")
            for unit in (notice.result or {"units": []})["units"]
            if unit["application_id"] in open_ids
        ],
    )


def _extension_page(objection_id: str, shown: Submitted | None) -> Answer:
    part = opened_objection(objection_id, after_of(shown))
    if part.result and not part.result["may_work"]:
        raise NotFound("objection", objection_id)
    if shown is None:
        shown = Submitted(new_form(notice_id=part.result["notice_id"] if part.result else ""))
    return form_page(
        "desk/extension.html",
        part,
        shown,
        EXTENSION.names,
        objection_id=objection_id,
        may_extend=bool(part.result) and may_extend(part.result, today().isoformat()),
    )

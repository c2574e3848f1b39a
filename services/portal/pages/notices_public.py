"""Public notices, and the way to object: by name or anonymously, with or without an account."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.pages.asking import ask_one, ask_page
from services.portal.pages.command_form import Answer, CommandForm, form_page
from services.portal.pages.forms import Form
from services.portal.pages.notice_days import heard, unsettled
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.receipts import new_receipt
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import everyone
from services.portal.web.limits import limit_objections

pages = Blueprint("notices", __name__)

_NAMED, _ANONYMOUS = "named", "anonymous"
_PHONE = "电话号码格式不对，例如 13900001234 或 0731-12345678。"

OBJECTION_FORM = CommandForm(
    "ObjectToNotice",
    {
        "application_id": "单位",
        "facts": "具体事实",
        "who": "提出方式",
        "contact_name": "姓名",
        "contact_phone": "联系电话",
    },
    {
        ("application_id", "missing"): "请选择有异议的单位。",
        ("facts", "bad_length"): "请写明具体事实，10 到 4000 个字。",
        ("facts", "missing"): "请写明具体事实。",
        ("who", "missing"): "请选择实名提出还是匿名提出。",
        ("contact_name", "missing"): "实名提出的，请填写姓名。",
        ("contact_name", "bad_length"): "姓名不超过 50 个字。",
        ("contact_phone", "missing"): "实名提出的，请填写联系电话。",
        ("contact_phone", "bad_format"): _PHONE,
        ("contact_phone", "bad_length"): _PHONE,
    },
    field_of=lambda path: "who" if path == "anonymous" else path,
)


@pages.get("/notices")
@everyone
def notices() -> str:
    cursor = cursor_asked(request.args)
    part = ask_page("ListNotices", cursor=cursor)
    return render_template("public/notices.html", part=part, cursor=cursor)


@pages.get("/notices/<notice_id>")
@everyone
def notice(notice_id: str) -> str:
    """Raises NotFound."""
    found = ask_one("ShowNotice", "notice_id", notice_id, after_asked(request.args))
    its = found.result
    return render_template(
        "public/notice.html",
        part=found,
        stale=found.stale,
        heard=heard(its) if its else [],
        unsettled=unsettled(its) if its else [],
    )


@pages.get("/notices/<notice_id>/object")
@everyone
def object_form(notice_id: str) -> Answer:
    """The form, with ids and code made now: sent twice, it is one objection. Raises NotFound."""
    unit = request.args.get("unit", "")
    ids = {"objection_id": str(uuid.uuid4()), "receipt_code": new_receipt()}
    fresh = new_form(application_id=unit, **ids)
    return _form_page(notice_id, Submitted(fresh))


@pages.post("/notices/<notice_id>/object")
@limit_objections
@everyone
def object_to(notice_id: str) -> Answer:
    """The confirmation, with number and code: no redirect, in whose address they would stand.

    Sent again it is the same objection; with other words after it was taken, what was taken
    holds. Raises NotFound.
    """
    typed = Form.of(request.form)
    done = OBJECTION_FORM.submit(typed, _payload(notice_id, typed), also=_missing(typed))
    if not done.is_done and not done.done_before:
        return _form_page(notice_id, done)
    page = render_template(
        "public/objected.html",
        notice_id=notice_id,
        number=typed.value("objection_id"),
        receipt_code=typed.value("receipt_code"),
        before=done.done_before,
    )
    return page, 200


def _form_page(notice_id: str, shown: Submitted) -> Answer:
    part = ask_one("ShowNotice", "notice_id", notice_id)
    return form_page(
        "public/object.html",
        part,
        shown,
        OBJECTION_FORM.names,
        notice_id=notice_id,
        heard=heard(part.result) if part.result else [],
    )


def _missing(typed: Form) -> dict[str, str]:
    """What the form asks for beside the contract: how one objects, and who, when by name."""
    asked = ["who"] if typed.value("who") not in (_NAMED, _ANONYMOUS) else []
    if typed.value("who") == _NAMED:
        asked += [name for name in ("contact_name", "contact_phone") if not text(typed, name)]
    return {name: OBJECTION_FORM.words[name, "missing"] for name in asked}


def _payload(notice_id: str, typed: Form) -> dict[str, Any]:
    """An anonymous objection says nothing of who, whatever stands in the boxes."""
    named = typed.value("who") == _NAMED
    return filled(
        notice_id=notice_id,
        objection_id=typed.value("objection_id"),
        application_id=typed.value("application_id"),
        anonymous=not named,
        facts=text(typed, "facts"),
        contact_name=text(typed, "contact_name") if named else None,
        contact_phone=text(typed, "contact_phone") if named else None,
        receipt_code=typed.value("receipt_code"),
    )

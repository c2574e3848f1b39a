"""Public notices, and the way to object: by name or anonymously, with or without an account."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.portal.pages.asking import ask_one, ask_page
from services.portal.pages.forms import Form, messages
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.web.access import everyone
from services.portal.web.calls import OutcomeUnknown, ServiceAway
from services.portal.web.edge import edge
from services.portal.web.limits import OBJECTION, limiter
from services.portal.web.problems import problem_of
from shared.contracts.errors import Invalid, NotFound, Refused

pages = Blueprint("notices", __name__)

_NAMED, _ANONYMOUS = "named", "anonymous"
_OWN_WORDS = {
    ("facts", "bad_length"): "请写明具体事实，10 到 4000 个字。",
    ("facts", "missing"): "请写明具体事实。",
    ("contact_name", "bad_length"): "姓名不超过 50 个字。",
    ("contact_name", "missing"): "实名提出的，请填写姓名。",
    ("contact_phone", "missing"): "实名提出的，请填写联系电话。",
    ("contact_phone", "bad_format"): "电话号码格式不对，例如 13900001234 或 0731-12345678。",
    ("contact_phone", "bad_length"): "电话号码格式不对，例如 13900001234 或 0731-12345678。",
    ("application_id", "missing"): "请选择有异议的单位。",
}


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
    return render_template("public/notice.html", part=found, stale=found.stale)


@pages.get("/notices/<notice_id>/object")
@everyone
def object_form(notice_id: str) -> tuple[str, int]:
    """The form, with ids made now: sent twice, it is one objection. Raises NotFound."""
    unit = request.args.get("unit", "")
    fresh = {
        "command_id": [str(uuid.uuid4())],
        "objection_id": [str(uuid.uuid4())],
        "application_id": [unit] if unit else [],
    }
    return _form_page(notice_id, Form(fresh))


@pages.post("/notices/<notice_id>/object")
@limiter.limit(OBJECTION)
@everyone
def object_to(notice_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    wrong = _incomplete(typed)
    if wrong:
        return _form_page(notice_id, Form(typed.values, wrong), status=422)
    try:
        edge().calls.command(
            "registry", "ObjectToNotice", _payload(notice_id, typed), typed.value("command_id")
        )
    except Invalid as invalid:
        errors = messages(invalid.problems, _OWN_WORDS)
        return _form_page(notice_id, Form(typed.values, errors), status=422)
    except Refused as refused:
        problem = problem_of(refused)
        form = Form(typed.values, problem=problem.detail)
        return _form_page(notice_id, form, status=problem.status)
    except OutcomeUnknown:
        return _form_page(notice_id, typed, status=504, unknown=True)
    except ServiceAway as away:
        form = Form(typed.values, problem=problem_of(away).detail)
        return _form_page(notice_id, form, status=503)
    number = typed.value("objection_id")
    return redirect(url_for("notices.objected", notice_id=notice_id, number=number), 303)


@pages.get("/notices/<notice_id>/objected")
@everyone
def objected(notice_id: str) -> str:
    """The confirmation, with the number by which the bureau finds the objection."""
    number = request.args.get("number", "")
    if not _is_uuid(number):
        raise NotFound("objection", number)
    return render_template("public/objected.html", notice_id=notice_id, number=number)


def _form_page(
    notice_id: str, form: Form, *, status: int = 200, unknown: bool = False
) -> tuple[str, int]:
    found = ask_one("ShowNotice", "notice_id", notice_id)
    page = render_template(
        "public/object.html", part=found, notice_id=notice_id, form=form, unknown=unknown
    )
    return page, status


def _incomplete(typed: Form) -> dict[str, str]:
    """What the registry need not be asked: fields left empty, in the order of the form."""
    wrong: dict[str, str] = {}
    if not typed.value("application_id"):
        wrong["application_id"] = _OWN_WORDS["application_id", "missing"]
    if not _text(typed, "facts"):
        wrong["facts"] = _OWN_WORDS["facts", "missing"]
    if typed.value("who") not in (_NAMED, _ANONYMOUS):
        wrong["who"] = "请选择实名提出还是匿名提出。"
    if typed.value("who") == _NAMED:
        for name in ("contact_name", "contact_phone"):
            if not _text(typed, name):
                wrong[name] = _OWN_WORDS[name, "missing"]
    return wrong


def _payload(notice_id: str, typed: Form) -> dict[str, Any]:
    """An anonymous objection says nothing of who, whatever stands in the boxes."""
    named = typed.value("who") == _NAMED
    return {
        "notice_id": notice_id,
        "objection_id": typed.value("objection_id"),
        "application_id": typed.value("application_id"),
        "anonymous": not named,
        "facts": _text(typed, "facts"),
        "contact_name": _text(typed, "contact_name") if named else None,
        "contact_phone": _text(typed, "contact_phone") if named else None,
    }


def _text(typed: Form, name: str) -> str:
    """As a person means it: browsers send line ends in two characters."""
    return typed.value(name).replace("\r\n", "\n").strip()


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False

"""Public notices, and the way to object: by name or anonymously, with or without an account."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.portal.pages.asking import ask_one, ask_page
from services.portal.pages.forms import Form, contract_problems, messages
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.web.access import everyone
from services.portal.web.calls import OutcomeUnknown, ServiceAway
from services.portal.web.edge import edge
from services.portal.web.limits import OBJECTION, limiter
from services.portal.web.problems import problem_of
from shared.contracts.errors import Invalid, NotFound, Refused

pages = Blueprint("notices", __name__)

_ORDER = ("application_id", "facts", "who", "contact_name", "contact_phone")
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
    payload = _payload(notice_id, typed)
    wrong = _wrong(typed, payload)
    if wrong:
        return _form_page(notice_id, Form(typed.values, wrong), status=422)
    try:
        edge().calls.command("registry", "ObjectToNotice", payload, typed.value("command_id"))
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


def _wrong(typed: Form, payload: dict[str, Any]) -> dict[str, str]:
    """Everything that can be told before it is sent, in the order of the form."""
    found = messages(contract_problems("registry", "ObjectToNotice", payload), _OWN_WORDS)
    found |= {
        name: _OWN_WORDS[name, "missing"] for name in _needed(typed) if not _text(typed, name)
    }
    if typed.value("who") not in (_NAMED, _ANONYMOUS):
        found["who"] = "请选择实名提出还是匿名提出。"
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def _needed(typed: Form) -> tuple[str, ...]:
    if typed.value("who") == _NAMED:
        return ("application_id", "facts", "contact_name", "contact_phone")
    return ("application_id", "facts")


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


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

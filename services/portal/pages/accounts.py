"""Accounts as an administrator runs them: all of them, one of them, a new one."""

from __future__ import annotations

import uuid

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.account_work import one_time_password, shown_account
from services.portal.pages.asking import Part, ask_page
from services.portal.pages.command_form import Answer, CommandForm, form_page
from services.portal.pages.forms import Form
from services.portal.pages.point_choices import point_name, without_account
from services.portal.pages.reading import after_asked, cursor_asked, words_asked
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

pages = Blueprint("accounts", __name__)

OPENING = CommandForm(
    "OpenAccount",
    {"display_name": "姓名", "login": "登录名", "password": "初始密码"},
    {
        ("display_name", "missing"): "请填写姓名。",
        ("display_name", "bad_length"): "姓名不超过 50 个字。",
        ("login", "missing"): "请填写登录名。",
        ("login", "bad_length"): "登录名为 3 到 40 个字符。",
        ("login", "bad_format"): "登录名只能用字母、数字和 . _ - @。",
        ("password", "missing"): "请填写初始密码。",
    },
    "account_opened",
    service="portal",
)


@pages.get("/accounts")
@allow(Role.ADMINISTRATOR)
def accounts() -> str:
    cursor, words = cursor_asked(request.args), words_asked(request.args)
    chosen = {"words": words} if words else {}
    return render_template(
        "accounts/accounts.html",
        part=ask_page("ListAccounts", chosen, cursor, service="portal"),
        cursor=cursor,
        chosen=chosen,
        form=Form({name: [value] for name, value in chosen.items()}),
        waiting=without_account(),
    )


@pages.get("/accounts/new")
@allow(Role.ADMINISTRATOR)
def new_account() -> Answer:
    """For a point's liaison officer where the address names the point: `?point=`."""
    fresh = new_form(
        account_id=str(uuid.uuid4()),
        password=one_time_password(),
        point=request.args.get("point", ""),
    )
    return _new_page(Submitted(fresh))


@pages.post("/accounts/new")
@allow(Role.ADMINISTRATOR)
def open_account() -> Response | Answer:
    """Then on to its first role: without one it can do nothing."""
    typed = Form.of(request.form)
    payload = filled(
        account_id=typed.value("account_id"),
        login=text(typed, "login"),
        display_name=text(typed, "display_name"),
        password=text(typed, "password"),
    )
    onwards = f"/accounts/{payload.get('account_id')}/roles/new"
    point = {"point": typed.value("point")} if typed.value("point") else {}
    return OPENING.send(typed, payload, onwards, _new_page, **point)


@pages.get("/accounts/<account_id>")
@allow(Role.ADMINISTRATOR)
def account(account_id: str) -> str:
    """Raises NotFound."""
    part = shown_account(account_id, after_asked(request.args))
    return render_template(
        "accounts/account.html",
        part=part,
        stale=part.stale,
        account_id=account_id,
        units=_units(part),
        is_own=account_id == current_visitor().account_id,
        with_identity=edge().openid is not None,
    )


def _units(part: Part) -> dict[str, str]:
    """The units that the account's roles are held for, a point by its name."""
    grants = part.result["grants"] if part.result else ()
    return {
        grant["unit"]: point_name(grant["unit"]) if grant["role"] == Role.POINT else grant["unit"]
        for grant in grants
        if grant["unit"]
    }


def _new_page(shown: Submitted) -> Answer:
    point_id = shown.form.value("point")
    return form_page(
        "accounts/new.html",
        Part(),
        shown,
        OPENING.names,
        of_point=point_name(point_id) if point_id else None,
    )

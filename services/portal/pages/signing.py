"""Signing in by password and code, signing out, and opening an account as an applicant."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.accounts.sessions import Session
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.districts import districts
from services.portal.pages.entering import begins, enter, leave, local_path
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow, everyone
from services.portal.web.edge import edge
from services.portal.web.limits import address, limit_register, limit_sign_in
from services.portal.web.problems import problem_of
from services.portal.web.visitor import current_visitor, forget_visitor
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

pages = Blueprint("signing", __name__)

SIGN_IN_NAMES = {"login": "登录名", "password": "密码", "code": "动态验证码"}
REGISTRATION = CommandForm(
    "RegisterApplicant",
    {
        "display_name": "姓名",
        "division": "所在区县",
        "login": "登录名",
        "password": "密码",
        "again": "再次输入密码",
    },
    {
        ("display_name", "missing"): "请填写姓名。",
        ("display_name", "bad_length"): "姓名不超过 50 个字。",
        ("division", "missing"): "请选择单位所在的区县。",
        ("login", "missing"): "请填写登录名。",
        ("login", "bad_length"): "登录名为 3 到 40 个字符。",
        ("login", "bad_format"): "登录名只能用字母、数字和 . _ - @。",
        ("password", "missing"): "请设置密码。",
        ("password", "bad_length"): "密码不超过 200 个字符。",
        ("password", "not_trimmed"): "密码的开头和结尾不能有空格。",
    },
    service="portal",
)


@pages.get("/sign-in")
@everyone
def sign_in_form() -> Response | str:
    """Whoever is signed in already is led on."""
    visitor = current_visitor()
    wanted = local_path(request.args.get("next", ""))
    if visitor.account_id is not None:
        return redirect(wanted or begins(visitor.role), 303)
    return sign_in_page(Form(), wanted)


@pages.post("/sign-in")
@limit_sign_in
@everyone
def sign_in() -> Response | Answer:
    """A session of its own for this browser, whatever it had before."""
    wanted = local_path(request.form.get("next", ""))
    typed = Form.of(request.form)
    login, password, code = (typed.value(name) for name in SIGN_IN_NAMES)
    errors = {
        name: f"请输入{SIGN_IN_NAMES[name]}。"
        for name, value in (("login", login.strip()), ("password", password))
        if not value
    }
    if errors:
        return sign_in_page(Form(typed.values, errors), wanted), 422
    try:
        signed = edge().sign_in.by_password(
            login.strip(), password, code.strip() or None, address(), "browser"
        )
    except Refused as refused:
        problem = problem_of(refused)
        if refused.reason == Reason.TOTP_NEEDED:
            form = Form(typed.values, {"code": f"{problem.detail}密码也请再输入一次。"})
        else:
            form = Form(typed.values, problem=problem.detail)
        return sign_in_page(form, wanted), problem.status
    before = current_visitor().session
    if before is not None:
        edge().sessions.end(before.session_id)
    return enter(signed, wanted)


@pages.post("/sign-out")
@everyone
def sign_out() -> Response:
    """Out of this browser's session; one that is gone already is no trouble.

    Whoever came by an OpenID provider is shown the way out there: no form may lead to another
    site, so this is a link.
    """
    session = current_visitor().session
    way_out = None if session is None else openid_way_out(session)
    if session is not None:
        edge().sessions.end(session.session_id)
    if way_out is not None:
        forget_visitor()
        return leave(make_response(render_template("signing/signed_out.html", way_out=way_out)))
    return leave(make_response(redirect(f"/?{urlencode({'note': 'signed_out'})}", 303)))


@pages.get("/register")
@everyone
def register_form() -> Response | Answer:
    visitor = current_visitor()
    wanted = local_path(request.args.get("next", ""))
    if visitor.account_id is not None:
        return redirect(wanted or begins(visitor.role), 303)
    fresh = new_form(account_id=str(uuid.uuid4()), grant_id=str(uuid.uuid4()))
    return _register_page(Submitted(fresh), wanted)


@pages.post("/register")
@limit_register
@allow(Role.PUBLIC)
def register() -> Response | Answer:
    """An account that acts as applicant, and its first session."""
    wanted = local_path(request.form.get("next", ""))
    typed = Form.of(request.form)
    login, password = text(typed, "login"), typed.value("password")
    differs = bool(password) and password != typed.value("again")
    payload = filled(
        account_id=typed.value("account_id"),
        grant_id=typed.value("grant_id"),
        division=typed.value("division"),
        login=login,
        display_name=text(typed, "display_name"),
        password=password,
    )
    also = {"again": "两次输入的密码不一致，请重新输入。"} if differs else None
    done = REGISTRATION.submit(typed, payload, also)
    if not done.is_done:
        return _register_page(done, wanted)
    signed = edge().sign_in.by_password(login, password, None, address(), "browser")
    return enter(signed, wanted, "registered")


def openid_way_out(session: Session) -> str | None:
    """Where to sign out at the provider too; None for a session that it did not vouch for."""
    provider, id_token = edge().openid, edge().sign_in.id_token(session)
    if provider is None or id_token is None:
        return None
    return provider.sign_out_url(id_token, f"{edge().settings.url}/")


def sign_in_page(form: Form, wanted: str | None) -> str:
    """The form with all the ways in."""
    return render_template(
        "signing/sign_in.html",
        form=form,
        names=SIGN_IN_NAMES,
        wanted=wanted,
        with_openid=edge().openid is not None,
    )


def _register_page(shown: Submitted, wanted: str | None) -> Answer:
    page = render_template(
        "signing/register.html",
        submitted=shown,
        form=shown.form,
        names=REGISTRATION.names,
        districts=districts(edge().settings.city),
        wanted=wanted,
    )
    return page, shown.status

"""One's own account: password, where one is signed in, and the role one acts in."""

from __future__ import annotations

import uuid

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.accounts.sessions import Session
from services.portal.domain.account import Account
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.entering import enter, leave, local_path
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, new_form
from services.portal.web.access import own_account, signed_in
from services.portal.web.edge import edge, services
from services.portal.web.limits import limit_proofs
from services.portal.web.visitor import current_visitor, forget_visitor
from shared.contracts.errors import NotFound

pages = Blueprint("account", __name__)

PASSWORD = CommandForm(
    "ChangePassword",
    {
        "old_password": "现在的密码",
        "new_password": "新密码",
        "again": "再次输入新密码",
    },
    {
        ("old_password", "missing"): "请输入现在的密码。",
        ("old_password", "password_wrong"): "现在的密码不正确，请重新输入。",
        ("new_password", "missing"): "请输入新密码。",
        ("new_password", "bad_length"): "密码不超过 200 个字符。",
        ("new_password", "not_trimmed"): "密码的开头和结尾不能有空格。",
    },
    service="portal",
    # A weak password is refused by its own name, whichever command brings it.
    field_of=lambda path: "new_password" if path == "password" else path,
)


def own() -> tuple[Account, Session]:
    """The account of whoever asks, as it is now, and the session in which they do."""
    visitor = current_visitor()
    assert visitor.account_id is not None
    assert visitor.session is not None
    return edge().directory.account(visitor.account_id), visitor.session


@pages.get("/account")
@signed_in
def show() -> str:
    its, session = own()
    return render_template(
        "account/account.html",
        login=edge().directory.clear(its.login),
        second_factor=its.totp_secret is not None,
        identity=its.identity,
        with_openid=edge().openid is not None,
        sessions=edge().sessions.of(its.account_id),
        current=session.session_id,
    )


@pages.get("/account/password")
@own_account
def password() -> Answer:
    """Also for whoever may do nothing else before."""
    return _password_page(Submitted(new_form()))


@pages.post("/account/password")
@limit_proofs
@own_account
def change_password() -> Response | Answer:
    """Everybody who was signed in to the account is out but this browser."""
    typed = Form.of(request.form)
    its, session = own()
    forced = current_visitor().must_change
    payload = filled(
        account_id=its.account_id,
        old_password=typed.value("old_password"),
        new_password=typed.value("new_password"),
    )
    done = PASSWORD.submit(typed, payload, _mistyped(typed))
    if not done.is_done:
        return _password_page(done)
    signed = edge().sign_in.go_on(session)
    wanted = local_path(request.form.get("next", "")) if forced else "/account"
    return enter(signed, wanted, "password_changed")


@pages.post("/account/sessions/<session_id>/end")
@signed_in
def end_session(session_id: str) -> Response:
    """Sign out one other browser or program. Raises NotFound."""
    its, session = own()
    if session_id not in {one.session_id for one in edge().sessions.of(its.account_id)}:
        raise NotFound("session", session_id)
    edge().sessions.end(session_id)
    if session_id == session.session_id:
        return leave(make_response(redirect("/?note=signed_out", 303)))
    return redirect("/account?note=session_ended", 303)


@pages.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    """All sessions of the account end, this one too."""
    its, _ = own()
    payload = {"account_id": its.account_id}
    services().command("portal", "EndSessions", payload, str(uuid.uuid4()))
    edge().sessions.end_all(its.account_id)
    return leave(make_response(redirect("/sign-in?note=signed_out_everywhere", 303)))


@pages.get("/account/role")
@signed_in
def roles() -> str:
    grant = current_visitor().grant
    form = Form({"grant_id": [] if grant is None else [grant.grant_id]})
    return render_template("account/role.html", form=form)


@pages.post("/account/role")
@signed_in
def switch_role() -> Response:
    """The other role begins where it works. Raises Refused with WRONG_ROLE."""
    its, session = own()
    signed = edge().sign_in.switch_role(session, its, request.form.get("grant_id", ""))
    forget_visitor()
    return enter(signed, note="role_changed")


def _mistyped(typed: Form) -> dict[str, str]:
    """What only the form can tell: that the two are not one, or that nothing changes."""
    old, new, again = (typed.value(name) for name in PASSWORD.names)
    if new != again:
        return {"again": "两次输入的新密码不一致，请重新输入。"}
    return {"new_password": "新密码不能与现在的密码相同。"} if new and new == old else {}


def _password_page(shown: Submitted) -> Answer:
    given = request.form if request.method == "POST" else request.args
    page = render_template(
        "account/password.html",
        submitted=shown,
        form=shown.form,
        names=PASSWORD.names,
        forced=current_visitor().must_change,
        wanted=local_path(given.get("next", "")),
    )
    return page, shown.status

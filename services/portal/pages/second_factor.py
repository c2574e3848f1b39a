"""Switching the second factor of one's own account on and off.

The secret and the recovery codes of a set-up lie sealed with the drafts until it is done, so that
a page loaded again shows the same, and no form carries them.
"""

from __future__ import annotations

import unicodedata

import segno
from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.accounts import totp
from services.portal.pages.account import own
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, new_form
from services.portal.web.access import signed_in
from services.portal.web.edge import edge
from services.portal.web.limits import limit_proofs

pages = Blueprint("second_factor", __name__)

_KIND = "second_factor"
"""Kind of the draft that holds a set-up; it is about the session, and of no use to another."""
_CODE = "请输入手机上显示的六位验证码。"

_PASSWORD = {
    ("password", "missing"): "请输入密码。",
    ("password", "password_wrong"): "密码不正确，请重新输入。",
}

ON = CommandForm(
    "EnableTotp",
    {"password": "密码", "code": "验证码"},
    {**_PASSWORD, ("code", "missing"): _CODE, ("code", "bad_length"): _CODE},
    service="portal",
)
OFF = CommandForm("DisableTotp", {"password": "密码"}, _PASSWORD, service="portal")


@pages.get("/account/totp")
@signed_in
def second_factor() -> Answer:
    return _page(Submitted(new_form()))


@pages.post("/account/totp")
@limit_proofs
@signed_in
def switch_on() -> Response | Answer:
    """On, for whoever knows the password and whose device proves that it has the secret."""
    typed = Form.of(request.form)
    its, session = own()
    set_up = edge().drafts.get(its.account_id, _KIND, session.session_id)
    if its.totp_secret is not None or not set_up:
        return redirect("/account/totp", 303)
    password = typed.value("password")
    code = unicodedata.normalize("NFKC", typed.value("code")).replace(" ", "")
    payload = filled(
        account_id=its.account_id,
        secret=set_up["secret"],
        password=password,
        code=code,
        recovery_hashes=totp.recovery_hashes(set_up["recovery_codes"]),
    )
    given = {"password": password, "code": code}
    also = {name: ON.words[name, "missing"] for name, value in given.items() if not value}
    done = ON.submit(typed, payload, also)
    if not done.is_done:
        return _page(done)
    edge().drafts.drop(its.account_id, _KIND, session.session_id)
    return redirect("/account?note=totp_on", 303)


@pages.post("/account/totp/off")
@limit_proofs
@signed_in
def switch_off() -> Response | Answer:
    """Off, for whoever knows the password."""
    typed = Form.of(request.form)
    its, _ = own()
    password = typed.value("password")
    also = None if password else {"password": OFF.words["password", "missing"]}
    done = OFF.submit(typed, filled(account_id=its.account_id, password=password), also)
    if done.is_done:
        return redirect("/account?note=totp_off", 303)
    return _page(done)


def _page(shown: Submitted) -> Answer:
    its, session = own()
    told = {"submitted": shown, "form": shown.form}
    if its.totp_secret is not None:
        return render_template("account/totp_off.html", names=OFF.names, **told), shown.status
    set_up = edge().drafts.get(its.account_id, _KIND, session.session_id)
    if not set_up:
        set_up = {"secret": totp.new_secret(), "recovery_codes": totp.new_recovery_codes()}
        edge().drafts.put(its.account_id, _KIND, session.session_id, set_up)
    uri = totp.provisioning_uri(set_up["secret"], edge().directory.clear(its.login) or "")
    page = render_template(
        "account/totp_on.html",
        names=ON.names,
        picture=segno.make(uri, error="m").svg_data_uri(scale=5, border=4),
        secret=_in_fours(set_up["secret"]),
        recovery_codes=set_up["recovery_codes"],
        **told,
    )
    return page, shown.status


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

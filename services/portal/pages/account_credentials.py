"""How the holder of an account signs in: a password set anew, an identity of the city bound."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.account_work import account_form, one_time_password
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, text
from services.portal.web.access import allow
from services.portal.web.edge import edge
from shared.contracts.roles import Role

pages = Blueprint("account_credentials", __name__)

PASSWORD = CommandForm(
    "ResetPassword",
    {"password": "初始密码"},
    {("password", "missing"): "请填写初始密码。"},
    "password_reset",
    service="portal",
)
IDENTITY = CommandForm(
    "BindIdentity",
    {"issuer": "认证服务地址", "subject": "统一身份编号"},
    {
        ("issuer", "missing"): "请填写认证服务地址。",
        ("subject", "missing"): "请填写统一身份编号。",
    },
    "identity_bound",
    service="portal",
)


@pages.get("/accounts/<account_id>/password")
@allow(Role.ADMINISTRATOR)
def password_form(account_id: str) -> Answer:
    """Raises NotFound."""
    return _password_page(account_id, None)


@pages.post("/accounts/<account_id>/password")
@allow(Role.ADMINISTRATOR)
def reset_password(account_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(account_id=account_id, password=text(typed, "password"))
    again = partial(_password_page, account_id)
    return PASSWORD.send(typed, payload, f"/accounts/{account_id}", again)


@pages.get("/accounts/<account_id>/identity")
@allow(Role.ADMINISTRATOR)
def identity_form(account_id: str) -> Answer:
    """Raises NotFound."""
    return _identity_page(account_id, None)


@pages.post("/accounts/<account_id>/identity")
@allow(Role.ADMINISTRATOR)
def bind_identity(account_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        account_id=account_id, issuer=text(typed, "issuer"), subject=text(typed, "subject")
    )
    again = partial(_identity_page, account_id)
    return IDENTITY.send(typed, payload, f"/accounts/{account_id}", again)


def _password_page(account_id: str, shown: Submitted | None) -> Answer:
    fresh = {"password": one_time_password()}
    return account_form("accounts/password.html", account_id, shown, PASSWORD.names, fresh)


def _identity_page(account_id: str, shown: Submitted | None) -> Answer:
    provider = edge().settings.oidc
    fresh = {"issuer": provider.issuer if provider else ""}
    return account_form("accounts/identity.html", account_id, shown, IDENTITY.names, fresh)

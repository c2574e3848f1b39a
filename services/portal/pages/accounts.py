"""Accounts as an administrator runs them: opened, given roles, reset, closed."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.domain.account import GRANTABLE, OF_A_UNIT
from services.portal.labels import label_choices
from services.portal.pages.asking import PAGE, Part, ask_part
from services.portal.pages.districts import Choice, areas
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, Words, filled, go_on, new_form, submit, text
from services.portal.web.access import allow
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

pages = Blueprint("accounts", __name__)

_WHOLE = "whole"
"""The choice of a role that is held for no division in particular."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""For passwords that are read out or copied by hand: nothing that looks like something else."""

OPEN_NAMES = {"display_name": "姓名", "login": "登录名", "password": "初始密码"}
GRANT_NAMES = {"role": "角色", "division": "范围", "unit": "代表的单位"}
PASSWORD_NAMES = {"password": "初始密码"}
IDENTITY_NAMES = {"issuer": "认证服务地址", "subject": "统一身份编号"}
_WORDS: Words = {
    ("display_name", "missing"): "请填写姓名。",
    ("display_name", "bad_length"): "姓名不超过 50 个字。",
    ("login", "missing"): "请填写登录名。",
    ("login", "bad_length"): "登录名为 3 到 40 个字符。",
    ("login", "bad_format"): "登录名只能用字母、数字和 . _ - @。",
    ("password", "missing"): "请填写初始密码。",
    ("role", "missing"): "请选择角色。",
    ("division", "missing"): "请选择范围。",
    ("unit", "missing"): "联系点和行政执法机关要写明代表哪个单位。",
    ("unit", "not_allowed"): "该角色不代表单位，请清空此项。",
    ("issuer", "missing"): "请填写认证服务地址。",
    ("subject", "missing"): "请填写统一身份编号。",
}


@dataclass(frozen=True)
class Act:
    """Something done to an account that asks for nothing but a yes."""

    command: str
    title: str
    consequence: str
    button: str
    note: str
    grave: bool = True


ACTS: Mapping[str, Act] = {
    "close": Act(
        "CloseAccount",
        "停用账号",
        "停用后立即退出登录，不能再登录。所办理事项的记录不受影响；需要时可以重新启用。",
        "停用账号",
        "account_closed",
    ),
    "reopen": Act(
        "ReopenAccount",
        "重新启用账号",
        "启用后可以用原来的密码登录，角色与停用前相同。",
        "重新启用",
        "account_reopened",
        grave=False,
    ),
    "sign-out": Act(
        "EndSessions",
        "退出全部登录",
        "该账号在所有设备上的登录立即退出，可以重新登录。",
        "全部退出",
        "account_signed_out",
    ),
    "totp-off": Act(
        "DisableTotp",
        "停用动态验证码",
        "用于手机和恢复码都已丢失的情形。请先当面或者电话核实是本人；停用后只凭密码即可登录。",
        "停用动态验证码",
        "account_totp_off",
    ),
    "identity-off": Act(
        "UnbindIdentity",
        "解除统一身份关联",
        "解除后不能再通过统一身份认证登录该账号，密码登录不受影响。",
        "解除关联",
        "identity_unbound",
    ),
}
"""Last part of the address → what it does."""
_ACT_PATH = "/accounts/<account_id>/<any({}):act>".format(",".join(f'"{act}"' for act in ACTS))


@pages.get("/accounts")
@allow(Role.ADMINISTRATOR)
def accounts() -> str:
    cursor = cursor_asked(request.args)
    return render_template("accounts/accounts.html", part=_listed(cursor), cursor=cursor)


@pages.get("/accounts/new")
@allow(Role.ADMINISTRATOR)
def new_account() -> tuple[str, int]:
    form = new_form(account_id=str(uuid.uuid4()), password=_one_time_password())
    return _open_page(Submitted(form))


@pages.post("/accounts/new")
@allow(Role.ADMINISTRATOR)
def open_account() -> Response | tuple[str, int]:
    """Then on to its first role: without one it can do nothing."""
    typed = Form.of(request.form)
    payload = filled(
        account_id=typed.value("account_id"),
        login=text(typed, "login"),
        display_name=text(typed, "display_name"),
        password=text(typed, "password"),
    )
    done = submit(typed, "OpenAccount", payload, OPEN_NAMES, words=_WORDS, service="portal")
    if done.is_done:
        return go_on(f"/accounts/{payload['account_id']}/roles/new", done, "account_opened")
    return _open_page(done)


@pages.get("/accounts/<account_id>")
@allow(Role.ADMINISTRATOR)
def account(account_id: str) -> str:
    """Raises NotFound."""
    part = _shown(account_id, after_asked(request.args))
    return render_template(
        "accounts/account.html",
        part=part,
        stale=part.stale,
        account_id=account_id,
        is_own=account_id == current_visitor().account_id,
        with_identity=edge().openid is not None,
    )


@pages.get("/accounts/<account_id>/roles/new")
@allow(Role.ADMINISTRATOR)
def new_role(account_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _grant_page(account_id, None)


@pages.post("/accounts/<account_id>/roles/new")
@allow(Role.ADMINISTRATOR)
def grant_role(account_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    role, division = typed.value("role"), typed.value("division")
    if not division:
        errors = {"division": _WORDS["division", "missing"]}
        if not role:
            errors = {"role": _WORDS["role", "missing"], **errors}
        return _grant_page(account_id, Submitted(Form(typed.values, errors), status=422))
    payload = filled(
        account_id=account_id,
        grant_id=typed.value("grant_id"),
        role=role,
        division=None if division == _WHOLE else division,
        unit=text(typed, "unit") if role in OF_A_UNIT else None,
    )
    done = submit(typed, "GrantRole", payload, GRANT_NAMES, words=_WORDS, service="portal")
    if done.is_done:
        return go_on(f"/accounts/{account_id}", done, "role_granted")
    return _grant_page(account_id, done)


@pages.get("/accounts/<account_id>/roles/<grant_id>/revoke")
@allow(Role.ADMINISTRATOR)
def revoke_form(account_id: str, grant_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _revoke_page(account_id, grant_id, None)


@pages.post("/accounts/<account_id>/roles/<grant_id>/revoke")
@allow(Role.ADMINISTRATOR)
def revoke_role(account_id: str, grant_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = {"account_id": account_id, "grant_id": grant_id}
    done = submit(typed, "RevokeRole", payload, {}, service="portal")
    if done.is_done:
        return go_on(f"/accounts/{account_id}", done, "role_revoked")
    return _revoke_page(account_id, grant_id, done)


@pages.get("/accounts/<account_id>/password")
@allow(Role.ADMINISTRATOR)
def password_form(account_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _password_page(account_id, None)


@pages.post("/accounts/<account_id>/password")
@allow(Role.ADMINISTRATOR)
def reset_password(account_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(account_id=account_id, password=text(typed, "password"))
    done = submit(typed, "ResetPassword", payload, PASSWORD_NAMES, words=_WORDS, service="portal")
    if done.is_done:
        return go_on(f"/accounts/{account_id}", done, "password_reset")
    return _password_page(account_id, done)


@pages.get("/accounts/<account_id>/identity")
@allow(Role.ADMINISTRATOR)
def identity_form(account_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _identity_page(account_id, None)


@pages.post("/accounts/<account_id>/identity")
@allow(Role.ADMINISTRATOR)
def bind_identity(account_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        account_id=account_id, issuer=text(typed, "issuer"), subject=text(typed, "subject")
    )
    done = submit(typed, "BindIdentity", payload, IDENTITY_NAMES, words=_WORDS, service="portal")
    if done.is_done:
        return go_on(f"/accounts/{account_id}", done, "identity_bound")
    return _identity_page(account_id, done)


@pages.get(_ACT_PATH)
@allow(Role.ADMINISTRATOR)
def confirm(account_id: str, act: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _confirm_page(account_id, act, None)


@pages.post(_ACT_PATH)
@allow(Role.ADMINISTRATOR)
def carry_out(account_id: str, act: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    its = ACTS[act]
    done = submit(typed, its.command, {"account_id": account_id}, {}, service="portal")
    if done.is_done:
        return go_on(f"/accounts/{account_id}", done, its.note)
    return _confirm_page(account_id, act, done)


def _listed(cursor: str | None) -> Part:
    """A page of accounts; a cursor that is none of ours begins again."""
    if cursor is not None:
        try:
            return ask_part("portal", "ListAccounts", {"limit": PAGE, "cursor": cursor})
        except Invalid:
            pass
    return ask_part("portal", "ListAccounts", {"limit": PAGE})


def _shown(account_id: str, after: Mapping[str, Any] | None = None) -> Part:
    """Raises NotFound, also for what cannot be an id at all."""
    try:
        return ask_part("portal", "ShowAccount", {"account_id": account_id}, after)
    except Invalid:
        raise NotFound("account", account_id) from None


def _open_page(shown: Submitted) -> tuple[str, int]:
    page = render_template(
        "accounts/new.html", form=shown.form, unknown=shown.unknown, names=OPEN_NAMES
    )
    return page, shown.status


def _grant_page(account_id: str, shown: Submitted | None) -> tuple[str, int]:
    return _form_page(
        "accounts/grant.html",
        account_id,
        shown,
        {"grant_id": str(uuid.uuid4())},
        names=GRANT_NAMES,
        roles=[choice for choice in label_choices("role") if choice[0] in GRANTABLE],
        scopes=_scopes(),
    )


def _revoke_page(account_id: str, grant_id: str, shown: Submitted | None) -> tuple[str, int]:
    its = _shown(account_id).result
    grant = next((one for one in its["grants"] if one["grant_id"] == grant_id), None)
    if grant is None and shown is None:
        raise NotFound("grant", grant_id)
    return _form_page("accounts/revoke.html", account_id, shown, {}, grant=grant)


def _password_page(account_id: str, shown: Submitted | None) -> tuple[str, int]:
    fresh = {"password": _one_time_password()}
    return _form_page("accounts/password.html", account_id, shown, fresh, names=PASSWORD_NAMES)


def _identity_page(account_id: str, shown: Submitted | None) -> tuple[str, int]:
    provider = edge().settings.oidc
    fresh = {"issuer": provider.issuer if provider else ""}
    return _form_page("accounts/identity.html", account_id, shown, fresh, names=IDENTITY_NAMES)


def _confirm_page(account_id: str, act: str, shown: Submitted | None) -> tuple[str, int]:
    return _form_page("accounts/confirm.html", account_id, shown, {}, act=ACTS[act], act_key=act)


def _form_page(
    template: str,
    account_id: str,
    shown: Submitted | None,
    fresh: Mapping[str, str],
    **more: Any,
) -> tuple[str, int]:
    """A form about an account, which stands on the version that its page shows."""
    its = _shown(account_id, shown.after if shown else after_asked(request.args)).result
    if shown is None:
        version = its["version"] if its else ""
        shown = Submitted(new_form(expected_version=version, **fresh))
    page = render_template(
        template,
        account_id=account_id,
        its=its,
        form=shown.form,
        version=shown.version(its),
        unknown=shown.unknown,
        **more,
    )
    return page, shown.status


def _scopes() -> list[Choice]:
    """Where the administrator may give roles: everywhere, or from their own division down."""
    division = current_visitor().division
    if division is not None:
        return areas(division)
    return [(_WHOLE, "不限区域"), *areas(edge().settings.city)]


def _one_time_password() -> str:
    """Easy to read out, and far too long to guess."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))

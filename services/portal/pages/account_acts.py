"""What is done to an account that asks for nothing but a yes: closed, reopened, signed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.account_work import account_form
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("account_acts", __name__)


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
_PATH = "/accounts/<account_id>/<any({}):act>".format(",".join(f'"{act}"' for act in ACTS))


@pages.get(_PATH)
@allow(Role.ADMINISTRATOR)
def confirm(account_id: str, act: str) -> Answer:
    """Raises NotFound."""
    return _page(account_id, act, None)


@pages.post(_PATH)
@allow(Role.ADMINISTRATOR)
def carry_out(account_id: str, act: str) -> Response | Answer:
    """Raises NotFound."""
    form = CommandForm(ACTS[act].command, note=ACTS[act].note, service="portal")
    again = partial(_page, account_id, act)
    typed, payload = Form.of(request.form), {"account_id": account_id}
    return form.send(typed, payload, f"/accounts/{account_id}", again)


def _page(account_id: str, act: str, shown: Submitted | None) -> Answer:
    return account_form("accounts/confirm.html", account_id, shown, act=ACTS[act])

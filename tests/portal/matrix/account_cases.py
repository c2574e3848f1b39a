"""Cases of the writes about accounts, and of those that operators make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pyotp

from services.portal.accounts import totp
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.roles import Role
from tests.portal.matrix.scene import Case, Make, Scene
from tests.portal.people import FIRST, OWN
from tests.system.bureau import CITY, DISTRICT, new_id

_SECRET = totp.new_secret()


def _of_account(
    body: Callable[[], Mapping[str, Any]] = dict, before: Callable[[Scene, str], None] | None = None
) -> Make:
    """Somebody else's account, to which something has happened before."""

    def make(scene: Scene, _: str) -> Case:
        account_id = scene.account()
        if before is not None:
            before(scene, account_id)
        return Case({"account_id": account_id}, body())

    return make


def _identity() -> dict[str, str]:
    return {"issuer": "https://sso.example.gov.cn", "subject": new_id()}


def _is_closed(scene: Scene, account_id: str) -> None:
    scene.act("CloseAccount", account_id=account_id)


def _is_bound(scene: Scene, account_id: str) -> None:
    scene.act("BindIdentity", account_id=account_id, **_identity())


def _accounts(_: Scene, __: str) -> Case:
    return Case({}, {"login": f"made.{new_id()[:8]}", "display_name": "赵六", "password": FIRST})


def _registrations(scene: Scene, caller: str) -> Case:
    return Case({}, {**_accounts(scene, caller).body, "division": DISTRICT})


def _revocations(scene: Scene, _: str) -> Case:
    account_id, grant_id = scene.account(), new_id()
    scene.act(
        "GrantRole",
        **{"account_id": account_id, "grant_id": grant_id, "role": "partner"},
        **{"division": CITY, "unit": None},
    )
    return Case({"account_id": account_id, "grant_id": grant_id})


def _own_password(scene: Scene, caller: str) -> Case:
    scene.act("ResetPassword", account_id=caller, password=FIRST)
    return Case({"account_id": caller}, {"old_password": FIRST, "new_password": OWN})


def _factor() -> dict[str, str]:
    code = pyotp.TOTP(_SECRET).now()
    return {
        "password": OWN,
        "secret": _SECRET,
        "code": code,
        "recovery_hashes": totp.recovery_hashes(["one"]),
    }


def _own_totp(scene: Scene, caller: str) -> Case:
    with suppress(Refused):  # it is off
        scene.act("DisableTotp", account_id=caller, password=None)
    return Case({"account_id": caller}, _factor())


def _own_totp_off(scene: Scene, caller: str) -> Case:
    with suppress(Refused):  # it is on
        holder = Actor(caller, Role.APPLICANT)
        scene.act("EnableTotp", holder, account_id=caller, **_factor())
    return Case({"account_id": caller}, {"password": OWN})


ACCOUNT_CASES: dict[str, Make] = {
    "POST /api/v1/registrations": _registrations,
    "POST /api/v1/accounts": _accounts,
    "POST /api/v1/accounts/names": lambda _, caller: Case(
        {}, {"account_ids": [caller], "purpose": "核对查阅记录"}
    ),
    "POST /api/v1/accounts/<account_id>/close": _of_account(),
    "POST /api/v1/accounts/<account_id>/reopen": _of_account(dict, _is_closed),
    "PUT /api/v1/accounts/<account_id>/identity": _of_account(_identity),
    "DELETE /api/v1/accounts/<account_id>/identity": _of_account(dict, _is_bound),
    "POST /api/v1/accounts/<account_id>/password/reset": _of_account(lambda: {"password": FIRST}),
    "POST /api/v1/accounts/<account_id>/roles": _of_account(
        lambda: {"role": "partner", "division": CITY, "unit": None}
    ),
    "DELETE /api/v1/accounts/<account_id>/roles/<grant_id>": _revocations,
    "POST /api/v1/accounts/<account_id>/totp/enable": _own_totp,
    "POST /api/v1/accounts/<account_id>/totp/disable": _own_totp_off,
    "POST /api/v1/accounts/<account_id>/password/change": _own_password,
    "POST /api/v1/accounts/<account_id>/sessions/end": lambda _, caller: Case(
        {"account_id": caller}
    ),
    "POST /api/v1/parked/<service>/retry": lambda _, __: Case(),
}
"""By the names of the written table."""

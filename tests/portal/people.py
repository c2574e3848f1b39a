"""Accounts in every role, made as an installation's first administrator makes them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from shared.access.actor import Actor
from shared.contracts.roles import Role
from shared.service.client import ServiceClient
from tests.portal.client import Client
from tests.system.bureau import CITY, RECOMMENDER

CONSOLE = Actor("first-administrator", Role.ADMINISTRATOR)
FIRST, OWN = "初次登录时用的一句密码", "后来自己选定的一句密码"
_UNITS = {Role.POINT: "unit-1", Role.ENFORCEMENT_BODY: "unit-1", Role.PARTNER: RECOMMENDER.unit}


@dataclass
class People:
    """Makes accounts by the console, and signs them in at the portal."""

    console: ServiceClient
    url: str

    def __post_init__(self) -> None:
        self._known: dict[tuple[Role, str | None], Client] = {}

    def nobody(self) -> Client:
        return Client(self.url)

    def known(self, role: Role, division: str | None = CITY) -> Client:
        """The one who holds this role for this division; signed in once for all tests."""
        if role is Role.PUBLIC:
            return self.nobody()
        if (role, division) not in self._known:
            self._known[role, division] = self.new(role, division=division)
        return self._known[role, division]

    def new(self, *roles: Role, division: str | None = CITY, unit: str | None = None) -> Client:
        """A new account with these roles, its password chosen, signed in."""
        account_id, login = self.account(*roles, division=division, unit=unit)
        fresh = Client(self.url).sign_in(login, FIRST)
        changed = fresh.send(
            f"/accounts/{account_id}/password/change",
            {"old_password": FIRST, "new_password": OWN},
        )
        assert changed.status_code == 200, changed.text
        return Client(self.url, account_id=account_id).sign_in(login, OWN)

    def account(
        self, *roles: Role, division: str | None = CITY, unit: str | None = None
    ) -> tuple[str, str]:
        """A new account as it is before anybody has signed in, and is shown: its id and login."""
        account_id = str(uuid.uuid4())
        login = f"user.{account_id[:13]}"
        done = self._send(
            "OpenAccount",
            account_id=account_id,
            login=login,
            display_name="测试人员",
            password=FIRST,
        )
        for role in roles:
            done = self._send(
                "GrantRole",
                account_id=account_id,
                grant_id=str(uuid.uuid4()),
                role=str(role),
                division=division,
                unit=unit or _UNITS.get(role),
            )
        shown = {"account_id": account_id}
        self.console.query(CONSOLE, "portal", "ShowAccount", shown, after=done)
        return account_id, login

    def _send(self, command_type: str, **payload: object) -> dict[str, Any]:
        return self.console.command(CONSOLE, "portal", command_type, payload)

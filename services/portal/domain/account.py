"""An account: who may sign in, with what, and in which roles they act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.portal.domain.context import Context
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.message import Sealable
from shared.contracts.portal import commands, events
from shared.contracts.reasons import Reason
from shared.contracts.roles import EVERYBODY, Role
from shared.contracts.transitions import Transitions, decide_by


class AccountStatus(StrEnum):
    ABSENT = "absent"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Grant:
    """A role, for a division (None: the whole city), and the unit acted for."""

    grant_id: str
    role: Role
    division: str | None
    unit: str | None


@dataclass(frozen=True)
class Account:
    """An account's state. `epoch` goes up whenever everyone who is signed in must be out.

    opened_in: the division for which it was opened (None: the whole city)
    resets: how often somebody else than its holder has set the password
    """

    status: AccountStatus = AccountStatus.ABSENT
    account_id: str = ""
    opened_in: str | None = None
    login: Sealable[str] = ""
    display_name: Sealable[str] = ""
    password_hash: Sealable[str] = ""
    must_change: bool = False
    totp_secret: Sealable[str] | None = None
    recovery_hashes: Sealable[str] = ""
    identity: bool = False
    grants: Mapping[str, Grant] = field(default_factory=dict)
    used_grants: frozenset[str] = frozenset()
    epoch: int = 0
    resets: int = 0

    @property
    def divisions(self) -> frozenset[str | None]:
        """Where the account belongs: to the divisions of its roles, without any to where it was
        opened.
        """
        held = frozenset(given.division for given in self.grants.values())
        return held or frozenset({self.opened_in})


@dataclass(frozen=True)
class Open:
    """OpenAccount or RegisterApplicant, its password hashed."""

    account_id: str
    login: str
    display_name: str
    password_hash: str
    registered: bool
    division: str | None


@dataclass(frozen=True)
class SetPassword:
    """ResetPassword or ChangePassword, the new password hashed and the old one verified."""

    password_hash: str
    must_change: bool


@dataclass(frozen=True)
class Rehash:
    """RehashPassword, once it is certain that the hash replaced is the present one."""

    password_hash: str


GRANTABLE = EVERYBODY - {Role.PUBLIC}
"""Roles that an account can hold; nobody signs in to be the public, a reporter or the system."""
OF_A_UNIT = frozenset({Role.POINT, Role.ENFORCEMENT_BODY})
"""Roles in which one acts for a unit that is named."""
MAY_NAME_A_UNIT = OF_A_UNIT | {Role.PARTNER}
"""A partner's body, as it recommends units; without one a partner only reads."""


def open_account(_: Account, command: Open, __: Context) -> list[Any]:
    return [
        events.AccountOpened(
            account_id=command.account_id,
            registered=command.registered,
            division=command.division,
            login=command.login,
            display_name=command.display_name,
        ),
        events.PasswordSet(
            account_id=command.account_id,
            must_change=not command.registered,
            password_hash=command.password_hash,
        ),
    ]


def grant(state: Account, command: commands.GrantRole, context: Context) -> list[Any]:
    """Nobody may give themself a role, and no grant's id is used twice."""
    if context.actor_id == state.account_id:
        raise Refused(Reason.OWN_ROLE, "nobody grants a role to themself", ["account_id"])
    if command.role not in GRANTABLE:
        raise Invalid.one("role", "not_allowed", "nobody signs in as that")
    if command.role in OF_A_UNIT and command.unit is None:
        raise Invalid.one("unit", "missing", "points and enforcement bodies name their unit")
    if command.role not in MAY_NAME_A_UNIT and command.unit is not None:
        raise Invalid.one("unit", "not_allowed", "nobody acts for a unit in that role")
    if command.grant_id in state.used_grants:
        raise Refused(Reason.ALREADY_EXISTS, "that grant is on record", ["grant_id"])
    return [
        events.RoleGranted(
            account_id=state.account_id,
            grant_id=command.grant_id,
            role=command.role,
            division=command.division,
            unit=command.unit,
        )
    ]


@dataclass(frozen=True)
class GrantApplicant:
    """Part of RegisterApplicant: the one role that an account has from its own hand."""

    grant_id: str
    division: str


def grant_applicant(state: Account, command: GrantApplicant, _: Context) -> list[Any]:
    return [
        events.RoleGranted(
            account_id=state.account_id,
            grant_id=command.grant_id,
            role=Role.APPLICANT,
            division=command.division,
            unit=None,
        )
    ]


def revoke(state: Account, command: commands.RevokeRole, _: Context) -> list[Any]:
    if command.grant_id not in state.grants:
        raise NotFound("grant", command.grant_id)
    return [events.RoleRevoked(account_id=state.account_id, grant_id=command.grant_id)]


def set_password(state: Account, command: SetPassword, _: Context) -> list[Any]:
    return [
        events.PasswordSet(
            account_id=state.account_id,
            must_change=command.must_change,
            password_hash=command.password_hash,
        )
    ]


def rehash(state: Account, command: Rehash, _: Context) -> list[Any]:
    return [
        events.PasswordRehashed(account_id=state.account_id, password_hash=command.password_hash)
    ]


def enable_totp(state: Account, command: commands.EnableTotp, _: Context) -> list[Any]:
    """Not in place of another: switching that one off takes the password."""
    if state.totp_secret is not None:
        raise Refused(Reason.WRONG_STATE, "a second factor is switched on: switch it off first")
    return [
        events.TotpEnabled(
            account_id=state.account_id,
            secret=command.secret,
            recovery_hashes=command.recovery_hashes,
        )
    ]


def disable_totp(state: Account, _: commands.DisableTotp, __: Context) -> list[Any]:
    if state.totp_secret is None:
        raise Refused(Reason.WRONG_STATE, "no second factor is switched on")
    return [events.TotpDisabled(account_id=state.account_id)]


def bind_identity(state: Account, command: commands.BindIdentity, _: Context) -> list[Any]:
    if state.identity:
        raise Refused(Reason.ALREADY_EXISTS, "an identity is bound: unbind it first")
    return [
        events.IdentityBound(
            account_id=state.account_id, issuer=command.issuer, subject=command.subject
        )
    ]


def unbind_identity(state: Account, _: commands.UnbindIdentity, __: Context) -> list[Any]:
    if not state.identity:
        raise Refused(Reason.WRONG_STATE, "no identity is bound")
    return [events.IdentityUnbound(account_id=state.account_id)]


def lock(state: Account, command: commands.LockAccount, _: Context) -> list[Any]:
    return [events.AccountLocked(account_id=state.account_id, minutes=command.minutes)]


def end_sessions(state: Account, _: commands.EndSessions, __: Context) -> list[Any]:
    return [events.SessionsEnded(account_id=state.account_id)]


def close(state: Account, _: commands.CloseAccount, context: Context) -> list[Any]:
    if context.actor_id == state.account_id:
        raise Refused(Reason.OWN_ROLE, "nobody closes their own account", ["account_id"])
    return [events.AccountClosed(account_id=state.account_id)]


def reopen(state: Account, _: commands.ReopenAccount, __: Context) -> list[Any]:
    return [events.AccountReopened(account_id=state.account_id)]


_S = AccountStatus
TRANSITIONS: Transitions = {
    (_S.ABSENT, Open): open_account,
    (_S.OPEN, commands.GrantRole): grant,
    (_S.OPEN, GrantApplicant): grant_applicant,
    (_S.OPEN, commands.RevokeRole): revoke,
    (_S.OPEN, SetPassword): set_password,
    (_S.OPEN, Rehash): rehash,
    (_S.OPEN, commands.EnableTotp): enable_totp,
    (_S.OPEN, commands.DisableTotp): disable_totp,
    (_S.OPEN, commands.BindIdentity): bind_identity,
    (_S.OPEN, commands.UnbindIdentity): unbind_identity,
    (_S.OPEN, commands.LockAccount): lock,
    (_S.OPEN, commands.EndSessions): end_sessions,
    (_S.OPEN, commands.CloseAccount): close,
    # a role can be taken from a closed account too, before it is opened again
    (_S.CLOSED, commands.RevokeRole): revoke,
    (_S.CLOSED, commands.ReopenAccount): reopen,
}


def decide(state: Account, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Account, event: Any) -> Account:
    match event:
        case events.AccountOpened():
            return Account(
                status=AccountStatus.OPEN,
                account_id=event.account_id,
                opened_in=event.division,
                login=event.login,
                display_name=event.display_name,
            )
        case events.PasswordSet():
            return replace(
                state,
                password_hash=event.password_hash,
                must_change=event.must_change,
                epoch=state.epoch + 1,
                resets=state.resets + event.must_change,
            )
        case events.PasswordRehashed():
            return replace(state, password_hash=event.password_hash)
        case events.RoleGranted():
            given = Grant(event.grant_id, event.role, event.division, event.unit)
            return replace(
                state,
                grants={**state.grants, event.grant_id: given},
                used_grants=state.used_grants | {event.grant_id},
            )
        case events.RoleRevoked():
            left = {name: its for name, its in state.grants.items() if name != event.grant_id}
            return replace(state, grants=left)
        case events.TotpEnabled():
            return replace(state, totp_secret=event.secret, recovery_hashes=event.recovery_hashes)
        case events.TotpDisabled():
            return replace(state, totp_secret=None, recovery_hashes="")
        case events.IdentityBound():
            return replace(state, identity=True)
        case events.IdentityUnbound():
            return replace(state, identity=False, epoch=state.epoch + 1)
        case events.AccountLocked():
            return state
        case events.SessionsEnded():
            return replace(state, epoch=state.epoch + 1)
        case events.AccountClosed():
            return replace(state, status=AccountStatus.CLOSED, epoch=state.epoch + 1)
        case events.AccountReopened():
            return replace(state, status=AccountStatus.OPEN)
    raise TypeError(f"an account knows nothing of {type(event).__name__}")

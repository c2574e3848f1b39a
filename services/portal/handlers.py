"""What each command about accounts does: load, decide, and what else must hold in the append.

The table at the foot of the file says who may send what.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.portal.accounts import totp
from services.portal.accounts.names import normalised
from services.portal.accounts.passwords import hash_password, is_right
from services.portal.domain import account, administration
from services.portal.domain.context import Context
from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.portal import commands
from shared.contracts.reasons import Reason
from shared.contracts.roles import EVERYBODY, Role
from shared.contracts.scope import reaches
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.standing import Standing
from shared.service.work import Work

ACCOUNT = Aggregate("account", account.Account(), account.decide, account.evolve)
ADMINISTRATION = Aggregate(
    "administration",
    administration.Administration(),
    administration.decide,
    administration.evolve,
)
EVERYONE = "all"
"""The one administration there is."""

LOGIN = "login"
IDENTITY = "identity"


def context(now: dt.datetime, actor: Actor, _: Standing) -> Context:
    """What a decision of this moment may know."""
    return Context(now=now, actor_id=actor.id)


def open_account(work: Work, command: commands.OpenAccount) -> None:
    _open(work, command, work.actor.division, registered=False)


def register_applicant(work: Work, command: commands.RegisterApplicant) -> None:
    _open(work, command, command.division, registered=True)
    given = account.GrantApplicant(command.grant_id, command.division)
    work.decide(ACCOUNT, command.account_id, given)


def grant_role(work: Work, command: commands.GrantRole) -> None:
    _administered(work, command.account_id)
    _within(work, command.division)
    work.decide(ACCOUNT, command.account_id, command)
    if command.role is Role.ADMINISTRATOR:
        added = administration.Add(command.account_id, command.grant_id, command.division)
        work.decide(ADMINISTRATION, EVERYONE, added)


def revoke_role(work: Work, command: commands.RevokeRole) -> None:
    state = _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)
    if state.status is account.AccountStatus.OPEN:
        _remove_administrator(work, state, command.grant_id)


def reset_password(work: Work, command: commands.ResetPassword) -> None:
    _refuse_own(work, command.account_id)
    state = _administered(work, command.account_id)
    hashed = hash_password(command.password, work.open(state.login))
    work.decide(ACCOUNT, command.account_id, account.SetPassword(hashed, must_change=True))


def change_password(work: Work, command: commands.ChangePassword) -> None:
    state = _own(work, command.account_id)
    _refuse_wrong_password(work, state, command.old_password, "old_password")
    hashed = hash_password(command.new_password, work.open(state.login))
    work.decide(ACCOUNT, command.account_id, account.SetPassword(hashed, must_change=False))


def rehash_password(work: Work, command: commands.RehashPassword) -> None:
    state: account.Account = work.require(ACCOUNT, command.account_id)
    if work.open(state.password_hash) != command.instead_of:
        raise Refused(Reason.WRONG_STATE, "another password was set meanwhile")
    work.decide(ACCOUNT, command.account_id, account.Rehash(command.password_hash))


def enable_totp(work: Work, command: commands.EnableTotp) -> None:
    state = _own(work, command.account_id)
    _refuse_wrong_password(work, state, command.password, "password")
    if totp.step_of(command.secret, command.code) is None:
        raise Refused(Reason.TOTP_WRONG, "the code is not right for this secret", ["code"])
    work.decide(ACCOUNT, command.account_id, command)


def disable_totp(work: Work, command: commands.DisableTotp) -> None:
    if work.actor.id == command.account_id:
        state = _own(work, command.account_id)
        _refuse_wrong_password(work, state, command.password or "", "password")
    else:
        _refuse_other_roles(work, command.account_id)
        _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)


def bind_identity(work: Work, command: commands.BindIdentity) -> None:
    _refuse_own(work, command.account_id)
    _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)
    work.claim(
        IDENTITY,
        (command.issuer, command.subject),
        ACCOUNT.stream(command.account_id),
        Reason.IDENTITY_TAKEN,
        "subject",
    )


def unbind_identity(work: Work, command: commands.UnbindIdentity) -> None:
    _refuse_own(work, command.account_id)
    _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)
    work.release(IDENTITY, ACCOUNT.stream(command.account_id))


def end_sessions(work: Work, command: commands.EndSessions) -> None:
    if work.actor.id != command.account_id:
        _refuse_other_roles(work, command.account_id)
        _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)


def close_account(work: Work, command: commands.CloseAccount) -> None:
    state = _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)
    for grant_id in state.grants:
        _remove_administrator(work, state, grant_id)


def reopen_account(work: Work, command: commands.ReopenAccount) -> None:
    state = _administered(work, command.account_id)
    work.decide(ACCOUNT, command.account_id, command)
    for given in state.grants.values():
        if given.role is Role.ADMINISTRATOR:
            added = administration.Add(command.account_id, given.grant_id, given.division)
            work.decide(ADMINISTRATION, EVERYONE, added)


def lock_account(work: Work, command: commands.LockAccount) -> None:
    work.decide(ACCOUNT, command.account_id, command)


def _open(
    work: Work,
    command: commands.OpenAccount | commands.RegisterApplicant,
    division: str | None,
    *,
    registered: bool,
) -> None:
    hashed = hash_password(command.password, command.login)
    opened = account.Open(
        command.account_id, command.login, command.display_name, hashed, registered, division
    )
    work.decide(ACCOUNT, command.account_id, opened)
    work.claim(
        LOGIN,
        (normalised(command.login),),
        ACCOUNT.stream(command.account_id),
        Reason.LOGIN_TAKEN,
        "login",
    )


def _remove_administrator(work: Work, state: account.Account, grant_id: str) -> None:
    if state.grants[grant_id].role is Role.ADMINISTRATOR:
        removed = administration.Remove(state.account_id, grant_id)
        work.decide(ADMINISTRATION, EVERYONE, removed)


def _own(work: Work, account_id: str) -> account.Account:
    if work.actor.id != account_id:
        raise NotFound(ACCOUNT.prefix, account_id)
    state: account.Account = work.require(ACCOUNT, account_id)
    return state


def _administered(work: Work, account_id: str) -> account.Account:
    """The account, which must belong to the administrator's divisions alone."""
    state: account.Account = work.require(ACCOUNT, account_id)
    if not all(reaches(work.actor.division, division) for division in state.divisions):
        raise NotFound(ACCOUNT.prefix, account_id)
    return state


def _refuse_own(work: Work, account_id: str) -> None:
    """One's own password is changed with the present one, and nobody vouches for themself.

    Else whoever has taken over an administrator's session would keep the account.
    """
    if work.actor.id == account_id:
        raise Refused(Reason.OWN_ROLE, "another administrator does this", ["account_id"])


def _refuse_other_roles(work: Work, account_id: str) -> None:
    if work.actor.role is not Role.ADMINISTRATOR:
        raise NotFound(ACCOUNT.prefix, account_id)


def _within(work: Work, division: str | None) -> None:
    if division is not None:
        work.within(division)
    elif work.actor.division is not None:
        raise Refused(
            Reason.OUT_OF_SCOPE, f"your role is held for {work.actor.division} only", ["division"]
        )


def _refuse_wrong_password(work: Work, state: account.Account, password: str, field: str) -> None:
    if not is_right(work.open(state.password_hash), password):
        raise Refused(Reason.PASSWORD_WRONG, "that is not the password", [field])


def _of_account(command: Any) -> str:
    return ACCOUNT.stream(command.account_id)


_ADMINISTRATOR = {Role.ADMINISTRATOR}

ROUTES: dict[type, Route] = {
    commands.OpenAccount: Route(_ADMINISTRATOR, _of_account, open_account),
    commands.RegisterApplicant: Route({Role.PUBLIC}, _of_account, register_applicant),
    commands.GrantRole: Route(_ADMINISTRATOR, _of_account, grant_role),
    commands.RevokeRole: Route(_ADMINISTRATOR, _of_account, revoke_role),
    commands.ResetPassword: Route(_ADMINISTRATOR, _of_account, reset_password),
    commands.ChangePassword: Route(EVERYBODY, _of_account, change_password),
    commands.RehashPassword: Route({Role.SYSTEM}, _of_account, rehash_password),
    commands.EnableTotp: Route(EVERYBODY, _of_account, enable_totp),
    commands.DisableTotp: Route(EVERYBODY, _of_account, disable_totp),
    commands.BindIdentity: Route(_ADMINISTRATOR, _of_account, bind_identity),
    commands.UnbindIdentity: Route(_ADMINISTRATOR, _of_account, unbind_identity),
    commands.EndSessions: Route(EVERYBODY, _of_account, end_sessions),
    commands.CloseAccount: Route(_ADMINISTRATOR, _of_account, close_account),
    commands.ReopenAccount: Route(_ADMINISTRATOR, _of_account, reopen_account),
    commands.LockAccount: Route({Role.SYSTEM}, _of_account, lock_account),
}

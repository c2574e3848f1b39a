"""Accounts and the roles they hold: the portal's own commands and queries."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Declared, Query
from services.portal.web.access import allow, own_account, signed_in
from services.portal.web.limits import limit_proofs, limit_register
from shared.contracts.portal import commands, queries
from shared.contracts.roles import Role

_ADMINISTRATOR: Declared = allow(Role.ADMINISTRATOR)
_ACCOUNT = "/accounts/<id:account_id>"


def _do(
    path: str,
    does: type,
    who: Declared = _ADMINISTRATOR,
    method: str = "POST",
    often: Declared | None = None,
) -> Command:
    return Command(path, "portal", does, who, method=method, often=often)


ACCOUNTS: tuple[Bound, ...] = (
    Query("/accounts", "portal", queries.ListAccounts, _ADMINISTRATOR, many=True, personal=True),
    Query(
        "/reviewers",
        "portal",
        queries.ListReviewers,
        allow(Role.OFFICER, Role.REVIEWER, Role.LEADER),
        many=True,
        personal=True,
    ),
    Query(
        "/bodies",
        "portal",
        queries.ListBodies,
        allow(Role.OFFICER, Role.REVIEWER, Role.LEADER),
        many=True,
    ),
    Query(
        "/accounts/names",
        "portal",
        queries.NameAccounts,
        allow(Role.AUDITOR, Role.LEADER),
        personal=True,
        method="POST",
    ),
    Query(
        "/points-with-accounts",
        "portal",
        queries.ListPointsWithAccounts,
        allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.ADMINISTRATOR),
        many=True,
    ),
    Query(
        "/officers",
        "portal",
        queries.ListOfficers,
        allow(Role.OFFICER, Role.LEADER),
        many=True,
        personal=True,
    ),
    Query(_ACCOUNT, "portal", queries.ShowAccount, _ADMINISTRATOR, personal=True),
    Command(
        "/accounts",
        "portal",
        commands.OpenAccount,
        _ADMINISTRATOR,
        makes=("account_id",),
        at="/accounts/{account_id}",
    ),
    Command(
        "/registrations",
        "portal",
        commands.RegisterApplicant,
        allow(Role.PUBLIC),
        makes=("account_id", "grant_id"),
        often=limit_register,
    ),
    Command(
        f"{_ACCOUNT}/roles",
        "portal",
        commands.GrantRole,
        _ADMINISTRATOR,
        makes=("grant_id",),
    ),
    _do(f"{_ACCOUNT}/roles/<id:grant_id>", commands.RevokeRole, method="DELETE"),
    _do(f"{_ACCOUNT}/password/reset", commands.ResetPassword),
    _do(
        f"{_ACCOUNT}/password/change",
        commands.ChangePassword,
        own_account,
        often=limit_proofs,
    ),
    _do(f"{_ACCOUNT}/totp/enable", commands.EnableTotp, signed_in, often=limit_proofs),
    _do(f"{_ACCOUNT}/totp/disable", commands.DisableTotp, signed_in, often=limit_proofs),
    _do(f"{_ACCOUNT}/identity", commands.BindIdentity, method="PUT"),
    _do(f"{_ACCOUNT}/identity", commands.UnbindIdentity, method="DELETE"),
    _do(f"{_ACCOUNT}/sessions/end", commands.EndSessions, signed_in),
    _do(f"{_ACCOUNT}/close", commands.CloseAccount),
    _do(f"{_ACCOUNT}/reopen", commands.ReopenAccount),
)

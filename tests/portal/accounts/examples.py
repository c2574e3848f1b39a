"""One well-formed example of each command that an account or the administration decides about."""

from __future__ import annotations

import datetime as dt

from services.portal.accounts import totp
from services.portal.domain import account, administration
from services.portal.domain.context import Context
from shared.contracts.portal import commands, events
from shared.contracts.roles import Role

NOW = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
DIVISION = "430202"


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


WANG, LI, OFFICER_GRANT, POINT_GRANT = (uid(n) for n in range(1, 5))
ADMINISTRATOR = Context(NOW, "administrator")
HOLDER = Context(NOW, WANG)

OPEN = account.Open(WANG, "wang", "王某", "a hash", registered=False, division=None)
GRANT = commands.GrantRole(
    account_id=WANG, grant_id=OFFICER_GRANT, role=Role.OFFICER, division=DIVISION, unit=None
)
GRANT_POINT = commands.GrantRole(
    account_id=WANG, grant_id=POINT_GRANT, role=Role.POINT, division=DIVISION, unit="point-1"
)
APPLICANT = account.GrantApplicant(OFFICER_GRANT, DIVISION)
REVOKE = commands.RevokeRole(account_id=WANG, grant_id=OFFICER_GRANT)
SET_PASSWORD = account.SetPassword("another hash", must_change=False)
REHASH = account.Rehash("the same at higher costs")
ENABLE_TOTP = commands.EnableTotp(
    account_id=WANG,
    password="a password",
    secret="JBSWY3DPEHPK3PXP",
    code="123456",
    recovery_hashes=totp.recovery_hashes(["one", "two"]),
)
DISABLE_TOTP = commands.DisableTotp(account_id=WANG, password=None)
BIND = commands.BindIdentity(account_id=WANG, issuer="https://id.example", subject="s-1")
UNBIND = commands.UnbindIdentity(account_id=WANG)
LOCK = commands.LockAccount(account_id=WANG, minutes=15)
END_SESSIONS = commands.EndSessions(account_id=WANG)
CLOSE = commands.CloseAccount(account_id=WANG)
REOPEN = commands.ReopenAccount(account_id=WANG)

OF_ACCOUNT = (
    *(OPEN, GRANT, APPLICANT, REVOKE, SET_PASSWORD, REHASH, ENABLE_TOTP, DISABLE_TOTP),
    *(BIND, UNBIND, LOCK, END_SESSIONS, CLOSE, REOPEN),
)

ADD = administration.Add(WANG, OFFICER_GRANT, None)
ADD_OTHER = administration.Add(LI, POINT_GRANT, None)
REMOVE = administration.Remove(WANG, OFFICER_GRANT)
OF_ADMINISTRATION = (ADD, REMOVE)

OPENED = events.AccountOpened(
    account_id=WANG, registered=False, division=None, login="wang", display_name="王某"
)
PASSWORD_SET = events.PasswordSet(account_id=WANG, must_change=True, password_hash="a hash")
GRANTED = events.RoleGranted(
    account_id=WANG, grant_id=OFFICER_GRANT, role=Role.OFFICER, division=DIVISION, unit=None
)

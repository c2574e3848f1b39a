"""Signing in, by password and code or by an OpenID provider.

Whatever is wrong with login or password, the answer and the work are the same, so that nobody
learns which logins exist.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import structlog

from services.portal.accounts import totp
from services.portal.accounts.directory import Directory
from services.portal.accounts.lockout import Lockout
from services.portal.accounts.passwords import is_right
from services.portal.accounts.sessions import Connections, Session, Sessions
from services.portal.domain.account import Account, AccountStatus
from shared.contracts.errors import Refused
from shared.contracts.portal.commands import LockAccount
from shared.contracts.reasons import Reason
from shared.service.command_bus import CommandBus

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SignedIn:
    """`token` is for its holder alone; `must_change`: the password is to be changed first."""

    token: str
    session: Session
    must_change: bool


class SignIn:
    """All the ways in. `kind` says what the session is for: `browser` or `api`."""

    def __init__(
        self,
        directory: Directory,
        sessions: Sessions,
        lockout: Lockout,
        connections: Connections,
        commands: CommandBus,
    ) -> None:
        self._directory, self._sessions, self._lockout = directory, sessions, lockout
        self._connections, self._commands = connections, commands

    def by_password(
        self, login: str, password: str, code: str | None, address: str, kind: str
    ) -> SignedIn:
        """Raises Refused with SIGN_IN_LOCKED, SIGN_IN_FAILED or TOTP_NEEDED."""
        self._lockout.refuse_locked(login, address)
        account = self._directory.by_login(login)
        kept = None if account is None else self._directory.clear(account.password_hash)
        right = is_right(kept, password)
        if account is None or not right or account.status is not AccountStatus.OPEN:
            raise self._failed(account, login, address)
        if account.totp_secret is not None:
            if not code:
                raise Refused(Reason.TOTP_NEEDED, "give the code as well", ["code"])
            if not self._is_fresh_code(account, code):
                raise self._failed(account, login, address)
        self._lockout.succeeded(login)
        return self._signed_in(account, kind)

    def by_identity(self, issuer: str, subject: str, id_token: str) -> SignedIn:
        """Raises Refused with IDENTITY_UNKNOWN."""
        account = self._directory.by_identity(issuer, subject)
        if account is None or account.status is not AccountStatus.OPEN:
            raise Refused(Reason.IDENTITY_UNKNOWN, "no open account is bound to that identity")
        return self._signed_in(account, "browser", id_token)

    def wear(self, session: Session, account: Account, grant_id: str) -> SignedIn:
        """Another role in a session with a new token. Raises Refused with WRONG_ROLE."""
        if grant_id not in account.grants:
            raise Refused(Reason.WRONG_ROLE, "you hold no such role", ["grant_id"])
        self._sessions.end(session.session_id)
        token, begun = self._sessions.begin(
            account.account_id, account.epoch, grant_id, session.kind, session.id_token
        )
        return SignedIn(token, begun, account.must_change)

    def _signed_in(self, account: Account, kind: str, id_token: str | None = None) -> SignedIn:
        first = next(iter(account.grants), None)
        token, session = self._sessions.begin(
            account.account_id, account.epoch, first, kind, id_token
        )
        _log.info("sign_in.done", account_id=account.account_id, kind=kind)
        return SignedIn(token, session, account.must_change and id_token is None)

    def _failed(self, account: Account | None, login: str, address: str) -> Refused:
        minutes = self._lockout.failed(login, address)
        _log.info("sign_in.failed", locked_minutes=minutes)
        if minutes is not None and account is not None:
            lock = LockAccount(account_id=account.account_id, minutes=minutes)
            identifier = str(uuid.uuid4())
            if account.status is AccountStatus.OPEN:
                self._commands.act(lock, identifier, identifier, "sign-in")
        return Refused(Reason.SIGN_IN_FAILED, "login, password or code is wrong")

    def _is_fresh_code(self, account: Account, code: str) -> bool:
        """Whether the code is right and was not used before; it is used now."""
        secret = self._directory.clear(account.totp_secret)
        if secret is None:
            return False
        step = totp.step_of(secret, code.replace(" ", ""))
        if step is not None:
            return self._use(account.account_id, str(step))
        kept = totp.recovery_hash(code, self._directory.clear(account.recovery_hashes) or "")
        return kept is not None and self._use(account.account_id, kept)

    def _use(self, account_id: str, code: str) -> bool:
        with self._connections.connection() as connection:
            used = connection.execute(
                "INSERT INTO portal.used_code (account_id, code) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                (account_id, code),
            )
        return used.rowcount == 1

"""Signing in, by password and code or by an OpenID provider.

Whatever is wrong with login, password or code, the answer is the same and comes after the same
time, so that nobody learns which logins exist.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

import structlog

from services.portal.accounts.codes import Codes
from services.portal.accounts.directory import Directory
from services.portal.accounts.passwords import hash_anew, is_outdated, is_right
from services.portal.accounts.proofs import Proofs
from services.portal.accounts.sessions import Connections, Session, Sessions
from services.portal.domain.account import Account, AccountStatus
from shared.contracts.errors import Refused
from shared.contracts.portal.commands import RehashPassword
from shared.contracts.reasons import Reason
from shared.service.command_bus import CommandBus

_ID_TOKEN = "id_token"  # noqa: S105 - what the sealed value is, not one
FAILURE_SECONDS = 0.3
"""No refusal is told sooner. Checking a password takes about a third of it; reading an account's
log and writing that it was locked, which only accounts have that exist, are hidden in the rest."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SignedIn:
    """`token` is for its holder alone; `must_change`: the password is to be changed first."""

    token: str = field(repr=False)
    session: Session
    must_change: bool


class SignIn:
    """All the ways in. `kind` says what the session is for: `browser` or `api`."""

    def __init__(
        self,
        directory: Directory,
        sessions: Sessions,
        proofs: Proofs,
        connections: Connections,
        commands: CommandBus,
    ) -> None:
        self._directory, self._sessions, self._proofs = directory, sessions, proofs
        self._codes, self._commands = Codes(directory, connections), commands

    def by_password(
        self, login: str, password: str, code: str | None, address: str, kind: str
    ) -> SignedIn:
        """Raises Wait, or Refused with SIGN_IN_FAILED or TOTP_NEEDED.

        The latter only once the password is right, so it tells strangers nothing.
        """
        begun = time.monotonic()
        try:
            return self._by_password(login, password, code, address, kind)
        except Refused:
            time.sleep(max(0.0, begun + FAILURE_SECONDS - time.monotonic()))
            raise

    def by_identity(self, issuer: str, subject: str, id_token: str) -> SignedIn:
        """What an OpenID provider vouched for. Raises Refused with IDENTITY_UNKNOWN."""
        account = self._directory.by_identity(issuer, subject)
        if account is None or account.status is not AccountStatus.OPEN:
            raise Refused(Reason.IDENTITY_UNKNOWN, "no open account is bound to that identity")
        sealed = self._directory.seal(account.account_id, _ID_TOKEN, id_token)
        return self._signed_in(account, "browser", sealed)

    def id_token(self, session: Session) -> str | None:
        """The provider's own word about who this is, with which to sign out there too."""
        if session.id_token is None:
            return None
        return self._directory.unseal(session.account_id, _ID_TOKEN, session.id_token)

    def switch_role(self, session: Session, account: Account, grant_id: str) -> SignedIn:
        """Another role in a session with a new token. Raises Refused with WRONG_ROLE."""
        if grant_id not in account.grants:
            raise Refused(Reason.WRONG_ROLE, "you hold no such role", ["grant_id"])
        return self._goes_on(session, account, grant_id)

    def go_on(self, session: Session) -> SignedIn:
        """A session with a new token for whoever has just changed their own password.

        That ended all the account's sessions, this one too, and they proved who they are.
        """
        account = self._directory.account(session.account_id)
        kept = session.grant_id if session.grant_id in account.grants else None
        return self._goes_on(session, account, kept)

    def _by_password(
        self, login: str, password: str, code: str | None, address: str, kind: str
    ) -> SignedIn:
        account = self._directory.by_login(login)
        attempt = self._proofs.begin(login, account, address)
        try:
            proven = self._proven(account, password, code)
        except Exception:
            self._proofs.undecided(attempt)
            raise
        if account is None or not proven:
            minutes = self._proofs.failed(account, attempt)
            _log.info("sign_in.failed", locked_minutes=minutes)
            raise Refused(Reason.SIGN_IN_FAILED, "login, password or code is wrong")
        self._proofs.succeeded(attempt)
        self._keep_up(account, password)
        return self._signed_in(account, kind)

    def _proven(self, account: Account | None, password: str, code: str | None) -> bool:
        """Whether it is the account's holder. Raises Refused while the code is still to come."""
        kept = None if account is None else self._directory.clear(account.password_hash)
        right = is_right(kept, password)
        if account is None or not right or account.status is not AccountStatus.OPEN:
            return False
        if account.totp_secret is None:
            return True
        if not code:
            raise Refused(Reason.TOTP_NEEDED, "give the code as well", ["code"])
        return self._codes.use(account, code)

    def _goes_on(self, session: Session, account: Account, grant_id: str | None) -> SignedIn:
        self._sessions.end(session.session_id)
        token, begun = self._sessions.begin(
            account, grant_id, session.kind, session.id_token, session.made_at
        )
        return SignedIn(token, begun, account.must_change and begun.id_token is None)

    def _signed_in(self, account: Account, kind: str, id_token: bytes | None = None) -> SignedIn:
        first = next(iter(account.grants), None)
        token, session = self._sessions.begin(account, first, kind, id_token)
        _log.info("sign_in.done", account_id=account.account_id, kind=kind)
        return SignedIn(token, session, account.must_change and id_token is None)

    def _keep_up(self, account: Account, password: str) -> None:
        """Keep the password at today's costs, now that it is known for a moment."""
        kept = self._directory.clear(account.password_hash)
        if kept is None or not is_outdated(kept):
            return
        try:
            command = RehashPassword(
                account_id=account.account_id,
                password_hash=hash_anew(password),
                instead_of=kept,
            )
            identifier = str(uuid.uuid4())
            self._commands.act(command, identifier, identifier, "sign-in")
        except Refused as refused:
            _log.info("sign_in.not_rehashed", reason=refused.reason)

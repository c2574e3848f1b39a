"""Who says a password proves that it is theirs: each try is counted, at a sign-in as for a command
that takes the present password.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

import structlog

from services.portal.accounts.directory import Directory
from services.portal.accounts.lockout import Attempt, Lockout, Whose
from services.portal.domain.account import Account, AccountStatus
from shared.contracts.errors import Refused
from shared.contracts.portal.commands import LockAccount
from shared.contracts.reasons import Reason
from shared.service.command_bus import CommandBus

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class Proofs:
    """Tries of passwords, under one lockout."""

    def __init__(self, directory: Directory, lockout: Lockout, commands: CommandBus) -> None:
        self._directory, self._lockout, self._commands = directory, lockout, commands

    def begin(self, login: str, account: Account | None, address: str) -> Attempt:
        """A try for a login, whether there is an account of that name or not. Raises Wait."""
        return self._lockout.begin(_whose(login, account), address)

    def succeeded(self, attempt: Attempt) -> None:
        self._lockout.succeeded(attempt)

    def undecided(self, attempt: Attempt) -> None:
        """It was none."""
        self._lockout.undecided(attempt)

    def failed(self, account: Account | None, attempt: Attempt) -> int | None:
        """It is counted; a lock is put on record for an account that is there.

        For how many minutes that locks the login, None when not.
        """
        minutes = self._lockout.failed(attempt)
        if minutes is None or account is None or account.status is not AccountStatus.OPEN:
            return minutes
        identifier = str(uuid.uuid4())
        lock = LockAccount(account_id=account.account_id, minutes=minutes)
        self._commands.act(lock, identifier, identifier, "sign-in")
        return minutes

    def with_present_password(self, account_id: str, address: str, work: Callable[[], T]) -> T:
        """What `work` gives, which refuses with PASSWORD_WRONG when the password is not right.

        Whoever has taken over a session could else try passwords without end. Raises Wait.
        """
        account = self._directory.account(account_id)
        attempt = self._lockout.begin_in_session(_whose(account_id, account), address)
        try:
            done = work()
        except Refused as refused:
            if refused.reason == Reason.PASSWORD_WRONG:
                self.failed(account, attempt)
            else:
                self.undecided(attempt)
            raise
        except Exception:
            self.undecided(attempt)
            raise
        self.succeeded(attempt)
        return done


def _whose(name: str, account: Account | None) -> Whose:
    return Whose(name) if account is None else Whose(name, account.epoch, account.resets)

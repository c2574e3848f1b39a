"""Finding an account by what somebody says they are, and reading it as it is now.

Straight from the portal's own log: whoever lost a role or was closed has lost it at once, however
far the read model is behind.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from services.portal.accounts.names import normalised
from services.portal.domain.account import Account, AccountStatus
from services.portal.handlers import ACCOUNT, IDENTITY, LOGIN
from shared.contracts.message import SealedValue, Vocabulary
from shared.contracts.portal.events import EVENTS
from shared.eventlog.store import EventLog
from shared.privacy.keyring import Erased, Keyring


class Directory:
    """Accounts of the log `log`, opened with `keyring`."""

    def __init__(self, log: EventLog, keyring: Keyring) -> None:
        self._log, self._keyring = log, keyring
        self._events: Vocabulary = EVENTS

    def by_login(self, login: str) -> Account | None:
        """The account with this login, in any spelling of it."""
        return self._by_claim(LOGIN, normalised(login))

    def by_identity(self, issuer: str, subject: str) -> Account | None:
        """The account bound to what an OpenID provider calls `subject`."""
        return self._by_claim(IDENTITY, issuer, subject)

    def account(self, account_id: str) -> Account:
        """The account's present state; absent when there is none."""
        state = Account()
        for event in self._log.stream(ACCOUNT.stream(account_id)):
            message_type = self._events.find(event.type)
            values = self._events.upcast(event.type, event.schema_version, event.clear())
            restored = message_type.restore(values, event.handles())
            state = ACCOUNT.evolve(state, restored)
        return state

    def clear(self, value: Any) -> Any:
        """What a sealed field of an account holds; None once the account was erased."""
        if not isinstance(value, SealedValue):
            return value
        try:
            return json.loads(self._keyring.open(value))
        except Erased:
            return None

    def seal(self, account_id: str, context: str, clear: str) -> bytes:
        """Something said about the account, under its key. Raises Erased."""
        # The key is as old as the account, so it does not matter when this is.
        now = dt.datetime.now(dt.UTC)
        return self._keyring.seal(f"account:{account_id}", context, clear.encode(), now)

    def unseal(self, account_id: str, context: str, sealed: bytes) -> str | None:
        """What `seal` took; None once the account was erased."""
        try:
            value = SealedValue(f"account:{account_id}", context, sealed)
            return self._keyring.open(value).decode()
        except Erased:
            return None

    def _by_claim(self, scope: str, *parts: str) -> Account | None:
        holder = self._log.holder_of(scope, self._keyring.keyed_hash(scope, *parts))
        if holder is None:
            return None
        state = self.account(holder.removeprefix(ACCOUNT.stream("")))
        return state if state.status is not AccountStatus.ABSENT else None

"""The portal's own commands and queries, carried out in this process: accounts need no broker."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Mapping
from typing import Any

from services.portal.accounts.proofs import Proofs
from services.portal.web.limits import address
from services.portal.web.visitor import current_visitor
from shared.contracts.envelope import answer_ok, value_of
from shared.contracts.portal.commands import ChangePassword, DisableTotp
from shared.service.answers import Answers
from shared.service.wiring import Wiring

_PROVEN = frozenset({ChangePassword.__name__, DisableTotp.__name__})
"""Commands about one's own account that take the present password."""


class OwnAnswers:
    """Stands where an RPC connection would, for the service that this process belongs to."""

    def __init__(self, wiring: Wiring, proofs: Proofs) -> None:
        answers = Answers(wiring)
        self._proofs, self._command = proofs, answers.command
        self._methods: dict[str, Callable[..., Any]] = {
            "command": self._proven,
            "query": answers.query,
            "operate": answers.operate,
            "keys": answers.keys,
            "status": answers.status,
        }

    def call(
        self,
        service: str,
        method: str,
        /,
        *args: Any,
        deadline: float | None = None,
        **kwargs: Any,
    ) -> Any:
        """What the service would answer; `deadline` is the database's affair here.

        Raises Wait.
        """
        # In a context of its own: answering clears what the request's log lines are bound to.
        return contextvars.copy_context().run(self._methods[method], *args, **kwargs)

    def _proven(self, message: Mapping[str, Any]) -> Any:
        """Carry out a command; tries of a password are counted, by login and by address."""
        account_id = current_visitor().account_id
        about = message["payload"].get("account_id") if message["type"] in _PROVEN else None
        if account_id is None or about != account_id:
            return self._command(message)
        answer = self._proofs.with_present_password(
            account_id, address(), lambda: value_of(self._command(message))
        )
        return answer_ok(answer)

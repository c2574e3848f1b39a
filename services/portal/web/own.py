"""The portal's own commands and queries, carried out in this process: accounts need no broker."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

from shared.service.answers import Answers
from shared.service.wiring import Wiring


class OwnAnswers:
    """Stands where an RPC connection would, for the service that this process belongs to."""

    def __init__(self, wiring: Wiring) -> None:
        answers = Answers(wiring)
        self._methods: dict[str, Callable[..., Any]] = {
            "command": answers.command,
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
        """What the service would answer; `deadline` is the database's affair here."""
        # In a context of its own: answering clears what the request's log lines are bound to.
        return contextvars.copy_context().run(self._methods[method], *args, **kwargs)

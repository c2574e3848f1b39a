"""Where everyone of the story hands in commands and questions: the portal, signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from examples.play import routes
from examples.play.accounts import Accounts
from examples.play.ids import Ids
from examples.play.people import Person
from examples.play.portal import Portal, SaysNo
from examples.play.trouble import DemoFailed


class Desk:
    """Sends in the name of people; the same command again has the same id. For any thread."""

    def __init__(self, portal: Portal, accounts: Accounts, ids: Ids) -> None:
        self.accounts = accounts
        self._portal, self._ids = portal, ids

    def id(self, *names: str) -> str:
        """The id of a thing of the story in this installation, always the same."""
        return self._ids.id(*names)

    def send(self, person: Person, command_type: str, name: str, payload: Any) -> dict[str, Any]:
        """Carry out a command; `name` tells it from its like.

        Raises DemoFailed when it is refused or the portal cannot be reached.
        """
        try:
            return self.attempt(person, command_type, name, payload)
        except SaysNo as refused:
            raise DemoFailed(
                f"{command_type}（{name}）未能办理：{refused}",
                f"{command_type} ({name}) was not carried out: {refused.reason}. "
                "See `make status` and the logs in the run folder.",
            ) from refused

    def attempt(self, person: Person, command_type: str, name: str, payload: Any) -> dict[str, Any]:
        """As `send`, but SaysNo is raised as it is."""
        key = self.id("command", command_type, name)
        request = routes.command(command_type, payload, key)
        result: dict[str, Any] = self._portal.ask(request, self.accounts.token(person))
        return result

    def bring(
        self, person: Person, application_id: str, document_id: str, media_type: str, content: bytes
    ) -> None:
        """Bring the file of a document. Raises SaysNo, DemoFailed."""
        request = routes.file(application_id, document_id, media_type, content)
        self._portal.ask(request, self.accounts.token(person))

    def query(self, person: Person, query_type: str, payload: Mapping[str, Any]) -> Any:
        """The answer to a query. Raises SaysNo, DemoFailed."""
        request = routes.query(query_type, payload)
        return self._portal.ask(request, self.accounts.token(person))

    def query_all(
        self, person: Person, query_type: str, payload: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Every item of a list. Raises SaysNo, DemoFailed."""
        items: list[dict[str, Any]] = []
        cursor: dict[str, Any] = {}
        while True:
            page = self.query(person, query_type, {**payload, **cursor})
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = {"cursor": page["next"]}

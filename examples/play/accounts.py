"""The cast's accounts: made as an administrator or an applicant makes them, and signed in.

The console makes the installation's first administrator; everything else is asked of the portal.
Passwords are random, made once, and lie in the run folder's secrets.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from deploy.local.passwords import once
from deploy.local.place import Place
from examples.play import routes
from examples.play.console import Console
from examples.play.ids import Ids
from examples.play.people import ADMINISTRATOR, Person
from examples.play.portal import Portal, SaysNo
from examples.play.together import side_by_side
from shared.access.actor import Actor
from shared.contracts.roles import Role

CONSOLE = Actor("first-administrator", Role.ADMINISTRATOR)
"""Whoever sets the installation up, by its console: somebody must open the first account."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other when a person copies them."""


class Accounts:
    """Makes accounts and signs their holders in, each once. `token` may be asked by threads."""

    def __init__(self, console: Console, portal: Portal, place: Place, ids: Ids) -> None:
        self._console, self._portal, self._place, self._ids = console, portal, place, ids
        self._is_administered = False
        self._tokens: dict[str, str] = {}
        self._signing_in: dict[str, threading.Lock] = {}
        self._look = threading.Lock()

    def open(self, people: Iterable[Person]) -> None:
        """Accounts by the administrator; each holder then chooses a password of their own."""
        if not self._is_administered:
            self._make_administrator()
            self._is_administered = True
        side_by_side(people, self._open_one)

    def register(self, person: Person) -> None:
        """An account that its holder opens, to apply for a unit."""
        given = {
            **self._named(person),
            "grant_id": self._ids.id("grant", person.login),
            "division": person.division,
        }
        key = self._ids.id("command", "RegisterApplicant", person.login)
        self._portal.ask(routes.command("RegisterApplicant", given, key))

    def token(self, person: Person) -> str | None:
        """The token of the person's session, begun now if there is none; None for the public."""
        if person.role is Role.PUBLIC:
            return None
        with self._look:
            signing_in = self._signing_in.setdefault(person.login, threading.Lock())
        with signing_in:
            if person.login not in self._tokens:
                token = self._portal.sign_in(person.login, self.password(person))
                self._tokens[person.login] = token
            return self._tokens[person.login]

    def sign_out(self) -> None:
        """End every session that was begun here."""
        while self._tokens:
            self._portal.sign_out(self._tokens.popitem()[1])

    def password(self, person: Person, *, first: bool = False) -> str:
        """The one the holder has chosen, or the one to sign in with for the first time."""
        name = f"portal.{person.login}{'.first' if first else ''}.password"
        return once(self._place.secrets / name, _new_password).decode()

    def account_id(self, person: Person) -> str:
        """By which commands name whoever holds the account."""
        return self._ids_of(person).id("account", person.login)

    def _make_administrator(self) -> None:
        """At the console; the password is changed at the portal, as everybody changes theirs."""
        its = ADMINISTRATOR
        self._by_console("OpenAccount", self._named(its, first=True))
        granted = self._by_console("GrantRole", self._grant(its))
        asked = {"account_id": self.account_id(its)}
        shown = self._console.query(CONSOLE, "portal", "ShowAccount", asked, granted)
        if shown["must_change"]:
            self._choose_password(its)

    def _open_one(self, person: Person) -> None:
        self._as_administrator("OpenAccount", self._named(person, first=True), person)
        granted = self._as_administrator("GrantRole", self._grant(person), person)
        asked = {
            "account_id": self.account_id(person),
            "after": f"{granted['stream']}:{granted['version']}",
        }
        token = self.token(ADMINISTRATOR)
        if self._portal.ask(routes.query("ShowAccount", asked), token)["must_change"]:
            self._choose_password(person)

    def _as_administrator(self, command_type: str, payload: Any, about: Person) -> dict[str, Any]:
        key = self._ids_of(about).id("command", command_type, about.login)
        request = routes.command(command_type, payload, key)
        told: dict[str, Any] = self._portal.ask(request, self.token(ADMINISTRATOR))
        return told

    def _choose_password(self, person: Person) -> None:
        first = self.password(person, first=True)
        given = {
            "account_id": self.account_id(person),
            "old_password": first,
            "new_password": self.password(person),
        }
        try:
            token = self._portal.sign_in(person.login, first)
        except SaysNo as refused:
            if refused.status != HTTPStatus.UNAUTHORIZED:
                raise
            return  # chosen by a play that was killed, and not shown by the read model yet
        key = self._ids_of(person).id("command", "ChangePassword", person.login)
        self._portal.ask(routes.command("ChangePassword", given, key), token)

    def _by_console(self, command_type: str, payload: Any) -> dict[str, Any]:
        key = self._ids_of(ADMINISTRATOR).id("command", command_type, ADMINISTRATOR.login)
        return self._console.command(CONSOLE, "portal", command_type, payload, key)

    def _named(self, person: Person, *, first: bool = False) -> dict[str, Any]:
        return {
            "account_id": self.account_id(person),
            "login": person.login,
            "display_name": person.name,
            "password": self.password(person, first=first),
        }

    def _grant(self, person: Person) -> dict[str, Any]:
        return {
            "account_id": self.account_id(person),
            "grant_id": self._ids_of(person).id("grant", person.login),
            "role": str(person.role),
            "division": person.division,
            "unit": person.unit,
        }

    def _ids_of(self, person: Person) -> Ids:
        """The administrator is every story's, all others are this one's."""
        return self._ids.of_all_stories() if person == ADMINISTRATOR else self._ids


def _new_password() -> bytes:
    """79 random bits in groups that a person can copy."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups).encode()

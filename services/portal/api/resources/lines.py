"""The usual lines of a resource's table: a command of the registry, a question to it."""

from __future__ import annotations

from services.portal.api.binding import Command, Declared, Query
from services.portal.web.access import allow, everyone
from shared.contracts.roles import Role


def do(
    path: str, does: type, *roles: Role, makes: tuple[str, ...] = (), at: str | None = None
) -> Command:
    """A command for these roles; `makes` and `at` as in `Command`."""
    return Command(path, "registry", does, allow(*roles), makes, at)


def ask_with_secret(path: str, asks: type, often: Declared) -> Query:
    """A question of whoever holds a secret, which stands in the body; `often` as in `Query`."""
    return Query(path, "registry", asks, everyone, personal=True, method="POST", often=often)


def ask(path: str, asks: type, *roles: Role, many: bool = False, personal: bool = False) -> Query:
    """A question for these roles, or without any for everyone; the rest as in `Query`."""
    who = allow(*roles) if roles else everyone
    return Query(path, "registry", asks, who, many=many, personal=personal)

"""Servers named by the environment: used as they are, checked before anything else starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg

from deploy.local import management, rabbitmq
from deploy.local.trouble import SetupError
from deploy.local.urls import without_password

POSTGRES = "JIANDU_POSTGRES_URL"
AMQP = "JIANDU_AMQP_URL"
MANAGEMENT = "JIANDU_RABBITMQ_MANAGEMENT_URL"


@dataclass(frozen=True)
class Given:
    """URLs of servers that someone else runs; None for each that is not given."""

    postgres_url: str | None
    amqp_url: str | None
    management_url: str | None

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Given:
        """What the environment gives. A management URL without a user takes the broker's."""
        amqp_url = environ.get(AMQP) or None
        management_url = environ.get(MANAGEMENT) or None
        if management_url and amqp_url:
            management_url = _with_user_of(management_url, amqp_url)
        return cls(environ.get(POSTGRES) or None, amqp_url, management_url)

    def check(self) -> None:
        """Raise SetupError that names the variable when a given server cannot be used."""
        if self.postgres_url:
            _check_postgres(self.postgres_url)
        if self.amqp_url:
            reason = rabbitmq.refusal(self.amqp_url)
            if reason is not None:
                raise _unusable("RabbitMQ", AMQP, self.amqp_url, reason)
        if self.amqp_url and self.management_url:
            _check_management(self.management_url)


def _check_postgres(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT rolsuper OR (rolcreatedb AND rolcreaterole)"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            version = connection.info.server_version
    except psycopg.Error as error:
        raise _unusable("PostgreSQL", POSTGRES, url, str(error).strip()) from error
    if version < 150000:
        raise _unusable("PostgreSQL", POSTGRES, url, f"it is older than 15 ({version})")
    if row is None or not row[0]:
        reason = "its user may not make databases and roles (CREATEDB, CREATEROLE)"
        raise _unusable("PostgreSQL", POSTGRES, url, reason)


def _check_management(url: str) -> None:
    try:
        management.call(url, "GET", "/whoami")
    except management.ManagementError as error:
        raise _unusable("RabbitMQ's management API", MANAGEMENT, url, str(error)) from error


def _unusable(what: str, variable: str, url: str, reason: str) -> SetupError:
    return SetupError(
        f"{what} at {without_password(url)} (from {variable}) cannot be used: {reason}. "
        f"Start it or correct {variable}; or unset {variable}, and a private one is started."
    )


def _with_user_of(url: str, other: str) -> str:
    parts, owner = urlsplit(url), urlsplit(other)
    if parts.username or not owner.username:
        return url
    user = owner.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc}"))

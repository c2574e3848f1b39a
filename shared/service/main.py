"""`python -m services.<name> migrate|api|log`: one process of a service.

A service may bring roles of its own beside these, as the portal its web server.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

import psycopg
import structlog
from psycopg import conninfo

from shared.observability import metrics
from shared.observability.logs import configure
from shared.postgres.migrate import MigrationError, migrate
from shared.service.config import Config, ConfigurationError, required
from shared.service.definition import ServiceDefinition
from shared.service.wiring import KEYS_MIGRATIONS, log_migrations, wire

_USAGE = """usage: python -m services.{name} ROLE

  migrate  bring the service's databases up to date (needs the owner's URLs)
  api      answer commands and queries; any number of replicas
  log      number, publish and project events; one leads, others stand by
{own}"""
_MOST_CONNECTIONS = {"api": 16, "log": 8}

Serve = Callable[[ServiceDefinition, Config], None]
"""Runs a role until it is told to stop; it wires the service itself."""

_log = structlog.get_logger(__name__)


def main(
    definition: ServiceDefinition, argv: list[str], own_roles: Mapping[str, Serve] | None = None
) -> int:
    """Exit code 0: done; 1: it cannot be done, with the reason on stderr; 2: wrong use."""
    own = own_roles or {}
    if len(argv) != 2 or argv[1] not in ("migrate", "api", "log", *own):
        told = "".join(f"  {name:<8} a role of this service alone\n" for name in own)
        print(_USAGE.format(name=definition.name, own=told), file=sys.stderr)  # noqa: T201
        return 2
    role = argv[1]
    configure(definition.name, role)
    metrics.PROCESS.info({"service": definition.name, "role": role})
    try:
        if role == "migrate":
            _migrate(definition)
        else:
            _serve(definition, role, own)
    except (ConfigurationError, MigrationError, psycopg.OperationalError) as error:
        print(f"{definition.name} {role}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _serve(definition: ServiceDefinition, role: str, own: Mapping[str, Serve]) -> None:
    config = Config.from_environment(definition.name, os.environ)
    if role in own:
        own[role](definition, config)
        return
    wiring = wire(definition, config, role, _MOST_CONNECTIONS[role])
    if role == "api":
        from shared.service import api  # needs eventlet, which the other roles must not load

        api.run(wiring)
    else:
        from shared.service import log_role

        log_role.run(wiring)


def _migrate(definition: ServiceDefinition) -> None:
    prefix = f"JIANDU_{definition.name.upper()}"
    for infix, folders in (("", log_migrations(definition)), ("KEYS_", KEYS_MIGRATIONS)):
        runtime = conninfo.conninfo_to_dict(required(os.environ, f"{prefix}_{infix}DATABASE_URL"))
        owner = required(os.environ, f"{prefix}_{infix}OWNER_DATABASE_URL")
        for folder in folders:
            for name in migrate(owner, folder, str(runtime["user"])):
                _log.info("migrate.applied", file=name)

"""PostgreSQL and RabbitMQ for one run folder: given, or private, or installed and then private."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local import binaries, packages, postgres, rabbitmq
from deploy.local.files import read_json, write_json
from deploy.local.given import AMQP, MANAGEMENT, POSTGRES, Given
from deploy.local.lock import Say, exclusive
from deploy.local.place import Place, locate, prepare
from deploy.local.postgres import PrivatePostgres
from deploy.local.rabbitmq import PrivateRabbitMQ

_MEMORY = "infrastructure.json"


@dataclass(frozen=True)
class Infrastructure:
    """Servers that answer. URLs carry user and password."""

    postgres_url: str
    """Of database `postgres`, as a user who may make databases and roles."""
    amqp_url: str
    management_url: str | None
    """RabbitMQ's management API (the part before `/api`); None if a broker came without one."""
    private_postgres: bool
    private_rabbitmq: bool


def ensure(run_dir: Path, say: Say = print) -> Infrastructure:
    """Find or make both servers, and wait until they answer; does nothing when they do already.

    Servers named by JIANDU_POSTGRES_URL, JIANDU_AMQP_URL and JIANDU_RABBITMQ_MANAGEMENT_URL are
    used as they are. What is not named runs privately under `run_dir`, on loopback ports; a
    missing package is installed where that may be done. Safe to call from several processes at
    once and after a run that was killed at any moment. Raises SetupError, whose text tells what
    to do.
    """
    place = prepare(run_dir)
    with exclusive(place, say) as lock:
        return ensure_locked(place, lock, say)


def ensure_locked(place: Place, lock: int, say: Say) -> Infrastructure:
    """`ensure` for a caller who holds the run folder's lock."""
    given = Given.of(os.environ)
    given.check()
    broker = None if given.amqp_url else _private_rabbitmq(place, lock, say)
    database = None if given.postgres_url else _private_postgres(place, lock, say)
    begun = broker is not None and broker.begin()
    if database is not None:
        database.ensure()
    if broker is not None:
        broker.finish(begun=begun)
    management = given.management_url if given.amqp_url else rabbitmq.management_url(place)
    servers = Infrastructure(
        postgres_url=given.postgres_url or postgres.superuser_url(place),
        amqp_url=given.amqp_url or rabbitmq.amqp_url(place),
        management_url=management,
        private_postgres=database is not None,
        private_rabbitmq=broker is not None,
    )
    write_json(place.root / _MEMORY, asdict(servers))
    return servers


def remembered(place: Place) -> Infrastructure | None:
    """What the last `ensure` found or made, running or not; None before the first."""
    memory = read_json(place.root / _MEMORY)
    return Infrastructure(**memory) if memory else None


def stop(run_dir: Path, say: Say = print) -> None:
    """Stop the private servers of a run folder; given ones are left alone."""
    if not locate(run_dir).root.exists():
        return
    place = prepare(run_dir)
    with exclusive(place, say):
        stop_locked(place, say)


def stop_locked(place: Place, say: Say, *, kill: bool = False) -> bool:
    """`stop` for a caller who holds the run folder's lock; whether any of them ran."""
    broker, database = rabbitmq.stop(place, kill=kill), postgres.stop(place, kill=kill)
    if broker:
        say("Stopped the private RabbitMQ.")
    if database:
        say("Stopped the private PostgreSQL.")
    return broker or database


def _private_postgres(place: Place, lock: int, say: Say) -> PrivatePostgres:
    need = packages.Need("PostgreSQL 15 or later", "postgresql", POSTGRES, binaries.find_postgres)
    return PrivatePostgres(place, packages.obtain(need, say, packages.as_root()), say, lock)


def _private_rabbitmq(place: Place, lock: int, say: Say) -> PrivateRabbitMQ:
    need = packages.Need(
        "RabbitMQ 3.10 or later",
        "rabbitmq-server",
        f"{AMQP} (and {MANAGEMENT})",
        binaries.find_rabbitmq,
    )
    return PrivateRabbitMQ(place, packages.obtain(need, say, packages.as_root()), say, lock)

"""The one place where a service's parts are put together."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.access.actor import Verifier
from shared.clock import Clock, ClockFileBroken, ClockRefused, from_environment
from shared.eventlog import store as eventlog_store
from shared.eventlog.store import EventLog
from shared.postgres.connect import LONGEST_TRANSACTION_MS, connection_class, settings
from shared.postgres.migrate import missing
from shared.privacy import keyring as privacy_keyring
from shared.privacy.evidence.place import BadPlace, store_from
from shared.privacy.evidence.store import EvidenceStore
from shared.privacy.files.store import FileStore
from shared.privacy.keyring import Keyring
from shared.privacy.sealing import CannotOpen
from shared.projections import projector as projections_projector
from shared.reactions import parking
from shared.service import worker_states
from shared.service.command_bus import CommandBus
from shared.service.config import Config, ConfigurationError
from shared.service.definition import ServiceDefinition
from shared.service.destroying import Destroying
from shared.service.operations import Operations
from shared.service.parts import Parts
from shared.service.query_bus import QueryBus
from shared.service.transfers import Transfers

Pool = ConnectionPool[psycopg.Connection[TupleRow]]

LOG_MIGRATIONS = (
    eventlog_store.MIGRATIONS,
    projections_projector.MIGRATIONS,
    parking.MIGRATIONS,
    worker_states.MIGRATIONS,
)
KEYS_MIGRATIONS = (privacy_keyring.MIGRATIONS,)


def log_migrations(definition: ServiceDefinition) -> tuple[Path, ...]:
    """Folders of migrations of the service's database, in their order."""
    return (*LOG_MIGRATIONS, *definition.migrations)


@dataclass
class Wiring:
    """The parts of one running process of a service."""

    definition: ServiceDefinition
    config: Config
    connections: Pool
    keys_connections: Pool
    log: EventLog
    keyring: Keyring
    clock: Clock
    commands: CommandBus
    queries: QueryBus
    transfers: Transfers
    operations: Operations
    destroying: Destroying
    evidence: EvidenceStore | None = None

    def close(self) -> None:
        self.connections.close()
        self.keys_connections.close()


def wire(
    definition: ServiceDefinition,
    config: Config,
    role: str,
    most: int,
    longest_ms: int = LONGEST_TRANSACTION_MS,
) -> Wiring:
    """Open the pools (at most `most` connections each) and build everything on them.

    longest_ms: for one statement; a server that is silent for longer is not waited for
    Raises ConfigurationError when a database has not been migrated, or the clock may not be used.
    """
    clock = _clock()
    name = f"jiandu {definition.name} {role}"
    connections = _pool(config.database_url, name, most, longest_ms)
    keys_connections = _pool(config.keys_database_url, f"{name} keys", most, longest_ms)
    _refuse_unmigrated(definition, connections, keys_connections)
    log = EventLog(definition.name, connections)
    keyring = Keyring(definition.name, keys_connections, config.master_key)
    try:
        keyring.open_own_keys()
    except CannotOpen:
        raise ConfigurationError(
            "the master key does not open this service's keys: give the one they were made with"
        ) from None
    destroying = Destroying(connections, keyring, clock, definition.forgets)
    destroying.apply()  # first: whatever came back with a backup answers nobody
    verifier = Verifier.from_file(definition.name, config.issuers_file)
    files = FileStore(connections, keyring)
    evidence = None if definition.evidence is None else evidence_store()
    commands = CommandBus(
        Parts(log, keyring, definition.events, files, evidence),
        definition.commands,
        definition.routes,
        verifier,
        clock,
        definition.context,
    )
    return Wiring(
        definition=definition,
        config=config,
        connections=connections,
        keys_connections=keys_connections,
        log=log,
        keyring=keyring,
        clock=clock,
        commands=commands,
        transfers=Transfers(files, keyring, connections, commands, verifier, definition.uploads),
        queries=QueryBus(
            definition.name,
            keyring,
            connections,
            definition.queries,
            definition.query_routes,
            verifier,
            clock,
            definition.may_follow,
            definition.reads_locked,
        ),
        destroying=destroying,
        operations=Operations(verifier, parking.ParkingLot(connections), connections),
        evidence=evidence,
    )


def evidence_store() -> EvidenceStore:
    """That of this process's environment. Raises ConfigurationError."""
    try:
        return store_from(os.environ)
    except BadPlace as error:
        raise ConfigurationError(str(error)) from None


def _clock() -> Clock:
    try:
        return from_environment(os.environ)
    except (ClockRefused, ClockFileBroken) as error:
        raise ConfigurationError(str(error)) from None


def _pool(url: str, name: str, most: int, longest_ms: int) -> Pool:
    pool: Pool = ConnectionPool(
        url,
        connection_class=connection_class(longest_ms),
        kwargs={"autocommit": True, **settings(name, longest_ms)},
        min_size=1,
        max_size=most,
        timeout=min(5, longest_ms / 1_000),
        open=False,
        name=name,
    )
    pool.open(wait=True, timeout=10)
    return pool


def _refuse_unmigrated(definition: ServiceDefinition, log: Pool, keys: Pool) -> None:
    for pool, folders in ((log, log_migrations(definition)), (keys, KEYS_MIGRATIONS)):
        with pool.connection() as connection:
            absent = [name for folder in folders for name in missing(connection, folder)]
            cache = connection.execute(
                "SELECT coalesce(max(seqcache), 1) FROM pg_sequence s"
                " JOIN pg_class c ON c.oid = s.seqrelid"
                " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'eventlog'"
            ).fetchone()
        if absent:
            raise ConfigurationError(
                f"run `python -m services.{definition.name} migrate` first:"
                f" {', '.join(absent)} not applied"
            )
        if cache is not None and cache[0] != 1:
            raise ConfigurationError(
                "a sequence of the event log has CACHE above 1, which breaks its order:"
                " ALTER SEQUENCE … CACHE 1"
            )

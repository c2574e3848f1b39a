"""One service of the tests' own, its parts wired as a process wires them, on real servers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.access.actor import Issuer
from shared.contracts.roles import Role
from shared.postgres.migrate import migrate
from shared.service.config import Config
from shared.service.definition import ServiceDefinition
from shared.service.log_role import LogRole
from shared.service.wiring import KEYS_MIGRATIONS, LOG_MIGRATIONS, Wiring, wire
from tests.eventlog.conftest import RUNTIME, LogDatabase, log, log_database, pool
from tests.messaging.waiting import wait_until
from tests.observability.notes import DEFINITION

__all__ = ["log", "log_database", "pool"]

PATIENCE = 60.0


class Service:
    """A wired service; `leading()` runs its log role in threads of the test's process."""

    def __init__(self, wiring: Wiring, issuer: Issuer, owner_url: str) -> None:
        self.wiring, self.issuer, self.owner_url = wiring, issuer, owner_url

    @contextmanager
    def leading(self) -> Iterator[LogRole]:
        """Leading when entered, ended when left; in trouble or not."""
        role = LogRole(self.wiring)
        thread = Thread(target=role.run, daemon=True)
        thread.start()
        try:
            wait_until(lambda: role.state()["stands"] == "leads", PATIENCE, "it leads")
            yield role
        finally:
            role.stop.set()
            thread.join(PATIENCE)


@pytest.fixture
def service(
    log_database: LogDatabase, fresh_database: Callable[[], str], fresh_vhost: str, tmp_path: Path
) -> Iterator[Service]:
    keys_url = fresh_database()
    for url, folders in ((log_database.owner_url, LOG_MIGRATIONS), (keys_url, KEYS_MIGRATIONS)):
        for folder in folders:
            migrate(url, folder, RUNTIME)
    signing = Ed25519PrivateKey.generate()
    config = _config(DEFINITION, log_database.runtime_url, keys_url, fresh_vhost, tmp_path, signing)
    wiring = wire(DEFINITION, config, "log", most=12)
    try:
        yield Service(wiring, Issuer("tests", signing), log_database.owner_url)
    finally:
        wiring.close()


def _config(
    definition: ServiceDefinition,
    database_url: str,
    keys_url: str,
    amqp_url: str,
    folder: Path,
    signing: Ed25519PrivateKey,
) -> Config:
    public = signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    issuers = folder / "issuers.json"
    issuers.write_text(
        json.dumps({"tests": {"public_key": public.decode(), "roles": [str(Role.OFFICER)]}})
    )
    return Config(
        service=definition.name,
        environment="local",
        database_url=database_url,
        keys_database_url=keys_url,
        amqp_url=amqp_url,
        master_key=os.urandom(32),
        issuers_file=issuers,
        health_host="127.0.0.1",
        health_port=0,
        checkpoint_seconds=1,
    )

"""The settings that services, console and demo share on this machine: one file, owner only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from deploy.local.files import read_json, write_json
from deploy.local.infrastructure import Infrastructure
from deploy.local.keys import Keys
from deploy.local.place import Place, locate
from deploy.local.services import EVIDENCE
from deploy.local.trouble import SetupError

FILE = "environment.json"
CITY = "430200"
"""The division of the bureau that this machine plays (GB/T 2260)."""

LIMITS: Mapping[str, str] = {
    "JIANDU_PORTAL_LIMIT_SIGN_IN": "300 per minute",
    "JIANDU_PORTAL_LIMIT_REGISTER": "120 per minute",
}
"""Limits by address, wider than the portal's own: everybody of a demo sits at this machine."""


def write_environment(
    place: Place,
    servers: Infrastructure,
    database_urls: Mapping[str, str],
    keys: Keys,
    portal_port: int,
) -> dict[str, str]:
    """Write `<run_dir>/environment.json` and return what is in it."""
    environment = {
        "JIANDU_ENVIRONMENT": "local",
        "JIANDU_RUN_DIR": str(place.root),
        "JIANDU_AMQP_URL": servers.amqp_url,
        "JIANDU_MASTER_KEY_FILE": str(keys.master),
        "JIANDU_ISSUERS_FILE": str(keys.issuers),
        "JIANDU_CONSOLE_KEY_FILE": str(keys.console),
        "JIANDU_PORTAL_KEY_FILE": str(keys.portal),
        "JIANDU_PORTAL_CITY": CITY,
        "JIANDU_PORTAL_HOST": "127.0.0.1",
        "JIANDU_PORTAL_PORT": str(portal_port),
        "JIANDU_PORTAL_URL": f"http://127.0.0.1:{portal_port}",
        **{name: os.environ.get(name, usual) for name, usual in LIMITS.items()},
        "JIANDU_CLOCK_FILE": str(place.clock),
        **_evidence(place),
        **database_urls,
    }
    if servers.management_url is not None:
        environment["JIANDU_RABBITMQ_MANAGEMENT_URL"] = servers.management_url
    write_json(place.root / FILE, environment)
    return environment


def _evidence(place: Place) -> dict[str, str]:
    """Where files of evidence lie, and who scans them: as given from outside, else in a folder."""
    given = {name: its for name, its in os.environ.items() if name.startswith(EVIDENCE)}
    if "JIANDU_EVIDENCE_STORE" not in given:
        place.evidence.mkdir(mode=0o700, exist_ok=True)
        given["JIANDU_EVIDENCE_STORE"] = f"folder:{place.evidence}"
    return given


def load_environment(run_dir: Path) -> dict[str, str]:
    """What the last `up` wrote. Raises SetupError when there was none."""
    path = locate(run_dir).root / FILE
    environment = read_json(path)
    if not environment:
        raise SetupError(f"There is no {path}: run `make up` first.")
    return {name: str(value) for name, value in environment.items()}


def whole(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process that is given `settings`.

    It is the user's own, but none of the addresses by which the servers were given to us: they may
    carry an administrator's password.
    """
    outside = {k: v for k, v in os.environ.items() if not k.startswith("JIANDU_POSTGRES")}
    inherited = {k: v for k, v in outside.items() if not k.endswith("DATABASE_URL")}
    return {**inherited, "PYTHONUNBUFFERED": "1", **settings}

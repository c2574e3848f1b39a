"""Brings each service's databases up to date, once for every state of code and databases.

Starting a service's `migrate` only to find nothing to do costs more than all else that healing a
running installation does. So the run folder remembers under which settings and code it was done
last, and to what files the databases had come; while all of these are the same, nothing is started.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping

import psycopg
from psycopg.rows import TupleRow

from deploy.local.environment import whole
from deploy.local.files import read_json, write_json
from deploy.local.lock import Say
from deploy.local.place import Place
from deploy.local.services import Fleet, settings_for
from deploy.local.trouble import SetupError

_FILE = "migrated.json"


def migrate(
    place: Place, fleet: Fleet, environment: Mapping[str, str], code: str, say: Say
) -> None:
    """Run each service's `migrate` where something has changed. `code` is as `code_state` gives it.

    Raises SetupError with what the service said.
    """
    remembered = read_json(place.root / _FILE)
    for service in fleet.services:
        settings = settings_for(service, "migrate", environment, fleet.services)
        argv = fleet.command(service, "migrate")
        before = _applied(settings)
        if before and remembered.get(service) == _state(argv, settings, code, before):
            continue
        say(f"Bringing the databases of {service} up to date.")
        _run(service, argv, settings, fleet)
        remembered[service] = _state(argv, settings, code, _applied(settings))
        write_json(place.root / _FILE, remembered)


def _run(service: str, argv: list[str], settings: Mapping[str, str], fleet: Fleet) -> None:
    answer = subprocess.run(
        argv,
        env=whole(settings),
        cwd=fleet.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if answer.returncode != 0:
        raise SetupError(
            f"The migrations of {service} failed:\n{answer.stderr.strip()}\n"
            "Set right what it says and run this again; files applied so far stay applied."
        )


def _applied(settings: Mapping[str, str]) -> list[TupleRow]:
    """The files that a service's databases say were applied to them (`shared.postgres.migrate`)."""
    found = []
    for name in sorted(settings):
        if name.endswith("_OWNER_DATABASE_URL"):
            with psycopg.connect(settings[name], autocommit=True, connect_timeout=10) as connection:
                try:
                    found += connection.execute(
                        "SELECT current_database(), area, name, sha256 FROM public.migration"
                        " ORDER BY area, name"
                    ).fetchall()
                except psycopg.errors.UndefinedTable:
                    continue
    return found


def _state(argv: list[str], settings: Mapping[str, str], code: str, applied: list[TupleRow]) -> str:
    told = json.dumps([argv, dict(settings), code, applied], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()

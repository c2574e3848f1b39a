"""All services up, all services down."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.local import infrastructure, postgres, rabbitmq
from deploy.local.databases import create_databases
from deploy.local.environment import whole, write_environment
from deploy.local.files import last_lines
from deploy.local.keys import make_keys
from deploy.local.lock import Say, exclusive
from deploy.local.migrations import migrate
from deploy.local.place import Place, locate, prepare
from deploy.local.ports import port, usable_port
from deploy.local.processes import (
    log_path,
    running,
    start_process,
    stop_process,
    wait_until,
)
from deploy.local.services import Fleet, code_state, settings_for
from deploy.local.trouble import SetupError

_SERVERS = {postgres.NAME, rabbitmq.NODE, rabbitmq.EPMD}


def up(run_dir: Path, say: Say = print, fleet: Fleet | None = None) -> dict[str, str]:
    """Servers, databases, migrations, then every process; returns when all of them are ready.

    What runs already is left alone, unless its settings or its code have changed. Returns the
    environment (see `write_environment`). Raises SetupError, whose text tells what to do.
    """
    fleet = fleet or Fleet()
    place = prepare(run_dir)
    with exclusive(place, say) as lock:
        servers = infrastructure.ensure_locked(place, lock, say)
        prefix = "jiandu" if servers.private_postgres else f"jiandu_{place.tag}"
        urls = create_databases(servers.postgres_url, place, prefix, fleet.services)
        environment = write_environment(place, servers, urls, make_keys(place), _portal_port(place))
        code = code_state(fleet.folder)
        migrate(place, fleet, environment, code, say)
        for name, service, role in fleet.members():
            settings = settings_for(service, role, environment, fleet.services)
            argv = fleet.command(service, role)
            _start(place, name, argv, settings, fleet.folder, code, say, lock)
        _await_ready(place, fleet, say)
    return environment


def down(run_dir: Path, say: Say = print, *, erase: bool = False) -> None:
    """Stop every process started in the run folder, then its private servers.

    With `erase` the private servers' data is deleted too, with the folder of evidence that belongs
    to it, and business time begins anew.
    """
    if not locate(run_dir).root.exists():
        say("Nothing was started here.")
        return
    place = prepare(run_dir)
    with exclusive(place, say):
        names = service_processes(place)
        with ThreadPoolExecutor(max_workers=max(1, len(names))) as together:
            stopped = list(together.map(lambda name: stop_process(name, place.root), names))
        for name, ran in zip(names, stopped, strict=True):
            if ran:
                say(f"Stopped {name}.")
        servers = infrastructure.stop_locked(place, say, kill=erase)
        if erase:
            if postgres.home_of(place) is not None:  # else logs are left, before which it cannot be
                place.clock.unlink(missing_ok=True)
                shutil.rmtree(place.evidence, ignore_errors=True)
            postgres.remove_data(place)
            rabbitmq.remove_data(place)
        if not any(stopped) and not servers:
            say("Nothing was running.")


def is_ready(number: int) -> bool:
    """Whether the process with this health port says that it can do its work."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def service_processes(place: Place) -> list[str]:
    """Names of the service processes the run folder has records of."""
    return sorted(path.stem for path in place.pids.glob("*.json") if path.stem not in _SERVERS)


def _portal_port(place: Place) -> int:
    """Where the portal listens for browsers: where it does already, while it runs."""
    is_there = running("portal-web", place.root) is not None
    return port(place, "portal") if is_there else usable_port(place, "portal")


def _start(
    place: Place,
    name: str,
    argv: list[str],
    settings: dict[str, str],
    folder: Path,
    code: str,
    say: Say,
    lock: int,
) -> None:
    fingerprint = _fingerprint(argv, settings, code)
    process = running(name, place.root)
    if process is not None and process.fingerprint == fingerprint:
        return
    if process is not None:
        say(f"{name} runs with older settings or code: stopping it.")
        stop_process(name, place.root)
    say(f"Starting {name}.")
    health = {"JIANDU_HEALTH_PORT": str(usable_port(place, name))}
    start_process(
        name,
        argv,
        whole({**settings, **health}),
        place.root,
        cwd=folder,
        fingerprint=fingerprint,
        lock=lock,
    )


def _await_ready(place: Place, fleet: Fleet, say: Say) -> None:
    waiting = [name for name, _, _ in fleet.members()]

    def dead() -> list[str]:
        return [name for name in waiting if running(name, place.root) is None]

    def settled() -> bool:
        waiting[:] = [name for name in waiting if not is_ready(port(place, name))]
        return not waiting or bool(dead())

    say("Waiting until all services are ready.")
    wait_until(settled, fleet.ready_seconds, interval=0.1)
    if not waiting:
        return
    failed = dead()
    name = (failed or waiting)[0]
    what = "ended at once" if failed else f"is not ready after {fleet.ready_seconds:.0f} seconds"
    log = log_path(name, place)
    raise SetupError(
        f"{name} {what}. The end of its log:\n{last_lines(log)}\n"
        f"The whole log is {log}. Set right what it says and run `make up` again; "
        "`make down` stops the rest."
    )


def _fingerprint(argv: list[str], settings: Mapping[str, str], code: str) -> str:
    own = {name: value for name, value in os.environ.items() if name.startswith("JIANDU_")}
    state = json.dumps([argv, {**own, **settings}, code], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()

"""What runs, as data and as lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.local import given, infrastructure, management, ports, postgres, rabbitmq
from deploy.local.environment import FILE
from deploy.local.files import read_json
from deploy.local.place import Place, locate
from deploy.local.processes import running
from deploy.local.services import Fleet
from deploy.local.supervision import is_ready, service_processes

PORTAL = "portal-web"
"""The process that people reach with a browser."""


def status(run_dir: Path, fleet: Fleet | None = None) -> list[dict[str, Any]]:
    """One entry for each part: both servers, then each process that runs or ought to.

    Keys: `name`; `running` and `ready` (bool); `pid` (None for a server someone else runs);
    `port` (None if unknown); `url`, where people reach it (the portal's web server alone, else
    None); `detail`, a short text of the same.
    """
    place = locate(run_dir)
    servers = infrastructure.remembered(place)
    expected = [name for name, _, _ in (fleet or Fleet()).members()]
    others = [name for name in service_processes(place) if name not in expected]
    return [
        _postgres(place, servers),
        _rabbitmq(place, servers),
        *(_process(place, name) for name in (*expected, *others)),
    ]


def line(part: dict[str, Any]) -> str:
    """One part for a terminal."""
    state = "ready" if part["ready"] else "running, not ready" if part["running"] else "stopped"
    return f"{part['name']:<16} {state:<18} {part['detail']}".rstrip()


def _postgres(place: Place, servers: infrastructure.Infrastructure | None) -> dict[str, Any]:
    if servers is None:
        return _part(postgres.NAME)
    ready = postgres.answers(servers.postgres_url)
    if not servers.private_postgres:
        return _given(postgres.NAME, servers.postgres_url, given.POSTGRES, ready)
    return _own(place, postgres.NAME, servers.postgres_url, ready)


def _rabbitmq(place: Place, servers: infrastructure.Infrastructure | None) -> dict[str, Any]:
    if servers is None:
        return _part(rabbitmq.NODE)
    ready = rabbitmq.answers(servers.amqp_url)
    if not servers.private_rabbitmq:
        return _given(rabbitmq.NODE, servers.amqp_url, given.AMQP, ready)
    ready = ready and management.answers(rabbitmq.management_url(place))
    return _own(place, rabbitmq.NODE, servers.amqp_url, ready)


def _process(place: Place, name: str) -> dict[str, Any]:
    process = running(name, place.root)
    number = ports.remembered(place).get(name)
    if process is None:
        return _part(name, port=number)
    ready = number is not None and is_ready(number)
    url = portal_url(place) if name == PORTAL else None
    return _part(name, running=True, ready=ready, pid=process.pid, port=number, url=url)


def portal_url(place: Place) -> str | None:
    """Where browsers reach the portal; None before the first `up`."""
    url = read_json(place.root / FILE).get("JIANDU_PORTAL_URL")
    return None if url is None else str(url)


def _own(place: Place, name: str, url: str, ready: bool) -> dict[str, Any]:
    process = running(name, place.root)
    if process is None:
        return _part(name, port=urlsplit(url).port)
    return _part(name, running=True, ready=ready, pid=process.pid, port=urlsplit(url).port)


def _given(name: str, url: str, variable: str, ready: bool) -> dict[str, Any]:
    part = _part(name, running=ready, ready=ready, port=urlsplit(url).port)
    return {**part, "detail": f"{variable} {urlsplit(url).hostname or ''}"}


def _part(
    name: str,
    *,
    running: bool = False,
    ready: bool = False,
    pid: int | None = None,
    port: int | None = None,
    url: str | None = None,
) -> dict[str, Any]:
    told = [f"pid {pid}"] if pid is not None else []
    if running and port is not None:
        told.append(f"127.0.0.1:{port}")
    if url is not None:
        told.append(url)
    return {
        "name": name,
        "running": running,
        "ready": ready,
        "pid": pid,
        "port": port,
        "url": url,
        "detail": ", ".join(told),
    }

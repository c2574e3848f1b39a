"""Which services there are, what runs for each, and what each process may know."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.place import PROJECT

SERVICES = ("registry", "clues", "assessment", "portal")
ROLES = ("api", "log")
"""The process roles of every service, architecture.md §1."""
OWN_ROLES: Mapping[str, Sequence[str]] = {"portal": ("web",)}
"""Roles that a service has beside these."""

EVIDENCE = ("JIANDU_EVIDENCE_", "JIANDU_CLAMD")
"""Settings of the store of evidence, and of what scans it."""
KEEPS_EVIDENCE = frozenset({"clues", "portal"})

# What a process reads once, at its start.
_SOURCES = frozenset((".py", ".sql", ".csv", ".json", ".txt", ".html", ".css", ".js", ".svg"))

Command = Callable[[str, str], list[str]]
"""From service and role (`migrate` is one) to the command that runs it."""


def module_command(service: str, role: str) -> list[str]:
    """`python -m services.<service> <role>` with this interpreter."""
    return [sys.executable, "-m", f"services.{service}", role]


@dataclass(frozen=True)
class Fleet:
    """What `up` runs: the services, how to start each, where from."""

    services: Sequence[str] = SERVICES
    command: Command = module_command
    folder: Path = PROJECT
    ready_seconds: float = 60.0
    """How long all processes together may take to become ready."""

    def members(self) -> Iterable[tuple[str, str, str]]:
        """Process name, service and role of every process that stays."""
        for service in self.services:
            for role in (*ROLES, *OWN_ROLES.get(service, ())):
                yield f"{service}-{role}", service, role


def settings_for(
    service: str, role: str, environment: Mapping[str, str], services: Sequence[str]
) -> dict[str, str]:
    """The part of the environment one process is given.

    Where evidence lies only those are told that put it there or attach it.
    No process gets another service's databases, nor the console's key; only the web server gets
    the portal's key; and only `migrate` gets the owner's login, so a runtime process cannot change
    what it is not granted.
    """
    others = tuple(f"JIANDU_{other.upper()}_" for other in services if other != service)
    hidden = {"JIANDU_CONSOLE_KEY_FILE"}
    if role != "web":
        hidden.add("JIANDU_PORTAL_KEY_FILE")
    if service not in KEEPS_EVIDENCE:
        others = (*others, *EVIDENCE)
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith(others)
        and name not in hidden
        and (role == "migrate" or "_OWNER_" not in name)
    }


def code_state(folder: Path) -> str:
    """Changes when a source file of the services does, so that `up` starts new code."""
    state = hashlib.sha256()
    for path in _sources(folder):
        status = path.stat()
        line = f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n"
        state.update(line.encode())
    return state.hexdigest()


def _sources(folder: Path) -> Iterable[Path]:
    for room in ("services", "shared"):
        for path in sorted((folder / room).rglob("*")):
            if path.suffix in _SOURCES:
                yield path
    lock = folder / "package-lock.json"
    if lock.exists():
        yield lock

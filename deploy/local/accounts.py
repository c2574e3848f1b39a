"""Which user PostgreSQL runs as."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from deploy.local.processes import Account
from deploy.local.trouble import SetupError


def server_account() -> Account | None:
    """Whom a server that refuses root runs as; None when we are not root and run it ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise SetupError(
        "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor "
        "nobody: run this as an ordinary user, or add one with `useradd --system postgres`."
    )


def owner_account(folder: Path) -> Account | None:
    """Whom to run as over a folder that exists already: its owner; None when that is us."""
    status = folder.stat()
    if status.st_uid == os.geteuid():
        return None
    if os.geteuid() != 0:
        raise SetupError(
            f"{folder} belongs to another user (uid {status.st_uid}): run this as that user, "
            "or name another run folder with --run-dir."
        )
    return Account(str(status.st_uid), status.st_uid, status.st_gid)

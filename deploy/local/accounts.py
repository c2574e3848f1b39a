"""Which user PostgreSQL runs as, and a folder that this user can reach."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

from deploy.local.place import Place
from deploy.local.processes import Account
from deploy.local.trouble import SetupError

_SHARED_FOLDER = Path("/var/tmp")  # noqa: S108 - kept over reboots; entries are checked for owner


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


def reachable_home(place: Place, account: Account | None) -> Path:
    """An empty folder of the account's own, in the run folder if the account can get there.

    A clone under /root cannot be entered by another user; then it is /var/tmp/jiandu-<tag>.
    """
    inside = place.root / "postgres"
    if account is None:
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside
    home = inside
    if not _can_enter(account, place.root):
        home = _SHARED_FOLDER / f"jiandu-{place.tag}"
    home.mkdir(mode=0o700, exist_ok=True)
    status = home.lstat()
    if home.is_symlink() or status.st_uid not in (0, account.uid):
        raise SetupError(f"{home} belongs to someone else: remove it and run this again.")
    os.chown(home, account.uid, account.gid)
    return home


def _can_enter(account: Account, folder: Path) -> bool:
    # Asked as that user: permissions, groups, ACLs and mount options all count.
    probe = subprocess.run(
        ["test", "-x", str(folder)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return probe.returncode == 0

"""Where each server's data lies: in the run folder, or outside where that would not work."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from deploy.local.place import Place
from deploy.local.processes import Account
from deploy.local.trouble import SetupError

_OUTSIDE = Path("/var/tmp")  # noqa: S108 - kept over reboots; entries are checked for their owner
_PLAIN = re.compile(r"[A-Za-z0-9/._+@-]+")


def postgres_home(place: Place, account: Account | None) -> Path:
    """A folder of the account's own, in the run folder if the account can get there.

    A clone under /root cannot be entered by another user.
    """
    if account is None or _can_enter(account, place.root):
        return _own(place.root / "postgres", account)
    return _own(_outside(place, "postgres"), account)


def rabbitmq_home(place: Place) -> Path:
    """The node's folder, which need not exist yet.

    RabbitMQ 3.10 breaks off its start when a path holds a letter beyond Latin-1 (its management
    agent makes a byte string of it), as under `文档`; and its scripts do not quote paths.
    """
    inside = place.root / "rabbitmq"
    return inside if _PLAIN.fullmatch(str(inside)) else _outside(place, "rabbitmq")


def make_rabbitmq_home(place: Place) -> Path:
    """The node's folder, made if it is missing."""
    return _own(rabbitmq_home(place), None)


def _outside(place: Place, server: str) -> Path:
    return _OUTSIDE / f"jiandu-{place.tag}-{server}"


def _own(home: Path, account: Account | None) -> Path:
    home.mkdir(mode=0o700, exist_ok=True)
    uid = os.geteuid() if account is None else account.uid
    status = home.lstat()
    if home.is_symlink() or status.st_uid not in (os.geteuid(), uid):
        raise SetupError(f"{home} belongs to someone else: remove it and run this again.")
    if account is not None:
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

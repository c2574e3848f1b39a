"""Where the installed servers' own programs lie; system wrappers that switch user are not used."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

OLDEST_POSTGRES = 15
OLDEST_RABBITMQ = (3, 10)
_DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
_DEBIAN_RABBITMQ = Path("/usr/lib/rabbitmq/lib")


def find_postgres(root: Path = _DEBIAN_POSTGRES, search_path: str | None = None) -> Path | None:
    """The folder of `initdb` and `postgres`, newest first, version 15 or later.

    Debian keeps one folder for each major version below `root`; else `search_path` (PATH when
    None) is asked.
    """
    folders = sorted(root.glob("*/bin"), key=lambda path: _version(path.parent.name), reverse=True)
    on_path = shutil.which("initdb", path=search_path)
    if on_path is not None:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if _is_recent_postgres(folder)), None)


def find_rabbitmq(root: Path = _DEBIAN_RABBITMQ, search_path: str | None = None) -> Path | None:
    """The `sbin` folder of the newest RabbitMQ 3.10 or later, with an `erl` to run it.

    Not /usr/sbin/rabbitmq-server: Debian's wrapper there insists on the system's user.
    """
    if shutil.which("erl", path=search_path) is None:
        return None
    folders = sorted(root.glob("rabbitmq_server-*/sbin"), key=_rabbitmq_version, reverse=True)
    for folder in folders:
        if (folder / "rabbitmq-server").exists() and _rabbitmq_version(folder) >= OLDEST_RABBITMQ:
            return folder
    return None


def _is_recent_postgres(folder: Path) -> bool:
    if not ((folder / "initdb").exists() and (folder / "postgres").exists()):
        return False
    answer = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    return _version(answer.stdout) >= (OLDEST_POSTGRES,)


def _rabbitmq_version(folder: Path) -> tuple[int, ...]:
    return _version(folder.parent.name)


def _version(text: str) -> tuple[int, ...]:
    found = re.search(r"\d+(\.\d+)*", text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()

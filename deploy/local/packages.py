"""Installing what is missing with apt-get, where we may, without starting the system's servers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deploy.local.lock import Say
from deploy.local.trouble import SetupError

INSTALL_SCRIPT = Path(__file__).with_name("apt_install.sh")
"""`apt_install.sh / PACKAGE...`, to be run as root."""


@dataclass(frozen=True)
class Need:
    """A server whose programs must be on this machine."""

    what: str
    package: str
    """Debian's name."""
    variables: str
    """What to set to use a server elsewhere."""
    find: Callable[[], Path | None]


def obtain(need: Need, say: Say, root_command: list[str] | None) -> Path:
    """The folder of the server's programs, installing its package when it is missing.

    `root_command` is what goes before a command to run it as root (see `as_root`); None means we
    may not. Raises SetupError with the three ways when there is no server to be had.
    """
    found = need.find()
    if found is not None:
        return found
    if root_command is None or shutil.which("apt-get") is None:
        raise _three_ways(need, f"{need.what} is not installed, and this user may not install it.")
    say(f"{need.what} is not installed: installing the package {need.package} with apt-get.")
    command = [*root_command, "sh", str(INSTALL_SCRIPT), "/", need.package]
    failed = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode != 0
    found = need.find()
    if found is None:
        problem = "apt-get failed, see above" if failed else "its version is too old"
        raise _three_ways(need, f"{need.what} could not be installed: {problem}.")
    return found


def as_root() -> list[str] | None:
    """What to put before a command so that root runs it; None when that takes a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    probe = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if probe.returncode == 0 else None


def _three_ways(need: Need, problem: str) -> SetupError:
    return SetupError(
        f"{problem} There are three ways on:\n"
        f"  1. use a server that runs elsewhere: set {need.variables};\n"
        f"  2. install it yourself: apt-get install {need.package} "
        "(its system server need not run);\n"
        "  3. run this as root, or as a user with passwordless sudo, and it is installed for you."
    )

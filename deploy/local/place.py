"""The run folder: what lies where in it, and the name that tells two clones apart."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local.trouble import SetupError

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout this package lies in; services are started from here."""

DEFAULT_RUN_DIR = PROJECT / ".run"


def asked_run_dir() -> Path:
    """The run folder that `JIANDU_RUN_DIR` names, or else the one in the checkout."""
    return Path(os.environ.get("JIANDU_RUN_DIR") or DEFAULT_RUN_DIR)


@dataclass(frozen=True)
class Place:
    """One run folder. Everything that is started, remembered or kept secret is below `root`."""

    root: Path

    @property
    def tag(self) -> str:
        """Eight hex digits of the folder's path: two clones on one machine never share it."""
        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:8]

    @property
    def logs(self) -> Path:
        """One log file for each process, named after it."""
        return self.root / "logs"

    @property
    def pids(self) -> Path:
        """One record for each process that was started, see `processes`."""
        return self.root / "pids"

    @property
    def secrets(self) -> Path:
        """Passwords and keys, readable by the owner alone."""
        return self.root / "secrets"

    @property
    def evidence(self) -> Path:
        """The store of evidence, unless another one is given."""
        return self.root / "evidence"

    @property
    def clock(self) -> Path:
        """How far business time was moved on, see `shared.clock`."""
        return self.root / "clock.json"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops anything here."""
        return self.root / "lock"


def locate(run_dir: Path) -> Place:
    """The place of a run folder, whether it exists or not; touches nothing."""
    return Place(run_dir.expanduser().resolve())


def prepare(run_dir: Path) -> Place:
    """Make the run folder and its rooms.

    Raises SetupError when it cannot be written, as after a first run by another user.
    """
    place = locate(run_dir)
    try:
        place.root.mkdir(parents=True, exist_ok=True)
        for room in (place.logs, place.pids):
            room.mkdir(exist_ok=True)
        place.secrets.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"Cannot write the run folder {place.root} ({error.strerror}). "
            "Make the folder above it writable, or name another with --run-dir."
        ) from error
    owner = place.root.stat().st_uid
    if os.geteuid() not in (0, owner):
        raise SetupError(
            f"The run folder {place.root} belongs to another user (uid {owner}). "
            "Run this as that user, or name another folder with --run-dir."
        )
    return place

"""Secrets that are made once: random passwords and bytes, readable by the owner alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from deploy.local.files import PRIVATE, write_atomically
from deploy.local.place import Place
from deploy.local.trouble import SetupError


def once(path: Path, make: Callable[[], bytes], mode: int = PRIVATE) -> bytes:
    """The content of `path`, made by `make` the first time; a killed run leaves no half of it."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        content = make()
        write_atomically(path, content, mode)
        return content


def password(place: Place, name: str) -> str:
    """The password called `name` in this run folder: 192 random bits in URL-safe characters."""
    path = place.secrets / f"{name}.password"
    return once(path, lambda: secrets.token_urlsafe(24).encode()).decode()


def must_know_password(place: Place, name: str) -> None:
    """Raise SetupError when the password is lost of a server whose data is still there."""
    path = place.secrets / f"{name}.password"
    if not path.exists():
        raise SetupError(
            f"{path} is gone, and the data of the private {name} cannot be opened without it. "
            "Put the file back, or give the data up with `python -m deploy.local down --erase`."
        )

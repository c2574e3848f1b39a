"""Files that are there whole or not at all, whenever the writer is killed."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from deploy.local.trouble import SetupError

PRIVATE = 0o600


def write_atomically(path: Path, content: bytes, mode: int = PRIVATE) -> None:
    """Replace `path` by `content`: written beside it, synced, then renamed over it."""
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Any, mode: int = PRIVATE) -> None:
    """Write a JSON document atomically, indented for a reader."""
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode(), mode)


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in `path`; empty when the file is missing or is none."""
    try:
        value = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    except PermissionError as error:
        raise SetupError(
            f"{path} belongs to another user: run this as that user, "
            "or name another run folder with --run-dir."
        ) from error
    return value if isinstance(value, dict) else {}


def last_lines(path: Path, count: int = 15) -> str:
    """The last lines of a log, indented for a message; says so when there are none."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except FileNotFoundError:
        lines = []
    return "\n".join(f"    {line}" for line in lines) or "    (the log is empty)"

"""Other parties: processes of their own that share no code with this project."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.local.processes import wait_until
from tests.system.installation import PATIENCE

_SCRIPTS = Path(__file__).parent / "outside"


class Outsider:
    """What such a process has printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.lines: list[str] = []
        self._process = process
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_ready(self) -> None:
        assert wait_until(lambda: "ready" in self.lines or self._ended(), PATIENCE)
        assert "ready" in self.lines, self.lines

    def wait_for(self, positions: Sequence[int]) -> dict[int, dict[str, Any]]:
        """What it made of the events at these positions, once it has all of them."""
        assert wait_until(lambda: self.received().keys() >= set(positions), PATIENCE), (
            f"missing {set(positions) - self.received().keys()}; {self.lines[-3:]}"
        )
        return {position: self.received()[position] for position in positions}

    def received(self) -> dict[int, dict[str, Any]]:
        events = [json.loads(line) for line in list(self.lines) if line.startswith("{")]
        return {int(event["form"]["sequence"]): event for event in events}

    def _ended(self) -> bool:
        return self._process.poll() is not None

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))


@contextmanager
def outsider(script: str, amqp_url: str) -> Iterator[Outsider]:
    """Run a script isolated from this checkout, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-W", "ignore", str(_SCRIPTS / script), amqp_url],
        cwd=tempfile.gettempdir(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        listening = Outsider(process)
        listening.wait_ready()
        yield listening
    finally:
        process.kill()
        process.wait(PATIENCE)

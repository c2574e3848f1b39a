"""A nameko service in a process of its own: monkey patching must not leak into pytest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from tests.messaging.waiting import wait_until

_ROOT = Path(__file__).resolve().parents[2]


class ServiceProcess:
    """Runs `python -m tests.messaging.workloads.{module} ARGS`; ends it when left.

    `lines` collects what it prints; `wait_ready` waits for the line "ready".
    """

    def __init__(self, module: str, *args: str, **environment: str) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", f"tests.messaging.workloads.{module}", *args],
            cwd=_ROOT,
            env=os.environ | {"PSYCOPG_WAIT_FUNC": "wait_selector"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_ready(self) -> ServiceProcess:
        """Return once it is ready; fail when it ends before."""
        self.wait_for("ready")
        return self

    def wait_for(self, text: str, seconds: float = 20.0) -> None:
        """Return once a printed line contains `text`; fail when it ends before."""

        def printed_or_ended() -> bool:
            return self.printed(text) or self.process.poll() is not None

        wait_until(printed_or_ended, seconds, f"{text!r} in {self.lines}")
        self._reader.join(0 if self.is_alive else 5)
        assert self.printed(text), "\n".join(self.lines)

    def printed(self, text: str) -> bool:
        return any(text in line for line in list(self.lines))

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def terminate(self, seconds: float = 20.0) -> int:
        """Send SIGTERM; return the exit code. Fails when it does not end in time."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait_end(seconds)

    def wait_end(self, seconds: float = 20.0) -> int:
        """Wait for the process to end by itself; return the exit code."""
        code = self.process.wait(seconds)
        self._reader.join(5)
        return code

    def __enter__(self) -> ServiceProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_alive:
            self.process.kill()
            self.process.wait(10)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

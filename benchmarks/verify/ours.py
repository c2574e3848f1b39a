"""Verification of the whole log, against its signed head."""

from __future__ import annotations

import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.pools import pool
from shared.eventlog import audit
from shared.eventlog.checkpointer import Checkpointer
from shared.eventlog.collecting import collect_seldom
from shared.eventlog.store import EventLog

_KEY = bytes(range(32))


def measure(url: str) -> dict[str, Any]:
    """Events verified, and the seconds it took."""
    key = Ed25519PrivateKey.from_private_bytes(_KEY)
    with pool(url) as connections:
        log = EventLog("registry", connections)
        Checkpointer(log, key).sign()
        collect_seldom()
        begin = time.perf_counter()
        report = audit.verify(log, audit.verifier_key("registry", key))
        seconds = time.perf_counter() - begin
    if not report.ok or not report.checkpoints:
        raise RuntimeError(f"the log does not verify: {report.problems}")
    return {"count": report.size, "seconds": seconds}

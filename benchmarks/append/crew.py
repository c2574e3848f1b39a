"""Writers that begin together: a process each, connected and warm before the clock starts."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import time
import uuid
from multiprocessing.synchronize import Barrier
from typing import Any, Protocol

from benchmarks.history import review_checks
from shared.contracts.stored import StoredEvent

STREAMS = 20
"""Streams of each writer, which it appends to in turn."""

WARM_UP = 10
_PATIENCE_SECONDS = 60.0

Command = list[StoredEvent]


class Writer(Protocol):
    """One kind of append. A module of this folder has a class `Writer` of this shape."""

    def __init__(self, url: str) -> None:
        """Connect."""

    @staticmethod
    def make_tables(owner_url: str) -> None:
        """What the kind needs beside the log's own schema."""

    def prepare(self, command: Command) -> Any:
        """What a caller has in its hands when it appends; not measured."""

    def append(self, prepared: Any) -> None:
        """Append and commit."""


def measure(
    kind: str, owner_url: str, url: str, writers: int, commands: int, events_each: int
) -> dict[str, Any]:
    """Events of all writers, and seconds from the first one's first to the last one's last."""
    writer: type[Writer] = importlib.import_module(f"benchmarks.append.{kind}").Writer
    writer.make_tables(owner_url)
    context = multiprocessing.get_context("fork")
    barrier, times = context.Barrier(writers), context.SimpleQueue()
    crew = [
        context.Process(target=_write, args=(writer, url, commands, events_each, barrier, times))
        for _ in range(writers)
    ]
    for process in crew:
        process.start()
    for process in crew:
        process.join()
    if any(process.exitcode for process in crew):
        raise RuntimeError("a writer failed")
    spans = [times.get() for _ in crew]
    seconds = max(end for _, end in spans) - min(begin for begin, _ in spans)
    return {"count": writers * commands * events_each, "seconds": seconds}


def _write(
    kind: type[Writer], url: str, commands: int, events_each: int, barrier: Barrier, times: Any
) -> None:
    writer = kind(url)
    ready = [writer.prepare(command) for command in _commands(commands + WARM_UP, events_each)]
    for command in ready[:WARM_UP]:
        writer.append(command)
    barrier.wait(_PATIENCE_SECONDS)
    begin = time.monotonic()
    for command in ready[WARM_UP:]:
        writer.append(command)
    times.put((begin, time.monotonic()))
    # Not through the interpreter's own end: what forked processes share is not theirs to tear down.
    os._exit(0)


def _commands(size: int, events_each: int) -> list[Command]:
    streams = [str(uuid.uuid4()) for _ in range(STREAMS)]
    return [
        review_checks(
            streams[number % STREAMS],
            number // STREAMS * events_each + 1,
            events_each,
            str(uuid.uuid4()),
        )
        for number in range(size)
    ]

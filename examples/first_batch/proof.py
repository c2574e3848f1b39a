"""Proof that the logs are what was signed, and that what the subscriber got is in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from examples.first_batch.subscriber import Received
from examples.play import waiting
from examples.play.console import REGISTRY, Console
from examples.play.trouble import DemoFailed
from shared.eventlog import audit, checkpoint, merkle
from shared.eventlog.store import EventLog
from shared.postgres.connect import settings

CHECKPOINT_SECONDS = 60.0
"""How long the log role may take to sign what was written; it looks every few seconds."""


@dataclass(frozen=True)
class VerifiedLog:
    """A log, its newest signed head, and what recomputing all of it from the rows found.

    note: the signed checkpoint as text; None for a log without events
    size, root: what the checkpoint says, its signature verified; 0 and empty without one
    report: of `audit.verify`, as plain values
    """

    name: str
    note: str | None
    size: int
    root: bytes
    report: Mapping[str, Any]

    @property
    def verified(self) -> bool:
        return bool(self.report["verified"])


@dataclass(frozen=True)
class Inclusion:
    """How many of the received events are proved to be in the log, and which are not."""

    proved: int
    failed: tuple[int, ...]


def verify_log(console: Console, name: str, environment: Mapping[str, str]) -> VerifiedLog:
    """Wait for a checkpoint over all of the log, then recompute the log from its rows.

    Raises DemoFailed when no such checkpoint comes, when it is false, and without a database.
    """
    try:
        return _verify_log(console, name, environment)
    except checkpoint.NoteError as error:
        raise DemoFailed(
            f"{name} 的检查点不可信：{error}", f"The checkpoint of {name} is not to be trusted."
        ) from error
    except psycopg.Error as error:
        raise DemoFailed(
            f"无法读取 {name} 的数据库：请执行 make up 后重试",
            f"The database of {name} cannot be read ({error}): run `make up`, then try again.",
        ) from error


def _verify_log(console: Console, name: str, environment: Mapping[str, str]) -> VerifiedLog:
    verifier = console.verifier_key(name)
    trusted = checkpoint.trust([verifier])
    head = int(console.ask(name, "head"))
    note: str | None = None
    signed = checkpoint.Checkpoint(audit.origin(name), 0, merkle.root([]))
    if head > 0:
        note, signed = waiting.until(
            lambda: _covering(console, name, trusted, head),
            CHECKPOINT_SECONDS,
            f"{name} 的检查点没有覆盖到位置 {head}：请用 make status 查看其 log 进程",
            f"No checkpoint of {name} covers position {head}: is its log process ready?",
        )
    with _event_log(name, environment) as log:
        report = audit.facts(audit.verify(log, verifier))
    return VerifiedLog(name, note, signed.size, signed.root, report)


def prove_received(console: Console, received: Received, log: VerifiedLog) -> Inclusion:
    """Hold each leaf, worked out from the public form alone, against the signed root."""
    failed = tuple(
        position
        for position, leaf in sorted(received.leaves.items())
        if not _is_included(console, position, bytes.fromhex(leaf), log)
    )
    return Inclusion(len(received.leaves) - len(failed), failed)


def _is_included(console: Console, position: int, leaf: bytes, log: VerifiedLog) -> bool:
    if position > log.size:
        return False
    given = console.ask(REGISTRY, "proof", position, log.size)
    path = [bytes.fromhex(node) for node in given["proof"]]
    return merkle.verify_inclusion(leaf, position - 1, log.size, path, log.root)


def _covering(
    console: Console, name: str, trusted: checkpoint.Verifiers, head: int
) -> tuple[str, checkpoint.Checkpoint] | None:
    note = console.ask(name, "checkpoint")
    if note is None:
        return None
    signed = checkpoint.verify(note, trusted, audit.origin(name))
    return (note, signed) if signed.size >= head else None


@contextmanager
def _event_log(name: str, environment: Mapping[str, str]) -> Iterator[EventLog]:
    kwargs = {"autocommit": True, **settings("jiandu demo")}
    url = environment[f"JIANDU_{name.upper()}_DATABASE_URL"]
    with ConnectionPool(url, kwargs=kwargs, min_size=1, max_size=1) as connections:
        yield EventLog(name, connections)

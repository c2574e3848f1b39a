"""Proof that the log is what it was: signed checkpoints, inclusion, and verification by rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.contracts.errors import Invalid
from shared.contracts.stored import leaf
from shared.eventlog import checkpoint, merkle
from shared.eventlog.store import EventLog
from shared.eventlog.tiles import TiledTree

MOST_FINDINGS = 100


def origin(log: str) -> str:
    """How checkpoints name a log."""
    return f"jiandu/{log}"


def verifier_key(log: str, key: Ed25519PrivateKey) -> str:
    """The public half as C2SP spells it, for whoever checks checkpoints."""
    return checkpoint.encode_verifier_key(origin(log), key.public_key())


def inclusion(log: EventLog, position: int, size: int) -> dict[str, Any]:
    """Proof (hex, from the leaf up) that a position is in the tree of the first `size` events.

    Raises Invalid when there is no such position or no such size yet.
    """
    _refuse_beyond(log, "position", 1, position, size)
    proof = TiledTree(log).inclusion_proof(position - 1, size)
    return {"position": position, "size": size, "proof": [node.hex() for node in proof]}


def consistency(log: EventLog, old: int, new: int) -> dict[str, Any]:
    """Proof (hex) that the tree of the first `new` events only appended to that of `old`.

    Raises Invalid when there are no such sizes.
    """
    _refuse_beyond(log, "old", 0, old, new)
    proof = TiledTree(log).consistency_proof(old, new)
    return {"old": old, "new": new, "proof": [node.hex() for node in proof]}


def _refuse_beyond(log: EventLog, name: str, least: int, value: int, size: int) -> None:
    head = log.head()
    if not least <= value <= size <= head:
        raise Invalid.one(name, "out_of_range", f"the log has {head} events")


@dataclass
class Report:
    """What verification found. `problems` is empty when the log is what was signed."""

    log: str
    size: int = 0
    root: str = ""
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def found(self, problem: str) -> None:
        if len(self.problems) < MOST_FINDINGS:
            self.problems.append(problem)


def verify(log: EventLog, verifier: str) -> Report:
    """Recompute every leaf and the root from the rows, and hold every checkpoint against them.

    Also: positions without a gap, versions of each stream in order, `sequenced_at` never
    going back. `verifier` is the key that `verifier_key` gave, obtained apart from the log.
    """
    report = Report(log.name)
    signed = _checkpoints(log, verifier, report)
    frontier = merkle.Frontier()
    versions: dict[str, int] = {}
    last_time = None
    for page in log.pages():
        for recorded, kept_leaf in page:
            event = recorded.event
            if recorded.position != frontier.size + 1:
                report.found(f"position {frontier.size + 1} is missing")
                return report
            its_leaf = leaf(event)
            if its_leaf != kept_leaf:
                report.found(f"position {recorded.position}: the row does not give its leaf")
            for name in event.disagreements():
                report.found(f"position {recorded.position}: {name} is not the leaf's")
            if event.version != versions.get(event.stream, 0) + 1:
                report.found(f"position {recorded.position}: {event.stream} is out of order")
            if last_time is not None and recorded.sequenced_at < last_time:
                report.found(f"position {recorded.position}: time goes back")
            versions[event.stream], last_time = event.version, recorded.sequenced_at
            frontier.append(its_leaf)
            root = signed.pop(frontier.size, None)
            if root is not None and root != frontier.root():
                report.found(f"checkpoint {frontier.size}: another root was signed")
    for size in signed:
        report.found(f"checkpoint {size}: the ledger ends at {frontier.size}")
    report.size, report.root = frontier.size, frontier.root().hex()
    return report


def _checkpoints(log: EventLog, verifier: str, report: Report) -> dict[int, bytes]:
    trusted = checkpoint.trust([verifier])
    signed: dict[int, bytes] = {}
    for size, note in log.checkpoints():
        try:
            head = checkpoint.verify(note, trusted, origin(log.name))
        except checkpoint.NoteError as error:
            report.found(f"checkpoint {size}: {error}")
            continue
        if head.size != size:
            report.found(f"checkpoint {size}: it was signed for {head.size}")
            continue
        signed[size] = head.root
        report.checkpoints += 1
    return signed


def facts(report: Report) -> Mapping[str, Any]:
    """The report as plain JSON values."""
    return {
        "log": report.log,
        "verified": report.ok,
        "size": report.size,
        "root": report.root,
        "checkpoints": report.checkpoints,
        "problems": report.problems,
    }
